"""Put the glyphs of a page together into lines, and lines into the text people read.

Coordinates as in :mod:`budgetlint.readers.pages.ruling`: points from the upper left, y growing downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct

from budgetlint.readers.pages.overprint import apart

Box = tuple[float, float, float, float]

#: Gaps within a line, in type sizes: one that shows as a space, one that shows as a wide space, one between columns.
SPACE, WIDE, COLUMN = 0.22, 1.5, 1.2
#: Marks that no line ends with, and none that a line begins with.
_OPENING, _CLOSING = frozenset("（(〔【《“‘≥≤><±"), frozenset("，。、；：？！）)〕】》”’,;:%％")
#: The narrowest gap that may part two columns where many lines leave it free.
RIVER = 0.15


class Glyph(NamedTuple):
    """One printed character with its box; ``size`` is the height of its line of type."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


class Line(Struct, frozen=True, dict=True):
    """Glyphs that stand on one line, from the left."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def box(self) -> Box:
        """(left, top, right, bottom) around all glyphs."""
        _, lefts, tops, rights, bottoms, _ = zip(*self.glyphs, strict=True)
        return lefts[0], min(tops), max(rights), max(bottoms)

    @cached_property
    def size(self) -> float:
        """The type size: the median width of its Chinese characters, which are square; without any, the height.

        Heights differ between the fonts of one line, the width of a Chinese character does not.
        """
        sizes = [glyph.right - glyph.left for glyph in self.glyphs if "\u3400" <= glyph.text <= "\u9fff"]
        sizes = sorted(sizes or [glyph.size for glyph in self.glyphs])
        return sizes[len(sizes) // 2] or 1.0

    @cached_property
    def text(self) -> str:
        """The line as read: printed spaces, and gaps that look like them."""
        parts: list[str] = []
        end = self.glyphs[0].left
        for char, left, _, right, _, size in self.glyphs:
            if left > end:
                gap = (left - end) / (size or 1)
                if gap > SPACE and parts and not parts[-1].isspace():
                    parts.append("    " if gap > WIDE else " ")
            parts.append(char)
            if right > end:
                end = right
        return "".join(parts).strip()

    @cached_property
    def segments(self) -> tuple[Line, ...]:
        """The parts of the line that stand a column's gap apart."""
        return self._parts(COLUMN)

    @cached_property
    def pieces(self) -> tuple[Line, ...]:
        """The parts of the line between which any column may begin; words of one cell are apart too."""
        return self._parts(RIVER)

    def _parts(self, widest: float) -> tuple[Line, ...]:
        parts: list[list[Glyph]] = []
        end = 0.0
        for glyph in self.glyphs:
            char, left, _, right, _, size = glyph
            if char.isspace():
                continue
            if left - end > widest * size or not parts:
                part = [glyph]
                parts.append(part)
            else:
                part.append(glyph)
            end = right
        if len(parts) == 1 and len(parts[0]) == len(self.glyphs):
            return (self,)
        return tuple(Line(tuple(part)) for part in parts)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Group glyphs into lines from the top down, each from the left; a glyph printed twice (bold) counts once."""
    rows: list[list[Glyph]] = []
    middle = size = 0.0
    row: list[Glyph] = []
    drawn = list(glyphs)
    for glyph in sorted(drawn, key=_height):
        at = (glyph[2] + glyph[4]) / 2
        if row and at - middle <= 0.5 * (size if size < glyph[5] else glyph[5]):
            row.append(glyph)
            middle += (at - middle) / len(row)
        else:
            row = [glyph]
            rows.append(row)
            middle, size = at, glyph[5]
    once = (_printed_once(sorted(row, key=_LEFT)) for row in rows)
    lines = (Line(tuple(text)) for row in once for text in apart(row, drawn))
    return [line for line in lines if line.text]


_LEFT = itemgetter(1)


def _height(glyph: Glyph) -> float:
    return glyph[2] + glyph[4]


def _printed_once(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    once: list[Glyph] = []
    text, start, end = "", 0.0, 0.0
    for glyph in glyphs:
        char, left, _, right, _, size = glyph
        if char.isspace() and end - left > 0.5 * (right - left):
            continue  # an indentation set wider than its room, under what it indents
        if not char.isspace():
            end = right
        # A dash as wide as two characters is two characters at one place.
        if char != text or left - start >= 0.2 * (right - left) or right - left > 1.8 * size:
            text, start = char, left
            once.append(glyph)
    return tuple(once)


def fills(line: Line, width: float, after: Line | None = None) -> bool:
    """Tell whether a line leaves no room in ``width`` for what comes after it, so that it was broken by the edge.

    What comes after is a character, or the word that the next line begins with: it could not be broken.
    """
    return width - (line.box[2] - line.box[0]) < max(line.size, first_word(after)) + 0.5 * line.size + 8


def first_word(line: Line | None) -> float:
    """Return the width of what a line begins with and no printer parts: a figure or Latin word, a mark on its character."""
    if line is None:
        return 0.0
    end = line.glyphs[0].left
    latin: bool | None = None
    for char, _, _, right, _, _ in line.glyphs:
        if char in _OPENING:
            latin = None
        elif char not in _CLOSING and (latin is False or (latin and not _latin(char))):
            break
        elif char not in _CLOSING and latin is None:
            latin = _latin(char)
        end = right
    return end - line.glyphs[0].left


def _latin(char: str) -> bool:
    return char.isascii() and not char.isspace()


def joined(upper: str, lower: str) -> str:
    """Join two lines of one paragraph: a space only between Latin words."""
    latin = upper[-1:].isascii() and upper[-1:].isalpha() and lower[:1].isascii() and lower[:1].isalpha()
    return upper + (" " if latin else "") + lower


def cell_text(lines: Sequence[Line], width: float) -> str:
    """Return the text of a cell: lines broken by its edge joined, breaks the author made kept as ``\\n``."""
    text = ""
    for number, line in enumerate(lines):
        if number == 0:
            text = line.text
        elif fills(lines[number - 1], width, line):
            text = joined(text, line.text)
        else:
            text = f"{text}\n{line.text}"
    return text
