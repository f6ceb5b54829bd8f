"""The second pass: canonical tables, columns, sections and inferred codes, by the vocabulary that applies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from budgetlint.document import Cell, Column, Document, Role, Row, RowKind, Section, Table, TableState
from budgetlint.document.text import numbering_of, squeeze
from budgetlint.normalise.prose.mentions import add_mentions
from budgetlint.normalise.prose.topics import by_topic
from budgetlint.normalise.recognise import Named, recognised
from budgetlint.normalise.structure.inline_sections import with_inline_sections
from budgetlint.normalise.tables.rows import amount_of_cell
from budgetlint.normalise.tables.states import state_of
from budgetlint.vocabulary import TableTerm, Vocabulary

_FUNCTIONAL = "功能分类科目"
_REST = "其他"
_INCOME = "收入"


def name(document: Document, vocabulary: Vocabulary) -> Document:
    """Return the document with its canonical names and its mentions."""
    kind = _budget_or_account(document.kind)
    phrases = vocabulary.phrases.get("empty-note", ())
    tables = tuple(
        _named(table, named, document.year, vocabulary, phrases)
        for table, named in zip(document.tables, recognised(document.tables, kind, vocabulary), strict=True)
    )
    root = _sections(document.root, vocabulary)
    document = add_mentions(replace(document, tables=tables, root=root), vocabulary)
    return by_topic(document, vocabulary)


def _budget_or_account(kind: str | None) -> str | None:
    return next((word for word in ("决算", "预算") if kind and word in kind), None)


def _sections(section: Section, vocabulary: Vocabulary) -> Section:
    term = vocabulary.section_titled(section.title) if section.title else None
    if term is not None and _heads_a_table(section):
        term = None
    section = with_inline_sections(section, term.name if term else None, vocabulary)
    children = tuple(_sections(child, vocabulary) for child in section.sections)
    return replace(section, name=term.name if term else None, sections=_told_apart(children))


def _heads_a_table(section: Section) -> bool:
    """Tell whether a heading is the title of a table and no more: nothing is said under it."""
    title = squeeze(section.title).rstrip("》」】")
    return title.endswith("表") and not section.paragraphs and not section.sections


def _told_apart(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Leave a name to the sibling whose heading says more: 财政拨款支出决算情况 beside 一般公共预算财政拨款支出决算情况."""
    titles = [squeeze(section.title) for section in sections]
    return tuple(
        replace(section, name=None)
        if section.name is not None
        and any(
            section.name == other.name and title != longer and title in longer
            for other, longer in zip(sections, titles, strict=True)
        )
        else section
        for section, title in zip(sections, titles, strict=True)
    )


def _named(
    table: Table, named: Named, year: int | None, vocabulary: Vocabulary, phrases: Sequence[str]
) -> Table:
    term = named.term
    columns = tuple(_column(column, term, year, vocabulary) for column in table.columns)
    rows = tuple(_row(row, table, columns, year, vocabulary) for row in table.rows)
    state = table.state
    if state in (TableState.EMPTY_WITHOUT_NOTE, TableState.MISSING):
        state = state_of(rows, state is not TableState.MISSING, table.notes, vocabulary.words, phrases)
    return replace(
        table,
        id=term.id if term else None,
        name=term.name if term else None,
        by_shape=named.by_shape,
        could_be=tuple(term.name for term in named.could_be),
        columns=columns,
        rows=rows,
        state=state,
    )


def _column(column: Column, term: TableTerm | None, year: int | None, vocabulary: Vocabulary) -> Column:
    known = vocabulary.column_of(term, column.path, year) if column.path else None
    if known is None:
        return column
    role = known.role if column.role not in (Role.ORDINAL, Role.CODE, Role.NAME) else column.role
    return replace(column, name=known.name, role=role)


def _row(
    row: Row, table: Table, columns: tuple[Column, ...], year: int | None, vocabulary: Vocabulary
) -> Row:
    changed = {
        index: _reread(cell, columns[index], table.unit, row.label)
        for index, cell in row.cells.items()
        if columns[index].role is not table.columns[index].role
    }
    row = replace(row, cells={**row.cells, **changed}) if changed else row
    if row.code is None and row.kind is RowKind.DATA and _class_row(row, table, columns):
        entry = vocabulary.code_named(row.label, _FUNCTIONAL, year)
        if entry is not None and len(entry.code) == 3:
            return replace(row, code=entry.code, code_inferred=True)
    return row


def _of_income(column: Column) -> bool:
    return bool(column.path) and squeeze(column.path[0]).startswith(_INCOME)


def _reread(cell: Cell, column: Column, unit: str | None, label: str) -> Cell:
    return replace(cell, amount=amount_of_cell(cell.text, column, unit, label))


def _class_row(row: Row, table: Table, columns: Sequence[Column]) -> bool:
    """True for a label that may be a class in a block without a code column: 八、社会保障和就业支出.

    Without a number only in the right-hand block of a table with two sides, where every row is a class or a sum; a
    bare 其他 is the rest of what stands above it. A block headed 收入 lists sources, though one may bear the name of a
    class (三、国有资本经营预算).
    """
    block = [column for column in columns if column.group == row.group]
    if any(column.role is Role.CODE for column in block) or any(_of_income(column) for column in block):
        return False
    listed = bool(numbering_of(row.label)) or (row.group > 0 and squeeze(row.label) != _REST)
    return listed and not re.search(r"收入|拨款$", squeeze(row.label))
