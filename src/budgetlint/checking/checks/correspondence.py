"""Checks that two tables which list the same things give them the same figures, in tables of whatever layout and name.

No rule can name every pair of tables that provinces publish. Two columns correspond where several of their rows print
the same figures and the totals agree; one row that then differs cannot be right in both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.checking.case import case_of
from budgetlint.checking.check import check
from budgetlint.checking.checks.totals import can_be_added, sums_outcome
from budgetlint.checking.engine.cells import cell_fact
from budgetlint.checking.engine.comparing import decide_sums
from budgetlint.checking.engine.facts import Fact
from budgetlint.checking.engine.rounding import Decision
from budgetlint.checking.index import TableIndex
from budgetlint.document import Bundle, Cell, Dimension, Role, RowKind, TableState
from budgetlint.document.keys import TableKey
from budgetlint.document.text import bare_label, squeeze
from budgetlint.results.findings import Outcome, Severity, Verdict
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

#: So many rows print the same telling figures before two columns are held to correspond …
_FEWEST_WITNESSES = 3
#: … one, where each lists all that the other does and their telling totals agree: what is left must agree …
_WITNESSES_OF_A_WHOLE = 1
#: … and so many of them before a row that differs is held against them, more where neither has a total.
_WITNESSES_OF_A_SLIP = 4
_WITNESSES_WITHOUT_TOTAL = 6
#: Fewer significant digits come again by accident.
_TELLING = 3
#: Nobody rounds amounts printed to the 分.
_FEN = Decimal("0.01")
#: The head of a sheet that says whose it is.
_PROJECT = "项目名称"
_MONEY = (Dimension.MONEY, Dimension.UNKNOWN)

#: What a row is known by: its code, or its label.
_Key: TypeAlias = "tuple[str, str]"


class _Listed(Struct, frozen=True):
    """A column of amounts, or one field of many like sheets.

    Attributes:
        where: the tables it stands in.
        title, called: what people call the table, and in it the column or field.
        totals: what stands in rows of 合计.
        rows: what it gives under every code and label (a sheet's is its project's name).
        loose: a row has neither.
    """

    where: frozenset[TableKey]
    title: str
    called: str
    totals: tuple[Fact, ...]
    rows: dict[_Key, list[Fact]]
    loose: bool


class _Held(Struct, frozen=True):
    """What one column gives under a key held against what another does; a single figure stands on the left."""

    left: tuple[Fact, ...]
    right: tuple[Fact, ...]
    decision: Decision

    @property
    def fails(self) -> bool:
        """True where the two sides differ."""
        return self.decision.verdict is Verdict.FAILS


class _Pair(Struct, frozen=True):
    """Two columns that correspond: what is held against each other, the totals first."""

    one: _Listed
    other: _Listed
    compared: tuple[_Held, ...]


@check(
    "BL205",
    Said("同一科目、项目在各表中的数字一致", "what two tables list has the same figures in both"),
    Severity.WARNING,
    Said(
        "两张表列示相同的科目或项目、合计相等且绝大多数行的数字相同的，其余各行也应相同",
        "where two tables list the same things, their totals agree and nearly all rows do, so do the others",
    ),
)
def corresponding_rows(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One outcome a row of two columns that correspond."""
    tables = [table for table in case_of(bundle).index.tables if _is_read(table)]
    listed = [*(one for table in tables for one in _columns(table)), *_sheets(tables)]
    for pair in _chosen(_pairs(listed)):
        for held in pair.compared:
            yield _outcome(pair, held)


def _is_read(table: TableIndex) -> bool:
    return table.table.state is TableState.FULL and not table.table.unsure


def _columns(table: TableIndex) -> Iterator[_Listed]:
    for column, printed in enumerate(table.table.columns):
        if printed.role is Role.AMOUNT:
            yield _listed(table, column)


