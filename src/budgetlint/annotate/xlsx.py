"""Write findings into a workbook as cell comments and coloured cells; charts, pictures and all else stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from budgetlint.annotate.marks import Mark
from budgetlint.annotate.package import Changes
from budgetlint.annotate.xlsx_comments import write_comments
from budgetlint.annotate.xlsx_fills import Fills
from budgetlint.document import ReadError
from budgetlint.readers.safe.opc import OfficePackage, main_part
from budgetlint.readers.sheets.a1 import a1, position
from budgetlint.readers.sheets.xlsx_parts import children, read_workbook
from budgetlint.results.findings import Severity

#: From the lightest to the gravest.
_GRAVITY = (Severity.NOTICE, Severity.WARNING, Severity.ERROR)

Range = tuple[tuple[int, int], tuple[int, int]]


def write(path: str, data: bytes, marks: Sequence[Mark]) -> bytes:
    """Return the workbook with a comment and a fill for each mark; one without a place is on A1 of the first sheet.

    Raises:
        ReadError: BL904, there is no sheet to mark; or the reader's own, where the package is damaged or unsafe.
    """
    changes = Changes(path, data)
    main = main_part(path, changes.package)
    sheets = read_workbook(OfficePackage(path, data), main).sheets
    if not sheets:
        raise ReadError("BL904", path, cause=main)
    parts = {sheet.name: sheet.part for sheet in sheets}
    by_part: dict[str, list[Mark]] = {}
    for mark in marks:
        by_part.setdefault(parts.get(mark.place.sheet or "", sheets[0].part), []).append(mark)
    fills = Fills(changes, main)
    for part, marked in by_part.items():
        root = changes.tree(part)
        ranges = _merged_ranges(root)
        notes: dict[str, list[str]] = {}
        gravest: dict[str, Severity] = {}
        for mark in marked:
            cell = _holder(mark.place.cell or "A1", ranges)
            notes.setdefault(cell, []).extend(mark.notes)
            gravest[cell] = max(gravest.get(cell, mark.severity), mark.severity, key=_GRAVITY.index)
        write_comments(changes, part, notes)
        for cell, severity in gravest.items():
            fills.fill(root, cell, severity)
    return changes.packed()


def _merged_ranges(sheet: Any) -> list[Range]:
    ranges: list[Range] = []
    for holder in children(sheet, "mergeCells"):
        for merged in holder:
            first, _, last = str(merged.get("ref", "")).partition(":")
            start, end = position(first), position(last or first)
            if start is not None and end is not None:
                ranges.append((start, end))
    return ranges


def _holder(cell: str, ranges: Sequence[Range]) -> str:
    """Return the cell that shows what a cell shows: the upper left one of its merged range."""
    at = position(cell)
    for (top, left), (bottom, right) in ranges if at is not None else ():
        if at is not None and top <= at[0] <= bottom and left <= at[1] <= right:
            return a1(top, left)
    return cell
