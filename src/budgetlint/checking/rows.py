"""Finds the tables, rows and columns a reference names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from budgetlint.checking.context import Context
from budgetlint.checking.facts import NothingToCheck, Undetermined
from budgetlint.checking.index import DocumentIndex, TableIndex
from budgetlint.document import NOWHERE, Role, RowKind, TableState
from budgetlint.document.text import bare_label, squeeze
from budgetlint.findings import Reason
from budgetlint.language.syntax import ColumnRef, Label, Ref, RowChoice, RowRef, TableRef
from budgetlint.vocabulary import Vocabulary

_CODE = re.compile(r"\d{3,}")
#: The joined code and the name of a row, whatever columns they were printed in.
CODE_COLUMN = "科目编码"
#: Digits of a 类, 款, 项 code.
CODE_LENGTHS = (3, 5, 7)
#: Labels of the row that adds up a whole table.
_WHOLE = ("合计", "总计")
NAME_COLUMN = "科目名称"


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
        raise Undetermined(Reason.MISSING_DOCUMENT, f"document:{ref.document.value}")
    return other


def tables_named(ref: TableRef, index: DocumentIndex, vocabulary: Vocabulary) -> tuple[TableIndex, ...]:
    """Return every table a reference may mean, lost ones included; without a label all tables."""
    if ref.label is None:
        return index.tables
    if ref.label.printed:
        words = squeeze(ref.label.text)
        same = tuple(t for t in index.tables if squeeze(t.table.title) == words)
        return same or tuple(t for t in index.tables if words in squeeze(t.table.title))
    term = vocabulary.table_named(ref.label.text)
    return index.by_id.get(term.id, ()) if term is not None else ()


def table_cause(ref: TableRef, vocabulary: Vocabulary) -> str:
    """Return the identity of a missing table across rules."""
    name = ref.label.text if ref.label else ""
    term = None if ref.label is None or ref.label.printed else vocabulary.table_named(name)
    return f"table:{term.name if term else name}"


def one_table(ref: Ref, context: Context) -> TableIndex:
    """Return the table a reference means, the quantifier's where it names none."""
    if ref.table is None:
        if context.table is None:
            raise Undetermined(Reason.AMBIGUOUS_REFERENCE, "table:")
        return context.table
    index = document_of(ref, context)
    found = tables_named(ref.table, index, context.world.vocabulary)
    if context.table in found:
        assert context.table is not None
        return context.table
    printed = [t for t in found if t.table.state is not TableState.MISSING]
    cause = table_cause(ref.table, context.world.vocabulary)
    if not printed:
        raise Undetermined(Reason.MISSING_TABLE, cause, found[0].table.place if found else NOWHERE)
    full = [t for t in printed if t.table.state is TableState.FULL] or printed
    if len(full) > 1:
        candidates = tuple(t.table.key or t.table.title for t in full)
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause, full[0].table.place, candidates)
    return full[0]


def rows_of(ref: Ref, table: TableIndex, context: Context) -> tuple[int, ...]:
    """Return the rows a reference selects in a table; an empty tuple where the table does not list them."""
    row = ref.row
    if row is None:
        here = table is context.table and not ref.total
        return (context.row,) if here and context.row is not None else _whole(table)
    match row.choice:
        case RowChoice.NAMED:
            assert row.label is not None
            return rows_named(row.label, table, context.world.vocabulary)
        case RowChoice.SAME:
            return _same_rows(table, context)
        case RowChoice.CHILDREN:
            return _children(table, context)


def _whole(table: TableIndex) -> tuple[int, ...]:
    """The row a table speaks of as a whole: its only one, else its grand total."""
    if len(table.printing) <= 1:
        return table.printing
    totals = [i for i in table.printing if table.table.rows[i].kind is RowKind.TOTAL]
    roots = [i for i in totals if bare_label(table.table.rows[i].label) in _WHOLE] or totals
    return tuple(roots[:1]) if len(roots) == 1 else tuple(roots)


