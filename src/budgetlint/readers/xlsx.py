"""Read xlsx workbooks: what each sheet shows, with the stored value beside the displayed one."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from budgetlint.document import Block, Notice, Place, ReadError, Source
from budgetlint.document.amount import parse_number
from budgetlint.readers.bundled import XLSX
from budgetlint.readers.docx import main_part
from budgetlint.readers.number_format import displayed, is_plain, padded
from budgetlint.readers.sheet_blocks import Sheet, SheetCell, a1, blocks_of
from budgetlint.readers.xlsx_parts import SheetPart, Workbook, local, read_workbook
from budgetlint.readers.xlsx_rows import LAST_COLUMN, RawCell, RawRow, position, rows_and_rest
from budgetlint.readers.zipsafe import Package

MOST_SHEETS, MOST_MERGED = 500, 50_000


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
            if sheet.rows:
                notices.append(
                    Notice("BL103", Place(path, sheet=part.name), (("sheet", part.name), ("what", "工作表")))
                )
            continue
        blocks += blocks_of(sheet, path)
        notices += seen
    return Source(path, "xlsx", tuple(blocks), tuple(notices))


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
        rows, rest = rows_and_rest(self._path, self._part.part, data)
        for row in rows:
            self._row(row)
        for element in rest:
            name = local(element)
            if name == "cols":
                for column in element:
                    if column.get("hidden") in ("1", "true"):
                        first, last = int(column.get("min") or 1), int(column.get("max") or 1)
                        self._sheet.hidden_columns.update(range(first - 1, min(last, LAST_COLUMN)))
            elif name == "mergeCells":
                self._merged(element)
        self._note_hidden()
        return self._sheet, list(self._seen.values())

    def _row(self, row: RawRow) -> None:
        number = row.number
        if row.hidden:
            self._sheet.hidden_rows.add(number)
        cells: dict[int, SheetCell] = {}
        formats, count = self._workbook.formats, len(self._workbook.formats)
        for cell in row.cells:
            column, style, kind, _, value = cell
            if kind == "n" and value:
                index = int(style or 0)
                form = formats[index] if index < count else "General"
                text = padded(value, form)
                shown = SheetCell(text, value) if text is not None else self._figure(cell, form, number)
            else:
                shown = self._other(cell, number)
            if shown.text:
                cells[column] = shown
        if cells:
            self._sheet.rows.setdefault(number, {}).update(cells)

    def _other(self, cell: RawCell, row: int) -> SheetCell:
        """Return what a cell of another kind than a number shows."""
        column, _, kind, has_formula, value = cell
        if kind == "s":
            strings = self._workbook.strings
            index = int(value) if value.isdecimal() else len(strings)
            return SheetCell(strings[index] if index < len(strings) else "")
        if not value and has_formula and kind not in ("str", "inlineStr"):
            self._note("BL108", row, column, unread=True, cell=a1(row, column))
        if kind == "b" and value:
            return SheetCell("TRUE" if value == "1" else "FALSE")
        return SheetCell(value)

    def _figure(self, cell: RawCell, form: str, row: int) -> SheetCell:
        """Return what a number shows under a format; where what is stored differs beyond rounding, that is noted."""
        value = cell[-1]
        try:
            number = Decimal(value)
        except InvalidOperation:
            return SheetCell(value)
        if number.adjusted() > 30 or not number.is_finite():
            return SheetCell(value)
        text = displayed(number, form, self._workbook.epoch_1904)
        if not is_plain(form):
            self._compare(text, number, cell, row)
        return SheetCell(text, format(number, "f"))

    def _compare(self, text: str, number: Decimal, cell: RawCell, row: int) -> None:
        """Note a figure that is shown as another than it is (in thousands, say)."""
        shown = parse_number(text)
        if shown is not None:
            scale = 100 if "%" in text else 1
            if abs(shown[0] / scale - number) > shown[1] / scale / 2 + Decimal("1e-9"):
                self._note("BL104", row, cell[0], shown=text, stored=cell[-1])

    def _note_hidden(self) -> None:
        for row, cells in self._sheet.rows.items():
            if row in self._sheet.hidden_rows:
                self._note("BL103", row, min(cells), what="行")
            for column in self._sheet.hidden_columns & cells.keys():
                self._note("BL103", row, column, what="列")

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
