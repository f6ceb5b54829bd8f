"""Says in which parts of a document that holds several budgets a check is evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from budgetlint.checking.engine.context import World
from budgetlint.checking.engine.prose import sections_named
from budgetlint.checking.engine.sets import Parts
from budgetlint.checking.engine.tables import tables_named
from budgetlint.checking.index import DocumentIndex, PartIndex
from budgetlint.language.compile import Plan
from budgetlint.language.syntax import (
    Compare,
    EachItem,
    EachMention,
    EachParagraph,
    EachRow,
    EachTable,
    Ref,
    SectionRef,
    TableRef,
    Test,
    TestKind,
)
from budgetlint.language.walk import nodes

_PRESENCE = {TestKind.EXISTS, TestKind.THERE_IS, TestKind.MISSING}


def scopes(plan: Plan, world: World, parts: Parts | None) -> Iterator[DocumentIndex]:
    """Yield the indexes a check looks at: every set, and what belongs to none where it starts from something there.

    Whether a table or section is there, and what is said of the whole text, is asked of the document once.
    """
    if parts is None or isinstance(plan.quantifier, EachItem):
        yield world.main
        return
    if plan.quantifier is None and _asks_presence(plan):
        yield world.main
    elif not any(isinstance(node, SectionRef) for node in _nodes(plan)):
        yield from _by_tables(plan, parts, world)
    elif plan.quantifier is None:
        with_prose = [part for part in _every(parts) if _has_sections(plan, part, world)]
        yield from with_prose or parts.sets[:1]
    else:
        yield from parts.sets
        if parts.rest is not None and _starts_in(plan, parts.rest, world):
            yield parts.rest


def _by_tables(plan: Plan, parts: Parts, world: World) -> Iterator[PartIndex]:
    """The parts for a check that names no section: tables that two sets share are looked at once."""
    of_prose = isinstance(plan.quantifier, EachMention | EachParagraph)
    seen: set[tuple[int, ...]] = set()
    for part in parts.sets:
        tables = tuple(id(table) for table in part.tables)
        if of_prose or (tables and tables not in seen):
            seen.add(tables)
            yield part
    rest = parts.rest
    if rest is not None and (_starts_in(plan, rest, world) or _names_table_of(plan, rest, world)):
        yield rest


def _names_table_of(plan: Plan, rest: PartIndex, world: World) -> bool:
    """Tell whether a check without a quantifier names a table that belongs to no set."""
    return plan.quantifier is None and any(
        table in rest.tables
        for node in nodes(plan.body)
        if isinstance(node, TableRef) and node.label is not None
        for table in tables_named(node, rest, world.vocabulary)
    )


def _nodes(plan: Plan) -> Iterator[Any]:
    if plan.quantifier is not None:
        yield from nodes(plan.quantifier)
    yield from nodes(plan.body)


def _every(parts: Parts) -> tuple[PartIndex, ...]:
    return parts.sets if parts.rest is None else (*parts.sets, parts.rest)


def _asks_presence(plan: Plan) -> bool:
    """Tell whether a check reads no figure and no words of a section: only whether places are there, and 全文."""
    for node in nodes(plan.body):
        if isinstance(node, Compare):
            return False
        if isinstance(node, Test) and node.kind not in _PRESENCE and _reads_a_place(node):
            return False
    return True


def _reads_a_place(node: Test) -> bool:
    return isinstance(node.subject, Ref) and (node.subject.section or node.subject.table) is not None


def _has_sections(plan: Plan, part: PartIndex, world: World) -> bool:
    return any(
        isinstance(node, SectionRef) and sections_named(node, part, world.vocabulary)
        for node in nodes(plan.body)
    )


def _starts_in(plan: Plan, rest: PartIndex, world: World) -> bool:
    """Tell whether a quantifier finds something to visit outside all sets."""
    match plan.quantifier:
        case EachRow(table=TableRef() as ref) | EachTable(table=TableRef() as ref):
            return any(t in rest.tables for t in tables_named(ref, rest, world.vocabulary))
        case EachParagraph(section=ref) | EachMention(section=ref):
            return bool(rest.prose) and (ref is None or bool(sections_named(ref, rest, world.vocabulary)))
        case _:
            return False
