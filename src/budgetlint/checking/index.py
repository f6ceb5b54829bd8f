"""Indexes over one document, so that references are looked up and not searched for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from msgspec import Struct

from budgetlint.document import (
    Amount,
    Document,
    Mention,
    Paragraph,
    Pattern,
    Place,
    Role,
    Row,
    RowKind,
    Section,
    Table,
)
from budgetlint.document.amount import is_cut, keeps_zero
from budgetlint.document.keys import SheetKey, TableKey
from budgetlint.document.nesting import head_row
from budgetlint.document.text import bare_label, squeeze

_Key = TypeVar("_Key")
#: A note behind a name: （不含教育收费）, （含专用结余）.
_NOTED = re.compile(r"\((?:不|只|仅|均)?(?:包)?[含括][^()]*\)$")
_FIGURES = (Role.AMOUNT, Role.COUNT, Role.PERCENTAGE)


class Prose(Struct, frozen=True):
    """A paragraph together with the chain of sections it stands in, outermost first."""

    paragraph: Paragraph
    sections: tuple[Section, ...]


class TableIndex:
    """One table's rows by code and label, its columns by label, and its columns' printed precision.

    ``identity`` names the table by meaning, ``namesake`` telling those of one kind and key apart.
    """

    def __init__(self, table: Table, namesake: int, which: str = "") -> None:
        self.table = table
        self.identity = TableKey(sheet_of(table, which), namesake)
        self.called = " ".join(part for part in (table.name or squeeze(table.title), table.key) if part)
        #: Cells as facts, by row, column and what the rule calls them: many rules read the same cell.
        self.cells_read: dict[tuple[int, int, str], Any] = {}
        #: Whole columns as facts, by column reference and block: what tests of repetition and order compare with.
        self.columns_read: dict[tuple[object, int | None], list[Any]] = {}
        #: What rows and columns a name was found to mean here; the vocabulary does not change during a check.
        self.answers: dict[tuple[object, ...], tuple[int, ...]] = {}
        #: The column a reference means in a block and what it is called there, by the reference's identity; the
        #: reference itself stands with them, so that no other can take its identity.
        self.meant: dict[tuple[int, int], tuple[object, int, str]] = {}
        #: Columns as vectors of whole numbers, and the rows that 对应行 and 下级科目 choose here: kernels make them.
        self.vectors: dict[int | str, Any] = {}
        self.chosen: dict[tuple[object, ...], dict[int, tuple[int, ...] | None]] = {}
        self._columns: dict[tuple[str, int | None], tuple[int, ...]] = {}
        self._places: dict[tuple[int, int], Place] = {}
        self._quanta: dict[tuple[int, str | None], tuple[Decimal, bool]] = {}

    @cached_property
    def by_code(self) -> dict[str, tuple[int, ...]]:
        """Row numbers by joined code."""
        return _grouped((row.code, i) for i, row in enumerate(self.table.rows) if row.code)

    @cached_property
    def by_label(self) -> dict[str, tuple[int, ...]]:
        """Row numbers by label without numbering and 其中."""
        return _grouped((bare_label(row.label), i) for i, row in enumerate(self.table.rows) if row.label)

    @cached_property
    def by_plain_label(self) -> dict[str, tuple[int, ...]]:
        """Row numbers by label without the note in brackets that says what it holds: 事业收入（不含教育收费）."""
        plain = (
            (_NOTED.sub("", bare_label(row.label)), i) for i, row in enumerate(self.table.rows) if row.label
        )
        return _grouped((label, i) for label, i in plain if label)

    @cached_property
    def children(self) -> dict[int | None, tuple[int, ...]]:
        """Row numbers by the number of the row they are a part of."""
        return _grouped((row.parent, i) for i, row in enumerate(self.table.rows))

    @cached_property
    def printing(self) -> tuple[int, ...]:
        """Rows that print a figure, headers left out: what 每一行 visits."""
        return tuple(
            i
            for i, row in enumerate(self.table.rows)
            if row.kind is not RowKind.HEADER
            and (_prints(row, self.table) or (self._worded(row) and not _empty(row)))
        )

    @cached_property
    def blocks(self) -> dict[int, tuple[int, ...]]:
        """The rows that print a figure, by the block they stand in."""
        return _grouped((self.table.rows[i].group, i) for i in self.printing)

    def _worded(self, row: Row) -> bool:
        """Tell whether a row stands in a block of words: a table, or the part of a form, without columns of figures."""
        return not any(self.table.columns[i].role in _FIGURES for i in row.cells)

    @cached_property
    def head(self) -> int | None:
        """The row that stands for a table without a 合计: the unit's own."""
        return head_row(self.table.rows, self.printing)

    @cached_property
    def leaves(self) -> tuple[int, ...]:
        """Rows that aggregates take: no total, subtotal, 其中, nor a row that has parts here."""
        parents = {row.parent for row in self.table.rows if row.kind is not RowKind.AMONG} | {self.head}
        return tuple(i for i in self.printing if self.table.rows[i].kind is RowKind.DATA and i not in parents)

    @cached_property
    def has_amounts(self) -> bool:
        """Tell whether any row prints a figure other than zero."""
        return any(
            cell.amount is not None and cell.amount.value != 0
            for i in self.printing
            for column, cell in self.table.rows[i].cells.items()
            if self.table.columns[column].role.value not in ("code", "name", "ordinal")
        )

    def has_codes(self) -> bool:
        """Tell whether any row carries a printed or inferred code."""
        return bool(self.by_code)

    @cached_property
    def sure(self) -> bool:
        """Tell whether no cell of the table is unsure."""
        return all(cell.sure for row in self.table.rows for cell in row.cells.values())

    def columns_labelled(self, steps: tuple[str, ...], group: int | None) -> tuple[int, ...]:
        """Return the columns whose printed path answers to some squeezed steps, the last being the leaf.

        A header that spans others stands for its child 小计 or 合计. ``group`` restricts to one block.
        """
        key = ("/".join(steps), group)
        if key not in self._columns:
            self._columns[key] = tuple(
                i
                for i, column in enumerate(self.table.columns)
                if (group is None or column.group == group) and _answers(column.path, steps)
            )
        return self._columns[key]

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        """What the columns are called in places."""
        return tuple("/".join(column.path) for column in self.table.columns)

    def place(self, row: int, column: int) -> Place:
        """Return where a cell stands, in words too: table, row and column as printed."""
        key = row, column
        if key not in self._places:
            at = self.table.rows[row]
            cell = at.cells.get(column)
            place = at.place if cell is None else cell.place
            self._places[key] = place.labelled(self.table.title, at.label, self._paths[column])
        return self._places[key]

    def quantum(self, row: int, column: int) -> Decimal:
        """Return the printed precision of a cell in its column's context.

        Programs drop trailing zeros, so a cell takes the finest step printed in its column; not where the column keeps
        zeros or a spreadsheet cut the figure, and a total printed finer than its parts refines only itself.
        """
        cell = self.table.rows[row].cells[column]
        amount = cell.amount
        assert amount is not None
        if is_cut(cell.text):
            return amount.quantum
        key = column, amount.unit
        if key not in self._quanta:
            self._quanta[key] = self._shared_quantum(*key)
        finest, dropped = self._quanta[key]
        return min(amount.quantum, finest) if dropped or not amount.value else amount.quantum

    def _shared_quantum(self, column: int, unit: str | None) -> tuple[Decimal, bool]:
        """The finest step of a column's figures of one unit, and whether coarser ones may have dropped their zeros."""
        everything: list[Amount] = []
        parts: list[Decimal] = []
        for row in self.table.rows:
            cell = row.cells.get(column)
            if cell is not None and cell.amount is not None and cell.amount.unit == unit:
                everything.append(cell.amount)
                if row.kind not in (RowKind.TOTAL, RowKind.SUBTOTAL):
                    parts.append(cell.amount.quantum)
        finest = min(amount.quantum for amount in everything)
        return min(parts, default=finest), not any(keeps_zero(amount) for amount in everything)


