"""Stitch tables, and single rows of them, that a page break has cut."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from budgetlint.document import GridBlock, GridCell, Place
from budgetlint.document.amount import parse_number
from budgetlint.document.text import numbering_of
from budgetlint.readers.grids.fitting import headless
from budgetlint.readers.grids.spans import states_spans
from budgetlint.readers.pages.glyphs import joined
from budgetlint.readers.pages.page import PageGrid
from budgetlint.readers.pages.reaching import cut_cells, reach_on
from budgetlint.readers.pages.sideways import labels_again

#: How far, in points, the column edges of the two halves may lie apart.
SLACK = 4.0
#: No header repeated on a new page has more rows.
HIGHEST_HEADER = 6


class Stitcher:
    """Collects the grids of one table over pages and hands out whole tables."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._rows: list[tuple[GridCell, ...]] = []
        self._breaks: list[int] = []
        self._last: PageGrid | None = None
        self._unsure = False

    def add(self, grid: PageGrid, first_on_page: bool) -> list[GridBlock]:
        """Take the next grid; returns the table that is now complete, if one is."""
        last = self._last
        follows = last is not None and first_on_page and _is_next(last, grid)
        follows = follows and labels_again(self._rows, grid.rows) is None
        if last is None or not follows or not self._take_columns(last, grid):
            # Columns found by alignment that two pages do not agree on: one of them is cut wrongly.
            apart = last is not None and follows and (last.aligned or grid.aligned)
            self._unsure |= apart
            done = self.finished()
            self._rows, self._last, self._unsure = list(grid.rows), grid, apart or grid.unsure
            return done
        self._unsure |= grid.unsure
        last, grid = self._last or last, self._fitted(grid)
        _drop_rest(self._rows, grid.rows, 0)
        header = _repeated_header(self._rows, grid.rows)
        if header:
            _drop_rest(self._rows, grid.rows, header)
        body = grid.rows[header:]
        self._last = grid
        above = cut_cells(self._rows, body[0]) if header else grid.above
        reaching = bool(body) and reach_on(self._rows, body, last.below, above)
        if reaching:
            self._breaks.append(len(self._rows))
            self._rows += body
        elif body and self._rows and _continues(self._rows[-1], body[0], last.open_end):
            self._rows[-1] = _united(self._rows[-1], body[0])
            self._breaks.append(len(self._rows))
            self._rows += body[1:]
        else:
            self._breaks.append(len(self._rows))
            self._rows += grid.rows
        return []

    def _take_columns(self, last: PageGrid, grid: PageGrid) -> bool:
        """Give the rows so far the columns of a next half that has more; False where neither half has all the other's."""
        if _columns_in(last.xs, grid.xs) is not None or (
            last.aligned and grid.aligned and _paired(last.xs, grid.xs)
        ):
            return True
        columns = _columns_in(grid.xs, last.xs)
        if columns is None:
            return False
        self._rows = [_widened(row, columns) for row in self._rows]
        shift = last.xs[0] - grid.xs[0]
        self._last = replace(
            last,
            xs=tuple(x + shift for x in grid.xs),
            open_end=_spread(last.open_end, columns),
            below=_over(last.below, columns),
        )
        return True

    def _fitted(self, grid: PageGrid) -> PageGrid:
        """Return a next half with the columns of the rows so far."""
        assert self._last is not None
        columns = _columns_in(self._last.xs, grid.xs)
        if columns is None or len(grid.xs) == len(self._last.xs):
            return grid
        rows = [_widened(row, columns) for row in grid.rows]
        return replace(
            grid,
            xs=self._last.xs,
            rows=rows,
            open_end=_spread(grid.open_end, columns),
            above=_over(grid.above, columns),
            below=_over(grid.below, columns),
        )

    def finished(self) -> list[GridBlock]:
        """Return the table collected so far and forget it."""
        if self._last is None:
            return []
        rows = tuple(
            tuple(_at(cell, number, column) for column, cell in enumerate(row))
            for number, row in enumerate(self._rows)
        )
        first = next((cell.place for row in rows for cell in row), Place(self._path))
        block = GridBlock(
            rows,
            Place(self._path, page=first.page, box=first.box),
            spans_known=states_spans(rows),
            breaks=tuple(at for at in self._breaks if at < len(rows)),
            unsure=self._unsure or (self._last.aligned and headless(rows)),
        )
        self._rows, self._breaks, self._last, self._unsure = [], [], None, False
        return [block]


def _at(cell: GridCell, row: int, column: int) -> GridCell:
    """Return a cell with its position in the whole table."""
    if cell.place.grid_row == row and cell.place.grid_column == column:
        return cell
    return cell._replace(place=cell.place._replace(grid_row=row, grid_column=column))


def _drop_rest(upper: list[tuple[GridCell, ...]], lower: list[tuple[GridCell, ...]], header: int) -> None:
    """Drop the empty half of a row that a page break cut beside its text: one empty row amid filled ones.

    ``header`` rows of the lower half print the table's header again.
    """
    body = lower[header : header + 2]
    if len(body) > 1 and _is_filled(upper[-1]) and not _is_filled(body[0]) and _is_filled(body[1]):
        del lower[header]
    elif len(upper) > 1 and _is_filled(upper[-2]) and not _is_filled(upper[-1]) and _is_filled(lower[0]):
        del upper[-1]


