"""Find the tables that ruled lines draw on a page, as lattices of cells with their spans.

Shared by every format that knows a page only as strokes and glyphs (pdf, ofd). Coordinates are points from the
upper left corner of the upright page, y growing downwards.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

#: Strokes nearer than this are the same line; ends nearer than this touch.
TOUCH = 3.0
#: A shorter stroke is decoration, not a border.
SHORTEST = 5.0


class Stroke(NamedTuple):
    """A thin straight line, or the edge of a rectangle, as its bounding box."""

    left: float
    top: float
    right: float
    bottom: float


class Rule(NamedTuple):
    """A whole ruled line: where it lies across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float


class Region(Struct, frozen=True):
    """One cell of a lattice: its upper left position and its spans."""

    row: int
    column: int
    row_span: int
    column_span: int


class Lattice(Struct, frozen=True):
    """A ruled table.

    ``xs`` and ``ys`` are the edges of its columns and rows in ascending order; ``regions`` its cells in reading
    order; ``owner[row][column]`` the index of the region that covers a position. ``open_above`` and ``open_below``
    tell, by column, where no rule closes the first and the last row.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    owner: tuple[tuple[int, ...], ...]
    open_above: tuple[bool, ...] = ()
    open_below: tuple[bool, ...] = ()

    def region_at(self, x: float, y: float) -> int | None:
        """Return the index of the region a point lies in, None outside the table."""
        xs, ys = self.xs, self.ys
        if xs[0] <= x < xs[-1] and ys[0] <= y < ys[-1]:
            return self.owner[bisect_right(ys, y) - 1][bisect_right(xs, x) - 1]
        return None

    def box_of(self, region: Region) -> tuple[float, float, float, float]:
        """Return (left, top, right, bottom) of a region."""
        return (
            self.xs[region.column],
            self.ys[region.row],
            self.xs[region.column + region.column_span],
            self.ys[region.row + region.row_span],
        )


def rules_of(strokes: Iterable[Stroke]) -> tuple[list[Rule], list[Rule]]:
    """Join strokes into whole horizontal and vertical rules."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for left, top, right, bottom in strokes:
        if right - left >= bottom - top:
            horizontal.append(Rule((top + bottom) / 2, left, right))
        else:
            vertical.append(Rule((left + right) / 2, top, bottom))
    return _joined(horizontal), _joined(vertical)


def _joined(rules: list[Rule]) -> list[Rule]:
    """Join collinear pieces that touch or overlap; drop what stays too short to be a border."""
    joined: list[Rule] = []
    for group in _clusters(sorted(rules)):
        at = sum(rule.at for rule in group) / len(group)
        pieces = sorted((rule.start, rule.end) for rule in group)
        start, end = pieces[0]
        for next_start, next_end in pieces[1:]:
            if next_start > end + TOUCH:
                joined.append(Rule(at, start, end))
                start, end = next_start, next_end
            else:
                end = max(end, next_end)
        joined.append(Rule(at, start, end))
    return [rule for rule in joined if rule.end - rule.start >= SHORTEST]


def _clusters(rules: Sequence[Rule]) -> Iterable[list[Rule]]:
    """Yield runs of rules (sorted by ``at``) that lie on one line."""
    run: list[Rule] = []
    for rule in rules:
        if run and rule.at - run[0].at > TOUCH:
            yield run
            run = []
        run.append(rule)
    if run:
        yield run