def rows_named(label: Label, table: TableIndex, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return the rows a code or label names: as printed first, then by the vocabulary's other names for it."""
    key = ("rows", label.text, label.printed)
    if key not in table.answers:
        table.answers[key] = _find_rows(label, table, vocabulary)
    return table.answers[key]


def _find_rows(label: Label, table: TableIndex, vocabulary: Vocabulary) -> tuple[int, ...]:
    if _CODE.fullmatch(label.text) and label.text in table.by_code:
        return table.by_code[label.text]
    for path in _row_paths(label, table, vocabulary):
        found = tuple(i for i in table.by_label.get(path[-1], ()) if _stands_under(table, i, path[:-1]))
        if found:
            return found if len(found) == 1 else _not_claimed(found, path, table, vocabulary)
    if not label.printed:
        for codes in vocabulary.codes:
            entry = vocabulary.code_named(label.text, codes)
            if entry is not None and entry.code in table.by_code:
                return table.by_code[entry.code]
    return ()


def _not_claimed(
    found: tuple[int, ...], path: tuple[str, ...], table: TableIndex, vocabulary: Vocabulary
) -> tuple[int, ...]:
    """Leave out rows that the table's vocabulary names by a longer path (结转/一般公共预算 is not 一般公共预算)."""
    term = vocabulary.table_named(table.table.id) if table.table.id else None
    longer = [
        steps
        for row in (term.rows if term else ())
        for alias in row.aliases
        if len(steps := tuple(bare_label(step) for step in steps_of(alias))) > len(path)
        and steps[-1] == path[-1]
    ]
    rest = tuple(i for i in found if not any(_stands_closely(table, i, steps[:-1]) for steps in longer))
    return rest or found


def _stands_closely(table: TableIndex, row: int, steps: tuple[str, ...]) -> bool:
    """Tell whether a row's nearest ancestors are just these steps; the block's header alone claims nothing."""
    above = tuple(bare_label(step) for step in table.table.rows[row].path[:-1])
    return len(above) > 1 and above[-len(steps) :] == steps


def _row_paths(label: Label, table: TableIndex, vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    yield tuple(bare_label(step) for step in steps_of(label.text))
    if label.printed:
        return
    term = vocabulary.table_named(table.table.id) if table.table.id else None
    for rows in (*(term.rows if term else ()), *vocabulary.rows.values()):
        if label.text == rows.name or label.text in rows.aliases:
            for alias in (rows.name, *rows.aliases):
                yield tuple(bare_label(step) for step in steps_of(alias))
    concept = vocabulary.concept_said(label.text)
    if concept is not None:
        for alias in (concept.name, *concept.aliases):
            yield (bare_label(alias),)


def _stands_under(table: TableIndex, row: int, steps: tuple[str, ...]) -> bool:
    rest = iter([bare_label(step) for step in table.table.rows[row].path[:-1]])
    return all(step in rest for step in steps)


def _same_rows(target: TableIndex, context: Context) -> tuple[int, ...]:
    """Rows of another table with the code (else the label) of the thing the quantifier is at."""
    if context.table is None or context.row is None:
        return _rows_spoken_of(target, context)
    if target is context.table:
        return (context.row,)
    row = context.table.table.rows[context.row]
    if row.code and target.has_codes():
        exact = target.by_code.get(row.code, ())
        return exact or _nearest_below(row.code, target)
    if row.code and not row.code_inferred and not row.label:
        return ()
    same = target.by_label.get(bare_label(row.label), ())
    same = tuple(i for i in same if not target.table.rows[i].code) or (
        () if target.has_codes() and row.code else same
    )
    if len(same) > 1:
        path = tuple(bare_label(step) for step in row.path[:-1])
        same = tuple(i for i in same if _stands_under(target, i, path)) or same
    if not same and row.kind is RowKind.TOTAL and bare_label(row.label) in _WHOLE:
        return _whole(target)
    return same


def _rows_spoken_of(target: TableIndex, context: Context) -> tuple[int, ...]:
    """Rows that a figure of prose speaks of: by its 类款项 subject, else by its concept."""
    spoken = context.mention or context.pattern
    if spoken is None:
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, "row:")
    vocabulary = context.world.vocabulary
    steps = [bare_label(step) for step in spoken.subject.split("/") if step]
    if steps:
        length = 1 + 2 * len(steps)
        named = [i for i in target.by_label.get(steps[-1], ()) if _under_codes(target, i, steps)]
        exact = [i for i in named if len(target.table.rows[i].code or "") == length]
        return tuple(exact or named)
    return rows_named(Label(spoken.concept), target, vocabulary)


def _under_codes(table: TableIndex, row: int, steps: list[str]) -> bool:
    """Tell whether a row's printed ancestors are among the steps it is said to stand under, in their order."""
    above = iter([step.removesuffix("支出") for step in reversed(steps[:-1])])
    parent = table.table.rows[row].parent
    while parent is not None and table.table.rows[parent].kind not in (RowKind.TOTAL, RowKind.SUBTOTAL):
        if bare_label(table.table.rows[parent].label).removesuffix("支出") not in above:
            return False
        parent = table.table.rows[parent].parent
    return True


def _nearest_below(code: str, table: TableIndex) -> tuple[int, ...]:
    """Return the rows of the nearest codes below one; unit and project codes are no part of a class."""
    below = sorted(c for c in table.by_code if c.startswith(code) and c != code and _same_scheme(c, code))
    nearest = [c for c in below if not any(c.startswith(o) and c != o for o in below)]
    return tuple(i for c in nearest for i in table.by_code[c])


def _same_scheme(code: str, above: str) -> bool:
    return len(code) in CODE_LENGTHS or len(above) not in CODE_LENGTHS


def _children(table: TableIndex, context: Context) -> tuple[int, ...]:
    if context.table is None or context.row is None:
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, "row:")
    row = context.table.table.rows[context.row]
    if table is not context.table:
        found = _nearest_below(row.code, table) if row.code else ()
    else:
        rows = table.table.rows
        found = tuple(i for i in table.children.get(context.row, ()) if rows[i].kind is not RowKind.AMONG)
        if not found and row.kind is RowKind.TOTAL and bare_label(row.label) in _WHOLE:
            found = _roots(table, row.group)
    if not found:
        raise NothingToCheck
    return found


