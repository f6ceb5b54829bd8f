"""Take the raw cells out of a sheet's XML: fast where it is written the way programs write it, else element by element."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple, TypeAlias

from budgetlint.document import ReadError
from budgetlint.readers.safe.xmlsafe import parse_xml
from budgetlint.readers.sheets.a1 import LAST_ROW, letters_of, position, whole_number
from budgetlint.readers.sheets.xlsx_parts import local, rich_text

_OPEN, _CLOSE = "<sheetData>", "</sheetData>"
_ROW = re.compile(r'<row\b(?: r="(\d+)")?([^>]*)>')
_ATTRIBUTE = re.compile(r'\s(\w+)="([^"]*)"')
_NUMBER = re.compile(r'\sr="(\d+)"')
#: A row that is hidden, or has no height.
_HIDDEN = re.compile(r'\bhidden="(?:1|true)"|\bht="0(?:\.0*)?"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D])\d{1,7}"([^>/]*)(?:'
    r">(<f[^>]*/>|<f[^>]*>[^<]*</f>)?(?:<v>|<is><t[^>]*>)([^<]*)(?:</v></c>|</t></is></c>)"
    r"|/>|></c>|<v ?/></c>)"
)


#: A cell as stored: the letters of its column, its other attributes as written (see :func:`style_and_kind`), its
#: formula's element (nothing for none), its value. A bare tuple, just as the pattern finds it: there is one a cell.
RawCell: TypeAlias = tuple[str, str, str, str]


def style_and_kind(attributes: str) -> tuple[str, str]:
    """Return the index of a cell's style and its kind: ``n``, ``s``, ``str``, ``b``, ``e``, ``inlineStr``."""
    said = dict(_ATTRIBUTE.findall(attributes))
    return said.get("s", "0"), said.get("t", "n")


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
            stated, attributes = start.groups()
            if not stated and (later := _NUMBER.search(attributes)):
                stated = later[1]
            number = whole_number(stated, number + 2) - 1
            _check(path, number)
            cells: list[RawCell] = []
            if not attributes.endswith("/"):
                inside = chunk[start.end() :]
                cells = _CELL.findall(inside)
                if len(cells) != inside.count("<c") or "<row" in inside:
                    return None
                if "&" in inside:
                    cells = [(*cell[:3], _unescaped(cell[3])) for cell in cells]
            rows.append(RawRow(number, _HIDDEN.search(attributes) is not None, cells))
    return rows, f"{head}<sheetData/>{tail}".encode()


@lru_cache(maxsize=4096)
def _unescaped(text: str) -> str:
    """Return text without character references: labels repeat, and some programs write each character as one."""
    return unescape(text)


def _parsed(path: str, data: Iterable[Any]) -> Iterator[RawRow]:
    """Yield the rows of a w:sheetData element."""
    number = -1
    for row in data:
        number = whole_number(row.get("r"), number + 2) - 1
        _check(path, number)
        cells: list[RawCell] = []
        column = -1
        for cell in row:
            reference = cell.get("r")
            at = position(reference) if reference else (number, column + 1)
            if at is not None:
                column = at[1]
                cells.append(_parsed_cell(cell, letters_of(column)))
        hidden = row.get("hidden") in ("1", "true") or is_nought(row.get("ht"))
        yield RawRow(number, hidden, cells)


def is_nought(size: str | None) -> bool:
    """Tell a height or width of 0."""
    return size is not None and bool(size) and not size.strip("0.")


def _parsed_cell(cell: Any, letters: str) -> RawCell:
    value, formula, kind = "", "", cell.get("t", "n")
    for child in cell:
        name = local(child)
        if name == "v":
            value = child.text or ""
        elif name == "f":
            formula = name
        elif name == "is":
            value, kind = rich_text(child), "inlineStr"
    return letters, f' s="{cell.get("s", "0")}" t="{kind}"', formula, value


def _check(path: str, number: int) -> None:
    if number >= LAST_ROW:
        raise ReadError("BL904", path, cause=f"row {number + 1}")
