"""Read XML Spreadsheet 2003, which office programs and reporting systems write under the names xml and xls."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from budgetlint.document import Block, Notice, Place, ReadError, Source
from budgetlint.document.amount import NOT_COMPUTED
from budgetlint.readers.safe.xmlsafe import parse_xml
from budgetlint.readers.sheets.a1 import LAST_COLUMN, LAST_ROW, a1, whole_number
from budgetlint.readers.sheets.blocks import Sheet, SheetCell, blocks_of, hidden_notices
from budgetlint.readers.sheets.date_places import day_of
from budgetlint.readers.sheets.escapes import unescaped
from budgetlint.readers.sheets.number_format import displayed, text_shown

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
#: The number formats that are named by a word, as Excel in Chinese shows them.
_NAMED = {
    "General": "General", "General Number": "General", "General Date": "yyyy/m/d h:mm", "Short Date": "yyyy/m/d",
    "Long Date": 'yyyy"年"m"月"d"日"', "Medium Date": "d-mmm-yy", "Short Time": "h:mm", "Long Time": "h:mm:ss",
    "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
    "Currency": "¥#,##0.00;¥-#,##0.00", "Euro Currency": "€#,##0.00",
}  # fmt: skip
#: More cells than a workbook of this kind ever holds.
MOST_CELLS = 2_000_000


def read(path: str, data: bytes) -> Source:
    """Read a workbook; the place of a cell is sheet and A1.

    Raises:
        ReadError: BL904 (damaged), BL907 (larger than a cap), BL908 (DOCTYPE).
    """
    root = parse_xml(path, "Workbook", data)
    forms, struck = _forms(root), _struck(root)
    blocks: list[Block] = []
    notices: list[Notice] = []
    for element in root.findall(f"{_SS}Worksheet"):
        sheet, seen = _Sheet(path, element, forms, struck).read()
        if element.findtext(f"{_X}WorksheetOptions/{_X}Visible") in ("SheetHidden", "SheetVeryHidden"):
            if sheet.rows:
                said = (("sheet", sheet.name), ("what", "工作表"))
                notices.append(Notice("BL103", Place(path, sheet=sheet.name), said))
            continue
        blocks += blocks_of(sheet, path)
        notices += [*seen, *hidden_notices(sheet, path)]
    return Source(path, "xls", tuple(blocks), tuple(notices))


def _forms(root: Any) -> dict[str, str]:
    """Return the number format of each style, inherited ones too."""
    own: dict[str, tuple[str | None, str | None]] = {}
    for style in root.iter(f"{_SS}Style"):
        number = style.find(f"{_SS}NumberFormat")
        form = number.get(f"{_SS}Format") if number is not None else None
        own[str(style.get(f"{_SS}ID"))] = (form, style.get(f"{_SS}Parent"))
    forms: dict[str, str] = {}
    for key in own:
        at: str | None = key
        for _ in range(len(own)):
            form, parent = own.get(at or "", (None, None))
            if form is not None or parent is None:
                break
            at = parent
        forms[key] = _NAMED.get(form or "General", form or "General")
    return forms


def _struck(root: Any) -> frozenset[str]:
    """Return the styles that strike out what they show."""
    return frozenset(
        str(style.get(f"{_SS}ID"))
        for style in root.iter(f"{_SS}Style")
        if any(font.get(f"{_SS}StrikeThrough") == "1" for font in style.findall(f"{_SS}Font"))
    )


class _Sheet:
    """Reads one ss:Worksheet."""

    def __init__(self, path: str, element: Any, forms: dict[str, str], struck: Collection[str]) -> None:
        self._path = path
        self._table = element.find(f"{_SS}Table")
        self._forms = forms
        self._struck = struck
        self._sheet = Sheet(unescaped(str(element.get(f"{_SS}Name", ""))))
        self._seen: dict[str, Notice] = {}
        self._count = 0
        self._zeros = element.find(f"{_X}WorksheetOptions/{_X}DoNotDisplayZeros") is None

    def read(self) -> tuple[Sheet, list[Notice]]:
        """Return the sheet and what is odd about it."""
        of_columns: dict[int, str] = {}
        if self._table is not None:
            for column, element in _placed(self._table, "Column", LAST_COLUMN):
                span = range(column, min(column + _integer(element, "Span", 0), LAST_COLUMN - 1) + 1)
                if _is_hidden(element, "Width"):
                    self._sheet.hidden_columns.update(span)
                of_columns.update(dict.fromkeys(span, str(element.get(f"{_SS}StyleID", ""))))
            for row, element in _placed(self._table, "Row", LAST_ROW):
                if _is_hidden(element, "Height"):
                    self._sheet.hidden_rows.add(row)
                self._row(row, element, of_columns)
        return self._sheet, list(self._seen.values())

    def _row(self, row: int, element: Any, of_columns: dict[int, str]) -> None:
        cells: dict[int, SheetCell] = {}
        for column, cell in _placed(element, "Cell", LAST_COLUMN):
            self._count += 1
            if self._count > MOST_CELLS:
                raise ReadError(
                    "BL907", self._path, what="单元格", count=f">{MOST_CELLS}", limit=str(MOST_CELLS)
                )
            across, down = _integer(cell, "MergeAcross", 0), _integer(cell, "MergeDown", 0)
            if across or down:
                self._sheet.merged[row, column] = (down + 1, across + 1)
            style = cell.get(f"{_SS}StyleID") or element.get(f"{_SS}StyleID") or of_columns.get(column, "")
            if style in self._struck:
                if cell.find(f"{_SS}Data") is not None:
                    place = Place(self._path, sheet=self._sheet.name, cell=a1(row, column))
                    self._seen.setdefault("BL105", Notice("BL105", place))
                continue
            shown = self._cell(row, column, cell, self._forms.get(style, "General"))
            if shown is not None:
                cells[column] = shown
        if cells:
            self._sheet.rows[row] = cells

    def _cell(self, row: int, column: int, cell: Any, form: str) -> SheetCell | None:
        data = cell.find(f"{_SS}Data")
        if data is None:
            if not cell.get(f"{_SS}Formula"):
                return None
            at = a1(row, column)
            place = Place(self._path, sheet=self._sheet.name, cell=at)
            said = (("sheet", self._sheet.name), ("cell", at))
            self._seen.setdefault("BL108", Notice("BL108", place, said, unread=True))
            return SheetCell(NOT_COMPUTED, "")
        text = unescaped("".join(data.itertext())).strip()
        kind = data.get(f"{_SS}Type", "String")
        if kind in ("Number", "DateTime") and text:
            try:
                number = Decimal(text) if kind == "Number" else day_of(text)
            except (InvalidOperation, ValueError):
                return SheetCell(text)
            if not number and not self._zeros:
                return None
            shown = displayed(number, form).strip() if number.adjusted() <= 30 else text
            return SheetCell(shown, format(number, "f")) if shown else None
        if kind == "Boolean" and text:
            text = "TRUE" if text == "1" else "FALSE"
        text = text_shown(text, form).strip() if text and kind == "String" else text
        return SheetCell(text) if text else None


def _placed(holder: Any, name: str, most: int) -> Iterator[tuple[int, Any]]:
    """Yield the rows, columns or cells of an element with their 0-based numbers."""
    at = -1
    for element in holder.findall(f"{_SS}{name}"):
        at = _integer(element, "Index", at + 2) - 1
        if not 0 <= at < most:
            return
        yield at, element
        at += _integer(element, "MergeAcross" if name == "Cell" else "Span", 0)


def _integer(element: Any, name: str, default: int) -> int:
    text = str(element.get(f"{_SS}{name}", ""))
    return whole_number(text, default)


def _is_hidden(element: Any, size: str) -> bool:
    said = str(element.get(f"{_SS}{size}", ""))
    return element.get(f"{_SS}Hidden") == "1" or (bool(said) and not said.strip("0."))
