"""Miniature documents: what the examples of a rule describe, built as the normaliser would leave them."""

from budgetlint.miniature.build import miniature

__all__ = ["miniature"]
