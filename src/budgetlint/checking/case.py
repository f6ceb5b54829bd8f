"""One document's case: the documents of a check, and what is made of them once for all who look."""

from __future__ import annotations

from functools import cached_property

from budgetlint.checking.checks.passages import Passage, passages_of
from budgetlint.checking.index import DocumentIndex
from budgetlint.document import Bundle


class Case(Bundle, frozen=True, dict=True):
    """A bundle with the index and the passages of its document, each made on first use and then kept."""

    @cached_property
    def index(self) -> DocumentIndex:
        """The document's tables, sections and prose, to be looked up."""
        return DocumentIndex(self.document)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text the document prints: prose first, in printed order, then tables."""
        return passages_of(self.document)


def case_of(bundle: Bundle) -> Case:
    """Return a bundle as a case: what an engine or a check was handed may be one already."""
    return bundle if isinstance(bundle, Case) else Case(bundle.document, bundle.others)