def lattices(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[Lattice]:
    """Return the tables that touching rules form, from the top down; frames of a single cell are left out."""
    found: list[Lattice] = []
    for across, down in _connected(horizontal, vertical):
        lattice = lattice_of(across, down)
        if lattice is not None and len(lattice.regions) > 1:
            found.append(lattice)
    outer = [one for one in found if not any(_inside(one, other) for other in found if other is not one)]
    return sorted(outer, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _connected(
    horizontal: Sequence[Rule], vertical: Sequence[Rule]
) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """Yield groups of rules that touch one another, directly or through others."""
    horizontal = sorted(horizontal)
    heights = [rule.at for rule in horizontal]
    parent = list(range(len(horizontal) + len(vertical)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for number, rule in enumerate(vertical, len(horizontal)):
        first = bisect_left(heights, rule.start - TOUCH)
        last = bisect_right(heights, rule.end + TOUCH)
        for other in range(first, last):
            if horizontal[other].start - TOUCH <= rule.at <= horizontal[other].end + TOUCH:
                parent[root(other)] = root(number)
    for one, other in _beside(vertical):
        parent[root(len(horizontal) + other)] = root(len(horizontal) + one)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, rule in enumerate([*horizontal, *vertical]):
        group = groups.setdefault(root(number), ([], []))
        group[number >= len(horizontal)].append(rule)
    for across, down in groups.values():
        if across and down:
            yield across, down


def _beside(vertical: Sequence[Rule]) -> Iterable[tuple[int, int]]:
    """Yield pairs of vertical rules that run side by side from one height to one height, by their numbers.

    Between them stand cells that go on from the page before to the page after, so that no rule closes them here.
    """
    order = sorted(range(len(vertical)), key=lambda number: (vertical[number].start, vertical[number].end))
    for one, other in itertools.pairwise(order):
        upper, lower = vertical[one], vertical[other]
        if abs(upper.start - lower.start) <= 1 and abs(upper.end - lower.end) <= 1:
            yield one, other


def _inside(one: Lattice, other: Lattice) -> bool:
    return (
        other.xs[0] - TOUCH <= one.xs[0]
        and one.xs[-1] <= other.xs[-1] + TOUCH
        and other.ys[0] - TOUCH <= one.ys[0]
        and one.ys[-1] <= other.ys[-1] + TOUCH
    )


def lattice_of(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> Lattice | None:
    """Build the lattice of one table; sides left open are closed where the crossing rules end."""
    if not horizontal or not vertical:
        return None
    xs = _edges(vertical, [end for rule in horizontal for end in (rule.start, rule.end)])
    ys = _edges(horizontal, [end for rule in vertical for end in (rule.start, rule.end)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    right_of = _borders(vertical, xs, ys)
    below = _borders(horizontal, ys, xs)
    lattice = _compressed(xs, ys, list(_regions(len(ys) - 1, len(xs) - 1, right_of, below)))
    return replace(
        lattice, open_above=_open_sides(lattice, xs, below[0]), open_below=_open_sides(lattice, xs, below[-1])
    )


def _open_sides(lattice: Lattice, xs: Sequence[float], ruled: Sequence[bool]) -> tuple[bool, ...]:
    """Return for each column of a lattice whether an edge, ruled in some of the bands between ``xs``, leaves it open."""
    return tuple(not ruled[bisect_left(xs, left)] for left in lattice.xs[:-1])


def _edges(rules: Sequence[Rule], outer: Sequence[float]) -> list[float]:
    """Return the edges along one direction: where rules lie, and the outermost ends of the crossing ones."""
    edges: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not edges or at - edges[-1] > TOUCH:
            edges.append(at)
    if min(outer) < edges[0] - 2 * TOUCH:
        edges.insert(0, min(outer))
    if max(outer) > edges[-1] + 2 * TOUCH:
        edges.append(max(outer))
    return edges


def _borders(rules: Sequence[Rule], edges: Sequence[float], across: Sequence[float]) -> list[list[bool]]:
    """Tell, for each edge and each band between two crossing edges, whether a rule stands there."""
    middles = [(low + high) / 2 for low, high in itertools.pairwise(across)]
    present = [[False] * len(middles) for _ in edges]
    for rule in rules:
        edge = bisect_left(edges, rule.at - TOUCH)
        if edge < len(edges):
            for band in range(bisect_left(middles, rule.start), bisect_right(middles, rule.end)):
                present[edge][band] = True
    return present


def _regions(
    rows: int, columns: int, right_of: Sequence[Sequence[bool]], below: Sequence[Sequence[bool]]
) -> Iterable[Region]:
    """Yield the largest rectangles without an inner border, in reading order."""
    taken = [[False] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            end = column + 1
            while end < columns and not right_of[end][row] and not taken[row][end]:
                end += 1
            bottom = row + 1
            while (
                bottom < rows
                and not any(below[bottom][at] for at in range(column, end))
                and not any(right_of[at][bottom] for at in range(column + 1, end))
            ):
                bottom += 1
            for covered in range(row, bottom):
                taken[covered][column:end] = [True] * (end - column)
            yield Region(row, column, bottom - row, end - column)


def _compressed(xs: list[float], ys: list[float], regions: list[Region]) -> Lattice:
    """Drop edges at which no cell begins, and index the positions."""
    rows = sorted({region.row for region in regions})
    columns = sorted({region.column for region in regions})

    def squeezed(region: Region) -> Region:
        row, column = bisect_left(rows, region.row), bisect_left(columns, region.column)
        return Region(
            row,
            column,
            bisect_left(rows, region.row + region.row_span) - row,
            bisect_left(columns, region.column + region.column_span) - column,
        )

    regions = [squeezed(region) for region in regions]
    owner = [[0] * len(columns) for _ in rows]
    for index, region in enumerate(regions):
        for row in range(region.row, region.row + region.row_span):
            for column in range(region.column, region.column + region.column_span):
                owner[row][column] = index
    return Lattice(
        (*tuple(xs[column] for column in columns), xs[-1]),
        (*tuple(ys[row] for row in rows), ys[-1]),
        tuple(regions),
        tuple(map(tuple, owner)),
    )
