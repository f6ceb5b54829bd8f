"""Forgives a sum of named rows or columns that misses its total by what a row or column it does not name prints.

A rule names the parts a total has in most provinces. A table that prints a further part (a column 财政专户管理资金, a row
会议费) adds up all the same: the sum is then the rule's parts and that one. A stranger that happens to print the
difference is no part: a further part stands beside the named ones, under the same header or the same row, and it makes
up the difference wherever the table prints that sum, not only where it is needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.checking.engine.cells import cell_fact
from budgetlint.checking.engine.facts import Fact
from budgetlint.checking.index import DocumentIndex, TableIndex
from budgetlint.document import Role, RowKind
from budgetlint.document.keys import CellKey, TableKey
from budgetlint.document.text import squeeze
from budgetlint.results.findings import Operand, Outcome, Verdict

#: So many further parts may stand in a table; more would explain any difference.
_MOST_PARTS = 2
#: Among so many rows or columns a further part is looked for: some 800 sums a failing one at the most.
_MOST_CANDIDATES = 40
_DECIDED = (Verdict.HOLDS, Verdict.ROUNDS, Verdict.FAILS)
#: The rows of a sum down a column, or the columns of one along a row.
_Parts: TypeAlias = "tuple[int, ...]"


class PrintedSum(Struct, frozen=True):
    """One printed sum within one row or one column of a table.

    ``total`` and ``parts`` are columns where ``row`` is set, rows where ``column`` is; ``missing`` is by how much the
    parts fall short of the total; ``sign`` is the coefficient of the parts.
    """

    table: TableKey
    row: int | None
    column: int | None
    total: int
    parts: _Parts
    missing: Decimal
    sign: Decimal

    def key(self, outcome: Outcome) -> tuple[object, ...]:
        """What the sums have in common that are the same sum in another row, or in another column."""
        return outcome.rule, outcome.check, self.table, self.row is None, self.total, self.parts

    def fact(self, part: int, table: TableIndex) -> Fact:
        """Return what a further row or column prints in this sum's column or row."""
        if self.row is not None:
            return cell_fact(table, self.row, part, table.table.columns[part].label)
        assert self.column is not None
        return cell_fact(table, part, self.column, table.table.rows[part].label)


def completed(outcomes: Sequence[Outcome], index: DocumentIndex) -> list[Outcome]:
    """Return the outcomes; sums that hold once the table's own further parts are added hold."""
    if all(outcome.verdict is not Verdict.FAILS for outcome in outcomes):
        return list(outcomes)
    tables = {table.identity: table for table in index.tables}
    sums = {i: s for i, o in enumerate(outcomes) if o.verdict in _DECIDED and (s := sum_of(o)) is not None}
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, found in sums.items():
        alike[found.key(outcomes[i])].append(i)
    return [
        _completed(outcome, sums[i], [(outcomes[j], sums[j]) for j in alike[sums[i].key(outcome)]], tables)
        if i in sums and outcome.verdict is Verdict.FAILS
        else outcome
        for i, outcome in enumerate(outcomes)
    ]


def _completed(
    outcome: Outcome,
    own: PrintedSum,
    alike: Sequence[tuple[Outcome, PrintedSum]],
    tables: Mapping[TableKey, TableIndex],
) -> Outcome:
    table = tables.get(own.table)
    if table is None or own.missing <= 0:
        return outcome
    further = [part for part in _further(own, table) if own.fact(part, table).value]
    if len(further) > _MOST_CANDIDATES:
        return outcome
    for size in range(1, _MOST_PARTS + 1):
        for parts in combinations(further, size):
            if (off := _off(outcome, own, parts, table)) is not None and _everywhere(parts, alike, table):
                added = tuple(own.fact(part, table).operand(own.sign) for part in parts)
                return replace(
                    outcome,
                    verdict=Verdict.HOLDS if off[0] == 0 else Verdict.ROUNDS,
                    operands=(*outcome.operands, *added),
                    difference=off[0],
                    tolerance=off[1],
                    cause="",
                )
    return outcome


def _off(
    outcome: Outcome, own: PrintedSum, parts: Sequence[int], table: TableIndex
) -> tuple[Decimal, Decimal] | None:
    """Return by how much a sum with further parts is off and may be; None where they do not make it up."""
    facts = [own.fact(part, table) for part in parts]
    slack = (outcome.tolerance or Decimal(0)) + sum((fact.quantum for fact in facts), Decimal(0)) / 2
    off = abs(own.missing - sum((fact.value for fact in facts), Decimal(0)))
    return (off, slack) if off == 0 or off < slack else None


def _everywhere(parts: Sequence[int], alike: Sequence[tuple[Outcome, PrintedSum]], table: TableIndex) -> bool:
    """Tell whether no sum that holds without the further parts prints a figure for one of them."""
    return not any(
        own.fact(part, table).value
        for outcome, own in alike
        if outcome.verdict is not Verdict.FAILS
        for part in parts
    )


def sum_of(outcome: Outcome, fewest: int = 2) -> PrintedSum | None:
    """Read an outcome as the sum of one row or one column of a table: one total against so many parts or more.

    Of one part and its total the first is the total.
    """
    terms = [operand for operand in outcome.operands if operand.coefficient]
    places = [
        (term.fact.table, term.fact.row, term.fact.column)
        for term in terms
        if isinstance(term.fact, CellKey) and isinstance(term.fact.column, int)
    ]
    if outcome.difference is None or len(places) != len(terms) or len(terms) <= fewest:
        return None
    signs = [1 if term.coefficient > 0 else -1 for term in terms]
    sign = next((sign for sign in (1, -1) if signs.count(sign) == 1), None)
    if sign is None or any(abs(term.coefficient) != 1 for term in terms):
        return None
    table, row, column = places[signs.index(sign)]
    along = all(place[:2] == (table, row) for place in places)
    if not along and any((place[0], place[2]) != (table, column) for place in places):
        return None
    beside = [place for place, own in zip(places, signs, strict=True) if own != sign]
    return PrintedSum(
        table,
        row if along else None,
        None if along else column,
        column if along else row,
        tuple(at if along else line for _, line, at in beside),
        outcome.difference * sign,
        _sign_of_parts(terms),
    )


def _sign_of_parts(terms: Sequence[Operand]) -> Decimal:
    positive = sum(term.coefficient > 0 for term in terms)
    return Decimal(-1 if positive == 1 else 1)


def _further(own: PrintedSum, table: TableIndex) -> Iterator[int]:
    """Yield the columns (else the rows) that stand beside a sum's parts and that it does not name."""
    if own.row is not None:
        paths = [_path(table, column) for column in own.parts]
        for column in sorted(set(table.table.rows[own.row].cells) - {own.total, *own.parts}):
            if table.table.columns[column].role is Role.AMOUNT and not _nested(_path(table, column), paths):
                yield column
        return
    rows = table.table.rows
    above = {rows[part].parent for part in own.parts}
    for at in range(len(rows)):
        beside = rows[at].parent in above or rows[at].parent == own.total
        named = at == own.total or at in own.parts
        if beside and not named and rows[at].kind is RowKind.DATA and own.column in rows[at].cells:
            yield at


def _path(table: TableIndex, column: int) -> tuple[str, ...]:
    path = [squeeze(step) for step in table.table.columns[column].path]
    return tuple(path[:-1] if len(path) > 1 and path[-1] in ("小计", "合计") else path)


def _nested(path: tuple[str, ...], others: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether a column is one of the others, a part of one, or what one is a part of."""
    return any(path[: len(other)] == other or other[: len(path)] == path for other in others)
