"""Lays a document out on pages: where every piece of text and every ruled line stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from examples.formats.items import Cell, Item, Table

Rows = list[Sequence[Cell | None]]

#: A4 in points, from the upper left corner; the margins, and the sizes of text.
WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 57.0
TEXT_SIZE, TABLE_SIZE = 10.5, 8.0
_LEADING, _PADDING = 1.6, 3.0
_WIDEST = 9.0
_AMOUNT = re.compile(r"-?[\d.,]*\d%?")


@dataclass(frozen=True)
class Style:
    """How an office sets its tables.

    Attributes:
        width, height: the page, in points; a table that needs more gets a wider one.
        size: of the text of tables.
        rules: ``frames`` around each cell, ``bars`` (filled rectangles as thin as lines), ``double`` (each line drawn
            twice, a little apart), ``rows`` (no vertical lines), ``open`` (no lines around the table), ``none``.
        shaded: the header is filled with a colour.
        running: every page has a head and a number.
        repeats: header rows are printed again on every page.
        cuts: a row may be cut at the end of a page.
        indented: paragraphs begin two characters in, titles stand in the middle.
        centred: words stand in the middle of their cells, amounts at the right.
    """

    width: float = WIDTH
    height: float = HEIGHT
    size: float = TABLE_SIZE
    rules: str = "frames"
    shaded: bool = False
    running: bool = False
    repeats: bool = False
    cuts: bool = False
    indented: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Text:
    """A line of text: its left end, its baseline and its size."""

    words: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Frame:
    """A rectangle: ruled around, or filled with black (a line) or with a light colour (shading)."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""


@dataclass
class Page:
    """What stands on a page."""

    drawn: list[Text | Frame] = field(default_factory=list)
    width: float = WIDTH
    height: float = HEIGHT


def width_of(words: str, size: float) -> float:
    """Return how wide some words are: Latin characters take half the room of others."""
    return sum(size / 2 if char.isascii() else size for char in words)


def pages_of(items: Sequence[Item], style: Style | None = None) -> list[Page]:
    """Return the pages of a document; a table that is longer than a page is cut between rows."""
    layout = _Layout(style or Style())
    for item in items:
        if isinstance(item, Table):
            layout.table(item)
        else:
            layout.paragraph(item)
    return layout.finished()


