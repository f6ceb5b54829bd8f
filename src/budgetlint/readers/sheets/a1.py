"""Names of a workbook's cells: column letters and A1 references, both ways."""

from __future__ import annotations

import re
from functools import cache

#: A workbook's own caps.
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def a1(row: int, column: int) -> str:
    """Return the A1 name of a 0-based position."""
    return f"{letters_of(column)}{row + 1}"


def position(reference: str) -> tuple[int, int] | None:
    """Return the 0-based (row, column) of an A1 reference, None where it is none within a workbook's bounds."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match[2]), column_of(match[1])
    return (row - 1, column) if 1 <= row <= LAST_ROW and column < LAST_COLUMN else None


def whole_number(text: str | None, default: int) -> int:
    """Return a number as an attribute states it, a default where it states none."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else default


@cache
def column_of(letters: str) -> int:
    """Return the 0-based number of a column."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


@cache
def letters_of(column: int) -> str:
    """Return the letters of a 0-based column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
