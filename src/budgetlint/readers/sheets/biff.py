"""What calamine does not tell of an old workbook (BIFF8, xls): number formats, hidden rows and columns, errors.

Records as [MS-XLS] lays them out: 2.4.127 Formula, 2.4.24 BoolErr, 2.4.221 Row, 2.4.346 Window2.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct, field

from budgetlint.readers.safe.cfb import MAGIC, streams_at
from budgetlint.readers.sheets.biff_drawings import drawn_in
from budgetlint.readers.sheets.drawings import Drawn
from budgetlint.readers.sheets.number_format import BUILT_IN

_BOF, _EOF, _FORMAT, _XF, _SHEET, _FONT = 0x0809, 0x000A, 0x041E, 0x00E0, 0x0085, 0x0031
#: Fonts are counted without the fifth (2.5.129 FontIndex).
_NO_FONT, _STRUCK = 4, 0x08
_ROW, _COLUMNS = 0x0208, 0x007D
_NUMBER, _RK, _MULTIPLE, _FORMULA, _TEXT = 0x0203, 0x027E, 0x00BD, 0x0006, 0x00FD
_BOOLEAN_OR_ERROR, _WINDOW = 0x0205, 0x023E
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
#: What a formula's result is where it is no number: its kind, and the mark that says so.
_IS_ERROR, _IS_EMPTY, _NO_NUMBER = 2, 3, 0xFFFF
#: The tokens of + - * / ^ : a formula that ends with one gives a number.
_ARITHMETIC = range(0x03, 0x08)
_BIFF8 = 0x0600
#: How many rows and columns a sheet says it has, and the most it can have.
_SIZE, _MOST_ROWS = 0x0200, 65_536
_LAST_COLUMN = 255
#: Sector numbers from here on end a chain; shorter streams lie in small sectors of their own.
_LAST, _SMALL, _SMALL_SECTOR = 0xFFFFFFF0, 4096, 64


class SheetFacts(Struct):
    """Of one sheet, by 0-based (row, column): the format code of each number, what is hidden, what has no value."""

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    #: what a cell with an error shows; formulas without a result; whether noughts are shown.
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    zeros: bool = True
    #: cells whose font is struck out; what is drawn over the sheet.
    struck: set[tuple[int, int]] = field(default_factory=set)
    drawn: list[Drawn] = field(default_factory=list)
    _empty: dict[tuple[int, int], bool] = field(default_factory=dict)
    _calculated: bool = False


def facts_of(data: bytes) -> dict[str, SheetFacts]:
    """Return what the file says of each sheet, by its name.

    Empty where the file is none of BIFF8 or is damaged: then figures are shown as they are stored.
    """
    try:
        return _facts(data) if data.startswith(MAGIC) else {}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def oversized(data: bytes) -> bool:
    """Tell an old workbook that no reader should be given: its sectors run in a circle, or its sheets are larger than any.

    What follows them would fill all memory.
    """
    if not data.startswith(MAGIC) or len(data) < 512:
        return False
    try:
        size = 1 << struct.unpack_from("<H", data, 30)[0]
        listed = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _LAST]
        fat = _numbers(b"".join(data[(sector + 1) * size : (sector + 2) * size] for sector in listed))
        small = _chained(data[size:], size, fat, struct.unpack_from("<I", data, 60)[0])
        if _runs_in_a_circle(fat) or _runs_in_a_circle(_numbers(small)):
            return True
        stream = _stream(data)
        at = 0
        while at + 4 <= len(stream):
            kind, length = struct.unpack_from("<HH", stream, at)
            if kind == _SIZE and length >= 12:
                first, last, left, right = struct.unpack_from("<IIHH", stream, at + 4)
                if last > _MOST_ROWS or right > _LAST_COLUMN + 1 or first > last or left > right:
                    return True
            at += 4 + length
    except (struct.error, IndexError, OverflowError):
        return True
    return False


def _runs_in_a_circle(chains: Sequence[int]) -> bool:
    """Tell whether a chain of sectors comes back to itself; each says the number of the next."""
    seen = [0] * len(chains)
    for start in range(len(chains)):
        at = start
        while at < len(chains) and not seen[at]:
            seen[at] = start + 1
            at = chains[at]
        if at < len(chains) and seen[at] == start + 1:
            return True
    return False


def _facts(data: bytes) -> dict[str, SheetFacts]:
    stream = _stream(data)
    codes: dict[int, str] = dict(BUILT_IN)
    styles: list[int] = []
    fonts: list[bool] = []
    struck: set[int] = set()
    sheets: dict[int, str] = {}
    for at, kind, body in _records(stream, 0):
        if kind == _BOF and at == 0 and struct.unpack_from("<H", body)[0] != _BIFF8:
            return {}
        if kind == _FORMAT:
            number, length, wide = struct.unpack_from("<HHB", body)
            codes[number] = _text(body[5:], length, wide)
        elif kind == _XF:
            font, number = struct.unpack_from("<HH", body)
            at_font = font - (font > _NO_FONT)
            if at_font < len(fonts) and fonts[at_font]:
                struck.add(len(styles))
            styles.append(number)
        elif kind == _FONT:
            fonts.append(bool(struct.unpack_from("<H", body, 2)[0] & _STRUCK))
        elif kind == _SHEET:
            start, _, length, wide = struct.unpack_from("<IHBB", body)
            sheets[start] = _text(body[8:], length, wide)
    forms = [codes.get(style, "General") for style in styles]
    read = {name: _sheet(stream, start, forms, struck) for start, name in sheets.items()}
    calculated = any(facts._calculated for facts in read.values())
    for facts in read.values():
        # An empty text is the result of many a formula, but not where the formula gives a number, nor where none of
        # the workbook has any other result: xlwt writes it for all of them.
        facts.uncalculated = {at for at, number in facts._empty.items() if number or not calculated}
    return read


def _sheet(stream: bytes, start: int, forms: Sequence[str], struck: Collection[int]) -> SheetFacts:
    facts = SheetFacts()
    facts.drawn = list(drawn_in((kind, body) for _, kind, body in _records(stream, start)))

    def note(row: int, column: int, style: int) -> None:
        facts.formats[row, column] = forms[style]
        if style in struck:
            facts.struck.add((row, column))

    for _, kind, body in _records(stream, start):
        if kind in (_NUMBER, _RK, _FORMULA, _TEXT):
            row, column, style = struct.unpack_from("<HHH", body)
            note(row, column, style)
            if kind == _FORMULA:
                _formula(facts, (row, column), body)
        elif kind == _BOOLEAN_OR_ERROR:
            row, column, _, value, is_error = struct.unpack_from("<HHHBB", body)
            if is_error:
                facts.errors[row, column] = _ERRORS.get(value, "#N/A")
        elif kind == _WINDOW:
            facts.zeros = bool(struct.unpack_from("<H", body)[0] & 0x10)
        elif kind == _MULTIPLE:
            row, first = struct.unpack_from("<HH", body)
            for step in range((len(body) - 6) // 6):
                note(row, first + step, struct.unpack_from("<H", body, 4 + 6 * step)[0])
        elif kind == _ROW:
            if struct.unpack_from("<H", body, 12)[0] & 0x20 or not struct.unpack_from("<H", body, 6)[0]:
                facts.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLUMNS:
            first, last, width, _, flags = struct.unpack_from("<HHHHH", body)
            if flags & 1 or width == 0:
                facts.hidden_columns.update(range(first, min(last, _LAST_COLUMN) + 1))
    return facts


def _formula(facts: SheetFacts, at: tuple[int, int], body: bytes) -> None:
    """Take note of a formula's result that is an error or nothing."""
    kind, _, value, _, _, _, mark = struct.unpack_from("<BBBBBBH", body, 6)
    if mark != _NO_NUMBER:
        facts._calculated = True
    elif kind == _IS_ERROR:
        facts.errors[at] = _ERRORS.get(value, "#N/A")
    elif kind == _IS_EMPTY:
        length = struct.unpack_from("<H", body, 20)[0]
        facts._empty[at] = length > 0 and 22 + length <= len(body) and body[21 + length] in _ARITHMETIC
    else:
        facts._calculated = True


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield the records of one substream: where each begins, its kind and its content."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        at += 4 + length


