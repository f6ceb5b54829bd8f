"""From the blocks of any format to the document tree: structure, classification, names."""

from budgetlint.normalise.classify import classify
from budgetlint.normalise.document import structure
from budgetlint.normalise.names import name

__all__ = ["classify", "name", "structure"]
