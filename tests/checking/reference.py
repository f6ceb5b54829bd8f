"""The reference evaluator: walks the syntax as it stands, over lists, in fractions, by what docs/规则编写.md says.

It shares no code with ``budgetlint.checking``: no index, no plan, no cache. It knows the part of the language that
random rules are made of: rows of one table, cells by column, code, 对应行 and 下级科目, sums, linear arithmetic, logic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.document import Cell, Dimension, Document, Role, Row, RowKind, Table, TableState
from budgetlint.language.syntax import (
    Aggregate,
    And,
    Binary,
    Check,
    ColumnRef,
    Compare,
    Condition,
    EachRow,
    Expression,
    IfThen,
    Label,
    Not,
    Number,
    Operator,
    Or,
    Ref,
    Relation,
    RowChoice,
    Slack,
)
from budgetlint.results.findings import Reason, Verdict

Answer = tuple[Verdict, Reason | None]
ORDER = [Verdict.FAILS, Verdict.UNDETERMINED, Verdict.ROUNDS, Verdict.HOLDS]
NO = {
    Relation.EQUALS: Relation.NOT_EQUALS,
    Relation.NOT_EQUALS: Relation.EQUALS,
    Relation.AT_MOST: Relation.MORE,
    Relation.MORE: Relation.AT_MOST,
    Relation.LESS: Relation.AT_LEAST,
    Relation.AT_LEAST: Relation.LESS,
}


class Unknown(Exception):
    """No answer, with the reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Nothing(Exception):
    """No rows to take."""


@dataclass(frozen=True)
class Here:
    """The document and the row a check is at."""

    document: Document
    table: Table
    row: int


@dataclass
class Side:
    """One side of a comparison as Σ k·cell + constant; cells by (table, row, column)."""

    terms: dict[tuple[str, int, int], Fraction] = field(default_factory=dict)
    constant: Fraction = Fraction(0)
    dash: bool = False

    def plus(self, other: Side, sign: int = 1) -> Side:
        terms = {k: self.terms.get(k, 0) + sign * other.terms.get(k, 0) for k in {*self.terms, *other.terms}}
        return Side({k: v for k, v in terms.items() if v}, self.constant + sign * other.constant)


def evaluate(check: Check, document: Document) -> list[Answer]:
    """Return verdict and reason of every instance, as the engine must."""
    assert isinstance(check.quantifier, EachRow) and check.quantifier.table.label
    try:
        table = table_named(check.quantifier.table.label.text, document)
    except Unknown as unknown:
        return [(Verdict.UNDETERMINED, unknown.reason)]
    answers = []
    for i, row in enumerate(table.rows):
        if row.kind is RowKind.HEADER or not any(cell.amount for cell in row.cells.values()):
            continue
        here = Here(document, table, i)
        for at in columns_of(row, table) if check.quantifier.amount_columns else [check]:
            meant = spoken_of(check, at) if isinstance(at, str) else at
            answers += answer(meant, here)
    return answers or [(Verdict.SKIPPED, None)]


def answer(check: Check, here: Here) -> Iterator[Answer]:
    """Yield what an instance comes to; nothing where it is not selected."""
    assert check.quantifier is not None
    if check.quantifier.where is not None:
        selected = decide(check.quantifier.where, here, printed=True)
        if selected[0] is Verdict.UNDETERMINED:
            yield selected
        if selected[0] is not Verdict.HOLDS:
            return
    yield decide(check.body, here)


def columns_of(row: Row, table: Table) -> list[str]:
    """Return the labels of the amount columns that a row has."""
    return [table.columns[i].label for i in row.cells if table.columns[i].role is Role.AMOUNT]


def spoken_of(node: Any, column: str) -> Any:
    """Return a part of a rule with a column's name put in for 本列."""
    if isinstance(node, ColumnRef):
        return node if node.label else ColumnRef(Label(column))
    if isinstance(node, tuple):
        return tuple(spoken_of(part, column) for part in node)
    if isinstance(node, Struct):
        return replace(node, **{n: spoken_of(getattr(node, n), column) for n in node.__struct_fields__})
    return node


