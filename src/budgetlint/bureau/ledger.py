"""The ledger of corrections (整改台账): the list of problems with who corrects what by when, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from budgetlint.bureau.cases import UnitCase
from budgetlint.reporters.extra import needed
from budgetlint.reporters.words import Words
from budgetlint.reporters.xlsx import finding_sheet
from budgetlint.results.checklist import COLUMNS, Column

#: What people fill in beside the list's own columns.
_FILLED_IN = (
    Column("责任人", "owner", None, 10),
    Column("整改期限", "deadline", None, 12),
    Column("整改状态", "progress", None, 10),
)
_STATES = ("待整改", "整改中", "已整改", "说明后不改")


def write_ledger(cases: Sequence[UnitCase], stream: BinaryIO, words: Words) -> None:
    """Write the ledger of some units; ``results.checklist`` reads it back like the list of problems."""
    book = needed("xlsxwriter", "office").Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    rows = [entry for case in cases for entry in case.entries]
    *before, last = COLUMNS
    finding_sheet(book, rows, words, (*before, *_FILLED_IN, last), {"整改状态": _STATES})
    book.close()
