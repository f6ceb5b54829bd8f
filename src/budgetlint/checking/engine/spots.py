"""Finds the places an aggregate takes for a reference: leaf rows, chosen rows, sheets, figures of prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from budgetlint.checking.engine.cells import read_cell
from budgetlint.checking.engine.columns import columns_named
from budgetlint.checking.engine.context import Context
from budgetlint.checking.engine.facts import Fact
from budgetlint.checking.engine.references import facts_of, not_listed, sheet_fact, sheet_rows
from budgetlint.checking.engine.rows import rows_of
from budgetlint.checking.engine.tables import one_table
from budgetlint.checking.index import TableIndex
from budgetlint.language.syntax import Ref

#: One place an aggregate takes: a row of a table (None: the table's sheet itself), or a fact at no row.
Spot: TypeAlias = "tuple[TableIndex, int | None] | Fact"


def spots(
    ref: Ref,
    context: Context,
    unlisted_as_zero: bool = False,
    selects: Callable[[Context], bool] | None = None,
) -> Iterator[Spot]:
    """Yield every place an aggregate takes for a reference, of those that ``selects`` takes.

    Over a whole table these are its leaf rows, over 每张表 the sheets that print the figure, else the chosen rows.
    """
    if ref.table is not None and ref.table.each:
        for table, sheet_row in sheet_rows(ref, context):
            if selects is None or selects(context.at(table, sheet_row)):
                yield table, sheet_row
    elif ref.table is None and ref.row is None and ref.column is None:
        for fact in facts_of(ref, context):
            if selects is None or selects(context):
                yield fact
    else:
        table = one_table(ref, context)
        whole = ref.table is not None and ref.row is None
        rows = leaf_rows(ref, table, context) if whole else rows_of(ref, table, context)
        if not rows and not whole:
            yield not_listed(ref, table, context, unlisted_as_zero)
        for row in rows:
            if selects is None or selects(context.at(table, row)):
                yield table, row


def fact_at(spot: Spot, ref: Ref, context: Context) -> Fact:
    """Return the fact a reference means at a place."""
    if isinstance(spot, Fact):
        return spot
    table, row = spot
    if row is None or (ref.table is not None and ref.table.each):
        return sheet_fact(ref, table, row, context)
    return read_cell(ref, table, row, context)


def leaf_rows(ref: Ref, table: TableIndex, context: Context) -> tuple[int, ...]:
    """Leaf rows of the blocks that have the column: of 收入｜支出 only one side may."""
    label = ref.column.label if ref.column is not None else None
    if label is None or table.table.groups == 1:
        return table.leaves
    vocabulary = context.world.vocabulary
    groups = {g for g in range(table.table.groups) if columns_named(label, table, g, vocabulary)}
    return tuple(i for i in table.leaves if not groups or table.table.rows[i].group in groups)
