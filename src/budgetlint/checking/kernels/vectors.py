"""A column of a table as vectors: whole numbers of its smallest unit, what state each cell is in, what it prints."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from budgetlint.checking.engine.columns import CODE_COLUMN
from budgetlint.checking.index import TableIndex
from budgetlint.document import Dimension
from budgetlint.document.text import squeeze

#: What is known of what an instance reads, as bits: nothing printed; something printed; words where a number is
#: asked for; a cell whose column is not certain; no such row or column; anything else that only explaining can
#: decide; no rows to take.
BLANK, PRINTED, WORDS, UNSURE, MISSING, OTHER, NOTHING = 1, 2, 4, 8, 16, 32, 64
#: What no kernel decides.
UNDECIDED = WORDS | UNSURE | MISSING | OTHER
#: Whole numbers from here on may have lost digits on their way out of a decimal.
_LARGEST = 10**24


class Vector:
    """One column, by row index: ``values`` in units of 10^-``scale`` (0 for no figure), and ``states``.

    Percentages are ratios, as arithmetic has them. Figures of another dimension than the column's first are OTHER.
    ``column`` may be the name of what a row prints in whatever columns (科目编码, 科目名称).
    """

    def __init__(self, table: TableIndex, column: int | str) -> None:
        self.column = column
        self._table = table
        self.dimension: Dimension | None = None
        self.scale = 0
        if isinstance(column, str):
            self.states = [WORDS | PRINTED if text else BLANK for text in self.printed]
            self.values = [0] * len(self.states)
        else:
            self.states, self.values = self._read(column)

    @cached_property
    def printed(self) -> list[str]:
        """What each row prints here, as printed."""
        rows, column = self._table.table.rows, self.column
        if column == CODE_COLUMN:
            return [row.code or "" for row in rows]
        if isinstance(column, str):
            return [row.label for row in rows]
        return ["" if (cell := row.cells.get(column)) is None else cell.text for row in rows]

    @cached_property
    def texts(self) -> list[str]:
        """What each row prints here, squeezed."""
        return [squeeze(text) if text else "" for text in self.printed]

    def _read(self, column: int) -> tuple[list[int], list[int]]:
        states: list[int] = []
        figures: list[Decimal | None] = []
        units: dict[str | None, Dimension] = {}
        scale = 0
        for row in self._table.table.rows:
            cell = row.cells.get(column)
            state, figure = BLANK, None
            if cell is not None:
                amount = cell.amount
                if amount is None:
                    state = BLANK if cell.blank else WORDS | PRINTED
                else:
                    if amount.unit not in units:
                        units[amount.unit] = amount.dimension
                    dimension = units[amount.unit]
                    if self.dimension is None:
                        self.dimension = dimension
                    state, figure = PRINTED, amount.value
                    if dimension is not self.dimension:
                        state |= OTHER
                    exponent = figure.as_tuple().exponent
                    if isinstance(exponent, int) and -exponent > scale:
                        scale = -exponent
                if not cell.sure:
                    state |= UNSURE
            states.append(state)
            figures.append(figure)
        self.scale = scale + 2 if self.dimension is Dimension.PERCENT else scale
        values = [0 if figure is None else int(figure.scaleb(scale)) for figure in figures]
        if max(map(abs, values), default=0) >= _LARGEST:
            states = [s | OTHER if abs(v) >= _LARGEST else s for s, v in zip(states, values, strict=True)]
        return states, values
