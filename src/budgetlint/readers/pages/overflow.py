"""Give a line that runs over the edge of its cell back to it: a row too low for its text shows the next line half.

A spreadsheet prints what fits in the row and cuts the rest; the file still holds the whole line, and its middle may
lie in the row below.
"""

from __future__ import annotations

from collections.abc import Sequence

from budgetlint.readers.pages.glyphs import Line, fills
from budgetlint.readers.pages.ruling import Lattice

#: Less of a line's height beyond an edge is the font's own space, not a line cut in two.
CUT = 0.2


def in_their_cells(lattice: Lattice, held: Sequence[list[Line]]) -> list[list[Line]]:
    """Return the lines by region, those that an edge cuts with the text that they go on with.

    Args:
        lattice: the table.
        held: for each of its regions the lines whose middle lies in it, from the top down.
    """
    kept = [list(lines) for lines in held]
    for below, region in enumerate(lattice.regions):
        if not kept[below] or region.row == 0:
            continue
        above = lattice.owner[region.row - 1][region.column]
        upper = lattice.regions[above]
        if not kept[above] or (upper.column, upper.column_span) != (region.column, region.column_span):
            continue
        left, edge, right, _ = lattice.box_of(region)
        if _ends_above(kept[above][-1], kept[below], edge, right - left):
            kept[above].append(kept[below].pop(0))
        elif _begins_below(kept[above], kept[below][0], edge, right - left):
            kept[below].insert(0, kept[above].pop())
    return kept


def _ends_above(last: Line, below: Sequence[Line], edge: float, width: float) -> bool:
    """Tell whether the first line below an edge ends the text above it, which its own cell's text does not go on with."""
    first, rest = below[0], below[1:]
    height = first.box[3] - first.box[1]
    cut = edge - first.box[1] > CUT * height and first.box[3] > edge
    return cut and fills(last, width, first) and not (rest and fills(first, width, rest[0]))


def _begins_below(above: Sequence[Line], first: Line, edge: float, width: float) -> bool:
    """Tell whether the last line above an edge begins the text below it, and ends none above."""
    if len(above) < 2:
        return False
    before, last = above[-2:]
    height = last.box[3] - last.box[1]
    cut = last.box[3] - edge > CUT * height and last.box[1] < edge
    return cut and fills(last, width, first) and not fills(before, width, last)
