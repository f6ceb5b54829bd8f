"""Checks the totals of lists of income and expenditure (本年收入合计, 收入总计 …) against the rows that really stand above.

No rule can name all rows a province prints there. A total adds up what stands between it and the total before it, and
lesser totals too; rows without a number may be parts of the row above them. Only where no way to read the list makes
the total is there a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from budgetlint.checking.case import case_of
from budgetlint.checking.check import check
from budgetlint.checking.checks.totals import can_be_added, total_outcome
from budgetlint.checking.engine.cells import cell_fact
from budgetlint.checking.engine.comparing import decide_total
from budgetlint.checking.engine.facts import Fact
from budgetlint.checking.engine.rounding import Decision
from budgetlint.checking.index import TableIndex
from budgetlint.checking.readings import Readings, readings
from budgetlint.document import Bundle, Role, Row, RowKind, TableState
from budgetlint.document.keys import cause_of
from budgetlint.document.text import bare_label, chinese_number, numbering_depth, numbering_of, squeeze
from budgetlint.results.findings import Outcome, Reason, Severity, Verdict
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

_TOTAL = re.compile(r"(小计|合计|总计)$")
_OF_A_SIDE = re.compile(r"(收入|支出|收支).*(小计|合计|总计)$")
_RANK = ("小计", "合计", "总计")
_SIDES = ("收入", "支出")
#: So many rows (结转下年, 结余分配) may follow the parts that stand below their total.
_AFTER_PARTS = 3


class _Sum(Struct, frozen=True):
    """A total, the rows it adds up, and the totals it may go on from: the likeliest choice first.

    ``every`` are the rows above it with those that order and names put under another.
    """

    total: int
    rows: tuple[int, ...]
    every: tuple[int, ...]
    before: tuple[tuple[int, ...], ...]


@check(
    "BL203",
    Said(
        "收支各合计等于其上所列各项之和",
        "totals of income and expenditure are the sum of what stands above them",
    ),
    Severity.ERROR,
    Said(
        "收入、支出列表中的小计、合计、总计等于其上所列各项之和（总计接着其上的合计加）；没有编号的行可以是上一行的组成部分；"
        "有编号或认识的各项之和不等的为错误，有不认识的行的为疑点或无法核对",
        "a total of a list of income or expenditure is the sum of the rows above it (going on from the total above); rows "
        "without a number may be parts of the row above; an error where every row is numbered or known, else a doubt",
    ),
)
def running_totals(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One outcome a total and column."""
    for table in case_of(bundle).index.tables:
        if table.table.state is TableState.FULL:
            coded = {column.group for column in table.table.columns if column.role is Role.CODE}
            for group in set(range(table.table.groups)) - coded:
                for found in _sums(table, group):
                    for column in _columns(found.total, table):
                        yield _outcome(found, column, table, vocabulary)


# ---------------------------------------------------------------- which rows


def _sums(table: TableIndex, group: int) -> Iterator[_Sum]:
    """Every total of a side of income or expenditure with two rows or more to add."""
    rows = table.table.rows
    totals: list[int] = []  # no other total has added them up yet
    between: list[int] = []
    every: list[int] = []
    for at, row in enumerate(rows):
        if row.group != group or row.kind is RowKind.HEADER:
            continue
        if not _is_total(row):
            if row.kind is not RowKind.AMONG:
                every.append(at)
                if row.parent is None or _is_total(rows[row.parent]):
                    between.append(at)
            continue
        lesser: list[int] = []
        while totals and _rank(rows[totals[-1]]) < _rank(row):
            lesser.insert(0, totals.pop())
        own = [at for at in lesser if not _of_other_side(rows[at], row)]
        choices = [tuple(own), tuple(lesser), tuple(lesser[-1:]), (), (*totals[-1:], *lesser)]
        if _OF_A_SIDE.search(_side_and_label(row)) and (lesser or len(between) > 1):
            yield _Sum(at, tuple(between), tuple(every), tuple(dict.fromkeys(choices)))
        totals.append(at)
        between, every = [], []


