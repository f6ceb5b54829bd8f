"""Read old workbooks (xls, WPS et, xlsb) with calamine, which tells stored values only; of xls what else the file says."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from budgetlint.document import Block, Notice, Place, ReadError, Source
from budgetlint.document.amount import NOT_COMPUTED
from budgetlint.readers.bundled import XLS
from budgetlint.readers.sheets import xml2003
from budgetlint.readers.sheets.a1 import a1
from budgetlint.readers.sheets.biff import SheetFacts, facts_of, oversized
from budgetlint.readers.sheets.blocks import Sheet, SheetCell, blocks_of, hidden_notices
from budgetlint.readers.sheets.drawings import boxes, unread
from budgetlint.readers.sheets.number_format import displayed, text_shown
from budgetlint.readers.sniffing import is_xml2003

#: What calamine raises on a file it did not reckon with; it is no Exception.
_PANIC = "PanicException"


def read(path: str, data: bytes) -> Source:
    """Read a workbook; the place of a cell is sheet and A1.

    Raises:
        ReadError: BL904 (damaged), BL905 (encrypted).
    """
    if is_xml2003(data):
        return xml2003.read(path, data)
    import python_calamine as calamine

    if oversized(data):
        raise ReadError("BL904", path, cause="sectors")
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
            raise
        locked = "assword" in str(error) or "ncrypt" in str(error)
        raise ReadError("BL905" if locked else "BL904", path, cause=str(error)) from None
    facts = facts_of(data)
    blocks: list[Block] = []
    notices: list[Notice] = []
    for meta in workbook.sheets_metadata:
        visible = meta.visible == calamine.SheetVisibleEnum.Visible
        if meta.typ == calamine.SheetTypeEnum.ChartSheet and visible:
            notices.append(unread(path, meta.name, "图表", meta.name))
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            found = workbook.get_sheet_by_name(meta.name)
            sheet = _sheet(meta.name, found, facts.get(meta.name))
        except BaseException as error:
            if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
                raise
            raise ReadError("BL904", path, cause=f"{meta.name}: {error}") from None
        if not visible:
            if sheet.rows:
                notices.append(
                    Notice("BL103", Place(path, sheet=meta.name), (("sheet", meta.name), ("what", "工作表")))
                )
            continue
        drawn = said.drawn if (said := facts.get(meta.name)) is not None else []
        first = min(sheet.rows, default=0)
        blocks += boxes(path, meta.name, [one for one in drawn if one.row < first])
        blocks += blocks_of(sheet, path)
        blocks += boxes(path, meta.name, [one for one in drawn if one.row >= first])
        notices += [unread(path, meta.name, one.what, one.part, one.cell) for one in drawn if one.what]
        if said is not None and said.struck:
            notices.append(Notice("BL105", Place(path, sheet=meta.name, cell=a1(*min(said.struck)))))
        notices += [*_uncalculated(path, meta.name, facts.get(meta.name)), *hidden_notices(sheet, path)]
    return Source(path, "xls", tuple(blocks), tuple(notices))


def _sheet(name: str, found: Any, facts: SheetFacts | None) -> Sheet:
    """Return a sheet; where the file says no formats, figures are shown as stored, with the decimals of their neighbours."""
    sheet = Sheet(name)
    forms = facts.formats if facts is not None else {}
    for row, values in enumerate(found.to_python(skip_empty_area=False)):
        cells = {
            column: cell
            for column, value in enumerate(values)
            if (cell := _cell(value, forms.get((row, column), "General"))) is not None
        }
        if cells:
            sheet.rows[row] = cells
    if facts is None:
        _pad_decimals(sheet)
    else:
        sheet.hidden_rows, sheet.hidden_columns = facts.hidden_rows, facts.hidden_columns
        for row, column in facts.struck:
            sheet.rows.get(row, {}).pop(column, None)
        sheet.rows = {row: cells for row, cells in sheet.rows.items() if cells}
        for (row, column), error in facts.errors.items():
            sheet.rows.setdefault(row, {})[column] = SheetCell(error)
        for row, column in facts.uncalculated:
            sheet.rows.setdefault(row, {})[column] = SheetCell(NOT_COMPUTED, "")
        if not facts.zeros:
            for row, cells in sheet.rows.items():
                sheet.rows[row] = {at: cell for at, cell in cells.items() if not _is_nought(cell)}
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        sheet.merged[top, left] = (bottom - top + 1, right - left + 1)
    return sheet


def _uncalculated(path: str, sheet: str, facts: SheetFacts | None) -> list[Notice]:
    """Say that formulas of a sheet have no result, the first of them."""
    if facts is None or not facts.uncalculated:
        return []
    cell = a1(*min(facts.uncalculated))
    return [
        Notice("BL108", Place(path, sheet=sheet, cell=cell), (("sheet", sheet), ("cell", cell)), unread=True)
    ]


def _is_nought(cell: SheetCell) -> bool:
    return bool(cell.stored) and not (cell.stored or "").strip("-0.")


def _pad_decimals(sheet: Sheet) -> None:
    """Print figures with the decimals of the sheet: calamine does not tell us the formats of an old workbook.

    In columns that have any decimals, at least as many as any figure of the sheet, two at most.
    """
    figures = [
        ((row, column), cell)
        for row, cells in sheet.rows.items()
        for column, cell in cells.items()
        if cell.stored is not None
    ]
    broken = {column for (_, column), cell in figures if "." in cell.text}
    places = min(2, max((len(cell.text.partition(".")[2]) for _, cell in figures), default=0))
    for (row, column), cell in figures:
        if column in broken and len(cell.text.partition(".")[2]) < places:
            shown = displayed(Decimal(cell.text), "0." + "0" * places)
            sheet.rows[row][column] = SheetCell(shown, cell.stored)


def _cell(value: Any, form: str) -> SheetCell | None:
    """Return what a value shows, None for nothing."""
    if value is None:
        return None
    if isinstance(value, str):
        text = text_shown(value, form).rstrip()
        return SheetCell(text) if text else None
    if isinstance(value, bool):
        return SheetCell("TRUE" if value else "FALSE")
    if isinstance(value, (int, float)):
        number = Decimal(repr(value))
        text = displayed(number, form).strip()
        return SheetCell(text, format(number, "f")) if text else None
    if isinstance(value, (datetime, date)):
        return SheetCell(f"{value.year}/{value.month}/{value.day}")
    return SheetCell(str(value))


READER = XLS