# ---------------------------------------------------------------- logic


def decide(node: Condition, here: Here, printed: bool = False, no: bool = False) -> Answer:
    """Decide a condition, or (``no``) what 并非 makes of it."""
    match node:
        case Not(part=part):
            return decide(part, here, printed, not no)
        case And(parts=parts) | Or(parts=parts):
            worst = isinstance(node, And) is not no
            return combined([decide(part, here, printed, no) for part in parts], worst)
        case IfThen(condition=condition, then=then) if no:
            return combined([decide(condition, here, printed), decide(then, here, printed, True)], True)
        case IfThen(condition=condition, then=then):
            known = decide(condition, here, True)
            if known[0] is Verdict.UNDETERMINED:
                return known
            return decide(then, here, printed) if known[0] is Verdict.HOLDS else (Verdict.SKIPPED, None)
        case Compare():
            verdict, reason = compare(node, NO[node.relation] if no else node.relation, here, printed)
            return (Verdict.FAILS, None) if printed and verdict is Verdict.SKIPPED else (verdict, reason)
    raise AssertionError(node)


def combined(answers: list[Answer], worst: bool) -> Answer:
    counting = [answer for answer in answers if answer[0] is not Verdict.SKIPPED]
    if not counting:
        return Verdict.SKIPPED, None
    return (min if worst else max)(counting, key=lambda answer: ORDER.index(answer[0]))


# ---------------------------------------------------------------- comparisons


def compare(node: Compare, relation: Relation, here: Here, printed: bool) -> Answer:
    try:
        left, right = value(node.left, node, here, True), value(node.right, node, here, True)
        if left.dash or right.dash:
            raise Unknown(Reason.NOT_A_NUMBER)
        return decided(node, relation, left, right, here, printed)
    except Unknown as unknown:
        return Verdict.UNDETERMINED, unknown.reason
    except Nothing:
        return Verdict.SKIPPED, None


def decided(node: Compare, relation: Relation, left: Side, right: Side, here: Here, printed: bool) -> Answer:
    document = here.document
    read = cells_of(node.left, node, here) + cells_of(node.right, node, here)
    blank = [key for key in read if amount_at(key, document) is None]
    alone = [side for side in (left, right) if lone(side)]
    lone_blank = any(amount_at(next(iter(side.terms)), document) is None for side in alone)
    if printed and ((read and len(blank) == len(read)) or lone_blank):
        return Verdict.FAILS, None
    if read and len(blank) == len(read):
        return Verdict.SKIPPED, None
    if blank and node.blank_not_zero:
        raise Unknown(Reason.BLANK_OPERAND)
    check_units(node, left, right, document)
    form = left.plus(right, -1)
    d = form.constant + sum(k * number(key, document)[0] for key, k in form.terms.items())
    steps = {key: number(key, document)[1] for key in form.terms}
    if node.slack is Slack.WITHIN:
        assert node.within is not None
        return within(relation, d, Fraction(node.within.value) * 10000)
    t = sum((abs(k) * steps[key] for key, k in form.terms.items()), Fraction(0)) / 2
    if printed or node.slack is Slack.EXACT:
        t = Fraction(0)
    unlisted = any(key[1] < 0 for side in alone for key in side.terms)
    if (
        relation is Relation.EQUALS
        and d
        and any(
            amount_at(next(iter(s.terms)), document) is None and next(iter(s.terms))[1] >= 0 for s in alone
        )
    ):
        return Verdict.FAILS, None
    assert not unlisted or node.unlisted_as_zero
    return relation_verdict(node, relation, d, t, left, right, steps, printed, document), None


