"""Reads the facts a reference selects: table cells, figures of prose, properties of patterns, facts of the document."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from budgetlint.checking.engine.cells import name_of, read_cell
from budgetlint.checking.engine.columns import CODE_COLUMN, NAME_COLUMN, column_of, columns_named
from budgetlint.checking.engine.context import Context
from budgetlint.checking.engine.document_facts import document_fact, is_document_fact
from budgetlint.checking.engine.facts import Fact, NothingToCheck, Undetermined
from budgetlint.checking.engine.prose import (
    fact_of,
    item_in_section,
    one_section,
    property_facts,
    section_total,
    text_of,
    word_fact,
)
from budgetlint.checking.engine.rows import could_list, row_cause, rows_named, rows_of
from budgetlint.checking.engine.tables import document_of, one_table, steps_of, tables_named
from budgetlint.checking.index import TableIndex
from budgetlint.document import NOWHERE, Dimension, Paragraph, TableState
from budgetlint.document.keys import FactKey, HeadKey, ThingKey, UnlistedKey, cause_of
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import ColumnRef, Label, Ref, RowChoice, RowRef
from budgetlint.results.findings import Reason

#: Words a rule may ask of a figure or pattern in prose: its concept, and the 类款项 or item it stands under.
_SPOKEN_OF = ("概念", "科目")


def facts_of(ref: Ref, context: Context, unlisted_as_zero: bool = False) -> tuple[Fact, ...]:
    """Return every fact a reference selects, in printed order (one for a scalar reference).

    Raises Undetermined where it selects nothing or too much, NothingToCheck where there are no rows to take.
    """
    if ref.paragraph:
        return (_paragraph(context),)
    if ref.table is not None or ref.row is not None or ref.column is not None:
        return _cells(ref, context, unlisted_as_zero)
    if ref.section is not None:
        return (_in_section(ref, context),)
    assert ref.item is not None
    return _bare(ref.item, context)


def fact_of_ref(ref: Ref, context: Context, unlisted_as_zero: bool = False) -> Fact:
    """Return the one fact a scalar reference means; several are ambiguous, never the first."""
    facts = facts_of(ref, context, unlisted_as_zero)
    if len(facts) != 1:
        if ref.row is not None and ref.row.choice is RowChoice.CHILDREN and not facts:
            raise NothingToCheck
        name = facts[0].name if facts else name_of(ref)
        candidates = tuple(_where(fact) for fact in facts[:8])
        raise Undetermined(
            Reason.AMBIGUOUS_REFERENCE,
            cause_of("ref", name),
            facts[0].place if facts else NOWHERE,
            candidates,
        )
    return facts[0]


def _where(fact: Fact) -> str:
    place = fact.place
    named = " ".join(part for part in (place.table, place.row, place.column) if part) or fact.printed
    return f"{named} (:{place.line})" if place.line else named


def _paragraph(context: Context) -> Fact:
    if context.prose is None:
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause_of("paragraph", ""))
    paragraph = context.prose.paragraph
    return Fact("段落", paragraph_key(paragraph), paragraph.text, place=paragraph.place)


def paragraph_key(paragraph: Paragraph) -> FactKey:
    """Return what a paragraph is, as a fact."""
    return ThingKey("paragraph", (paragraph.place.spot,))


# ---------------------------------------------------------------- tables


def _cells(ref: Ref, context: Context, unlisted_as_zero: bool) -> tuple[Fact, ...]:
    if ref.table is not None and ref.table.each:
        return tuple(sheet_fact(ref, table, row, context) for table, row in sheet_rows(ref, context))
    table = one_table(ref, context)
    if ref.item is not None and not columns_named(ref.item, table, None, context.world.vocabulary):
        if is_document_fact(ref.item):
            return (document_fact(squeeze(ref.item.text), context),)
        ref = _as_row(ref, ref.item, table, context)
    if ref.table is not None and ref.row is None and ref.column is not None:
        ref = turned(ref, table, context)
    rows = _of_one_block(ref, rows_of(ref, table, context), table, context)
    if not rows:
        return (not_listed(ref, table, context, unlisted_as_zero),)
    return tuple(read_cell(ref, table, row, context) for row in rows)


def _of_one_block(ref: Ref, rows: tuple[int, ...], table: TableIndex, context: Context) -> tuple[int, ...]:
    """Of rows that print one 行次 on both sides of a table take that of the side meant.

    It is the side that has the column named, for 本列 the side the quantifier is at.
    """
    if len(rows) < 2 or ref.row is None or ref.row.label is None or not ref.row.label.numbered:
        return rows
    label = ref.column.label if ref.column is not None else None
    if label is not None:
        vocabulary = context.world.vocabulary
        groups = {g for g in range(table.table.groups) if columns_named(label, table, g, vocabulary)}
    elif context.row is not None and table is context.table:
        groups = {table.table.rows[context.row].group}
    else:
        return rows
    return tuple(i for i in rows if table.table.rows[i].group in groups) or rows


def _as_row(ref: Ref, item: Label, table: TableIndex, context: Context) -> Ref:
    """Take a bare name after a table, to which no column answers, for a row."""
    if ref.row is not None or not rows_named(item, table, context.world.vocabulary):
        return ref
    return replace(ref, row=RowRef(RowChoice.NAMED, item), item=None)


def turned(ref: Ref, table: TableIndex, context: Context) -> Ref:
    """Take a column path of two steps that no column answers for a row and a column, whichever is which.

    决算数/公务接待 of a table with a row for each kind of cost and a column 决算数, or the other way round.
    """
    label = ref.column.label if ref.column is not None else None
    vocabulary = context.world.vocabulary
    steps = steps_of(label.text) if label is not None and not label.printed else ()
    if len(steps) != 2 or label is None or columns_named(label, table, None, vocabulary):
        return ref
    for row, column in (steps, steps[::-1]):
        if rows_named(Label(row), table, vocabulary) and columns_named(
            Label(column), table, None, vocabulary
        ):
            return replace(ref, row=RowRef(RowChoice.NAMED, Label(row)), column=ColumnRef(Label(column)))
    return ref


def sheet_rows(ref: Ref, context: Context) -> Iterator[tuple[TableIndex, int | None]]:
    """The sheets of a kind (每张表 T …) and the row meant in each; a sheet that does not print it takes no part."""
    assert ref.table is not None
    found = False
    for table in tables_named(ref.table, document_of(ref, context), context.world.vocabulary):
        if table.table.state is TableState.MISSING:
            continue
        if ref.row is None and ref.column is None and ref.item is None:
            found = True
            yield table, None
            continue
        inside = context.at(table)
        for row in rows_of(Ref(row=ref.row), table, inside):
            if not read_cell(ref, table, row, inside).blank:
                found = True
                yield table, row
    if not found:
        raise NothingToCheck


def sheet_fact(ref: Ref, table: TableIndex, row: int | None, context: Context) -> Fact:
    if row is not None:
        return read_cell(ref, table, row, context.at(table))
    printed = table.table.key or table.table.title
    return Fact(
        table.table.name or table.table.title,
        ThingKey("sheet", (table.identity,)),
        printed,
        place=table.table.place,
    )


def not_listed(ref: Ref, table: TableIndex, context: Context, unlisted_as_zero: bool) -> Fact:
    """A row that a table does not list: 0 where the rule says so and the table would list it, never a column."""
    if not unlisted_as_zero or not could_list(ref, table, context):
        raise Undetermined(Reason.MISSING_ROW, row_cause(ref.row, table), table.table.place)
    if ref.column is not None:
        try:
            column_of(ref.column, None, table, None, context)
        except Undetermined as problem:
            if problem.reason is Reason.MISSING_COLUMN:
                raise
    return _unlisted(ref, table)


def _unlisted(ref: Ref, table: TableIndex) -> Fact:
    name = name_of(ref)
    return Fact(
        name,
        UnlistedKey(table.identity, name),
        "",
        place=table.table.place,
        dimension=Dimension.UNKNOWN,
        table=table.identity,
        blank=True,
    )


# ---------------------------------------------------------------- prose and facts of the document


def _in_section(ref: Ref, context: Context) -> Fact:
    assert ref.section is not None
    index = document_of(ref, context)
    vocabulary = context.world.vocabulary
    if ref.item is not None and is_document_fact(ref.item):
        return document_fact(squeeze(ref.item.text), context)
    section = one_section(ref.section, index, vocabulary)
    if ref.item is not None:
        fact = item_in_section(ref.item, section, index, context)
    elif ref.total:
        fact = section_total(section, index, context)
    else:
        fact = Fact(
            name_of(ref),
            ThingKey("section", (section.place.spot, f"{section.number}{section.title}")),
            text_of(section),
            place=section.place,
        )
    if not index.which:
        return fact
    assert isinstance(fact.identity, ThingKey)
    return replace(fact, identity=replace(fact.identity, which=index.which))


def _bare(label: Label, context: Context) -> tuple[Fact, ...]:
    """A name without a locator: what the quantifier is at, else a fact of the document."""
    name = squeeze(label.text)
    spoken = context.pattern or context.mention
    if spoken is not None and name in _SPOKEN_OF:
        words = spoken.concept if name == "概念" else spoken.subject
        return (word_fact(spoken, name, words),)
    if context.pattern is not None:
        facts = property_facts(context.pattern, name)
        if facts:
            return facts
        if name in context.pattern.words:
            return (word_fact(context.pattern, name, context.pattern.words[name]),)
    if context.mention is not None and name in (squeeze(context.mention.concept), "数额"):
        return (fact_of(context.mention, context.mention.concept),)
    if context.item is not None:
        for known, value in context.item:
            if known == name:
                return (Fact(name, ThingKey("item", (value,)), value),)
    if context.table is not None:
        found = _in_table(label, context)
        if found:
            return found
    return (document_fact(name, context),)


def _in_table(label: Label, context: Context) -> tuple[Fact, ...]:
    table = context.table
    assert table is not None
    vocabulary = context.world.vocabulary
    group = table.table.rows[context.row].group if context.row is not None else None
    if squeeze(label.text) in (CODE_COLUMN, NAME_COLUMN) or columns_named(label, table, group, vocabulary):
        return _cells(Ref(column=ColumnRef(label)), context, False)
    for row in rows_named(label, table, vocabulary)[:1]:
        return (read_cell(Ref(), table, row, context),)
    if squeeze(label.text) == "表题":
        place = table.table.place
        return (
            Fact(
                "表题", HeadKey(table.identity, "表题"), table.table.title, place=place, table=table.identity
            ),
        )
    fact = table.table.facts.get(squeeze(label.text))
    if fact is not None:
        identity = HeadKey(table.identity, squeeze(label.text))
        return (Fact(label.text, identity, fact.text, fact.amount, place=fact.place, table=table.identity),)
    return ()
