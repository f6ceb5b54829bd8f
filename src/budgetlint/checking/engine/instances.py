"""Walks what a quantifier ranges over, and says what people call each instance and where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from budgetlint.checking.engine.conditions import fails_in_row
from budgetlint.checking.engine.context import Context
from budgetlint.checking.engine.facts import NothingToCheck, Undetermined
from budgetlint.checking.engine.prose import one_section
from budgetlint.checking.engine.tables import table_cause, tables_named
from budgetlint.checking.index import TableIndex, sheet_of
from budgetlint.document import NOWHERE, PATTERN_KINDS, MentionRole, Place, Role, Section, TableState
from budgetlint.document.keys import InstanceKey, RowInstance, SpokenInstance
from budgetlint.document.text import squeeze
from budgetlint.language.compile import Plan
from budgetlint.language.syntax import (
    ANY_VALUE,
    EachItem,
    EachMention,
    EachParagraph,
    EachRow,
    EachTable,
    Quantifier,
    SectionRef,
    TableRef,
)
from budgetlint.language.walk import nodes
from budgetlint.results.findings import Reason


def instances(quantifier: Quantifier | None, context: Context, certain: bool = True) -> Iterator[Context]:
    """Yield what a quantifier ranges over; columns of a row that its ``where`` leaves out as a whole are not visited."""
    match quantifier:
        case None:
            yield context
        case EachRow(table=table, amount_columns=amount_columns):
            for found in tables_visited(table, context):
                for row in found.printing:
                    at_row = context.at(found, row)
                    if not amount_columns:
                        yield at_row
                        continue
                    if quantifier.where is not None and fails_in_row(quantifier.where, at_row, certain):
                        continue
                    for column in found.table.rows[row].cells:
                        if found.table.columns[column].role is Role.AMOUNT:
                            yield context.at(found, row, column)
        case EachTable(table=table):
            for found in tables_visited(table, context, lost=table.label is None):
                yield context.at(found)
        case EachParagraph(section=section):
            within = _section(section, context)
            for prose in context.world.main.prose_in(within):
                yield replace(context, prose=prose)
        case EachMention(label=label, section=section):
            yield from _mentions(squeeze(label.text), _section(section, context), context)
        case EachItem(label=label):
            yield from _items(label.text, context)


def tables_visited(ref: TableRef, context: Context, lost: bool = False) -> Iterator[TableIndex]:
    """Tables a quantifier visits; a named table that is missing or lost is 无法核对, not vacuous.

    Of 每张表 T there may be none: then there is nothing to check, unless a title without a body was found.
    """
    vocabulary = context.world.vocabulary
    found = tables_named(ref, context.world.main, vocabulary)
    standing = [t for t in found if lost or t.table.state is not TableState.MISSING]
    if not standing and ref.label is not None and (found or not ref.each):
        place = found[0].table.place if found else NOWHERE
        raise Undetermined(Reason.MISSING_TABLE, table_cause(ref, context.world.main, vocabulary), place)
    yield from standing


def _section(ref: SectionRef | None, context: Context) -> Section | None:
    """The section a quantifier walks; one that the document does not have says nothing that could be checked."""
    if ref is None:
        return None
    try:
        return one_section(ref, context.world.main, context.world.vocabulary)
    except Undetermined as problem:
        if problem.reason is Reason.MISSING_SECTION:
            raise NothingToCheck from problem
        raise


def _mentions(name: str, section: Section | None, context: Context) -> Iterator[Context]:
    index = context.world.main
    if name in PATTERN_KINDS:
        for prose, pattern in index.patterns_in(section, name):
            yield replace(context, prose=prose, pattern=pattern)
        return
    term = context.world.vocabulary.concept_said(name)
    concept = term.name if term else name
    for prose, mention in index.mentions_in(section):
        value = mention.role in (MentionRole.VALUE, MentionRole.COUNT)
        current = mention.year in (None, index.document.year)
        own = mention.concept == concept and not mention.subject  # what an item or a reason says is its own
        if value and current and (name == ANY_VALUE or own):
            yield replace(context, prose=prose, mention=mention)


def _items(name: str, context: Context) -> Iterator[Context]:
    document = context.world.main.document
    if squeeze(name) == "目录":
        for item in document.contents:
            yield replace(context, item=(("标题", item.title), ("序号", item.number)))
        return
    for entry in context.world.vocabulary.lists.get(name, ()):
        yield replace(context, item=(("名称", entry), ("标题", entry)))


def row_label(context: Context) -> str:
    """Return how people call the row an instance is at: code and name."""
    if context.table is None or context.row is None:
        return ""
    row = context.table.table.rows[context.row]
    code = row.code if row.code and not row.code_inferred else ""
    return " ".join(part for part in (code, row.label) if part)


def whereabouts(plan: Plan, context: Context) -> dict[str, str]:
    """Return what fills the holes {表} and {章节}: where the instance stands, else what the check names first."""
    found: dict[str, str] = {}
    for node in nodes(plan.body):
        if isinstance(node, TableRef | SectionRef) and node.label is not None:
            found.setdefault("表" if isinstance(node, TableRef) else "章节", node.label.text)
    if context.table is not None:
        found["表"] = context.table.called
    if context.prose is not None and context.prose.sections:
        found["章节"] = context.prose.sections[-1].title
    return found


def instance_of(context: Context) -> InstanceKey:
    """Return an identity of the instance by meaning: table, key, row path or code, column, which one of namesakes."""
    called = context.world.main.called
    if context.table is not None:
        return _row_instance(context.table, context.row, context.column, called)
    spoken = context.pattern or context.mention
    if spoken is not None:
        section = context.prose.sections[-1] if context.prose and context.prose.sections else None
        title = section.name or squeeze(section.title) if section else ""
        return SpokenInstance(title, spoken.subject, spoken.concept, called)
    if context.prose is not None:
        return called + squeeze(context.prose.paragraph.text)[:40]
    return called + dict(context.item or ()).get("标题", "")


def _row_instance(table: TableIndex, row: int | None, column: int | None, called: str) -> RowInstance:
    sheet = sheet_of(table.table)
    if row is None:
        return RowInstance(sheet, called=called)
    printed = table.table.rows[row]
    same = table.by_code.get(printed.code, ()) if printed.code else ()
    twin = str(same.index(row)) if len(same) > 1 and row in same else ""
    under = None if column is None else "/".join(squeeze(s) for s in table.table.columns[column].path)
    return RowInstance(
        sheet, printed.code or "/".join(squeeze(step) for step in printed.path), twin, under, called
    )


def place_of(context: Context) -> Place:
    """Return where an instance stands."""
    if context.table is not None:
        table = context.table.table
        if context.row is None:
            return table.place.within(table=table.title)
        row = table.rows[context.row]
        return row.place.within(table=table.title, row=row.label)
    spoken = context.pattern or context.mention
    if spoken is not None:
        return spoken.place
    return context.prose.paragraph.place if context.prose is not None else NOWHERE