def _sheets(tables: Iterable[TableIndex]) -> Iterator[_Listed]:
    """Yield every field of money that sheets of one kind print, each sheet under the name of its project."""
    fields: dict[tuple[str, str], list[tuple[str, Fact]]] = defaultdict(list)
    for table in tables:
        name = squeeze(table.table.facts[_PROJECT].text) if _PROJECT in table.table.facts else ""
        for at in table.printing if name else ():
            row = table.table.rows[at]
            for column, cell in row.cells.items():
                if table.table.columns[column].role is Role.AMOUNT and _is_money(cell):
                    label = bare_label(row.label)
                    fields[table.table.title, label].append((name, cell_fact(table, at, column, name)))
    for (title, label), given in fields.items():
        rows: dict[_Key, list[Fact]] = defaultdict(list)
        for name, fact in given:
            rows["label", name].append(fact)
        where = frozenset(fact.table for _, fact in given if fact.table is not None)
        if len(where) >= _FEWEST_WITNESSES:
            yield _Listed(where, title, label, (), dict(rows), loose=False)


def _listed(table: TableIndex, column: int) -> _Listed:
    totals: list[Fact] = []
    details: list[Fact] = []
    rows: dict[_Key, list[Fact]] = defaultdict(list)
    loose = False
    for at in table.printing:
        row = table.table.rows[at]
        if not _is_money(row.cells.get(column)):
            continue
        label = bare_label(row.label)
        fact = cell_fact(table, at, column, label or row.code or "")
        (totals if row.kind is RowKind.TOTAL else details).append(fact)
        if row.kind is RowKind.TOTAL:
            continue
        loose = loose or bool(fact.value and not row.code and not label)
        for kind, key in (("code", row.code), ("label", label)):
            if key:
                rows[kind, key].append(fact)
    if details and not totals and details[0].value == max(fact.value for fact in details):
        totals = details[:1]  # the unit itself: what all below it add up to
    printed = table.table.columns[column]
    called = printed.name or "/".join(printed.path[-2:])
    where = frozenset((table.identity,))
    return _Listed(where, table.table.title, called, tuple(totals), dict(rows), loose)


def _is_money(cell: Cell | None) -> bool:
    return cell is not None and cell.amount is not None and cell.amount.dimension in _MONEY


# ---------------------------------------------------------------- which columns correspond


def _pairs(listed: Sequence[_Listed]) -> Iterator[_Pair]:
    """Every two columns of different tables with so many telling figures in common under one kind of key."""
    printed: dict[tuple[_Key, Decimal], list[int]] = defaultdict(list)
    for at, one in enumerate(listed):
        for key, facts in one.rows.items():
            for value in {fact.value for fact in facts if _tells(fact.value)}:
                printed[key, value].append(at)
    shared: Counter[tuple[int, int, str]] = Counter()
    for (key, _), columns in printed.items():
        for left, right in combinations(columns, 2):
            if not listed[left].where & listed[right].where:
                shared[left, right, key[0]] += 1
    for left, right, kind in shared:
        if (pair := _pair(listed[left], listed[right], kind)) is not None:
            yield pair


def _tells(value: Decimal) -> bool:
    return len(value.normalize().as_tuple().digits) >= _TELLING


def _pair(one: _Listed, other: _Listed, kind: str) -> _Pair | None:
    """Hold two columns against each other; None where they may well differ."""
    by_key = {
        key: _matched(facts, other.rows.get(key, ()), kind == "code")
        for key, facts in one.rows.items()
        if key[0] == kind
    }
    rows = [held for of_key in by_key.values() for held in of_key]
    agreeing = [held for held in rows if not held.fails]
    witnesses = sum(_tells(held.left[0].value) for held in agreeing)
    totals = _totals(one, other)
    apart = totals is not None and totals.fails
    slips = len(rows) - len(agreeing)
    if slips + apart > 1:
        return None
    matched = {key for key, of_key in by_key.items() if of_key}
    whole = [not side.loose and _nonzero(side, kind) <= matched for side in (one, other)]
    if totals is None:
        alike = witnesses >= _WITNESSES_WITHOUT_TOTAL and any(whole) and not (one.totals and other.totals)
        return _Pair(one, other, tuple(rows)) if alike else None
    if apart:
        alike = witnesses >= _WITNESSES_OF_A_SLIP and all(whole)
        return _Pair(one, other, (totals, *rows)) if alike else None
    # With equal totals one row alone cannot differ, unless what only one of them lists makes up for it.
    if all(whole) and witnesses >= _WITNESSES_OF_A_WHOLE and _tells(totals.left[0].value):
        return _Pair(one, other, (totals, *rows))
    if witnesses < _FEWEST_WITNESSES:
        return None
    enough = witnesses >= _WITNESSES_OF_A_SLIP and any(whole)
    return _Pair(one, other, (totals, *(rows if enough else agreeing)))