def _roots(table: TableIndex, group: int) -> tuple[int, ...]:
    """Return what a table's 合计 row adds up: the rows of its block that are a part of no other row.

    Roots of different kinds (unit rows beside class rows) may overlap: then nothing is added up.
    """
    rows, printing = table.table.rows, set(table.printing)
    roots = tuple(
        i
        for i in table.children.get(None, ())
        if rows[i].group == group and rows[i].kind in (RowKind.DATA, RowKind.SUBTOTAL) and i in printing
    )
    alike = {(rows[i].kind, rows[i].code is None, len(rows[i].code or "") in CODE_LENGTHS) for i in roots}
    return roots if len(alike) == 1 else ()


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
        raise Undetermined(Reason.MISSING_COLUMN, f"column:{table.called}:{label.text}", table.table.place)
    if len(found) > 1:
        candidates = tuple("/".join(table.table.columns[i].path) for i in found)
        cause = f"column:{table.called}:{label.text}"
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause, table.table.place, candidates)
    return found[0]


def columns_named(
    label: Label, table: TableIndex, group: int | None, vocabulary: Vocabulary
) -> tuple[int, ...]:
    """Return the columns a label or path names: by canonical name, else as printed, else by other names."""
    key = ("columns", label.text, label.printed, group)
    if key not in table.answers:
        table.answers[key] = _find_columns(label, table, group, vocabulary)
    return table.answers[key]


def _find_columns(
    label: Label, table: TableIndex, group: int | None, vocabulary: Vocabulary
) -> tuple[int, ...]:
    columns = table.table.columns
    inside = [i for i, c in enumerate(columns) if group is None or c.group == group]
    steps = steps_of(label.text)
    if label.printed:
        return table.columns_labelled(steps, group)
    canonical = [i for i in inside if columns[i].name and squeeze(columns[i].name or "") == "/".join(steps)]
    if canonical:
        return tuple(canonical)
    printed = table.columns_labelled(steps, group)
    if printed:
        return printed
    term = vocabulary.table_named(table.table.id) if table.table.id else None
    for known in (*(term.columns if term else ()), *vocabulary.columns.values()):
        if label.text == known.name or label.text in known.aliases:
            named = tuple(i for i in inside if columns[i].name == known.name)
            for alias in () if named else (known.name, *known.aliases):
                named = named or table.columns_labelled(steps_of(alias), group)
            if named:
                return named
    return ()


def _this_column(table: TableIndex, group: int | None, context: Context) -> int:
    if context.table is None or context.column is None:
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, "column:")
    if table is context.table:
        return context.column
    column = context.table.table.columns[context.column]
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
        if bare_label(table.table.columns[i].name or table.table.columns[i].label) == "合计"
    ]
    if len(whole) == 1:
        return whole[0]
    cause = f"column:{table.called}:"
    if not amounts:
        raise Undetermined(Reason.MISSING_COLUMN, cause, table.table.place)
    candidates = tuple("/".join(table.table.columns[i].path) for i in amounts)
    raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause, table.table.place, candidates)


def row_cause(row: RowRef | None, table: TableIndex) -> str:
    """Return the identity of a row that a table does not list."""
    label = row.label.text if row is not None and row.label else (row.choice.value if row else "")
    return f"row:{table.called}:{label}"
