"""A text by lines as the Language Server Protocol counts them, with columns in UTF-16 units both ways.

Only ``\\n``, ``\\r\\n`` and ``\\r`` end a line: a form feed or U+2028 does not, though ``str.splitlines`` says so.
"""

from __future__ import annotations

import re

from msgspec import Struct

_LINE_END = re.compile(r"\r\n|\n|\r")


class Lines(Struct, frozen=True):
    """The lines of a text, without their ends."""

    lines: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Lines:
        """Cut a text into lines."""
        return cls(tuple(_LINE_END.split(text)))

    def line(self, number: int) -> str:
        """Return a 0-based line, "" beyond the end."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def units(self, number: int, column: int) -> int:
        """Return the UTF-16 units that stand before a 0-based column of a line."""
        return len(self.line(number)[:column].encode("utf-16-le")) // 2

    def column(self, number: int, units: int) -> int:
        """Return the 0-based column that so many UTF-16 units lead to; within a pair, the column of the pair."""
        at = 0
        for column, char in enumerate(self.line(number)):
            at += 2 if ord(char) > 0xFFFF else 1
            if at > units:
                return column
        return len(self.line(number))
