"""Finds the places an aggregate takes for a reference: leaf rows, chosen rows, sheets, figures of prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from budgetlint.checking.columns import columns_named
from budgetlint.checking.context import Context
from budgetlint.checking.facts import Fact
from budgetlint.checking.index import TableIndex
from budgetlint.checking.references import facts_of, not_listed, read_cell, sheet_fact, sheet_rows
from budgetlint.checking.rows import rows_of
from budgetlint.checking.tables import one_table
from budgetlint.language.syntax import Ref

#: One place an aggregate takes: the context its ``where`` is asked in (None: a row not listed), and what reads the fact.
Spot: TypeAlias = "tuple[Context | None, Callable[[], Fact]]"


def spots(ref: Ref, context: Context, unlisted_as_zero: bool = False) -> Iterator[Spot]:
    """Yield every place an aggregate takes for a reference: where its ``where`` is asked, and how to read the fact.

    Over a whole table these are its leaf rows, over 每张表 the sheets that print the figure, else the chosen rows.
    """
    if ref.table is not None and ref.table.each:
        for table, row in sheet_rows(ref, context):
            yield context.at(table, row), partial(sheet_fact, ref, table, row, context)
    elif ref.table is None and ref.row is None and ref.column is None:
        for fact in facts_of(ref, context):
            yield context, partial(_itself, fact)
    else:
        table = one_table(ref, context)
        whole = ref.table is not None and ref.row is None
        rows = _leaves_with(ref, table, context) if whole else rows_of(ref, table, context)
        if not rows and not whole:
            fact = not_listed(ref, table, context, unlisted_as_zero)
            yield None, partial(_itself, fact)
        for row in rows:
            yield context.at(table, row), partial(read_cell, ref, table, row, context)


def _leaves_with(ref: Ref, table: TableIndex, context: Context) -> tuple[int, ...]:
    """Leaf rows of the blocks that have the column: of 收入｜支出 only one side may."""
    label = ref.column.label if ref.column is not None else None
    if label is None or table.table.groups == 1:
        return table.leaves
    vocabulary = context.world.vocabulary
    groups = {g for g in range(table.table.groups) if columns_named(label, table, g, vocabulary)}
    return tuple(i for i in table.leaves if not groups or table.table.rows[i].group in groups)


def _itself(fact: Fact) -> Fact:
    return fact
