"""Forgives a sum of named rows or columns that misses its total by what a row or column it does not name prints.

A rule names the parts a total has in most provinces. A table that prints a further part (a column 财政专户管理资金, a row
会议费) adds up all the same: the sum is then the rule's parts and that one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

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


def completed(outcomes: Sequence[Outcome], index: DocumentIndex) -> list[Outcome]:
    """Return the outcomes; sums that hold once the table's own further parts are added hold."""
    tables = {table.identity: table for table in index.tables}
    return [_completed(o, tables) if o.verdict is Verdict.FAILS else o for o in outcomes]


def _completed(outcome: Outcome, tables: Mapping[TableKey, TableIndex]) -> Outcome:
    terms = [operand for operand in outcome.operands if operand.coefficient]
    cells = [term.fact for term in terms if isinstance(term.fact, CellKey)]
    if outcome.difference is None or len(cells) != len(terms) or len(terms) < 3:
        return outcome
    table = tables.get(cells[0].table)
    missing = _missing(terms, outcome.difference)
    if table is None or missing is None or len({cell.table for cell in cells}) > 1:
        return outcome
    named = [(cell.row, cell.column) for cell in cells if isinstance(cell.column, int)]
    if len(named) != len(cells):
        return outcome
    parts_named = [
        at for at, term in zip(named, terms, strict=True) if term.coefficient == _sign_of_parts(terms)
    ]
    further = [fact for fact in _further(named, parts_named, table) if fact.value]
    tolerance = outcome.tolerance or Decimal(0)
    for size in range(1, _MOST_PARTS + 1):
        for parts in combinations(further, size):
            slack = tolerance + sum((part.quantum for part in parts), Decimal(0)) / 2
            off = abs(missing - sum((part.value for part in parts), Decimal(0)))
            if off == 0 or off < slack:
                added = tuple(part.operand(_sign_of_parts(terms)) for part in parts)
                return replace(
                    outcome,
                    verdict=Verdict.HOLDS if off == 0 else Verdict.ROUNDS,
                    operands=(*outcome.operands, *added),
                    difference=off,
                    tolerance=slack,
                    cause="",
                )
    return outcome


def _missing(terms: Sequence[Operand], difference: Decimal) -> Decimal | None:
    """By how much the parts fall short of the one total they stand against; None where it is no such sum."""
    signs = [1 if term.coefficient > 0 else -1 for term in terms]
    total = next((sign for sign in (1, -1) if signs.count(sign) == 1), None)
    if total is None or any(abs(term.coefficient) != 1 for term in terms):
        return None
    missing = difference * total
    return missing if missing > 0 else None


def _sign_of_parts(terms: Sequence[Operand]) -> Decimal:
    positive = sum(term.coefficient > 0 for term in terms)
    return Decimal(-1 if positive == 1 else 1)


def _further(
    named: Sequence[tuple[int, int]], parts: Sequence[tuple[int, int]], table: TableIndex
) -> Iterator[Fact]:
    """Yield the amounts of the row (else of the column) that a sum neither names nor holds within one of its parts."""
    rows, columns = {row for row, _ in named}, {column for _, column in named}
    if len(rows) == 1:
        (row,) = rows
        paths = [_path(table, column) for _, column in parts]
        for column in set(table.table.rows[row].cells) - columns:
            if table.table.columns[column].role is Role.AMOUNT and not _nested(_path(table, column), paths):
                yield cell_fact(table, row, column, table.table.columns[column].label)
    elif len(columns) == 1:
        (column,) = columns
        within = {row for row, _ in parts}
        related = rows | {above for row in rows for above in _above(row, table)}
        for at, printed in enumerate(table.table.rows):
            plain = printed.kind is RowKind.DATA and at not in related
            if plain and column in printed.cells and not within & set(_above(at, table)):
                yield cell_fact(table, at, column, printed.label)


def _path(table: TableIndex, column: int) -> tuple[str, ...]:
    path = [squeeze(step) for step in table.table.columns[column].path]
    return tuple(path[:-1] if len(path) > 1 and path[-1] in ("小计", "合计") else path)


def _nested(path: tuple[str, ...], others: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether a column is one of the others, a part of one, or what one is a part of."""
    return any(path[: len(other)] == other or other[: len(path)] == path for other in others)


def _above(row: int, table: TableIndex) -> Iterator[int]:
    parent = table.table.rows[row].parent
    while parent is not None:
        yield parent
        parent = table.table.rows[parent].parent
