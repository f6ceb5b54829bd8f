"""What a run may be handed that keeps results beyond it: what is known already, and where a finished report goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from budgetlint.results.report import DocumentReport
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
