"""Tells which printed amounts took part in a check that reached a verdict, so that nobody takes silence for a pass."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from budgetlint.checking.case import Case
from budgetlint.checking.engine.prose import identity_of
from budgetlint.checking.index import DocumentIndex
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document import Place, Role, RowKind
from budgetlint.document.keys import CellKey, FactKey, figure_of
from budgetlint.results.findings import Verdict

_DECIDED = (Verdict.HOLDS, Verdict.ROUNDS, Verdict.FAILS)
_FIGURES = (Role.AMOUNT, Role.PERCENTAGE, Role.COUNT)


class PrintedAmount(Struct, frozen=True):
    """One printed amount: its identity as operands carry it, its text, value, place, and the table it stands in."""

    identity: FactKey
    printed: str
    value: Decimal
    place: Place
    table: str | None


class CoverageReport(Struct, frozen=True):
    """How many amounts are printed, verified (every check held or rounded) and contradicted (one failed).

    ``tables`` maps a table's title to (printed, looked at); prose stands under "". ``unchecked`` are the rest.
    """

    numbers: int
    verified: int
    contradicted: int
    tables: dict[str, tuple[int, int]]
    unchecked: tuple[PrintedAmount, ...]


def coverage(case: Case, ledger: Ledger) -> CoverageReport:
    """Count the printed amounts of a case's document by what the checks said of them."""
    held, failed = looked_at(ledger)
    printed = list(printed_amounts(case.index))
    looked, verified = held | failed, held - failed
    tables: dict[str, tuple[int, int]] = {}
    for amount in printed:
        number, seen = tables.get(amount.table or "", (0, 0))
        tables[amount.table or ""] = (number + 1, seen + (amount.identity in looked))
    return CoverageReport(
        len(printed),
        sum(a.identity in verified for a in printed),
        sum(a.identity in failed for a in printed),
        tables,
        tuple(a for a in printed if a.identity not in looked),
    )


def looked_at(ledger: Ledger) -> tuple[set[FactKey], set[FactKey]]:
    """Return the figures that took part in a check that held, and those in one that failed."""
    held: set[FactKey] = set()
    failed: set[FactKey] = set()
    for outcome in ledger.outcomes:
        if outcome.verdict in _DECIDED:
            into = failed if outcome.verdict is Verdict.FAILS else held
            into.update(figure_of(operand.fact) for operand in outcome.operands if operand.amount)
    held |= {figure_of(fact) for fact in ledger.readers}
    return held, failed


def printed_amounts(index: DocumentIndex) -> Iterator[PrintedAmount]:
    """Yield every amount a document prints: table cells that hold figures (no codes, no 栏次), and figures of prose."""
    for table in index.tables:
        for i, row in enumerate(table.table.rows):
            if row.kind is RowKind.HEADER:
                continue
            for column, cell in row.cells.items():
                if cell.amount is not None and table.table.columns[column].role in _FIGURES:
                    identity = CellKey(table.identity, i, column)
                    yield PrintedAmount(identity, cell.text, cell.amount.value, cell.place, table.table.title)
    for _, mention in index.mentions_in(None):
        yield PrintedAmount(identity_of(mention), mention.text, mention.amount.value, mention.place, None)