def _side_and_label(row: Row) -> str:
    side = row.path[0] if len(row.path) > 1 else ""
    return squeeze(side) + bare_label(row.label)


def _of_other_side(row: Row, total: Row) -> bool:
    """Tell whether a row names the other side than a total does: 本年支出合计 is no part of 收入总计."""
    one, other = (_sides(bare_label(each.label)) for each in (row, total))
    return bool(one) and bool(other) and not one & other


def _sides(label: str) -> set[str]:
    return {side for side in _SIDES if side in label}


def _is_total(row: Row) -> bool:
    return row.kind in (RowKind.TOTAL, RowKind.SUBTOTAL) or bool(_TOTAL.search(bare_label(row.label)))


def _rank(row: Row) -> int:
    found = _TOTAL.search(bare_label(row.label))
    return _RANK.index(found[1]) if found else 1


def _columns(total: int, table: TableIndex) -> Iterator[int]:
    for column, cell in table.table.rows[total].cells.items():
        if table.table.columns[column].role is Role.AMOUNT and cell.amount is not None:
            yield column


# ---------------------------------------------------------------- whether they make the total


def _outcome(found: _Sum, column: int, table: TableIndex, vocabulary: Vocabulary) -> Outcome:
    facts = {at: _fact(table, at, column) for at in (found.total, *found.every, *sum(found.before, ()))}
    instance = f"{table.identity}|{'/'.join(table.table.rows[found.total].path)}|{column}"
    if not can_be_added(facts.values()):
        return Outcome(
            running_totals.id, Verdict.UNDETERMINED, reason=Reason.UNSURE_EXTRACTION, instance=instance
        )
    total, listed = facts[found.total], [facts[at] for at in found.rows]
    rows = [table.table.rows[at] for at in found.rows]
    read = _readings(listed, rows, total.value + total.quantum)
    stopped = read.stopped
    holding = _holding(total, listed, read, found, facts)
    if holding is None and found.every != found.rows:
        others = [facts[at] for at in found.every]
        anew = _readings(others, [table.table.rows[at] for at in found.every], total.value + total.quantum)
        stopped = stopped or anew.stopped
        holding = _holding(total, others, anew, found, facts)
    if holding is not None:
        return _said(table, instance, [total, *holding[0]], holding[1], Severity.ERROR)
    severity = _weight(rows, read.parts, table, vocabulary)
    if severity is None or stopped:
        return Outcome(
            running_totals.id,
            Verdict.UNDETERMINED,
            reason=Reason.BUDGET_EXCEEDED if stopped else Reason.AMBIGUOUS_REFERENCE,
            instance=instance,
            cause=cause_of("rows", table.called),
            places=(table.table.place,),
        )
    likeliest = [*(facts[at] for at in found.before[0]), *(listed[i] for i in _outermost(rows))]
    decision = decide_total(total, likeliest)
    if decision.barely and severity is Severity.ERROR:
        severity = Severity.WARNING
    return _said(table, instance, [total, *likeliest], decision, severity)


def _holding(
    total: Fact, listed: Sequence[Fact], read: Readings, found: _Sum, facts: dict[int, Fact]
) -> tuple[list[Fact], Decision] | None:
    """Return the first reading of a list that makes its total, None where none does."""
    for roots in read.roots:
        for before in found.before:
            goes_on = [facts[at] for at in before]
            for reading in _lists(goes_on, [listed[i] for i in roots]):
                decision = decide_total(total, reading)
                if decision.verdict is not Verdict.FAILS:
                    return reading, decision
    return None


def _lists(before: list[Fact], rows: list[Fact]) -> Iterator[list[Fact]]:
    """Yield what a total may add up: totals above and rows, or without the rows that the last total above it heads."""
    yield [*before, *rows]
    for own in range(len(rows) if before else 0, max(len(rows) - _AFTER_PARTS - 1, 1), -1):
        if decide_total(before[-1], rows[:own]).verdict is not Verdict.FAILS:
            yield [*before, *rows[own:]]