def _is_filled(row: Sequence[GridCell]) -> bool:
    return any(cell.text or cell.covered for cell in row)


def _columns_in(upper: Sequence[float], lower: Sequence[float]) -> list[int] | None:
    """Return for each edge of the lower half the edge of the upper half it continues, None where one has no such.

    The lower half may have fewer edges: a page that only holds the total row lacks those its merged cells hide.
    """
    shift = lower[0] - upper[0]
    found: list[int] = []
    for edge in lower:
        nearest = min(range(len(upper)), key=lambda at: abs(upper[at] + shift - edge))
        if abs(upper[nearest] + shift - edge) > SLACK or nearest in found:
            return None
        found.append(nearest)
    return found if found[-1] == len(upper) - 1 else None


def _paired(upper: Sequence[float], lower: Sequence[float]) -> bool:
    """Tell whether each edge of one half is nearest to its counterpart: edges between what happens to be printed move."""
    return len(upper) == len(lower) and all(
        min(range(len(upper)), key=lambda one: abs(upper[one] - edge)) == at for at, edge in enumerate(lower)
    )


def _widened(row: Sequence[GridCell], columns: Sequence[int]) -> tuple[GridCell, ...]:
    """Return a row of the lower half with its cells spread over the columns of the upper half."""
    cells: list[GridCell] = []
    for at, cell in enumerate(row):
        width = columns[at + cell.column_span] - columns[at] if not cell.covered else 0
        hidden = columns[at + 1] - columns[at] - 1
        cells.append(cell._replace(column_span=width) if width else cell)
        cells += [GridCell("", cell.place, covered=True)] * hidden
    return tuple(cells)


def _spread(open_end: Sequence[bool], columns: Sequence[int]) -> tuple[bool, ...]:
    """Return what is known of each column's last cell when the columns are spread over more."""
    wide = [False] * columns[-1]
    for at, is_open in zip(columns, open_end, strict=False):
        wide[at] = is_open
    return tuple(wide)


def _over(sides: Sequence[bool], columns: Sequence[int]) -> tuple[bool, ...]:
    """Return what is known of each column's open side when the columns are spread over more, covered ones like their own."""
    wide = [False] * columns[-1]
    for at, is_open in enumerate(sides):
        for column in range(columns[at], columns[at + 1]):
            wide[column] = is_open
    return tuple(wide)


def _repeated_header(above: Sequence[Sequence[GridCell]], rows: Sequence[Sequence[GridCell]]) -> int:
    """Return how many of the first rows print the table's first rows again."""
    count = 0
    for one, two in zip(above[:HIGHEST_HEADER], rows, strict=False):
        if [cell.text.strip() for cell in one] != [cell.text.strip() for cell in two] or not any(
            cell.text for cell in one
        ):
            break
        count += 1
    return count if count < len(rows) else 0


def _continues(upper: Sequence[GridCell], lower: Sequence[GridCell], open_end: Sequence[bool]) -> bool:
    """Tell whether the first row of a page is the rest of the last row before it.

    It is where some cell's broken text goes on and nothing else is printed in both halves; or where the rest holds
    figures alone, and the part above has none.
    """
    if not any(cell.text for cell in lower) or not _laid_alike(upper, lower):
        return False
    both = [at for at, (one, two) in enumerate(zip(upper, lower, strict=True)) if one.text and two.text]
    if any(parse_number(cells[at].text) is not None for at in both for cells in (upper, lower)):
        return False
    if both:
        goes_on = all(open_end[at] and not numbering_of(lower[at].text) for at in both)
        return bool(open_end) and goes_on and len(both) == sum(bool(cell.text) for cell in lower)
    above = [cell.text for cell in upper if cell.text]
    rest = [cell.text for cell in lower if cell.text]
    return (
        bool(above)
        and all(parse_number(text) is not None for text in rest)
        and all(parse_number(text) is None for text in above)
    )


def _laid_alike(upper: Sequence[GridCell], lower: Sequence[GridCell]) -> bool:
    """Tell whether two rows have the same cells; one that reaches down from rows above, or further down, is blank."""
    for one, two in zip(upper, lower, strict=True):
        reaches = (one.covered and not two.covered) or one.row_span > 1 or two.row_span > 1
        if reaches and two.text:
            return False
        if not reaches and (one.covered, one.column_span) != (two.covered, two.column_span):
            return False
    return True


def _united(upper: Sequence[GridCell], lower: Sequence[GridCell]) -> tuple[GridCell, ...]:
    cells = []
    for one, two in zip(upper, lower, strict=True):
        text = joined(one.text, two.text.lstrip()) if one.text else two.text
        cells.append((one if one.text or not two.text else two)._replace(text=text))
    return tuple(cells)


def _is_next(last: PageGrid, grid: PageGrid) -> bool:
    """Tell whether a table stands on the page after another's; two pages may be printed on one sheet."""
    return grid.page == last.page + 1 or (grid.page == last.page and grid.half == last.half + 1)
