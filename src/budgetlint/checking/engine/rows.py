"""Finds the rows a reference names in a table: by code or label, 对应行, 下级科目, or the table as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetlint.checking.engine.context import Context
from budgetlint.checking.engine.facts import NothingToCheck, Undetermined
from budgetlint.checking.engine.tables import steps_of
from budgetlint.checking.index import TableIndex
from budgetlint.checking.roots import CODE_LENGTHS, roots_of
from budgetlint.document import Role, RowKind
from budgetlint.document.keys import CauseKey, cause_of
from budgetlint.document.text import bare_label, squeeze
from budgetlint.language.syntax import Label, Ref, RowChoice, RowRef
from budgetlint.results.findings import Reason
from budgetlint.vocabulary import Vocabulary

_CODE = re.compile(r"\d{3,}")
#: A row of one year: 2024年, 2024年预算数.
_YEAR = "{}年"
#: What the two blocks of a table side by side list, from the left.
SIDES = ("收入", "支出")
_BOTH = re.compile("收支|收入支出")
#: Labels of the row that adds up a whole table.
_WHOLE = ("合计", "总计")


#: The canonical column of codes that number units, not classes.
_UNIT_CODES = "单位代码"


def rows_of(ref: Ref, table: TableIndex, context: Context) -> tuple[int, ...]:
    """Return the rows a reference selects in a table; an empty tuple where the table does not list them."""
    row = ref.row
    if row is None:
        here = table is context.table and not ref.total
        return (context.row,) if here and context.row is not None else _whole(table, context)
    match row.choice:
        case RowChoice.NAMED:
            assert row.label is not None
            return rows_named(row.label, table, context.world.vocabulary)
        case RowChoice.SAME:
            return _same_rows(table, context)
        case RowChoice.CHILDREN:
            return _children(table, context)


def _whole(table: TableIndex, context: Context) -> tuple[int, ...]:
    """The row a table speaks of as a whole: its only one, else its grand total, else that of the document's year."""
    if len(table.printing) <= 1:
        return table.printing
    totals = [i for i in table.printing if table.table.rows[i].kind is RowKind.TOTAL]
    if table.head is not None:
        return (table.head,)
    if not totals:
        year = _YEAR.format(context.world.main.document.year)
        return tuple(i for i in table.printing if re.match(year, bare_label(table.table.rows[i].label)))
    roots = [i for i in totals if bare_label(table.table.rows[i].label) in _WHOLE] or totals
    return tuple(roots[:1]) if len(roots) == 1 else tuple(roots)