def _readings(facts: Sequence[Fact], rows: Sequence[Row], limit: Decimal) -> Readings:
    depths = _depths(rows)
    numbered = [bool(numbering_of(row.label)) for row in rows]
    loose: dict[int, int] = {}
    for at in range(len(rows)):
        end = next((i for i in range(at + 1, len(rows)) if numbered[i]), len(rows))
        if numbered[at] and end > at + 1:
            loose[at] = end

    def may_be_part(above: int, below: int) -> bool:
        own, other = depths[below], depths[above]
        if own is not None and other is not None and own <= other:
            return False
        code, whole = rows[below].code, rows[above].code
        return code is None or whole is None or (len(code) > len(whole) and code.startswith(whole))

    values, steps = [fact.value for fact in facts], [fact.quantum for fact in facts]
    return readings(values, steps, may_be_part, loose, limit)


def _depths(rows: Sequence[Row]) -> list[tuple[int, int] | None]:
    """Return how deep each row's number lies: its style, and how many lists of that style are open (一、 … 一、 二、 … 二、)."""
    depths: list[tuple[int, int] | None] = []
    open_lists: dict[int, list[int]] = {}
    for row in rows:
        style = numbering_depth(squeeze(row.label))
        value = chinese_number(numbering_of(row.label).strip("()、.．")) if style is not None else None
        if style is None or value is None:
            depths.append(None)
            continue
        for deeper in [other for other in open_lists if other > style]:
            del open_lists[deeper]
        lists = open_lists.setdefault(style, [])
        while len(lists) > 1 and value != lists[-1] + 1 and value != 1:
            lists.pop()
        if lists and value != 1:
            lists[-1] = value
        else:
            lists.append(value)
        depths.append((style, len(lists)))
    return depths


def _outermost(rows: Sequence[Row]) -> list[int]:
    """Return the rows a reader would add up: the numbered ones of the highest level, all where none has a number."""
    depths = _depths(rows)
    shown = [depth for depth in depths if depth is not None]
    if not shown:
        return list(range(len(rows)))
    first = depths.index(min(shown))
    return [at for at, depth in enumerate(depths) if at < first or depth == min(shown)]


def _weight(
    rows: Sequence[Row], parts: frozenset[int], table: TableIndex, vocabulary: Vocabulary
) -> Severity | None:
    """How sure a list is that does not make its total: an error where every row has a number or a known name.

    Parts that make up the row above them need neither. None where nothing can be said.
    """
    unclear = [
        row
        for at, row in enumerate(rows)
        if not numbering_of(row.label) and at not in parts and not _is_known(row, table, vocabulary)
    ]
    if not unclear:
        return Severity.ERROR if table.table.id else Severity.WARNING
    return Severity.WARNING if any(numbering_of(row.label) for row in rows) else None


def _is_known(row: Row, table: TableIndex, vocabulary: Vocabulary) -> bool:
    term = vocabulary.tables.get(table.table.id or "")
    label = bare_label(row.label)
    terms = (*vocabulary.rows.values(), *(term.rows if term else ()))
    return row.code is not None or any(label in (known.name, *known.aliases) for known in terms)


def _fact(table: TableIndex, row: int, column: int) -> Fact:
    return cell_fact(table, row, column, table.table.rows[row].label)


def _said(
    table: TableIndex, instance: str, facts: Sequence[Fact], decision: Decision, severity: Severity
) -> Outcome:
    total, *parts = facts
    listed = "、".join(f"{bare_label(p.name)} {p.printed}" for p in parts if p.value)
    title = table.table.title
    message = Said(
        f"“{title}”中“{total.name}”为 {total.printed}，不等于其上所列各项之和（{listed or '均为零或空白'}），请核对",
        f"“{total.name}” of “{title}” is {total.printed}, not the sum of the rows above ({listed or 'all zero or blank'})",
    )
    return total_outcome(running_totals, instance, message, facts, decision, severity)