def _text(data: bytes, length: int, wide: int) -> str:
    return data[: 2 * length].decode("utf-16-le") if wide & 1 else data[:length].decode("latin-1")


def _stream(data: bytes) -> bytes:
    """Return the workbook stream; empty where there is none."""
    streams = streams_at(data)
    start, length = streams.get("Workbook") or streams.get("Book") or (_LAST, 0)
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    listed = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _LAST]
    fat = _numbers(b"".join(data[(sector + 1) * size : (sector + 2) * size] for sector in listed))
    # The first sector follows the header.
    sectors = data[size:]
    if length >= _SMALL:
        return _chained(sectors, size, fat, start)[:length]
    small = _chained(sectors, size, fat, streams.get("Root Entry", (_LAST, 0))[0])
    small_fat = _numbers(_chained(sectors, size, fat, struct.unpack_from("<I", data, 60)[0]))
    return _chained(small, _SMALL_SECTOR, small_fat, start)[:length]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chained(sectors: bytes, size: int, fat: Sequence[int], start: int) -> bytes:
    """Return the sectors that a chain runs through, as many as there are at most: it may loop."""
    parts: list[bytes] = []
    while start < _LAST and len(parts) <= len(fat):
        parts.append(sectors[start * size : (start + 1) * size])
        start = fat[start]
    return b"".join(parts)
