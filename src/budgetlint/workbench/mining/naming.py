"""What of a document can be said in a sentence: its tables, rows, columns and figures of prose, each by a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from budgetlint.checking.engine.columns import columns_named
from budgetlint.checking.engine.rows import rows_named
from budgetlint.checking.index import DocumentIndex, TableIndex
from budgetlint.document import Amount, Cell, Dimension, MentionRole, Role, RowKind, TableState
from budgetlint.document.text import bare_label, squeeze
from budgetlint.language.grammar import name_pattern
from budgetlint.language.syntax import Label
from budgetlint.vocabulary import Vocabulary

#: Rows of a longer block are items of the document's own, not lines of a form.
_LONGEST_FORM = 60
_WHOLE = ("合计", "总计")


class Figure(Struct, frozen=True):
    """A printed figure and half the unit of its last digit, both in ten-thousandths of 元."""

    value: int
    slack: int


class NamedColumn(Struct, frozen=True):
    """A column of one block by a name that means it alone; ``said`` is how a rule writes it."""

    index: int
    said: str


class Block(Struct, frozen=True, eq=False, dict=True):
    """One side of a table: its named columns of money and its rows that print figures.

    ``lines`` are the rows of a form that have a name of their own, ``whole`` is the row of the table's total (no other
    side has one); the column ``alone`` is meant where none is named. ``figures`` holds what cells print by row and
    column.
    """

    table: TableIndex
    said: str
    columns: tuple[NamedColumn, ...]
    rows: tuple[int, ...]
    lines: dict[int, str]
    whole: int | None
    alone: int | None
    figures: dict[tuple[int, int], Figure]

    @cached_property
    def named(self) -> dict[str, NamedColumn]:
        """Columns by what rules call them."""
        return {column.said: column for column in self.columns}

    @cached_property
    def codes(self) -> dict[str, int]:
        """Rows by code; a code printed twice is left out."""
        codes = Counter(self.table.table.rows[i].code for i in self.rows)
        return {code: i for i in self.rows if (code := self.table.table.rows[i].code) and codes[code] == 1}

    def cell(self, row: int, column: NamedColumn) -> str:
        """Return how a rule calls the cell of a line or of the total."""
        said = "" if column.index == self.alone else f" {column.said}"
        if row == self.whole:
            return f"表 {self.said}{said or f' {column.said}'}"
        return f"表 {self.said} {self.lines[row]}{said}"


class View(Struct, frozen=True, eq=False, dict=True):
    """What of a document can be said: the blocks of its tables, and the figures of prose by name."""

    blocks: tuple[Block, ...]
    prose: dict[str, Figure]

    @cached_property
    def by_table(self) -> dict[str, list[Block]]:
        """Blocks by what rules call their table."""
        found: dict[str, list[Block]] = defaultdict(list)
        for block in self.blocks:
            found[block.said].append(block)
        return found

    @cached_property
    def cells(self) -> dict[str, Figure]:
        """The cells that have a name, and print a figure, by their names."""
        found: dict[str, Figure] = {}
        for block in self.blocks:
            rows = [*block.lines, *([block.whole] if block.whole in block.rows else [])]
            for row in rows:
                for column in block.columns:
                    figure = block.figures.get((row, column.index)) if row is not None else None
                    if row is not None and figure is not None:
                        found[block.cell(row, column)] = figure
        return found

    def figure(self, said: str) -> Figure | None:
        """Return the figure a rule means by a name."""
        return self.cells.get(said) or self.prose.get(said)


def view_of(index: DocumentIndex, vocabulary: Vocabulary) -> View:
    """Return what of a document can be said."""
    return View(tuple(_blocks(index, vocabulary)), dict(_spoken(index)))


def _figure(cell: Cell | None) -> Figure | None:
    """Return the figure a cell prints, None where it prints no amount of money whose unit is known."""
    if cell is None or cell.amount is None or not cell.sure or cell.amount.dimension is not Dimension.MONEY:
        return None
    return _money(cell.amount)


def _blocks(index: DocumentIndex, vocabulary: Vocabulary) -> Iterator[Block]:
    """Yield the blocks of every table that goes by a canonical name of its own."""
    for tables in index.by_id.values():
        full = [table for table in tables if table.table.state is TableState.FULL]
        if len(full) != 1 or full[0].table.unsure or full[0].table.name is None:
            continue
        (table,) = full
        if not name_pattern().fullmatch(str(table.table.name)):
            continue
        for group in range(table.table.groups):
            yield _block(table, group, vocabulary)


def _block(table: TableIndex, group: int, vocabulary: Vocabulary) -> Block:
    rows = table.blocks.get(group, ())
    columns = tuple(
        NamedColumn(i, said)
        for i, column in enumerate(table.table.columns)
        if column.group == group
        and column.role is Role.AMOUNT
        and (said := _column_said(i, table, group, vocabulary)) is not None
    )
    coded = any(table.table.rows[i].code and not table.table.rows[i].code_inferred for i in rows)
    lines = {} if coded or len(rows) > _LONGEST_FORM else _lines(table, rows, vocabulary)
    totals = [
        i
        for i in table.printing
        if table.table.rows[i].kind is RowKind.TOTAL and bare_label(table.table.rows[i].label) in _WHOLE
    ]
    alone = len(table.printing) == 1 or (len(totals) == 1 and totals[0] in rows)
    amounts = [i for i, c in enumerate(table.table.columns) if c.group == group and c.role is Role.AMOUNT]
    figures = {
        (row, column.index): figure
        for row in rows
        for column in columns
        if (figure := _figure(table.table.rows[row].cells.get(column.index))) is not None
    }
    return Block(
        table,
        str(table.table.name),
        columns,
        rows,
        lines,
        (totals or [*table.printing])[0] if alone else None,
        amounts[0] if len(amounts) == 1 else None,
        figures,
    )


def _column_said(index: int, table: TableIndex, group: int, vocabulary: Vocabulary) -> str | None:
    column = table.table.columns[index]
    for name, printed in ((column.name, False), ("/".join(map(squeeze, column.path)), True)):
        if not name or not (printed or _bare(name)) or set(name) & set("“”\\"):
            continue
        if columns_named(Label(name, printed), table, group, vocabulary) == (index,):
            return f"列 “{name}”" if printed else f"列 {name}"
    return None


def _bare(name: str) -> bool:
    """Tell whether a name may stand bare behind 列; 合计 may, being a label there."""
    return name in _WHOLE or name_pattern().fullmatch(name) is not None


def _lines(table: TableIndex, rows: tuple[int, ...], vocabulary: Vocabulary) -> dict[int, str]:
    """Return the names of a form's lines; a row whose code the label told is an item like any other."""
    found: dict[int, str] = {}
    for i in rows:
        row = table.table.rows[i]
        if row.code is not None or not row.label:
            continue
        called = vocabulary.row_called(row.label)
        for name in (called.name if called else None, bare_label(row.label)):
            if name and name_pattern().fullmatch(name) and rows_named(Label(name), table, vocabulary) == (i,):
                found[i] = f"行 {name}"
                break
    return found


def _spoken(index: DocumentIndex) -> Iterator[tuple[str, Figure]]:
    """Yield the figures of prose that a section states of a known concept once, or always alike."""
    stated: dict[tuple[str, str], set[Figure]] = defaultdict(set)
    titled = Counter(chain[-1].name for chain in index.sections if chain[-1].name)
    for prose, mention in index.mentions_in(None):
        section = prose.sections[-1].name if prose.sections else None
        own = mention.role is MentionRole.VALUE and mention.known and not mention.subject
        this_year = mention.year in (None, index.document.year)
        if section is None or titled[section] != 1 or not own or not this_year:
            continue
        if mention.amount.dimension is Dimension.MONEY and name_pattern().fullmatch(mention.concept):
            stated[section, mention.concept].add(_money(mention.amount))
    for (section, concept), figures in stated.items():
        if len(figures) == 1 and name_pattern().fullmatch(section):
            yield f"章节 {section} {concept}", next(iter(figures))


def _money(amount: Amount) -> Figure:
    return Figure(int(amount.value.scaleb(4)), int(amount.quantum.scaleb(4)) // 2)
