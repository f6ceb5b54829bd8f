"""Make one table of a form: the union of its stacked blocks' columns, a row an entry, its worded fields as facts."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from budgetlint.document import Cell, Column, GridCell, Role, Row, RowKind
from budgetlint.document.text import squeeze
from budgetlint.normalise.forms.blocks import Entry, Reading, read_blocks
from budgetlint.normalise.forms.fields import Field
from budgetlint.normalise.forms.words import FormWords, Word
from budgetlint.normalise.printed.cells import unit_in
from budgetlint.normalise.tables.grids import Body
from budgetlint.normalise.tables.rows import amount_of_cell
from budgetlint.vocabulary import ReadingWords

_ROLES = {
    Word.WEIGHT: (Role.COUNT, "分"),
    Word.SCORE: (Role.COUNT, "分"),
    Word.DEVIATION: (Role.PERCENTAGE, "%"),
    Word.RATE: (Role.PERCENTAGE, "%"),
    Word.MONTH: (Role.PERCENTAGE, "%"),
    Word.MONEY: (Role.AMOUNT, None),
}
_ITEM, _FIGURE = "项目", "金额"


class FormTable(Struct, frozen=True):
    """A form as a table: columns, rows, facts, and how many indicators it lists."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    facts: dict[str, Cell]
    indicators: int
    scored: bool


def read_form(bodies: Sequence[Body], unit: str | None, title: str, words: ReadingWords) -> FormTable | None:
    """Return a form of stacked blocks as one table, None where it is no form of a known kind."""
    lines = [line for body in bodies for line in body.lines]
    form = words.made(FormWords.of)
    reading = read_blocks(lines, all(body.spans_known for body in bodies), form)
    if reading is None:
        return None
    columns = _columns(reading, unit)
    index = {column.label: i for i, column in enumerate(columns)}
    fields = [_field_row(item, index, reading, unit, title, form) for item in reading.fields]
    offset = len(fields)
    rows = fields + [_row(entry, index, columns, offset, unit, title) for entry in reading.entries]
    facts = {
        name: Cell(cell.text.strip(), place=cell.place.within(table=title, row=name))
        for label, cell in reading.facts.items()
        if (name := "资金用途" if form.purpose.search(label) else label)
    }
    return FormTable(columns, tuple(rows), facts, reading.indicators, reading.scored)


def _columns(reading: Reading, unit: str | None) -> tuple[Column, ...]:
    said = next((entry.unit for entry in reading.entries if entry.unit), unit)
    columns = []
    for label, word in reading.labels.items():
        role, own = _ROLES.get(word, (Role.TEXT, None)) if word else (Role.TEXT, None)
        columns.append(Column((label,), role=role, unit=own or (said if word is Word.MONEY else None)))
    if reading.fields:
        columns += [Column((_ITEM,), role=Role.NAME), Column((_FIGURE,), role=Role.AMOUNT)]
    return tuple(columns)


def _row(
    entry: Entry,
    index: dict[str, int],
    columns: Sequence[Column],
    offset: int,
    unit: str | None,
    title: str,
) -> Row:
    cells = {
        index[label]: _cell(
            cell, columns[index[label]], unit, entry.label, title, label not in entry.placed.unsure
        )
        for label, cell in entry.placed.cells.items()
        if label in index
    }
    above = entry.above
    return Row(
        entry.line,
        0,
        entry.label,
        (*above, entry.label),
        dict(sorted(cells.items())),
        level=len(above),
        kind=entry.kind,
        parent=None if entry.part_of is None else entry.part_of + offset,
        place=entry.first.place.within(table=title, row=entry.label, cell=None, grid_column=None),
    )


def _cell(source: GridCell, column: Column, unit: str | None, row: str, title: str, sure: bool) -> Cell:
    text = source.text.strip()
    place = source.place.within(table=title, row=row, column=column.label)
    return Cell(text, amount_of_cell(text, column, unit, row), place, sure, source.stored)


def _field_row(
    item: Field, index: dict[str, int], reading: Reading, unit: str | None, title: str, form: FormWords
) -> Row:
    text = item.value.text.strip()
    said = unit_in(item.label) or _unit_above(item, reading) or unit
    place = item.place.within(table=title, row=item.label)
    column = Column((_FIGURE,), role=Role.AMOUNT)
    amount = None if form.worded.search(item.label) else amount_of_cell(text, column, said, item.label)
    cells = {
        index[_ITEM]: Cell(item.label, place=place.within(column=_ITEM)),
        index[_FIGURE]: Cell(text, amount, place.within(column=_FIGURE), stored=item.value.stored),
    }
    among = squeeze(item.label).startswith("其中")
    kind = RowKind.AMONG if among else RowKind.DATA
    return Row(item.line, 0, item.label, (item.label,), cells, kind=kind, place=place)


def _unit_above(item: Field, reading: Reading) -> str | None:
    """Return the unit that the nearest field above states for the list of amounts it begins."""
    above = [unit_in(field.label) or field.unit for field in reading.fields if field.line <= item.line]
    return next((unit for unit in reversed(above) if unit and unit.endswith("元")), None)
