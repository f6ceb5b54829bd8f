"""Builds the small tables of a rule's examples, with the same column and row reading as a published table's."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.document import (
    Cell,
    Column,
    Dimension,
    GridCell,
    Paragraph,
    Place,
    Role,
    Row,
    Table,
    TableState,
)
from budgetlint.document.amount import dimension_of
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import Binding, Blank, ExampleTable, Number, Text
from budgetlint.normalise.printed.cells import number_printed, ordinal_row
from budgetlint.normalise.tables.columns import build
from budgetlint.normalise.tables.row_tree import Printed
from budgetlint.normalise.tables.rows import read_rows
from budgetlint.normalise.tables.states import state_of
from budgetlint.vocabulary import ReadingWords

#: Labels of what an example does not name itself.
ROW = "示例事项"
COLUMN = "金额"
CODE_COLUMN = "科目编码"
NAME_COLUMN = "科目名称"
#: What an example says before the number of a row or column; the head of the column that holds such numbers.
ROW_NUMBER = "行次"
COLUMN_NUMBER = "栏次"
_TOTAL = "合计"
_ROLES = {Dimension.MONEY: Role.AMOUNT, Dimension.PERCENT: Role.PERCENTAGE, Dimension.COUNT: Role.COUNT}


def printed_value(binding: Binding) -> str:
    """Return what an example's value looks like in print: its digits and its unit."""
    value = binding.value
    if isinstance(value, Number):
        return f"{binding.printed or value.value}".removesuffix(value.unit or "") + (value.unit or "")
    return value.text if isinstance(value, Text) else ""


class Sheet(Struct):
    """A table under construction: its rows by label, each with its bindings by column."""

    title: str
    key: str | None = None
    rows: dict[str, dict[str, Binding]] = field(default_factory=dict)
    facts: dict[str, Binding] = field(default_factory=dict)
    note: str = ""
    children: int = 0

    def put(self, row: str, column: str, binding: Binding) -> None:
        """Write one value into a row and column."""
        self.rows.setdefault(row, {})[column] = binding

    def table(self, line: int, words: ReadingWords) -> Table:
        """Return the table; ``line`` is where it is said to stand, ``words`` those its header is read by."""
        labels = list(dict.fromkeys(column for row in self.rows.values() for column in row))
        coded = CODE_COLUMN in labels
        counted = any(_numbered(label, ROW_NUMBER) for label in self.rows) and ROW_NUMBER not in labels
        heads = (
            [CODE_COLUMN] * coded
            + [NAME_COLUMN]
            + [ROW_NUMBER] * counted
            + [label for label in labels if label not in (CODE_COLUMN, NAME_COLUMN)]
        )
        texts = [self._texts(label, heads) for label in self.rows]
        numbers = [_numbered(head, COLUMN_NUMBER) for head in heads]
        built = build([_steps(head) for head in heads], texts, words, numbers)
        columns = tuple(
            replace(column, role=self._role(head, column), unit=None)
            for head, column in zip(heads, built, strict=True)
        )
        columns = tuple(replace(column, group=0) for column in columns)
        rows = _read(texts, columns, None, self.title, line)
        rows = tuple(_under(row, label) for row, label in zip(rows, self.rows, strict=True))
        facts = self._fact_cells(line)
        return _finished(self.title, self.key, columns, rows, self.note, facts, line, None, words)

    def _texts(self, label: str, heads: Sequence[str]) -> list[str]:
        row = self.rows[label]
        own = label.rpartition("/")[2]
        texts = [printed_value(row[head]) if head in row else "" for head in heads]
        if NAME_COLUMN not in row and not (own.isdigit() and CODE_COLUMN in heads):
            texts[heads.index(NAME_COLUMN)] = own
        number = _numbered(label, ROW_NUMBER)
        if number is not None and ROW_NUMBER in heads:
            texts[heads.index(ROW_NUMBER)] = str(number)
        return texts

    def _role(self, head: str, column: Column) -> Role:
        if head == CODE_COLUMN:
            return Role.CODE
        if head == NAME_COLUMN:
            return Role.NAME
        if head == ROW_NUMBER:
            return Role.ORDINAL
        values = [row[head].value for row in self.rows.values() if head in row]
        numbers = [value for value in values if isinstance(value, Number)]
        if numbers:
            return _ROLES.get(dimension_of(numbers[0].unit), Role.COUNT)
        if any(isinstance(value, Text) for value in values):
            return column.role if column.role in (Role.CODE, Role.NAME) else Role.TEXT
        return Role.AMOUNT if any(isinstance(value, Blank) for value in values) else column.role

    def _fact_cells(self, line: int) -> dict[str, Cell]:
        column = Column((COLUMN,), role=Role.TEXT)
        facts = {}
        for name, binding in self.facts.items():
            (row,) = _read([[printed_value(binding)]], (column,), None, self.title, line)
            facts[squeeze(name)] = row.cells[0]
        return facts


def example_table(given: ExampleTable, title: str, key: str | None, line: int, words: ReadingWords) -> Table:
    """Return the table that a pipe table of an example shows.

    A ``/`` in a header cell joins header levels; a line that begins with 栏次 numbers the columns. A header without
    any words is no header: only the title is printed.
    """
    header, *body = given.lines or ((),)
    if not any(header) and not body:
        return Table(title, key=key, place=Place(line=line), state=TableState.MISSING)
    width = len(header)
    texts = [[*cells, *[""] * width][:width] for cells in body]
    numbers: list[int | None] = []
    if texts and COLUMN_NUMBER in texts[0] and ordinal_row(texts[0]):
        numbers = [number_printed(text) for text in texts.pop(0)]
    columns = build([_steps(label) for label in header], texts, words, numbers)
    rows = _read(texts, columns, given.unit, title, line)
    return _finished(title, key, columns, rows, "", {}, line, given.unit, words)


def _finished(
    title: str,
    key: str | None,
    columns: tuple[Column, ...],
    rows: tuple[Row, ...],
    note: str,
    facts: dict[str, Cell],
    line: int,
    unit: str | None,
    words: ReadingWords,
) -> Table:
    notes = (Paragraph(note, Place(line=line)),) if note else ()
    return Table(
        title,
        key=key,
        unit=unit,
        notes=notes,
        place=Place(line=line),
        state=state_of(rows, True, notes, words),
        columns=columns,
        rows=rows,
        lines=len({row.line for row in rows}),
        facts=facts,
    )


def _read(
    texts: Sequence[Sequence[str]], columns: tuple[Column, ...], unit: str | None, title: str, line: int
) -> tuple[Row, ...]:
    lines = [
        Printed(tuple(GridCell(text, Place(line=line + number)) for text in cells))
        for number, cells in enumerate(texts, 1)
    ]
    return read_rows(lines, columns, unit, title)


def _numbered(label: str, word: str) -> int | None:
    """Return the number behind 行次 or 栏次, None for any other label."""
    head, _, number = label.partition(" ")
    return int(number) if head == word and number.isdigit() else None


def _steps(label: str) -> tuple[str, ...]:
    return tuple(step.strip() for step in label.split("/"))


def _under(row: Row, label: str) -> Row:
    """Put a row named by a path (收入/总计) under the steps of the path."""
    above = _steps(label)[:-1]
    return replace(row, path=(*above, row.label)) if above else row