def relation_verdict(
    node: Compare,
    relation: Relation,
    d: Fraction,
    t: Fraction,
    left: Side,
    right: Side,
    steps: dict[tuple[str, int, int], Fraction],
    printed: bool,
    document: Document,
) -> Verdict:
    if relation is Relation.NOT_EQUALS:
        return Verdict.FAILS if d == 0 else Verdict.ROUNDS if abs(d) < t else Verdict.HOLDS
    if relation is Relation.EQUALS:
        rounding = node.slack is Slack.ROUNDING and not printed
        if d == 0 or (rounding and any(rounds_to(a, b, d, steps) for a, b in ((left, right), (right, left)))):
            return Verdict.HOLDS
        exact = any(all(number(key, document)[1] == 0 for key in side.terms) for side in (left, right))
        form = left.plus(right, -1)
        alone = {key for side in (left, right) if lone(side) for key in side.terms}
        hidden = [key for key in form.terms if is_unrounded(key, key in alone, steps[key], document)]
        if t:
            t -= sum((abs(form.terms[key]) * steps[key] for key in hidden), Fraction(0)) / 2
        return Verdict.ROUNDS if abs(d) < t or (exact and abs(d) == t) else Verdict.FAILS
    over = d if relation in (Relation.AT_MOST, Relation.LESS) else -d
    holds = over <= 0 if relation in (Relation.AT_MOST, Relation.AT_LEAST) else over < 0
    return Verdict.HOLDS if holds else Verdict.ROUNDS if over < t else Verdict.FAILS


def is_unrounded(key: tuple[str, int, int], alone: bool, step: Fraction, document: Document) -> bool:
    """Money printed to the 分, or a part of 0 to the hundred 元: nothing was rounded away."""
    amount = amount_at(key, document)
    if amount is None or amount.dimension is not Dimension.MONEY:
        return False
    return step <= Fraction(1, 100) or (not alone and not amount.value and step <= 100)


def rounds_to(side: Side, other: Side, d: Fraction, steps: dict[tuple[str, int, int], Fraction]) -> bool:
    """One printed figure alone is the correct rounding of the finer other side."""
    if not lone(side):
        return False
    (key,) = side.terms
    if key in other.terms or not steps[key]:
        return False
    return (
        all(step < steps[key] for other_key, step in steps.items() if other_key != key)
        and abs(d) <= steps[key] / 2
    )


def within(relation: Relation, d: Fraction, bound: Fraction) -> Answer:
    holds = {
        Relation.EQUALS: abs(d) <= bound,
        Relation.NOT_EQUALS: abs(d) > bound,
        Relation.AT_MOST: d <= bound,
        Relation.LESS: d <= bound,
        Relation.AT_LEAST: d >= -bound,
        Relation.MORE: d >= -bound,
    }[relation]
    return (Verdict.HOLDS if holds else Verdict.FAILS), None


def lone(side: Side) -> bool:
    return len(side.terms) == 1 and not side.constant and abs(next(iter(side.terms.values()))) == 1


def check_units(node: Compare, left: Side, right: Side, document: Document) -> None:
    """Unknown units compare within one table; money with money."""
    keys = [k for side in (left, right) for k in side.terms if amount_at(k, document) is not None]
    units = {(amount_at(key, document).unit is None, key[0]) for key in keys}  # type: ignore[union-attr]
    unknown = {table for is_unknown, table in units if is_unknown}
    known = any(not is_unknown for is_unknown, _ in units) or bool(left.constant or right.constant)
    if len(unknown) > 1 or (unknown and known):
        raise Unknown(Reason.UNKNOWN_UNIT)


# ---------------------------------------------------------------- expressions


def value(node: Expression, compare: Compare, here: Here, whole_side: bool = False) -> Side:
    match node:
        case Number(value=figure, unit=unit):
            return Side({}, Fraction(figure) * (10000 if unit == "万元" else 1))
        case Binary(operator=operator, left=left, right=right):
            first, second = value(left, compare, here), value(right, compare, here)
            if operator is Operator.TIMES:
                return Side(
                    {k: v * second.constant for k, v in first.terms.items()}, first.constant * second.constant
                )
            return first.plus(second, 1 if operator is Operator.PLUS else -1)
        case Aggregate(arguments=(argument,)):
            keys = list(keys_of(argument, compare, here, aggregate=True, where=node.where))
            if not keys:
                raise Nothing
            total = Side()
            for key in keys:
                total = total.plus(checked(key, here))
            return total
        case Ref():
            keys = list(keys_of(node, compare, here))
            if len(keys) != 1:
                raise Unknown(Reason.AMBIGUOUS_REFERENCE)
            found = cell_at(keys[0], here.document)
            if whole_side and found is not None and found.sure and found.text and found.amount is None:
                return Side(dash=True)
            return checked(keys[0], here)
    raise AssertionError(node)


