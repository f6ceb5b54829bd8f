"""Lays a document out on pages: where every piece of text and every ruled line stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from examples.formats.items import Item, Table

#: A4 in points, from the upper left corner; the margins, and the sizes of text.
WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 57.0
TEXT_SIZE, TABLE_SIZE = 10.5, 8.0
_LEADING, _PADDING = 1.6, 3.0
_WIDEST = 9.0
_AMOUNT = re.compile(r"[\d.]+")


@dataclass(frozen=True)
class Text:
    """A line of text: its left end, its baseline and its size."""

    words: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Frame:
    """A ruled rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass
class Page:
    """What stands on a page."""

    drawn: list[Text | Frame] = field(default_factory=list)


def width_of(words: str, size: float) -> float:
    """Return how wide some words are: Latin characters take half the room of others."""
    return sum(size / 2 if char.isascii() else size for char in words)


def pages_of(items: Sequence[Item]) -> list[Page]:
    """Return the pages of a document; no table is cut."""
    layout = _Layout()
    for item in items:
        if isinstance(item, Table):
            layout.table(item)
        else:
            layout.paragraph(item)
    return layout.pages


class _Layout:
    """Fills pages from the top down."""

    def __init__(self) -> None:
        self.pages = [Page()]
        self._top = MARGIN

    def paragraph(self, words: str) -> None:
        """Print a paragraph."""
        for line in _wrapped(words, WIDTH - 2 * MARGIN, TEXT_SIZE):
            self._room(TEXT_SIZE * _LEADING)
            self._print(line, MARGIN, self._top, TEXT_SIZE)
            self._top += TEXT_SIZE * _LEADING
        self._top += TEXT_SIZE * 0.5

    def table(self, table: Table) -> None:
        """Print a table with what stands above and below it on one page."""
        widths = column_widths(table, WIDTH - 2 * MARGIN)
        heights = _heights(table, widths)
        around = (len(table.heads) + bool(table.note)) * TEXT_SIZE * 3
        self._room(sum(heights) + around)
        for head in table.heads:
            self.paragraph(head)
        for at, row in enumerate(table.rows):
            for column, cell in enumerate(row):
                if cell is None:
                    continue
                left = MARGIN + sum(widths[:column])
                width = sum(widths[column : column + cell.columns])
                height = sum(heights[at : at + cell.rows])
                self.pages[-1].drawn.append(Frame(left, self._top, width, height))
                top = self._top + _PADDING
                for line in _wrapped(cell.text, width - 2 * _PADDING, TABLE_SIZE):
                    self._print(line, left + _PADDING, top, TABLE_SIZE)
                    top += TABLE_SIZE * 1.2
            self._top += heights[at]
        self._top += TEXT_SIZE
        if table.note:
            self.paragraph(table.note)

    def _room(self, height: float) -> None:
        if self._top + height > HEIGHT - MARGIN:
            self.pages.append(Page())
            self._top = MARGIN

    def _print(self, words: str, x: float, top: float, size: float) -> None:
        if words:
            self.pages[-1].drawn.append(Text(words, x, top + size * 0.88, size))


def column_widths(table: Table, room: float, size: float = TABLE_SIZE) -> list[float]:
    """Return the widths of the columns in points, within some room: names are wrapped before amounts are."""
    columns = max(map(len, table.rows))
    wanted = [size * 2] * columns
    for row in table.rows:
        for column, cell in enumerate(row):
            if cell is not None and cell.columns == 1:
                widest = 99.0 if _AMOUNT.fullmatch(cell.text) else _WIDEST
                wanted[column] = max(wanted[column], min(width_of(cell.text, size), widest * size))
    wanted = [width + 2 * _PADDING for width in wanted]
    if sum(wanted) > room:
        least = min(wanted)
        spare = sum(width - least for width in wanted)
        wanted = [least + (width - least) * (room - least * columns) / spare for width in wanted]
    return wanted


def _heights(table: Table, widths: Sequence[float]) -> list[float]:
    """Return the heights of the rows; what a cell over several rows needs is given to its last row."""
    heights = [TABLE_SIZE * 1.2 + 2 * _PADDING] * len(table.rows)
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            width = sum(widths[column : column + cell.columns]) - 2 * _PADDING
            lines = len(_wrapped(cell.text, width, TABLE_SIZE))
            needed = lines * TABLE_SIZE * 1.2 + 2 * _PADDING - sum(heights[at : at + cell.rows])
            if needed > 0:
                heights[at + cell.rows - 1] += needed
    return heights


def _wrapped(words: str, room: float, size: float) -> list[str]:
    lines = []
    for part in words.split("\n"):
        lines.append("")
        for char in part:
            if lines[-1] and width_of(lines[-1] + char, size) > room + 0.01:
                lines.append("")
            lines[-1] += char
    return lines