def _nonzero(side: _Listed, kind: str) -> set[_Key]:
    """Return the keys of one kind under which something is printed."""
    return {key for key, facts in side.rows.items() if key[0] == kind and any(fact.value for fact in facts)}


def _matched(one: Sequence[Fact], other: Sequence[Fact], adds_up: bool) -> list[_Held]:
    """Hold what stands on both sides under one key against each other: figures that pair off, or the sums of both.

    Only under a code do they add up: 其他支出 is the name of many rows, some of them parts of others.
    """
    if not one or not other:
        return []
    if len(one) == len(other):
        return [held for left, right in zip(one, other, strict=True) for held in _held((left,), (right,))]
    return list(_held(one, other)) if adds_up else []


def _held(left: Sequence[Fact], right: Sequence[Fact]) -> Iterator[_Held]:
    if can_be_added((*left, *right)):
        if len(left) > 1 and len(right) == 1:
            left, right = right, left
        decision = decide_sums(left, right)
        if decision.verdict is Verdict.FAILS and _is_tail(left, right, decision):
            decision = replace(decision, verdict=Verdict.ROUNDS, unlikely=True)
        yield _Held(tuple(left), tuple(right), decision)


def _is_tail(left: Sequence[Fact], right: Sequence[Fact], decision: Decision) -> bool:
    """Tell whether two tables that each rounded on their own are one last unit apart; 分 are not rounded."""
    steps = {fact.quantum for fact in (*left, *right)}
    return decision.difference is not None and {abs(decision.difference)} == steps and min(steps) > _FEN


def _totals(one: _Listed, other: _Listed) -> _Held | None:
    """Return the two totals that agree, else the first two."""
    both = [
        held
        for whole in one.totals
        for twin in other.totals
        if whole.value
        for held in _held((whole,), (twin,))
    ]
    return next((held for held in both if not held.fails), both[0] if both else None)


def _chosen(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Return the pairs that say most, each figure compared with few others: what a further pair adds is new."""
    chosen = []
    seen: set[object] = set()
    for pair in sorted(pairs, key=lambda pair: -len(pair.compared)):
        own = {fact.identity for held in pair.compared for fact in (*held.left, *held.right)}
        if not own <= seen:
            chosen.append(pair)
            seen |= own
    return chosen


# ---------------------------------------------------------------- what is said


def _outcome(pair: _Pair, held: _Held) -> Outcome:
    both = (pair.one, pair.other)
    called = {table: f"“{side.title}”{side.called}" for side in both for table in side.where}
    left, right = (called[side[0].table] for side in (held.left, held.right) if side[0].table)
    one, other = ("、".join(fact.printed for fact in side) for side in (held.left, held.right))
    label = held.left[0].name
    message = Said(
        f"“{label}”在{left}中为 {one}，在{right}中为 {other}；两表列示的其他各行都相同，请核对",
        f"“{label}” is {one} in {left}, but {other} in {right}; all other rows of the two are alike",
    )
    instance = "|".join((*(f"{min(map(str, side.where))}|{side.called}" for side in both), label))
    return sums_outcome(corresponding_rows, instance, message, (held.left, held.right), held.decision)
