"""Read xlsx workbooks: what each sheet shows, with the stored value beside the displayed one."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from budgetlint.document import Block, Notice, Place, ReadError, Source
from budgetlint.document.amount import parse_number
from budgetlint.readers.bundled import XLSX
from budgetlint.readers.docx import main_part
from budgetlint.readers.number_format import displayed
from budgetlint.readers.sheet_blocks import Sheet, SheetCell, a1, blocks_of
from budgetlint.readers.xlsx_parts import SheetPart, Workbook, local, read_workbook, rich_text
from budgetlint.readers.xmlsafe import parse_xml
from budgetlint.readers.zipsafe import Package

_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
#: A workbook's own caps, and ours on sheets and merged ranges.
LAST_ROW, LAST_COLUMN, MOST_SHEETS, MOST_MERGED = 1_048_576, 16_384, 500, 50_000


def read(path: str, data: bytes) -> Source:
    """Read a workbook as one document, its sheets in order; the place of a cell is sheet and A1.

    Raises:
        ReadError: BL904 (damaged), BL905 (encrypted), BL906 (unsafe package), BL907 (larger than a cap), BL908 (DOCTYPE).
    """
    package = Package(path, data)
    main = main_part(path, package)
    main = main if main in package else "xl/workbook.xml"
    if main not in package:
        raise ReadError("BL904", path, cause=main)
    workbook = read_workbook(path, package, main)
    if len(workbook.sheets) > MOST_SHEETS:
        raise ReadError("BL907", path, what="工作表", count=str(len(workbook.sheets)), limit=str(MOST_SHEETS))
    blocks: list[Block] = []
    notices: list[Notice] = []
    for part in workbook.sheets:
        sheet, seen = _SheetReader(path, workbook, part).read(package.read(part.part))
        if part.hidden:
            if sheet.cells:
                notices.append(
                    Notice("BL103", Place(path, sheet=part.name), (("sheet", part.name), ("what", "工作表")))
                )
            continue
        blocks += blocks_of(sheet, path)
        notices += seen
    return Source(path, "xlsx", tuple(blocks), tuple(notices))


def position(reference: str) -> tuple[int, int] | None:
    """Return the 0-based (row, column) of an A1 reference, None where it is none within a workbook's bounds."""
    match = _REFERENCE.match(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row - 1, column - 1) if 1 <= row <= LAST_ROW and column <= LAST_COLUMN else None


class _SheetReader:
    """Reads one sheet's XML."""

    def __init__(self, path: str, workbook: Workbook, part: SheetPart) -> None:
        self._path = path
        self._workbook = workbook
        self._part = part
        self._sheet = Sheet(part.name)
        self._seen: dict[str, Notice] = {}

    def read(self, data: bytes) -> tuple[Sheet, list[Notice]]:
        """Return the sheet and what is odd about it."""
        root = parse_xml(self._path, self._part.part, data)
        for element in root:
            name = local(element)
            if name == "sheetData":
                self._rows(element)
            elif name == "cols":
                for column in element:
                    if column.get("hidden") in ("1", "true"):
                        first, last = int(column.get("min") or 1), int(column.get("max") or 1)
                        self._sheet.hidden_columns.update(range(first - 1, min(last, LAST_COLUMN)))
            elif name == "mergeCells":
                self._merged(element)
        for row, column in self._sheet.cells:
            if row in self._sheet.hidden_rows:
                self._note("BL103", row, column, what="行")
            elif column in self._sheet.hidden_columns:
                self._note("BL103", row, column, what="列")
        return self._sheet, list(self._seen.values())

    def _rows(self, data: Any) -> None:
        number = -1
        for row in data:
            number = int(row.get("r") or number + 2) - 1
            if number >= LAST_ROW:
                raise ReadError("BL904", self._path, cause=f"{self._part.name}: {number}")
            if row.get("hidden") in ("1", "true"):
                self._sheet.hidden_rows.add(number)
            column = -1
            for cell in row:
                reference = cell.get("r")
                at = position(reference) if reference else (number, column + 1)
                if at is None:
                    continue
                column = at[1]
                shown = self._cell(cell, number, column)
                if shown is not None and shown.text:
                    self._sheet.cells[number, column] = shown

    def _cell(self, cell: Any, row: int, column: int) -> SheetCell | None:
        kind = cell.get("t", "n")
        value: str | None = None
        formula = False
        for child in cell:
            name = local(child)
            if name == "v":
                value = child.text
            elif name == "f":
                formula = True
            elif name == "is":
                return SheetCell(rich_text(child))
        if value is None:
            if formula and kind != "str":
                self._note("BL108", row, column, unread=True, cell=a1(row, column))
            return None
        if kind == "s":
            index = int(value) if value.isdigit() else -1
            return (
                SheetCell(self._workbook.strings[index]) if 0 <= index < len(self._workbook.strings) else None
            )
        if kind == "b":
            return SheetCell("TRUE" if value == "1" else "FALSE")
        return SheetCell(value) if kind != "n" else self._figure(value, cell.get("s"), row, column)

    def _figure(self, value: str, style: str | None, row: int, column: int) -> SheetCell:
        formats = self._workbook.formats
        index = int(style) if style and style.isdigit() else 0
        form = formats[index] if index < len(formats) else "General"
        try:
            number = Decimal(value)
        except InvalidOperation:
            return SheetCell(value)
        if number.adjusted() > 30 or not number.is_finite():
            return SheetCell(value)
        text = displayed(number, form, self._workbook.epoch_1904)
        shown = parse_number(text)
        if shown is not None:
            scaled = shown[0] / 100 if "%" in text else shown[0]
            quantum = shown[1] / 100 if "%" in text else shown[1]
            if abs(scaled - number) > quantum / 2 + Decimal("1e-9"):
                self._note("BL104", row, column, shown=text, stored=value)
        return SheetCell(text, format(number, "f"))

    def _merged(self, element: Any) -> None:
        for number, merged in enumerate(element):
            if number >= MOST_MERGED:
                raise ReadError(
                    "BL907", self._path, what="合并单元格", count=str(len(element)), limit=str(MOST_MERGED)
                )
            first, _, last = str(merged.get("ref", "")).partition(":")
            start, end = position(first), position(last or first)
            if start is not None and end is not None and end[0] >= start[0] and end[1] >= start[1]:
                self._sheet.merged[start] = (end[0] - start[0] + 1, end[1] - start[1] + 1)

    def _note(self, id: str, row: int, column: int, unread: bool = False, **facts: str) -> None:
        """Keep the first notice of a kind on the sheet."""
        place = Place(self._path, sheet=self._part.name, cell=a1(row, column))
        said = (("sheet", self._part.name), *facts.items())
        self._seen.setdefault(id + facts.get("what", ""), Notice(id, place, said, unread))


READER = XLSX
