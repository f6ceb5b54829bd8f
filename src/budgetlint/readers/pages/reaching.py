"""Make one of the parts of a merged cell that reaches over a page break.

A printer draws no rule where such a cell is cut, and prints its text on one of the pages or on each.
"""

from __future__ import annotations

from collections.abc import Sequence

from budgetlint.document import GridCell
from budgetlint.readers.pages.glyphs import joined

Rows = list[tuple[GridCell, ...]]


def reach_on(upper: Rows, lower: Rows, below: Sequence[bool], above: Sequence[bool]) -> bool:
    """Unite, in place, the cells that the last row of one page and the first row of the next are parts of.

    Args:
        upper: the rows so far; lower: the rows of the next page, of as many columns.
        below: by column, whether no rule closes the upper half; above: the same of the lower one.

    Returns:
        Whether some cells reach on while others end with the page. Where none ends, nothing is drawn under the rows
        at all, and nothing can be told.
    """
    open_at = [at for at, (one, two) in enumerate(zip(below, above, strict=False)) if one and two]
    if not open_at or len(open_at) == len(below) or all(below) or not upper or not lower:
        return False
    for at in open_at:
        row = _owner(upper, at)
        if row is None or lower[0][at].covered:
            continue
        _unite(upper, row, lower, at)
    return True


def cut_cells(upper: Rows, row: Sequence[GridCell]) -> tuple[bool, ...]:
    """Tell, by column, where a row under a repeated header may go on with a cell: it prints the same there, or nothing."""
    said = []
    for at, cell in enumerate(row):
        above = _owner(upper, at)
        text = upper[above][at].text.strip() if above is not None else ""
        said.append(not cell.covered and (not cell.text.strip() or not text or cell.text.strip() == text))
    return tuple(said)


def _owner(rows: Rows, column: int) -> int | None:
    """Return the row of the cell that covers a column of the last row, None where it begins further left."""
    for row in range(len(rows) - 1, -1, -1):
        if not rows[row][column].covered:
            return row
    return None


def _unite(upper: Rows, row: int, lower: Rows, column: int) -> None:
    one, two = upper[row][column], lower[0][column]
    if one.column_span != two.column_span:
        return
    said = one.text if two.text.strip() in one.text else joined(one.text, two.text.strip())
    kept = one if one.text or not two.text else one._replace(place=two.place)
    rows = len(upper) - row + two.row_span
    upper[row] = _with(upper[row], column, kept._replace(text=said or two.text, row_span=rows))
    lower[0] = _with(lower[0], column, two._replace(text="", row_span=1, column_span=1, covered=True))


def _with(row: tuple[GridCell, ...], column: int, cell: GridCell) -> tuple[GridCell, ...]:
    return (*row[:column], cell, *row[column + 1 :])
