"""Finds the columns a reference names in a table."""

from __future__ import annotations

from budgetlint.checking.engine.context import Context
from budgetlint.checking.engine.facts import Undetermined
from budgetlint.checking.engine.tables import steps_of
from budgetlint.checking.index import TableIndex
from budgetlint.document import Role
from budgetlint.document.keys import cause_of
from budgetlint.document.text import bare_label, squeeze
from budgetlint.language.syntax import ColumnRef, Label
from budgetlint.results.findings import Reason
from budgetlint.vocabulary import Vocabulary

#: The joined code and the name of a row, whatever columns they were printed in.
CODE_COLUMN = "科目编码"
NAME_COLUMN = "科目名称"


def column_of(
    ref: ColumnRef | None, item: Label | None, table: TableIndex, row: int | None, context: Context
) -> int:
    """Return the column a reference means in a table (in the block a row stands on)."""
    group = table.table.rows[row].group if row is not None else None
    label = ref.label if ref is not None else item
    if ref is not None and label is None:
        return _this_column(table, group, context)
    if label is None:
        return _only_amount_column(table, group)
    found = columns_named(label, table, group, context.world.vocabulary)
    if not found:
        cause = cause_of("column", table.called, label.called("栏次"))
        raise Undetermined(Reason.MISSING_COLUMN, cause, table.table.place)
    if len(found) > 1:
        candidates = tuple("/".join(table.table.columns[i].path) for i in found)
        cause = cause_of("column", table.called, label.called("栏次"))
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause, table.table.place, candidates)
    return found[0]


def columns_named(
    label: Label, table: TableIndex, group: int | None, vocabulary: Vocabulary
) -> tuple[int, ...]:
    """Return the columns a label or path names: by canonical name, else as printed, else by other names."""
    key = ("columns", label.text, label.printed, label.numbered, group)
    if key not in table.answers:
        table.answers[key] = _find_columns(label, table, group, vocabulary)
    return table.answers[key]


def _find_columns(
    label: Label, table: TableIndex, group: int | None, vocabulary: Vocabulary
) -> tuple[int, ...]:
    columns = table.table.columns
    inside = [i for i, c in enumerate(columns) if group is None or c.group == group]
    if label.numbered:
        return tuple(i for i in inside if columns[i].number == int(label.text))
    steps = steps_of(label.text)
    if label.printed:
        return table.columns_labelled(steps, group)
    canonical = [i for i in inside if columns[i].name and squeeze(columns[i].name or "") == "/".join(steps)]
    if canonical:
        shallowest = min(len(columns[i].path) for i in canonical)
        outer = [i for i in canonical if len(columns[i].path) == shallowest]
        return tuple(outer if len(outer) == 1 else canonical)
    printed = _labelled(steps, table, group)
    if printed:
        return printed
    term = vocabulary.table_named(table.table.id) if table.table.id else None
    for known in (*(term.columns if term else ()), *vocabulary.columns.values()):
        if label.text == known.name or label.text in known.aliases:
            named = tuple(i for i in inside if columns[i].name == known.name)
            for alias in () if named else (known.name, *known.aliases):
                named = named or _labelled(steps_of(alias), table, group)
            if named:
                return named
    return ()


def _labelled(steps: tuple[str, ...], table: TableIndex, group: int | None) -> tuple[int, ...]:
    """Return the columns so labelled, without those that their header above makes something else.

    The 合计 under 公务用车购置及运行费, the 基本支出 under 一般公共预算 have names of their own.
    """
    columns, said = table.table.columns, "/".join(steps)
    return tuple(
        i
        for i in table.columns_labelled(steps, group)
        if len(columns[i].path) <= len(steps) or columns[i].name in (None, said)
    )


def _this_column(table: TableIndex, group: int | None, context: Context) -> int:
    if context.table is None or context.column is None:
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause_of("column", ""))
    column = context.table.table.columns[context.column]
    if table is context.table and group in (None, column.group):
        return context.column
    label = Label(column.name or "/".join(column.path))
    return column_of(
        ColumnRef(label), None, table, None if group is None else _first_row(table, group), context
    )


def _first_row(table: TableIndex, group: int) -> int | None:
    return next((i for i, row in enumerate(table.table.rows) if row.group == group), None)


def _only_amount_column(table: TableIndex, group: int | None) -> int:
    amounts = [
        i
        for i, column in enumerate(table.table.columns)
        if column.role is Role.AMOUNT and (group is None or column.group == group)
    ]
    if len(amounts) == 1:
        return amounts[0]
    whole = [
        i
        for i in amounts
        if "合计" in (bare_label(table.table.columns[i].name or ""), bare_label(table.table.columns[i].label))
    ]
    if len(whole) == 1:
        return whole[0]
    cause = cause_of("column", table.called, "")
    if not amounts:
        raise Undetermined(Reason.MISSING_COLUMN, cause, table.table.place)
    candidates = tuple("/".join(table.table.columns[i].path) for i in amounts)
    raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause, table.table.place, candidates)
