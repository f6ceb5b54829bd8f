"""Take what stands over a table out of its grid: titles, numbers, departments and units printed as its first rows.

Spreadsheets and printers lay these lines out as rows of the table, and several tables may stand in one grid, one under
another; the rest of the normaliser finds a table by the lines over its grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from budgetlint.document import Block, GridBlock, GridCell, ParagraphBlock
from budgetlint.document.text import squeeze
from budgetlint.normalise.printed.cells import figure
from budgetlint.normalise.printed.lines import Lines
from budgetlint.normalise.tables.grids import Body, head_cells, peel_head

#: Within so many rows under a title stands what shows that it is one: a unit, a department, a header.
_NEAR = 3
#: A row of no more words than this is no table of its own.
_FEW = 4

Row = tuple[GridCell, ...]


def with_heads_apart(blocks: Sequence[Block], known: Lines) -> list[Block]:
    """Return the blocks with the head lines of grids as paragraphs, and grids of several tables cut at their titles."""
    apart: list[Block] = []
    for block in blocks:
        if isinstance(block, GridBlock):
            before = apart[-1] if apart else None
            apart += head_cells(block, known) or _legend(block, before, known) or _apart(block, before, known)
        else:
            apart.append(block)
    return apart


def _legend(grid: GridBlock, before: Block | None, known: Lines) -> list[Block]:
    """Return the few words of a grid of one row as a line, where no title stands over it: the legend of a chart."""
    if len(grid.rows) != 1:
        return []
    printed = [cell for cell in grid.rows[0] if cell.text.strip()]
    over = known.of(before.text) if isinstance(before, ParagraphBlock) else None
    titled_over = over is not None and (over.ends_as_table or over.fields or over.table_number)
    if not 0 < len(printed) <= _FEW or titled_over or any(figure(cell.text) for cell in printed):
        return []
    return [ParagraphBlock("    ".join(cell.text.strip() for cell in printed), printed[0].place)]


def _apart(grid: GridBlock, before: Block | None, known: Lines) -> list[Block]:
    rows = grid.rows
    starts = [at for at in range(len(rows)) if _title(rows, at, known) is not None]
    starts = [
        at for at in starts if at == 0 or not _heads_only(rows[:at], known) or at == _first_printed(rows)
    ]
    edges = sorted({0, *starts, len(rows)})
    parts: list[Block] = []
    for start, end in pairwise(edges):
        parts += _part(grid, start, end, parts[-1] if parts else before, known)
    return parts


def _part(grid: GridBlock, start: int, end: int, before: Block | None, known: Lines) -> list[Block]:
    """Return the head lines of one table, where its title is among them, and its grid; else the grid alone."""
    rows = grid.rows[start:end]
    body = Body([], grid.spans_known, set())
    taken = 0
    lines: list[ParagraphBlock] = []
    while taken < len(rows) - 1:
        heads = len(body.heads)
        titled_before, numbered_before = body.title, body.number
        if not peel_head(rows[taken], rows[taken + 1], body, known):
            break
        if body.title is not titled_before or body.number is not numbered_before or len(body.heads) > heads:
            lines += [
                ParagraphBlock(cell.text.strip(), cell.place) for cell in rows[taken] if cell.text.strip()
            ]
        taken += 1
    if body.title is None:
        lines, taken = [], 0
    elif isinstance(before, ParagraphBlock) and squeeze(before.text) == squeeze(lines[0].text):
        lines = lines[1:]
    kept = _narrowed(rows[taken:])
    if not any(cell.text.strip() for row in kept for cell in row):
        return list(lines)
    at = start + taken
    breaks = tuple(index - at for index in grid.breaks if at < index < end)
    place = next((cell.place for cell in kept[0]), grid.place)
    place = grid.place if at == 0 else place.within(end_line=grid.place.end_line)
    return [*lines, replace(grid, rows=tuple(kept), breaks=breaks, place=place)]


def _title(rows: Sequence[Row], at: int, known: Lines) -> GridCell | None:
    """Return the cell of a row that is the title of the table under it: alone on its row, with a head or header below."""
    printed = [cell for cell in rows[at] if cell.text.strip()]
    if len(printed) != 1 or at + 1 >= len(rows):
        return None
    cell = printed[0]
    line = known.of(cell.text)
    if not (line.title_like and line.ends_as_table) or figure(cell.text):
        return None
    below = [[one.text for one in row if one.text.strip()] for row in rows[at + 1 : at + 1 + _NEAR]]
    numbered = line.titled[0] is not None or (at > 0 and _numbers(rows[at - 1], known))
    headed = any(any(known.of(one).fields for one in texts) for texts in below)
    return cell if at == 0 or numbered or headed else None


def _numbers(row: Row, known: Lines) -> bool:
    printed = [cell.text for cell in row if cell.text.strip()]
    return len(printed) == 1 and known.of(printed[0]).table_number is not None


def _first_printed(rows: Sequence[Row]) -> int:
    return next((at for at, row in enumerate(rows) if any(cell.text.strip() for cell in row)), 0)


def _heads_only(rows: Sequence[Row], known: Lines) -> bool:
    """Tell whether rows are head lines throughout, so that what follows belongs to the same table."""
    return all(peel_head(row, row, Body([], False, set()), known) for row in rows)


def _narrowed(rows: Sequence[Row]) -> list[Row]:
    """Drop the columns at the left and those inside in which no cell of these rows begins or prints anything."""
    width = max((len(row) for row in rows), default=0)
    if any(len(row) != width for row in rows):
        return list(rows)
    empty = [
        at
        for at in range(width)
        if all(row[at].covered and not row[at].text.strip() for row in rows)
        or (
            at == 0
            and width > 2
            and all(not row[at].text.strip() and row[at].column_span == 1 for row in rows)
        )
    ]
    return [_without(row, empty) for row in rows] if empty and len(empty) < width else list(rows)


def _without(row: Row, columns: Sequence[int]) -> Row:
    kept = []
    for at, cell in enumerate(row):
        if at in columns:
            continue
        hidden = sum(at < column < at + cell.column_span for column in columns)
        kept.append(cell._replace(column_span=cell.column_span - hidden) if hidden else cell)
    return tuple(kept)
