"""Put the right half of a table, which a page too narrow pushed onto the next, back beside its left half."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from budgetlint.document import Block, GridBlock, GridCell, ParagraphBlock
from budgetlint.document.amount import parse_number
from budgetlint.readers.grids.spans import states_spans

#: Fewer rows than this agree by chance.
FEWEST_ROWS = 4
#: Signs that stand for no figure.
_NOTHING = frozenset(["", "-", "－", "—", "——", "–", "…", "/", "×"])

#: The lines that may stand between two halves, over the right one.
MOST_LINES = 4
_UNIT = re.compile(r"^[（(]?(?:金额)?单\s*位\s*[:：]")

Rows = Sequence[Sequence[GridCell]]


def rejoined(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with grids that follow one another and are halves of one put together.

    Lines between them that the page repeats are dropped; a unit line, which stands over the last columns, goes over
    the whole table.
    """
    whole: list[Block] = []
    for block in blocks:
        at = max((number for number, one in enumerate(whole) if isinstance(one, GridBlock)), default=None)
        left = whole[at] if at is not None else None
        if at is None or not isinstance(left, GridBlock) or not isinstance(block, GridBlock):
            whole.append(block)
            continue
        over = _lines_before(whole, at)
        between = _lines_before(whole, len(whole))
        labels = labels_again(left.rows, block.rows) if len(left.rows) == len(block.rows) else None
        said = [above.text for above in over]
        told = [line for line in between if not all(_is_said(part, said) for part in _parts(line))]
        if (
            labels is None
            or len(between) != len(whole) - at - 1
            or (block.place.page or 0) <= _last_page(left)
            or any(
                not _is_said(part, said) and not _UNIT.match(part) for line in told for part in _parts(line)
            )
        ):
            whole.append(block)
            continue
        whole[at:] = [*told, _beside(left, block, labels)]
    return whole


def _lines_before(blocks: Sequence[Block], end: int) -> list[ParagraphBlock]:
    """Return the lines right before a block, the last few at most."""
    lines: list[ParagraphBlock] = []
    for block in reversed(blocks[max(0, end - MOST_LINES) : end]):
        if not isinstance(block, ParagraphBlock):
            break
        lines.insert(0, block)
    return lines


def _parts(line: ParagraphBlock) -> list[str]:
    """Return what stands apart on a line."""
    return re.split(r"\s{2,}", line.text)


def _is_said(text: str, lines: Sequence[str]) -> bool:
    return any(text in line for line in lines)


def _last_page(grid: GridBlock) -> int:
    return max((cell.place.page or 0 for cell in grid.rows[-1]), default=0)


def labels_again(left: Rows, right: Rows) -> int | None:
    """Return how many label columns the right half of a table prints again, None where a grid is no right half.

    Every row of it continues the row beside it: it has no labels of its own, or those of the left half, under another
    header.
    """
    if len(right) < FEWEST_ROWS or len(left) < len(right):
        return None
    heads = _header_rows(right)
    if not 0 < heads < len(right) - 1 or not _labelled(left[heads : len(right)]):
        return None
    same = 0
    for mine, yours in zip(_columns(left, len(right)), _columns(right, len(right)), strict=False):
        if mine != yours or not any(_is_word(text) for text in mine):
            break
        same += 1
    rest = [row[same:] for row in right]
    if not rest[0] or not any(cell.text for cell in rest[0]):
        return None
    titles = {cell.text for row in left[:heads] for cell in row[same:] if cell.text}
    if same and titles.issuperset(cell.text for cell in rest[heads - 1] if cell.text):
        return None
    alone = not any(_is_word(cell.text) for row in rest[heads:] for cell in row)
    return same if same or alone else None


def _columns(rows: Rows, height: int) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in column) for column in zip(*rows[:height], strict=False)]


def _header_rows(rows: Rows) -> int:
    """Return how many rows stand over the first that holds a figure."""
    for number, row in enumerate(rows):
        if any("." in cell.text and parse_number(cell.text) is not None for cell in row):
            return number
    return 0


def _labelled(rows: Rows) -> bool:
    """Tell whether nearly all rows say in words what their figures are."""
    said = sum(any(_is_word(cell.text) for cell in row) for row in rows)
    return said >= 0.8 * len(rows)


def _is_word(text: str) -> bool:
    return text.strip() not in _NOTHING and parse_number(text) is None


def _beside(left: GridBlock, right: GridBlock, labels: int) -> GridBlock:
    """Return one grid of two halves, the repeated label columns of the right one left out."""
    width = len(left.rows[0])
    rows = []
    for one, two in zip(left.rows, right.rows, strict=True):
        moved = [
            cell._replace(place=cell.place._replace(grid_row=one[0].place.grid_row, grid_column=width + at))
            for at, cell in enumerate(two[labels:])
        ]
        rows.append((*one, *moved))
    unsure = left.unsure or right.unsure
    return replace(left, rows=tuple(rows), spans_known=states_spans(rows), unsure=unsure)