def checked(key: tuple[str, int, int], here: Here) -> Side:
    found = cell_at(key, here.document)
    if found is not None and not found.sure:
        raise Unknown(Reason.UNSURE_EXTRACTION)
    if found is not None and found.text and found.amount is None:
        raise Unknown(Reason.NOT_A_NUMBER)
    return Side({key: Fraction(1)})


def cells_of(node: Expression, compare: Compare, here: Here) -> list[tuple[str, int, int]]:
    match node:
        case Binary(left=left, right=right):
            return cells_of(left, compare, here) + cells_of(right, compare, here)
        case Aggregate(arguments=(argument,)):
            return list(keys_of(argument, compare, here, True, node.where))
        case Ref():
            return list(keys_of(node, compare, here))
    return []


def keys_of(
    ref: Expression, compare: Compare, here: Here, aggregate: bool = False, where: Condition | None = None
) -> Iterator[tuple[str, int, int]]:
    assert isinstance(ref, Ref) and ref.column and ref.column.label
    table = here.table
    if ref.table is not None and ref.table.label is not None:
        table = table_named(ref.table.label.text, here.document)
    rows = rows_of(ref, table, here, aggregate)
    labels = [column.label for column in table.columns]
    if not rows and not (aggregate and ref.row is None):
        if not compare.unlisted_as_zero or not could_list(ref, table, here):
            raise Unknown(Reason.MISSING_ROW)
        if ref.column.label.text not in labels:
            raise Unknown(Reason.MISSING_COLUMN)
        # A row that is not listed is told apart by how the rule names it.
        which = int(ref.row.label.text) if ref.row is not None and ref.row.label is not None else 1
        yield table.title, -which, labels.index(ref.column.label.text)
    for row in rows:
        if where is not None and decide(where, Here(here.document, table, row), True)[0] is not Verdict.HOLDS:
            continue
        if ref.column.label.text not in labels:
            raise Unknown(Reason.MISSING_COLUMN)
        yield table.title, row, labels.index(ref.column.label.text)


def rows_of(ref: Ref, table: Table, here: Here, aggregate: bool) -> list[int]:
    codes = [row.code for row in table.rows]
    own = here.table.rows[here.row].code
    if ref.row is None:
        if ref.table is None:
            return [here.row]
        assert aggregate
        return [i for i in range(len(table.rows)) if is_leaf(table, i)]
    if ref.row.choice is RowChoice.NAMED:
        assert ref.row.label is not None
        return [i for i, code in enumerate(codes) if code == ref.row.label.text]
    if ref.row.choice is RowChoice.CHILDREN:
        own_row = here.table.rows[here.row]
        found = [
            i for i, row in enumerate(table.rows) if row.parent == here.row and row.kind is not RowKind.AMONG
        ]
        if not found and own_row.kind is RowKind.TOTAL and own_row.label in ("合计", "总计"):
            found = _roots(table)
        if not found:
            raise Nothing
        return found
    if table is here.table:
        return [here.row]
    if own is None:
        at = here.table.rows[here.row]
        same = [i for i, row in enumerate(table.rows) if row.code is None and row.label == at.label]
        printing = [i for i, row in enumerate(table.rows) if any(cell.amount for cell in row.cells.values())]
        # The total answers to the one row of a table that has but one.
        return printing if not same and at.kind is RowKind.TOTAL and len(printing) == 1 else same
    below = [c for c in codes if c and c.startswith(own) and c != own]
    nearest = [c for c in below if not any(c.startswith(o) and c != o for o in below)]
    same = [i for i, code in enumerate(codes) if code == own]
    return same or [i for i, code in sorted(enumerate(codes), key=lambda p: p[1] or "") if code in nearest]


