"""Add the column and row edges that a partly ruled table shows by the alignment of its figures only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from budgetlint.document.amount import parse_number, torn
from budgetlint.readers.pages.alignment import merged
from budgetlint.readers.pages.glyphs import Line, fills
from budgetlint.readers.pages.ruling import Lattice, Rule, lattice_of

#: So many lines must agree before a column is cut that no rule cuts.
FEWEST_LINES = 3


def refined(lattice: Lattice, lines: Sequence[Line]) -> Lattice:
    """Return a lattice with the edges that its text shows and its rules do not.

    A column is cut where several of its lines break at one gap and figures stand to the right of it; a row where
    figures of two cells stand one under another.
    """
    parts = [part for line in lines for part in line.segments]
    by_column, by_row = _gathered(lattice, parts)
    columns = [rule for inside in by_column.values() for rule in _column_cuts(lattice, inside)]
    if columns:
        lattice = _with(lattice, [], columns)
        _, by_row = _gathered(lattice, parts)
    rows = [rule for stacks in by_row.values() for rule in _row_cuts(lattice, stacks)]
    return _with(lattice, rows, []) if rows else lattice


def _with(lattice: Lattice, across: Sequence[Rule], down: Sequence[Rule]) -> Lattice:
    """Return the lattice of a table's own edges and some more."""
    horizontal, vertical = list(across), list(down)
    for region in lattice.regions:
        left, top, right, bottom = lattice.box_of(region)
        horizontal += [Rule(top, left, right), Rule(bottom, left, right)]
        vertical += [Rule(left, top, bottom), Rule(right, top, bottom)]
    finer = lattice_of(horizontal, vertical)
    if finer is None:
        return lattice
    columns = [max(bisect_right(lattice.xs, left) - 1, 0) for left in finer.xs[:-1]]
    return replace(
        finer,
        open_above=tuple(lattice.open_above[at] for at in columns),
        open_below=tuple(lattice.open_below[at] for at in columns),
    )


def _gathered(
    lattice: Lattice, parts: Sequence[Line]
) -> tuple[dict[int, list[Line]], dict[int, dict[int, list[Line]]]]:
    """Return the parts in cells of one column by column, and those in cells of one row by row and column."""
    by_column: dict[int, list[Line]] = {}
    by_row: dict[int, dict[int, list[Line]]] = {}
    for part in parts:
        left, top, right, bottom = part.box
        index = lattice.region_at((left + right) / 2, (top + bottom) / 2)
        if index is None:
            continue
        region = lattice.regions[index]
        if region.column_span == 1:
            by_column.setdefault(region.column, []).append(part)
        if region.row_span == 1:
            by_row.setdefault(region.row, {}).setdefault(region.column, []).append(part)
    return by_column, by_row


def _column_cuts(lattice: Lattice, inside: Sequence[Line]) -> Iterator[Rule]:
    """Yield the pieces of edges to add within the column that holds some parts."""
    rows: dict[int, list[Line]] = {}
    for part in inside:
        rows.setdefault(round((part.box[1] + part.box[3]) / 2 / part.size), []).append(part)
    broken = [row for row in rows.values() if len(row) > 1]
    if len(broken) < FEWEST_LINES:
        return
    spans = merged((part.box[0], part.box[2]) for row in broken for part in row)
    for (_, end), (start, _) in pairwise(spans):
        right = [part for row in broken for part in row if part.box[0] >= start]
        if 3 * sum(parse_number(part.text) is not None for part in right) < 2 * len(right):
            continue
        x = (end + start) / 2
        for top, bottom in pairwise(lattice.ys):
            held = [part for part in inside if top <= (part.box[1] + part.box[3]) / 2 < bottom]
            if held and not any(part.box[0] < x < part.box[2] for part in held):
                yield Rule(x, top, bottom)


def _is_one_figure(stack: Sequence[Line], width: float) -> bool:
    """Tell whether two lines are one figure too long for its cell: the first fills it and lacks the decimals that follow."""
    first, *rest = sorted(stack, key=lambda part: part.box[1])
    return len(rest) == 1 and fills(first, width, rest[0]) and torn(first.text, rest[0].text) is not None


def _row_cuts(lattice: Lattice, stacks: Mapping[int, Sequence[Line]]) -> Iterator[Rule]:
    """Yield the edges to add within one row: between figures that two or more of its cells stack alike."""
    figures = [
        sorted((part.box[1] + part.box[3]) / 2 for part in stack)
        for column, stack in stacks.items()
        if len(stack) > 1
        and all(parse_number(part.text) is not None for part in stack)
        and not _is_one_figure(stack, lattice.xs[column + 1] - lattice.xs[column])
    ]
    tallest = max(figures, key=len, default=[])
    size = min((part.size for stack in stacks.values() for part in stack), default=0.0)
    alike = [
        heights
        for heights in figures
        if all(any(abs(height - other) < size / 2 for other in tallest) for height in heights)
    ]
    if len(alike) < 2 or any(low - high < size for high, low in pairwise(tallest)):
        return
    for high, low in pairwise(tallest):
        yield Rule((high + low) / 2, lattice.xs[0], lattice.xs[-1])
