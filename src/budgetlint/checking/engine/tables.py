"""Finds the documents and tables a reference names."""

from __future__ import annotations

import re
from functools import lru_cache

from budgetlint.checking.engine.context import Context
from budgetlint.checking.engine.facts import Undetermined
from budgetlint.checking.index import DocumentIndex, TableIndex
from budgetlint.document import NOWHERE, TableState
from budgetlint.document.keys import CauseKey, cause_of
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import Ref, TableRef
from budgetlint.results.findings import Reason
from budgetlint.vocabulary import Vocabulary

#: The cause of everything that a document without any table keeps from being checked.
NO_TABLES = cause_of("tables", "任何表")


@lru_cache(maxsize=4096)
def steps_of(label: str) -> tuple[str, ...]:
    """Split a label path at ``/``; ``\\/`` is a slash within a step."""
    return tuple(squeeze(step.replace("\\/", "/")) for step in re.split(r"(?<!\\)/", label))


def document_of(ref: Ref, context: Context) -> DocumentIndex:
    """Return the index of the document a reference looks into."""
    if ref.document is None:
        return context.world.main
    other = context.world.others.get(ref.document)
    if other is None:
        raise Undetermined(Reason.MISSING_DOCUMENT, cause_of("document", ref.document.value))
    return other


def tables_named(ref: TableRef, index: DocumentIndex, vocabulary: Vocabulary) -> tuple[TableIndex, ...]:
    """Return every table a reference may mean, lost ones included; without a label all tables."""
    if ref.label is None:
        return index.tables
    if ref.label.printed:
        words = squeeze(ref.label.text)
        same = tuple(t for t in index.tables if words in (squeeze(t.table.title), t.table.number))
        return same or tuple(t for t in index.tables if words in squeeze(t.table.title))
    term = vocabulary.table_named(ref.label.text)
    return index.by_id.get(term.id, ()) if term is not None else ()


def table_cause(ref: TableRef, index: DocumentIndex, vocabulary: Vocabulary) -> CauseKey:
    """Return the identity of a missing table across rules; a document without any table lacks all for one reason."""
    if not index.tables:
        return NO_TABLES
    name = ref.label.text if ref.label else ""
    term = None if ref.label is None or ref.label.printed else vocabulary.table_named(name)
    return cause_of("table", term.name if term else name)


def one_table(ref: Ref, context: Context) -> TableIndex:
    """Return the table a reference means, the quantifier's where it names none."""
    if ref.table is None:
        if context.table is None:
            raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause_of("table", ""))
        return context.table
    index = document_of(ref, context)
    found = tables_named(ref.table, index, context.world.vocabulary)
    if context.table in found:
        assert context.table is not None
        return context.table
    printed = [t for t in found if t.table.state is not TableState.MISSING]
    cause = table_cause(ref.table, index, context.world.vocabulary)
    if not printed:
        raise Undetermined(Reason.MISSING_TABLE, cause, found[0].table.place if found else NOWHERE)
    full = [t for t in printed if t.table.state is TableState.FULL] or printed
    full = _national(full, context.world.vocabulary) if len(full) > 1 else full
    if len(full) > 1:
        candidates = tuple(t.table.key or t.table.title for t in full)
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause, full[0].table.place, candidates)
    return full[0]


def _national(tables: list[TableIndex], vocabulary: Vocabulary) -> list[TableIndex]:
    """Return those of several tables of one name that are the national one, all where nothing tells.

    A table published by unit and by item is meant by item; of two titles that one name covers (国有资本经营预算财政拨款
    收入支出决算表 beside …支出决算表) the name itself is meant.
    """
    by_item = [t for t in tables if any(row.code is not None for row in t.table.rows)]
    tables = by_item if by_item else tables
    names = [squeeze(term.name) if (term := vocabulary.tables.get(t.table.id or "")) else "" for t in tables]
    called = [
        t for t, name in zip(tables, names, strict=True) if name and squeeze(t.table.title).endswith(name)
    ]
    return called if len(called) == 1 else tables