class _Layout:
    """Fills pages from the top down."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._pages: list[Page] = []
        self._new_page(style.width)

    def finished(self) -> list[Page]:
        """Return the pages, with what runs through all of them."""
        if self._style.running:
            for number, page in enumerate(self._pages, 1):
                page.drawn.append(Text("示例市示例区 公开资料", MARGIN, 30.0, 9.0))
                page.drawn.append(Text(f"- {number} -", page.width / 2 - 10, page.height - 28, 9.0))
        return self._pages

    def paragraph(self, words: str, title: bool = False) -> None:
        """Print a paragraph, its first line indented where the style says so, or a title."""
        room = self._page.width - 2 * MARGIN
        indent = 2 * TEXT_SIZE if self._style.indented and not title else 0.0
        if title and self._style.indented:
            indent = max(room - width_of(words, TEXT_SIZE), 0.0) / 2
        first = _wrapped(words, room - indent, TEXT_SIZE)[0]
        rest = words[len(first) :].removeprefix("\n")
        for line in [first, *(_wrapped(rest, room, TEXT_SIZE) if rest else [])]:
            self._room(TEXT_SIZE * _LEADING)
            self._print(line, MARGIN + indent, self._top, TEXT_SIZE)
            self._top += TEXT_SIZE * _LEADING
            indent = 0.0
        self._top += TEXT_SIZE * 0.5

    def table(self, table: Table) -> None:
        """Print a table with what stands above and below it, on one page where it fits on one."""
        style, rows = self._style, list(table.rows)
        room = _room_for(table, style.width - 2 * MARGIN, style.size)
        if abs(self._page.width - room - 2 * MARGIN) > 1:
            self._new_page(room + 2 * MARGIN)
        widths = column_widths(table, room, style.size)
        heights = _heights(table, widths, style.size)
        around = (len(table.heads) + bool(table.note)) * TEXT_SIZE * 3
        whole = sum(heights) + around
        self._room(whole if whole <= style.height - 2 * MARGIN else around + sum(heights[:4]))
        for number, head in enumerate(table.heads):
            self.paragraph(head, title=number == 0)
        header, start = _header(rows), 0
        while start < len(rows):
            again = header if start and style.repeats and not table.form else 0
            left = self._bottom - self._top - sum(heights[:again])
            end = start + 1
            while end < len(rows) and sum(heights[start : end + 1]) <= left:
                end += 1
            end = max(_whole(rows, end), start + 1) if end < len(rows) else end
            top, below = self._top, sum(heights[:again]) + sum(heights[start:end])
            if again:
                self._rows(rows, widths, heights, 0, again, (top, top + below))
            self._rows(rows, widths, heights, start, end, (top, top + below))
            start = end
            if start < len(rows):
                self._cut(rows, widths, heights, start)
                self._new_page(self._page.width)
        self._top += TEXT_SIZE
        if table.note:
            self.paragraph(table.note)

    def _rows(
        self,
        rows: Rows,
        widths: Sequence[float],
        heights: Sequence[float],
        start: int,
        end: int,
        whole: tuple[float, float],
    ) -> None:
        """Print some rows of a table on this page, where the whole of it reaches from one height to another."""
        style, header = self._style, _header(rows)
        around = (MARGIN, whole[0], MARGIN + sum(widths), whole[1])
        if style.shaded and start == 0:
            self._draw(Frame(MARGIN, self._top, sum(widths), sum(heights[:header]), "light"))
        for at in range(start, end):
            for column, cell in enumerate(rows[at]):
                if cell is None:
                    continue
                x, y = MARGIN + sum(widths[:column]), self._top
                width = sum(widths[column : column + cell.columns])
                height = sum(heights[at : min(at + cell.rows, end)])
                for rule in _rules(x, y, width, height, around, style.rules):
                    self._draw(rule)
                self._cell(cell.text, x, y, width, height, at < header)
            self._top += heights[at]

    def _cell(self, text: str, x: float, y: float, width: float, height: float, heads: bool) -> None:
        size, room = self._style.size, width - 2 * _PADDING
        lines = _wrapped(text, room, size)
        top = y + _PADDING
        if self._style.centred:
            top = max(top, y + (height - len(lines) * size * 1.2) / 2)
        share = 0.0 if not self._style.centred else 0.5 if heads else 1.0 if _AMOUNT.fullmatch(text) else 0.0
        for line in lines:
            self._print(line, x + _PADDING + max(share * (room - width_of(line, size)), 0.0), top, size)
            top += size * 1.2

    def _cut(self, rows: Rows, widths: Sequence[float], heights: list[float], at: int) -> None:
        """Where rows are cut: print as many lines of a row as there is room for, and leave the rest to the next page."""
        size, left = self._style.size, self._bottom - self._top
        fits = int((left - 2 * _PADDING) / (size * 1.2))
        row = [cell for cell in rows[at] if cell is not None and cell.rows == cell.columns == 1]
        if not self._style.cuts or len(row) < len(rows[at]):
            return
        lines = [
            _wrapped(cell.text, width - 2 * _PADDING, size) for cell, width in zip(row, widths, strict=True)
        ]
        if 0 < fits < max(map(len, lines)):
            part = [Cell("\n".join(cell[:fits])) for cell in lines]
            self._rows([part], widths, [left], 0, 1, (self._top, self._bottom))
            rows[at] = [Cell("\n".join(cell[fits:])) for cell in lines]
            heights[at] = (max(map(len, lines)) - fits) * size * 1.2 + 2 * _PADDING

    @property
    def _bottom(self) -> float:
        return self._page.height - MARGIN

    @property
    def _page(self) -> Page:
        return self._pages[-1]

    def _new_page(self, width: float) -> None:
        self._pages.append(Page(width=width, height=self._style.height))
        self._top = MARGIN

    def _room(self, height: float) -> None:
        if self._top + height > self._bottom:
            self._new_page(self._page.width)

    def _draw(self, drawn: Text | Frame) -> None:
        self._page.drawn.append(drawn)

    def _print(self, words: str, x: float, top: float, size: float) -> None:
        if words:
            self._draw(Text(words, x, top + size * 0.88, size))


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


def _room_for(table: Table, room: float, size: float) -> float:
    """Return the room a table needs so that no amount is wrapped: what there is, or that of a wider page."""
    columns = max(map(len, table.rows))
    amounts = [0.0] * columns
    for row in table.rows:
        for column, cell in enumerate(row):
            if cell is not None and cell.columns == 1 and _AMOUNT.fullmatch(cell.text):
                amounts[column] = max(amounts[column], width_of(cell.text, size) + 2 * _PADDING)
    widths = column_widths(table, room, size)
    fits = all(width >= amount for width, amount in zip(widths, amounts, strict=True))
    return room if fits else _room_for(table, room * 1.25, size)


def _header(rows: Rows) -> int:
    """Return how many rows the header has: those before the first amount or total."""
    return next(
        (
            at
            for at, row in enumerate(rows)
            if at
            and any(cell and (_AMOUNT.fullmatch(cell.text) or "合计" in cell.text[:4]) for cell in row[1:])
        ),
        1,
    )


def _whole(rows: Rows, end: int) -> int:
    """Return the last place up to some row at which no cell is cut."""
    while end and any(cell is not None and at + cell.rows > end for at in range(end) for cell in rows[at]):
        end -= 1
    return end


def _rules(
    x: float, y: float, width: float, height: float, around: tuple[float, float, float, float], rules: str
) -> Iterator[Frame]:
    """Yield the lines of a cell."""
    if rules == "frames":
        yield Frame(x, y, width, height)
        return
    left, top, right, bottom = around
    sides = [
        (Frame(x, y - 0.25, width, 0.5, "dark"), y > top + 1, True),
        (Frame(x, y + height - 0.25, width, 0.5, "dark"), y + height < bottom - 1, True),
        (Frame(x - 0.25, y, 0.5, height, "dark"), x > left + 1, False),
        (Frame(x + width - 0.25, y, 0.5, height, "dark"), x + width < right - 1, False),
    ]
    for side, inner, level in sides:
        if rules == "none" or (rules == "rows" and not level) or (rules == "open" and not inner):
            continue
        yield side
        if rules == "double":
            yield Frame(side.x + 0.8 * (not level), side.y + 0.8 * level, side.width, side.height, "dark")


def _heights(table: Table, widths: Sequence[float], size: float) -> list[float]:
    """Return the heights of the rows; what a cell over several rows needs is given to its last row."""
    heights = [size * 1.2 + 2 * _PADDING] * len(table.rows)
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            width = sum(widths[column : column + cell.columns]) - 2 * _PADDING
            lines = len(_wrapped(cell.text, width, size))
            needed = lines * size * 1.2 + 2 * _PADDING - sum(heights[at : at + cell.rows])
            if needed > 0:
                heights[min(at + cell.rows, len(heights)) - 1] += needed
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