def rows_named(label: Label, table: TableIndex, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return the rows a code or label names: as printed first, then by the vocabulary's other names for it."""
    key = ("rows", label.text, label.printed, label.numbered)
    if key not in table.answers:
        table.answers[key] = _find_rows(label, table, vocabulary)
    return table.answers[key]


def _find_rows(label: Label, table: TableIndex, vocabulary: Vocabulary) -> tuple[int, ...]:
    if label.numbered:
        number = int(label.text)
        return tuple(i for i, row in enumerate(table.table.rows) if row.number == number)
    if _CODE.fullmatch(label.text) and label.text in table.by_code:
        return table.by_code[label.text]
    claimed: tuple[int, ...] = ()
    for path in _row_paths(label, table, vocabulary):
        found = tuple(
            i
            for i in table.by_label.get(path[-1], table.by_plain_label.get(path[-1], ()))
            if _stands_under(table, i, path[:-1], vocabulary)
        )
        if rest := _not_claimed(found, path, table, vocabulary):
            return _of_first_block(rest, table)
        claimed = claimed or found
    if claimed:
        return claimed
    if not label.printed:
        for codes in vocabulary.codes:
            entry = vocabulary.code_named(label.text, codes)
            if entry is not None and entry.code in table.by_code:
                return table.by_code[entry.code]
    return (table.head,) if label.text in _WHOLE and table.head is not None else ()


def _of_first_block(found: tuple[int, ...], table: TableIndex) -> tuple[int, ...]:
    """Of rows side by side under one header (支出总计 by function, and by economic class) keep the first."""
    rows, columns = table.table.rows, table.table.columns
    beside = {(rows[i].line, frozenset(columns[c].path[:1] for c in rows[i].cells)) for i in found}
    return found[:1] if len(beside) == 1 else found


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
    return tuple(
        i for i in found if not any(_stands_closely(table, i, steps[:-1], vocabulary) for steps in longer)
    )


def _stands_closely(table: TableIndex, row: int, steps: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Tell whether a row's nearest ancestors are just these steps; the block's header alone claims nothing."""
    above = table.table.rows[row].path[:-1][-len(steps) :]
    return (
        table.table.rows[row].level > 0
        and len(above) == len(steps)
        and all(step in _called(label, vocabulary) for label, step in zip(above, steps, strict=True))
    )


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


def _stands_under(table: TableIndex, row: int, steps: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    if steps and steps[0] in SIDES and steps[0] == _side(table, row):
        steps = steps[1:]
    rest = iter(table.table.rows[row].path[:-1])
    return all(any(step in _called(label, vocabulary) for label in rest) for step in steps)


def _side(table: TableIndex, row: int) -> str:
    """Return the side a block's rows are on: as its column of names says (收入项目), else income stands to the left."""
    group = table.table.rows[row].group
    names = [squeeze(c.label) for c in table.table.columns if c.group == group and c.role is Role.NAME]
    said = next((side for side in SIDES for name in names if name.startswith(side)), "")
    both = table.table.groups == len(SIDES) and _BOTH.search(squeeze(table.table.title))
    return said or (SIDES[group] if both else "")


def _called(label: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return what a row may be called: as printed, and by the name that every table gives such a row."""
    term = vocabulary.row_called(label)
    return (bare_label(label), term.name) if term else (bare_label(label),)


def _same_rows(target: TableIndex, context: Context) -> tuple[int, ...]:
    """Rows of another table with the code (else the label) of the thing the quantifier is at."""
    if context.table is None or context.row is None:
        return _rows_spoken_of(target, context)
    if target is context.table:
        return (context.row,)
    row = context.table.table.rows[context.row]
    if row.code and _numbers_units(target) != _numbers_units(context.table):
        return ()  # 201 is a unit here, a class there
    if row.code and target.has_codes():
        same_code = target.by_code.get(row.code, ())
        # A 款 printed once more as its own item is one row.
        exact = tuple(i for i in same_code if target.table.rows[i].parent not in same_code)
        return exact or _nearest_below(row.code, target)
    if row.code and not row.code_inferred and not row.label:
        return ()
    same = target.by_label.get(bare_label(row.label), ())
    same = tuple(i for i in same if not target.table.rows[i].code) or (
        () if target.has_codes() and row.code else same
    )
    if len(same) > 1:
        path = tuple(bare_label(step) for step in row.path[:-1])
        same = tuple(i for i in same if _stands_under(target, i, path, context.world.vocabulary)) or same
    whole = row.kind is RowKind.TOTAL and bare_label(row.label) in _WHOLE
    if not same and (whole or context.row == context.table.head):
        return _whole(target, context)
    return same


def _rows_spoken_of(target: TableIndex, context: Context) -> tuple[int, ...]:
    """Rows that a figure of prose speaks of: by its 类款项 subject, else by its concept."""
    spoken = context.mention or context.pattern
    if spoken is None:
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause_of("row", ""))
    vocabulary = context.world.vocabulary
    steps = [bare_label(step) for step in spoken.subject.split("/") if step]
    if context.mention is not None and not context.mention.known:
        steps = []  # what the printed words name, not the item they stand in: （二）支出预算：…，教育支出10万元
    if steps and steps[-1] == bare_label(spoken.concept) and _has_column(target, spoken.concept):
        steps.pop()  # a part of an item, listed in a column of the item's row
    if steps:
        length = 1 + 2 * len(steps)
        named = [i for i in target.by_label.get(steps[-1], ()) if _under_codes(target, i, steps)]
        exact = [i for i in named if len(target.table.rows[i].code or "") == length]
        alone = target.by_label.get(steps[-1], ()) if len(steps) == 1 else ()
        # An item named without those above it (行政运行（2010301）) is the only row of its name.
        return _one_of_namesakes(tuple(exact or named or (alone if len(alone) == 1 else ())), target, steps)
    return rows_named(Label(spoken.concept), target, vocabulary)


def _one_of_namesakes(found: tuple[int, ...], target: TableIndex, steps: list[str]) -> tuple[int, ...]:
    """Of rows of one name without codes (行政运行 of every 款) take the first below the item's own head, if it is one.

    Rows with one code are those of several units, and add up.
    """
    rows = target.table.rows
    if len(found) < 2 or any(rows[i].code and not rows[i].code_inferred for i in found):
        return found
    heads = target.by_label.get(steps[-2], ()) if len(steps) > 1 else ()
    below = [i for i in found if len(heads) == 1 and i > heads[0]]
    if not below:
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause_of("row", target.called, steps[-1]))
    return (below[0],)


def _has_column(table: TableIndex, name: str) -> bool:
    return any(column.name == name for column in table.table.columns)


def _numbers_units(table: TableIndex) -> bool:
    """Tell whether the codes of a table's rows are those of units."""
    named = [column.name for column in table.table.columns if column.role is Role.CODE]
    return bool(named) and all(name == _UNIT_CODES for name in named)


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
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause_of("row", ""))
    row = context.table.table.rows[context.row]
    if table is not context.table:
        found = _nearest_below(row.code, table) if row.code else ()
    else:
        rows = table.table.rows
        found = tuple(i for i in table.children.get(context.row, ()) if rows[i].kind is not RowKind.AMONG)
        whole = row.kind is RowKind.TOTAL and bare_label(row.label) in _WHOLE
        if not found and (whole or context.row == table.head):
            found = roots_of(table, row.group, context.world.vocabulary)
    if not found:
        raise NothingToCheck
    return found


def could_list(ref: Ref, table: TableIndex, context: Context) -> bool:
    """Tell whether a row that a table leaves out would stand in it if it were not zero.

    A table with figures but no 合计 row says nothing of its whole; one that lists no codes, or codes only above or
    below the one asked for, says nothing of that code. In a table without a figure but zeros, all is zero.
    """
    if not table.has_amounts:
        return True
    label, code = _asked_for(ref.row, context)
    return label not in _WHOLE and (code is None or _lists_at_level(code, table))


def _asked_for(row: RowRef | None, context: Context) -> tuple[str, str | None]:
    """Return the label and the code a reference looks for in another table; no row is its 合计."""
    if row is None:
        return _WHOLE[0], None
    if row.label is not None and row.label.numbered:
        return row.label.text, None
    if row.label is not None:
        return bare_label(row.label.text), row.label.text if _CODE.fullmatch(row.label.text) else None
    if context.table is None or context.row is None:
        return "", None
    here = context.table.table.rows[context.row]
    return bare_label(here.label), here.code


def _lists_at_level(code: str, table: TableIndex) -> bool:
    """Tell whether a table goes down to a code: its nearest listed class is divided, nothing below it stands alone."""
    scheme = [c for c in table.by_code if c[0] == code[0] and len(c) in CODE_LENGTHS]
    if not scheme or any(c.startswith(code) for c in scheme):
        return False
    above = max((c for c in scheme if code.startswith(c)), key=len, default="")
    return not above or any(c.startswith(above) and c != above for c in scheme)


def row_cause(row: RowRef | None, table: TableIndex) -> CauseKey:
    """Return the identity of a row that a table does not list."""
    label = row.label.called("行次") if row is not None and row.label else (row.choice.value if row else "")
    return cause_of("row", table.called, label)
