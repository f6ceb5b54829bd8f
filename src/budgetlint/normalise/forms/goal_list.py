"""Read a list of projects with their goals side by side: a row a unit or project, and below it a row an indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.document import Cell, Column, GridCell, Role, Row, RowKind
from budgetlint.document.text import squeeze
from budgetlint.normalise.forms.table import FormTable
from budgetlint.normalise.forms.words import FormWords, Word, header_label
from budgetlint.normalise.printed.cells import code_like, figure
from budgetlint.normalise.tables.grids import Line
from budgetlint.normalise.tables.rows import amount_of_cell
from budgetlint.vocabulary import ReadingWords

_CLASS, _NAME, _VALUE = "一级指标", "三级指标", "指标值"
_TELLING = re.compile(r"[\d≥≤<>%]")
_LONGEST_UNIT_CODE = 12
#: An indicator, its value where one is printed, and whether the two certainly belong together.
Pair: TypeAlias = "tuple[GridCell, GridCell | None, bool]"


class _List(Struct):
    """The list being read: the columns left of the goals, the classes of the goals, the rows so far."""

    columns: tuple[Column, ...]
    classes: tuple[str, ...]
    unit: str | None
    title: str
    rows: list[Row] = field(default_factory=list)
    units: dict[str, int] = field(default_factory=dict)
    project: int | None = None

    def take(self, number: int, cells: Sequence[GridCell]) -> None:
        """Read one line: the unit or project it names, if any, then its indicators."""
        start = self._goals_from(cells)
        pairs = _pairs(cells[start:])
        if any(cell.text.strip() for cell in cells[:start]):
            self._begin(number, cells[:start], pairs[:1])
            pairs = pairs[1:]
        for pair in pairs:
            if self.project is not None:
                self._add_indicator(number, *pair)

    def _goals_from(self, cells: Sequence[GridCell]) -> int:
        """Return where the goals begin: at the latest where the header says, earlier where an amount cell holds words."""
        for index, column in enumerate(self.columns):
            if index < len(cells) and column.role is Role.AMOUNT:
                text = cells[index].text
                if text.strip() and not figure(text):
                    return index
        return min(len(self.columns), len(cells))

    def _begin(self, number: int, cells: Sequence[GridCell], pairs: Sequence[Pair]) -> None:
        texts = [cell.text.strip() for cell in cells]
        code = next((squeeze(text) for text in texts if code_like(text)), None)
        label = next((text for text in texts if text and not code_like(text) and not figure(text)), "")
        is_unit = code is not None and len(code) <= _LONGEST_UNIT_CODE and not pairs
        parent = self._parent(code, is_unit)
        placed = {
            index: self._cell(cell, self.columns[index], label)
            for index, cell in enumerate(cells)
            if index < len(self.columns)
        }
        if pairs:
            placed |= self._goal_cells(pairs[0], self.classes[0] if self.classes else "")
        kind = RowKind.SUBTOTAL if is_unit else RowKind.DATA
        above = self.rows[parent].path if parent is not None else ()
        place = cells[0].place.within(table=self.title, row=label, cell=None, grid_column=None)
        row = Row(number, 0, label, (*above, label), placed, code, False, len(above), kind, parent, place)
        if is_unit and code is not None:
            self.units[code] = len(self.rows)
        self.project = len(self.rows)
        self.rows.append(row)

    def _parent(self, code: str | None, is_unit: bool) -> int | None:
        if is_unit and code is not None:
            return max((row for known, row in self.units.items() if code.startswith(known)), default=None)
        return max(self.units.values(), default=None)

    def _add_indicator(self, number: int, name: GridCell, value: GridCell | None, sure: bool) -> None:
        assert self.project is not None
        owner, label = self.rows[self.project], name.text.strip()
        place = name.place.within(table=self.title, row=label, cell=None, grid_column=None)
        cells = self._goal_cells((name, value, sure), "")
        path = (*owner.path, label)
        self.rows.append(
            Row(number, 0, label, path, cells, None, False, len(path) - 1, RowKind.AMONG, self.project, place)
        )

    def _goal_cells(self, pair: Pair, group: str) -> dict[int, Cell]:
        name, value, sure = pair
        first = len(self.columns)
        label = name.text.strip()
        texts = [(_CLASS, GridCell(group, name.place)), (_NAME, name)]
        if value is not None or not sure:
            texts.append((_VALUE, value or GridCell("", name.place)))
        return {
            first + offset: self._cell(cell, Column((column,), role=Role.TEXT), label, sure)
            for offset, (column, cell) in enumerate(texts)
        }

    def _cell(self, source: GridCell, column: Column, row: str, sure: bool = True) -> Cell:
        text = source.text.strip()
        place = source.place.within(table=self.title, row=row, column="/".join(column.path))
        return Cell(text, amount_of_cell(text, column, self.unit, row), place, sure, source.stored)


def _pairs(cells: Sequence[GridCell]) -> list[Pair]:
    """Return the indicators of a line with their values and whether the pairing is certain.

    Columns drift from line to line, so neighbours pair: an unbroken run of an even number of cells is certain, an odd
    one as far as what stands in second place tells a value.
    """
    pairs: list[Pair] = []
    for run in _runs(cells):
        sure = len(run) % 2 == 0
        told = True
        for index in range(0, len(run), 2):
            name, value = run[index], run[index + 1] if index + 1 < len(run) else None
            told = told and bool(_TELLING.search(value.text if value else "")) is (value is not None)
            pairs.append((name, value, sure or told))
    return pairs


def _runs(cells: Sequence[GridCell]) -> list[list[GridCell]]:
    runs: list[list[GridCell]] = [[]]
    for cell in cells:
        if cell.text.strip():
            runs[-1].append(cell)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def read_goal_list(
    columns: Sequence[Column], lines: Sequence[Line], unit: str | None, title: str, words: ReadingWords
) -> FormTable | None:
    """Return a list of projects whose goals stand side by side, None for any other table.

    Args:
        columns: the folded header: several pairs of an indicator and its value right of the amounts.
        lines: the body lines as printed.
        unit: the table's unit.
        title: the table's title.
        words: those it is read by.
    """
    heads = [words.made(FormWords.of).word_of(column.label) for column in columns]
    goals = [i for i, head in enumerate(heads) if head in (Word.LEVEL, Word.TARGET)]
    names = [i for i in goals if heads[i] is Word.LEVEL]
    side_by_side = [i for i in names if heads[i + 1 : i + 2] == [Word.TARGET]]
    if len(side_by_side) < 2 or not any(c.role is Role.AMOUNT for c in columns[: goals[0]]):
        return None
    classes = tuple(header_label(columns[i].path[-2]) for i in names if len(columns[i].path) > 1)
    money = next(i for i, column in enumerate(columns) if column.role is Role.AMOUNT)
    fixed = tuple(
        replace(column, role=Role.AMOUNT) if i > money else column
        for i, column in enumerate(columns[: goals[0]])
    )
    reading = _List(fixed, classes, unit, title)
    for number, line in enumerate(lines):
        reading.take(number, line)
    added = tuple(Column((label,), role=Role.TEXT) for label in (_CLASS, _NAME, _VALUE))
    indicators = sum(row.kind is RowKind.AMONG for row in reading.rows)
    return FormTable((*fixed, *added), tuple(reading.rows), {}, indicators, False)
