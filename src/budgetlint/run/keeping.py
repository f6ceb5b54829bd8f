"""What a run may be handed that reaches beyond it: what is known already, where reports go, and earlier documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from budgetlint.document import Document
from budgetlint.results.report import DocumentReport, Problem
from budgetlint.run.gather import Input


class Keeper(Protocol):
    """A store, as a run sees it."""

    def settled(self, inputs: Mapping[int, Input]) -> Mapping[int, str | None]:
        """Return the files of a batch whose documents were checked before and need not be again.

        Args:
            inputs: the batch's files by their numbers.

        Returns:
            Their numbers, with the department each is known to be of: where a document of the same department is
            checked now, they are read again to be compared with it.
        """

    def keep(self, files: Sequence[Input], report: DocumentReport) -> None:
        """Keep the report on a document that was read from some files."""


class Earlier(Protocol):
    """Documents of earlier years, as a run sees them; ``problems`` gets what is said of those that cannot be used."""

    problems: list[Problem]

    def of(self, document: Document) -> Sequence[Input]:
        """Return the files of the documents that a document is compared with."""
