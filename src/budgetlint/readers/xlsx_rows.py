"""Take the raw cells out of a sheet's XML: fast where it is written the way programs write it, else element by element."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from html import unescape
from typing import Any, NamedTuple, TypeAlias

from budgetlint.document import ReadError
from budgetlint.readers.xlsx_parts import local, rich_text
from budgetlint.readers.xmlsafe import parse_xml

#: A workbook's own caps.
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_OPEN, _CLOSE = "<sheetData>", "</sheetData>"
_ROW = re.compile(r"<row\b([^>]*)>")
_NUMBER = re.compile(r'\sr="(\d+)"')
_HIDDEN = re.compile(r'\shidden="(?:1|true)"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d{1,7}"(?: s="(\d{1,6})")?(?: t="(\w+)")?(?: ?/>|>'
    r"(<f[^>]*/>|<f[^>]*>[^<]*</f>)?"
    r"(?:<v>([^<]*)</v>|<v ?/>|<is><t[^>]*>([^<]*)</t></is>)?</c>)"
)


#: A cell as stored: its 0-based column, its style's index, its kind (``n``, ``s``, ``str``, ``b``, ``e``,
#: ``inlineStr``), whether it has a formula, its value. A bare tuple: there is one a cell.
RawCell: TypeAlias = tuple[int, str, str, bool, str]


class RawRow(NamedTuple):
    """A row: its 0-based number, whether it is hidden, its cells from the left."""

    number: int
    hidden: bool
    cells: list[RawCell]


def rows_and_rest(path: str, part: str, data: bytes) -> tuple[Iterable[RawRow], Any]:
    """Return the rows of a sheet, and the root element of what the sheet says besides (columns, merged cells).

    Raises:
        ReadError: BL904, the XML is damaged or a row stands beyond a workbook's last one; BL908, it has a DOCTYPE.
    """
    scanned = _scanned(path, data)
    if scanned is not None:
        rows, rest = scanned
        return rows, parse_xml(path, part, rest)
    root = parse_xml(path, part, data)
    held = (element for element in root if local(element) == "sheetData")
    return _parsed(path, next(held, ())), root


def position(reference: str) -> tuple[int, int] | None:
    """Return the 0-based (row, column) of an A1 reference, None where it is none within a workbook's bounds."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match[2]), column_of(match[1])
    return (row - 1, column) if 1 <= row <= LAST_ROW and column < LAST_COLUMN else None


@cache
def column_of(letters: str) -> int:
    """Return the 0-based number of a column."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _scanned(path: str, data: bytes) -> tuple[list[RawRow], bytes] | None:
    """Return the rows and the sheet without them; None where anything is not written as usual.

    Every cell must match one pattern, and the pattern holds no other markup: so nothing can be overlooked.
    """
    if b"<!" in data or (b"encoding=" in data[:100] and b'"UTF-8"' not in data[:100].upper()):
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    head, opened, body = text.partition(_OPEN)
    body, closed, tail = body.partition(_CLOSE)
    if not opened or not closed or _OPEN in tail:
        return None
    rows: list[RawRow] = []
    number = -1
    for chunk in body.split("</row>"):
        for start in _ROW.finditer(chunk):
            attributes = start[1]
            stated = _NUMBER.search(attributes)
            number = int(stated[1]) - 1 if stated else number + 1
            _check(path, number)
            cells: list[RawCell] = []
            if not attributes.endswith("/"):
                inside = chunk[start.end() :]
                found = _CELL.findall(inside)
                if len(found) != inside.count("<c") or "<row" in inside:
                    return None
                for letters, style, kind, formula, value, inline in found:
                    column = column_of(letters)
                    if column < LAST_COLUMN and (value or inline or formula):
                        value = value or inline
                        value = _unescaped(value) if "&" in value else value
                        cells.append((column, style, kind or "n", bool(formula), value))
            rows.append(RawRow(number, bool(_HIDDEN.search(attributes)), cells))
    return rows, f"{head}<sheetData/>{tail}".encode()


@lru_cache(maxsize=4096)
def _unescaped(text: str) -> str:
    """Return text without character references: labels repeat, and some programs write each character as one."""
    return unescape(text)


def _parsed(path: str, data: Iterable[Any]) -> Iterator[RawRow]:
    """Yield the rows of a w:sheetData element."""
    number = -1
    for row in data:
        number = int(row.get("r") or number + 2) - 1
        _check(path, number)
        cells: list[RawCell] = []
        column = -1
        for cell in row:
            reference = cell.get("r")
            at = position(reference) if reference else (number, column + 1)
            if at is not None:
                column = at[1]
                cells.append(_parsed_cell(cell, column))
        yield RawRow(number, row.get("hidden") in ("1", "true"), cells)


def _parsed_cell(cell: Any, column: int) -> RawCell:
    value, has_formula, kind = "", False, cell.get("t", "n")
    for child in cell:
        name = local(child)
        if name == "v":
            value = child.text or ""
        elif name == "f":
            has_formula = True
        elif name == "is":
            value, kind = rich_text(child), "inlineStr"
    return column, cell.get("s") or "", kind, has_formula, value


def _check(path: str, number: int) -> None:
    if number >= LAST_ROW:
        raise ReadError("BL904", path, cause=f"row {number + 1}")
