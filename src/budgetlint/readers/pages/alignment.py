"""Find the columns and rows that no line draws: tables set by alignment alone, and ruled ones with gaps in the rules."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from budgetlint.document.amount import parse_number
from budgetlint.readers.pages.glyphs import Line
from budgetlint.readers.pages.ruling import Lattice, Rule, lattice_of

#: A table without vertical rules has at least this many lines that agree.
FEWEST_LINES = 3
Interval = tuple[float, float]
_SEGMENTS, _PIECES = attrgetter("segments"), attrgetter("pieces")


def aligned_tables(lines: Sequence[Line], ruled: Sequence[Lattice]) -> list[tuple[int, int, Lattice]]:
    """Find tables among lines of text outside ruled tables.

    Returns (first line, line after the last, lattice) from the top down. A table is a run of lines that break into
    two or more segments with common gaps between them, at least three such lines and figures among them.
    """
    found: list[tuple[int, int, Lattice]] = []
    start = 0
    while start < len(lines):
        end = _run_end(lines, start, ruled)
        if end - start >= FEWEST_LINES:
            lattice = _lattice(lines[start:end])
            if lattice is not None:
                found.append((start, end, lattice))
        start = max(end, start + 1)
    return found


def _run_end(lines: Sequence[Line], start: int, ruled: Sequence[Lattice]) -> int:
    """Return the end of the run of lines in columns that begins at ``start`` (``start`` itself for none)."""
    if len(lines[start].segments) < 2:
        return start
    end = last = start + 1
    while end < len(lines):
        above, line = lines[end - 1], lines[end]
        gap = line.box[1] - above.box[3]
        if gap > 2.5 * line.size or any(above.box[3] <= table.ys[0] <= line.box[1] for table in ruled):
            break
        if len(line.segments) >= 2 or _is_row(line):
            last = end + 1
        elif end - last >= 2 or gap > line.size:
            break
        end += 1
    return last


def _is_row(line: Line) -> bool:
    """Tell whether a line without wide gaps is a row all the same: figures follow one another in it."""
    figures = [parse_number(part.text) is not None for part in line.pieces]
    return any(one and two for one, two in itertools.pairwise(figures))


def fallen_out(line: Line) -> bool:
    """Tell whether a line beside a table prints several figures: a row that the table's columns did not take."""
    return sum(parse_number(part.text) is not None for part in line.pieces) > 1


def _lattice(lines: Sequence[Line]) -> Lattice | None:
    columns = max((_columns(lines, parts) for parts in (_SEGMENTS, _PIECES)), key=len)
    if len(columns) < 2:
        return None
    left = min(line.box[0] for line in lines) - 2
    right = max(line.box[2] for line in lines) + 2
    edges = [left, *((one[1] + two[0]) / 2 for one, two in itertools.pairwise(columns)), right]
    heights = _row_edges(lines, columns)
    across = [Rule(y, left, right) for y in heights]
    down = [Rule(left, heights[0], heights[-1]), Rule(right, heights[0], heights[-1])]
    for edge in edges[1:-1]:
        down += _open_bands(edge, heights, lines)
    return lattice_of(across, down)


def _columns(lines: Sequence[Line], parts_of: Callable[[Line], Sequence[Line]]) -> list[Interval]:
    """Return where the columns of some lines lie; none where too few lines or figures agree on them."""
    most = max(len(parts_of(line)) for line in lines)
    full = [line for line in lines if len(parts_of(line)) >= max(2, most - 1)]
    columns = merged((part.box[0], part.box[2]) for line in full for part in parts_of(line))
    figures = sum(
        parse_number(part.text) is not None
        for line in full
        for part in parts_of(line)
        if part.box[0] > columns[0][1]
    )
    return columns if len(full) >= FEWEST_LINES and figures >= len(full) - 1 else []


def _row_edges(lines: Sequence[Line], columns: Sequence[Interval]) -> list[float]:
    """Return the edges between rows.

    A line of nothing but some words in one column continues the row above; or it begins the row below, whose figures
    stand at half the height of a cell of several lines.
    """
    alone = [_touched(line, columns) == 1 and parse_number(line.text) is None for line in lines]
    leads = _leading(lines, alone)
    edges = [lines[0].box[1] - 2]
    for at, (above, line) in enumerate(itertools.pairwise(lines)):
        begins = leads[at + 1] or not alone[at + 1] or _touched(above, columns) == 1
        if begins and not leads[at]:
            edges.append((above.box[3] + line.box[1]) / 2)
    return [*edges, lines[-1].box[3] + 2]


def _leading(lines: Sequence[Line], alone: Sequence[bool]) -> list[bool]:
    """Tell of each line whether it begins the row of the next: much nearer to it than rows are to one another."""
    middles = [(line.box[1] + line.box[3]) / 2 for line in lines]
    whole = [middle for middle, lone in zip(middles, alone, strict=True) if not lone]
    pitch = min((low - high for high, low in itertools.pairwise(whole)), default=0.0)
    leads = [False] * len(lines)
    for at in range(1, len(lines) - 1):
        if alone[at] and not alone[at + 1]:
            above = next((middles[one] for one in range(at - 1, -1, -1) if not alone[one]), None)
            near = middles[at + 1] - middles[at]
            leads[at] = near < 0.75 * pitch and (above is None or near < 0.75 * (middles[at] - above))
    return leads


def _touched(line: Line, columns: Sequence[Interval]) -> int:
    """Return how many columns a line has something in."""
    return sum(
        any(part.box[0] < end and start < part.box[2] for part in line.pieces) for start, end in columns
    )


def _open_bands(x: float, heights: Sequence[float], lines: Sequence[Line]) -> Iterable[Rule]:
    """Yield the pieces of a column edge in the rows where no text crosses it."""
    for top, bottom in itertools.pairwise(heights):
        crossed = any(
            top <= (line.box[1] + line.box[3]) / 2 < bottom and part.box[0] < x < part.box[2]
            for line in lines
            for part in line.pieces
        )
        if not crossed:
            yield Rule(x, top, bottom)


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the union of intervals as disjoint ones, in order."""
    union: list[Interval] = []
    for start, end in sorted(intervals):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], end))
        else:
            union.append((start, end))
    return union
