"""Colour cells of a workbook: copies of their styles with another fill."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from budgetlint.annotate.package import Changes
from budgetlint.readers.sheets.a1 import letters_of, position
from budgetlint.readers.sheets.xlsx_parts import children, local
from budgetlint.results.findings import Severity

_COLORS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C", Severity.NOTICE: "FFDDEBF7"}


class Fills:
    """Gives cells fills; a workbook without styles stays uncoloured."""

    def __init__(self, changes: Changes, main: str) -> None:
        found = changes.related(main, "/styles")
        self._changes = changes
        self._part = found[1] if found is not None else None
        self._styles: dict[tuple[int, Severity], int] = {}
        self._fills: dict[Severity, int] = {}

    def fill(self, sheet: Any, cell: str, severity: Severity) -> None:
        """Colour a cell of a sheet by the severity of what is said of it."""
        if self._part is None:
            return
        element = _cell_at(sheet, cell)
        if element is not None:
            old = element.get("s", "0")
            element.set("s", str(self._style(int(old) if old.isdecimal() else 0, severity)))

    def _style(self, old: int, severity: Severity) -> int:
        """Return the index of a cell style that differs from another in its fill only."""
        if (old, severity) not in self._styles:
            assert self._part is not None
            holder = next(iter(children(self._changes.tree(self._part), "cellXfs")), None)
            if holder is None or old >= len(holder):
                return old
            style = deepcopy(holder[old])
            style.set("fillId", str(self._fill(severity)))
            style.set("applyFill", "1")
            self._styles[old, severity] = _appended(holder, style)
        return self._styles[old, severity]

    def _fill(self, severity: Severity) -> int:
        if severity not in self._fills:
            from lxml import etree

            assert self._part is not None
            (holder,) = children(self._changes.tree(self._part), "fills")
            space = holder.tag.rpartition("}")[0] + "}"
            fill = etree.Element(f"{space}fill")
            pattern = etree.SubElement(fill, f"{space}patternFill", {"patternType": "solid"})
            etree.SubElement(pattern, f"{space}fgColor", {"rgb": _COLORS[severity]})
            etree.SubElement(pattern, f"{space}bgColor", {"indexed": "64"})
            self._fills[severity] = _appended(holder, fill)
        return self._fills[severity]


def _appended(holder: Any, element: Any) -> int:
    """Add an element to a counted list and return its index."""
    holder.append(element)
    holder.set("count", str(len(holder)))
    return len(holder) - 1


def _cell_at(sheet: Any, reference: str) -> Any:
    """Return the element of a cell, made where its row is there and it is not; None where there is no such row."""
    from lxml import etree

    at = position(reference)
    rows = next(iter(children(sheet, "sheetData")), ())
    row = next((row for row in rows if at is not None and row.get("r") == str(at[0] + 1)), None)
    if at is None or row is None:
        return None
    before = 0
    for number, cell in enumerate(row):
        if local(cell) != "c":
            continue
        there = position(cell.get("r") or "")
        if there is None:
            return None
        if there[1] == at[1]:
            return cell
        if there[1] < at[1]:
            before = number + 1
    space = row.tag.rpartition("}")[0] + "}"
    made = etree.Element(f"{space}c", {"r": f"{letters_of(at[1])}{at[0] + 1}"})
    row.insert(before, made)
    return made