class DocumentIndex:
    """Tables by canonical id, sections by canonical name, prose in order.

    ``which`` begins the identity of every fact of a document that is not the one being checked, ``called`` that of
    every instance in a set that is not the document's first.
    """

    called = ""

    def __init__(self, document: Document, which: str = "") -> None:
        self.document = document
        self.which = which
        seen: Counter[SheetKey] = Counter()
        tables = []
        for table in document.tables:
            sheet = sheet_of(table)
            tables.append(TableIndex(table, seen[sheet], which))
            seen[sheet] += 1
        self.tables = tuple(tables)

    @cached_property
    def by_id(self) -> dict[str, tuple[TableIndex, ...]]:
        """Tables by canonical id."""
        return _by_id(self.tables)

    @cached_property
    def sections(self) -> tuple[tuple[Section, ...], ...]:
        """Every section as the chain that leads to it, the section itself last."""
        return tuple(_chains(self.document.root, ()))

    @cached_property
    def prose(self) -> tuple[Prose, ...]:
        """Every paragraph in printed order."""
        return (*(Prose(p, ()) for p in self.document.root.paragraphs), *_paragraphs(self.sections))

    def prose_in(self, section: Section | None) -> Iterator[Prose]:
        """Yield the paragraphs of a section and those below it (of the document where None)."""
        for prose in self.prose:
            if section is None or any(s is section for s in prose.sections):
                yield prose

    def mentions_in(self, section: Section | None) -> Iterator[tuple[Prose, Mention]]:
        """Yield the figures of a section in printed order."""
        for prose in self.prose_in(section):
            for mention in prose.paragraph.mentions:
                yield prose, mention

    def patterns_in(self, section: Section | None, kind: str) -> Iterator[tuple[Prose, Pattern]]:
        """Yield the occurrences of one mention pattern."""
        for prose in self.prose_in(section):
            for pattern in prose.paragraph.patterns:
                if pattern.kind == kind:
                    yield prose, pattern


