"""Read xlsx workbooks: what each sheet shows, with the stored value beside the displayed one."""

from __future__ import annotations

from typing import Any

from budgetlint.document import Block, Notice, Place, ReadError, Source
from budgetlint.readers.bundled import XLSX
from budgetlint.readers.safe.opc import OfficePackage, main_part
from budgetlint.readers.sheets.a1 import LAST_COLUMN, a1, position, whole_number
from budgetlint.readers.sheets.blocks import Sheet, blocks_of, hidden_notices
from budgetlint.readers.sheets.drawings import boxes, drawn_on, unread
from budgetlint.readers.sheets.xlsx_cells import Shown
from budgetlint.readers.sheets.xlsx_parts import SheetPart, Workbook, local, read_workbook
from budgetlint.readers.sheets.xlsx_rows import RawRow, is_nought, rows_and_rest

MOST_SHEETS, MOST_MERGED = 500, 50_000


def read(path: str, data: bytes) -> Source:
    """Read a workbook as one document, its sheets in order; the place of a cell is sheet and A1.

    Raises:
        ReadError: BL904 (damaged), BL905 (encrypted), BL906 (unsafe package), BL907 (larger than a cap), BL908 (DOCTYPE).
    """
    package = OfficePackage(path, data)
    main = main_part(path, package, "xl/workbook.xml")
    main = main if main in package else "xl/workbook.xml"
    if main not in package:
        raise ReadError("BL904", path, cause=main)
    workbook = read_workbook(package, main)
    if len(workbook.sheets) > MOST_SHEETS:
        raise ReadError("BL907", path, what="工作表", count=str(len(workbook.sheets)), limit=str(MOST_SHEETS))
    shown = Shown(workbook)
    blocks: list[Block] = []
    notices = _lost(path, workbook)
    for part in workbook.sheets:
        sheet, seen = _SheetReader(path, shown, part).read(package.read(part.part))
        if part.hidden:
            if sheet.rows:
                notices.append(
                    Notice("BL103", Place(path, sheet=part.name), (("sheet", part.name), ("what", "工作表")))
                )
            continue
        drawn = list(drawn_on(package, part.part))
        first = min(sheet.rows, default=0)
        blocks += boxes(path, part.name, [one for one in drawn if one.row < first])
        blocks += blocks_of(sheet, path)
        blocks += boxes(path, part.name, [one for one in drawn if one.row >= first])
        notices += seen
        notices += [unread(path, part.name, one.what, one.part, one.cell) for one in drawn if one.what]
    if shown.unstyled and not any(one.kind == "styles" for one in workbook.lost):
        notices.append(Notice("BL112", Place(path), (("part", "styles.xml"),), unread=True))
    return Source(path, "xlsx", tuple(blocks), tuple(notices))


def _lost(path: str, workbook: Workbook) -> list[Notice]:
    """Say which parts the workbook names and has not, and which of its sheets are charts."""
    lost = [
        Notice("BL112", Place(path, sheet=one.name or None), (("part", one.part),), unread=True)
        for one in workbook.lost
    ]
    return lost + [unread(path, one.name, "图表", one.part) for one in workbook.charts if not one.hidden]


class _SheetReader:
    """Reads one sheet's XML."""

    def __init__(self, path: str, shown: Shown, part: SheetPart) -> None:
        self._path = path
        self._shown = shown
        self._part = part
        self._sheet = Sheet(part.name)
        self._zeros = True
        self._seen: dict[str, Notice] = {}

    def read(self, data: bytes) -> tuple[Sheet, list[Notice]]:
        """Return the sheet and what is odd about it."""
        rows, rest = rows_and_rest(self._path, self._part.part, data)
        for element in rest:
            name = local(element)
            if name == "cols":
                for column in element:
                    if column.get("hidden") in ("1", "true") or is_nought(column.get("width")):
                        first, last = whole_number(column.get("min"), 1), whole_number(column.get("max"), 1)
                        self._sheet.hidden_columns.update(range(first - 1, min(last, LAST_COLUMN)))
            elif name == "mergeCells":
                self._merged(element)
            elif name == "sheetViews":
                self._zeros = not any(view.get("showZeros") in ("0", "false") for view in element)
        for row in rows:
            self._row(row)
        return self._sheet, [*self._seen.values(), *hidden_notices(self._sheet, self._path)]

    def _row(self, row: RawRow) -> None:
        number = row.number
        if row.hidden:
            self._sheet.hidden_rows.add(number)

        def odd(id: str, column: int, unread: bool, facts: dict[str, str]) -> None:
            self._note(id, number, column, unread, **facts)

        cells = self._shown.row(row.cells, odd, self._zeros)
        if cells:
            self._sheet.rows.setdefault(number, {}).update(cells)

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
        cell = a1(row, column)
        # Strings that are not there are no matter of one cell.
        place = Place(self._path, sheet=self._part.name, cell=cell if id != "BL112" else None)
        said = (("sheet", self._part.name), ("cell", cell), *facts.items())
        self._seen.setdefault(id, Notice(id, place, said, unread))


READER = XLSX