def could_list(ref: Ref, table: Table, here: Here) -> bool:
    """A row left out is 0 only where the table lists the likes of it: no 合计, no code of another level."""
    if not any(cell.amount and cell.amount.value for row in table.rows for cell in row.cells.values()):
        return True
    own = here.table.rows[here.row]
    named = ref.row.label.text if ref.row is not None and ref.row.label is not None else None
    code, label = (named, named) if named else (own.code, own.label)
    if label in ("合计", "总计"):
        return False
    if code is None:
        return True
    codes = {row.code for row in table.rows if row.code and len(row.code) in (3, 5, 7)}
    kin = [c for c in codes if c[0] == code[0]]
    if not kin or any(c.startswith(code) for c in kin):
        return False
    above = sorted((c for c in kin if code.startswith(c)), key=len)
    return not above or any(c != above[-1] and c.startswith(above[-1]) for c in kin)


def is_leaf(table: Table, at: int) -> bool:
    row = table.rows[at]
    parts = [r for r in table.rows if r.parent == at and r.kind is not RowKind.AMONG]
    return row.kind is RowKind.DATA and not parts and any(cell.amount for cell in row.cells.values())


def table_named(name: str, document: Document) -> Table:
    for table in document.tables:
        if table.title == name and table.state is not TableState.MISSING:
            return table
    raise Unknown(Reason.MISSING_TABLE)


# ---------------------------------------------------------------- figures


def cell_at(key: tuple[str, int, int], document: Document) -> Cell | None:
    title, row, column = key
    table = next(table for table in document.tables if table.title == title)
    return None if row < 0 else table.rows[row].cells.get(column)


def amount_at(key: tuple[str, int, int], document: Document):  # type: ignore[no-untyped-def]
    found = cell_at(key, document)
    return None if found is None else found.amount


def number(key: tuple[str, int, int], document: Document) -> tuple[Fraction, Fraction]:
    """Return v and q of a cell, q the finest step of its column.

    Where a cell keeps a zero each has its own (but for zeros themselves), and so has a total printed finer than its
    parts, and a figure of just ten digits without commas, which a spreadsheet cut.
    """
    amount = amount_at(key, document)
    if amount is None:
        return Fraction(0), Fraction(0)
    table = next(table for table in document.tables if table.title == key[0])
    printed = [
        (row, row.cells[key[2]])
        for row in table.rows
        if key[2] in row.cells and row.cells[key[2]].amount is not None
    ]
    finest = min(decimals_step(cell) for _, cell in printed)
    own = decimals_step(found) if (found := cell_at(key, document)) else finest
    factor = Fraction(amount.factor)
    kept = any(cell.text.endswith("0") and "." in cell.text for _, cell in printed)
    cut = found is not None and re.fullmatch(r"-?(\d{10}|(?=[\d.]{11}$)\d+\.\d+)", found.text) is not None
    if cut or (kept and amount.value != 0):
        return Fraction(amount.value), own * factor
    parts = [decimals_step(cell) for row, cell in printed if not is_total(row)]
    shared = min(parts, default=finest)
    return Fraction(amount.value), min(own, shared) * factor


def is_total(row: Row) -> bool:
    return row.kind in (RowKind.TOTAL, RowKind.SUBTOTAL)


def decimals_step(cell: Cell) -> Fraction:
    return Fraction(1, 10 ** len(cell.text.partition(".")[2]))


def amount_columns(table: Table) -> list[str]:
    """Return the labels of a table's amount columns."""
    return [column.label for column in table.columns if column.role is Role.AMOUNT]


def _roots(table: Table) -> list[int]:
    """The rows a 合计 row adds up: those with no other parent that print a figure, if they are of one kind."""
    roots = [
        i
        for i, row in enumerate(table.rows)
        if row.parent is None
        and row.kind in (RowKind.DATA, RowKind.SUBTOTAL)
        and any(cell.amount for cell in row.cells.values())
    ]
    kinds = {
        (table.rows[i].kind, table.rows[i].code is None, len(table.rows[i].code or "") in (3, 5, 7))
        for i in roots
    }
    return roots if len(kinds) == 1 else []
