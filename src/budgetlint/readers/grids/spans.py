"""Lay cells with row and column spans out on a grid, the way every format with merged cells needs it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from budgetlint.document import GridCell, Place, ReadError

#: No published table comes near this many positions.
MOST_POSITIONS = 2_000_000


def states_spans(rows: Sequence[Sequence[GridCell]]) -> bool:
    """Tell whether a grid says anything of merged cells.

    Files turned from one format into another often lose them all: where none that prints something is merged, a blank
    header cell may well belong to its neighbour, and nothing is known.
    """
    return any(cell.text and (cell.column_span > 1 or cell.row_span > 1) for row in rows for cell in row)


class GridBuilder(Struct):
    """Takes the cells of a table in reading order; positions under a merged cell become covered cells."""

    path: str
    place: Place
    most_columns: int
    most_rows: int = 100_000
    _rows: list[dict[int, GridCell]] = field(default_factory=list)
    #: cells that reach into rows below: (row after the last, first column, column after the last)
    _open: list[tuple[int, int, int]] = field(default_factory=list)
    _positions: int = 0
    _at: int = 0

    def start_row(self) -> None:
        """Begin the next row."""
        row = len(self._rows)
        self._rows.append({})
        self._at = 0
        self._open = [reach for reach in self._open if reach[0] > row]
        for _, first, end in self._open:
            self._count(end - first)
            for column in range(first, end):
                self._cover(row, column)

    def add(self, text: str, row_span: int = 1, column_span: int = 1, stored: str | None = None) -> None:
        """Put a cell at the next free position of the row; what lies beyond the caps is cut."""
        row = len(self._rows) - 1
        cells = self._rows[row]
        while self._at in cells:
            self._at += 1
        column = self._at
        if column >= self.most_columns:
            return
        column_span = max(1, min(column_span, self.most_columns - column))
        row_span = max(1, min(row_span, self.most_rows - row))
        self._count(column_span)
        place = self._place_at(row, column)
        cells[column] = GridCell(text, place, row_span, column_span, stored=stored)
        for right in range(column + 1, column + column_span):
            self._cover(row, right)
        if row_span > 1:
            self._open.append((row + row_span, column, column + column_span))
        self._at = column + column_span

    def move_to(self, column: int) -> None:
        """Go on at a column, leaving the positions before it blank; never backwards."""
        self._at = max(self._at, min(column, self.most_columns - 1))

    def rows(self) -> tuple[tuple[GridCell, ...], ...]:
        """Return the rows, all of one width; spans that reach below the last row are cut to it."""
        height = len(self._rows)
        width = max((max(cells) + 1 for cells in self._rows if cells), default=0)
        done: list[tuple[GridCell, ...]] = []
        for number, cells in enumerate(self._rows):
            row: list[GridCell] = []
            for column in range(width):
                cell = cells.get(column)
                if cell is None:
                    self._count(1)
                    cell = GridCell("", self._place_at(number, column))
                elif number + cell.row_span > height:
                    cell = GridCell(
                        cell.text, cell.place, height - number, cell.column_span, False, cell.stored
                    )
                row.append(cell)
            done.append(tuple(row))
        return tuple(done)

    def _cover(self, row: int, column: int) -> None:
        self._rows[row].setdefault(column, GridCell("", self._place_at(row, column), covered=True))

    def _place_at(self, row: int, column: int) -> Place:
        """Return the table's place with a position in it; made outright, for there is one a cell."""
        of = self.place
        return Place(
            of.path, page=of.page, sheet=of.sheet, paragraph=of.paragraph, grid_row=row, grid_column=column
        )

    def _count(self, positions: int) -> None:
        self._positions += positions
        if self._positions > MOST_POSITIONS:
            raise ReadError(
                "BL907", self.path, what="单元格", count=f">{MOST_POSITIONS}", limit=str(MOST_POSITIONS)
            )