class PartIndex(DocumentIndex):
    """What one set of a document prints, by the same names as the whole; table indexes are the whole's own.

    A remainder holds what belongs to no set. Tables it does not print itself are looked up in the whole document,
    where they are ambiguous: nothing says which set's is meant.
    """

    def __init__(
        self,
        whole: DocumentIndex,
        tables: Container[int],
        sections: Container[int],
        called: str,
        remainder: bool = False,
    ) -> None:
        self.document = whole.document
        self.which = whole.which
        self.called = called
        self.tables = tuple(table for at, table in enumerate(whole.tables) if at in tables)
        self.sections = tuple(chain for at, chain in enumerate(whole.sections) if at in sections)
        self._whole = whole if remainder else None

    @cached_property
    def by_id(self) -> dict[str, tuple[TableIndex, ...]]:
        """Tables by canonical id."""
        elsewhere = self._whole.by_id if self._whole is not None else {}
        return {**elsewhere, **_by_id(self.tables)}

    @cached_property
    def prose(self) -> tuple[Prose, ...]:
        """Every paragraph in printed order; what stands before the first heading belongs to no set."""
        front = self.document.root.paragraphs if self._whole is not None else ()
        return (*(Prose(p, ()) for p in front), *_paragraphs(self.sections))


def _by_id(tables: Iterable[TableIndex]) -> dict[str, tuple[TableIndex, ...]]:
    found: dict[str, list[TableIndex]] = defaultdict(list)
    for table in tables:
        if table.table.id:
            found[table.table.id].append(table)
    return {id: tuple(tables) for id, tables in found.items()}


def _paragraphs(chains: Iterable[tuple[Section, ...]]) -> Iterator[Prose]:
    return (Prose(paragraph, chain) for chain in chains for paragraph in chain[-1].paragraphs)


def sheet_of(table: Table, which: str = "") -> SheetKey:
    """Return what a table is, by its kind and key."""
    return SheetKey(table.id or squeeze(table.title), table.key or "", which)


def _chains(section: Section, above: tuple[Section, ...]) -> Iterator[tuple[Section, ...]]:
    for child in section.sections:
        chain = (*above, child)
        yield chain
        yield from _chains(child, chain)


def _grouped(pairs: Iterable[tuple[_Key, int]]) -> dict[_Key, tuple[int, ...]]:
    found: dict[_Key, list[int]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _prints(row: Row, table: Table) -> bool:
    return any(
        cell.amount is not None
        for i, cell in row.cells.items()
        if table.columns[i].role not in (Role.CODE, Role.NAME, Role.ORDINAL)
    )


def _empty(row: Row) -> bool:
    return all(cell.blank for cell in row.cells.values())


def _answers(path: tuple[str, ...], steps: tuple[str, ...]) -> bool:
    printed = [squeeze(step) for step in path]
    if len(printed) >= 2 and printed[-1] in ("小计", "合计") and steps[-1] not in ("小计", "合计"):
        printed = printed[:-1]
    if not printed or printed[-1] != steps[-1]:
        return False
    rest = iter(printed[:-1])
    return all(step in rest for step in steps[:-1])
