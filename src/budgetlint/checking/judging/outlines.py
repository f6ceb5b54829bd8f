"""Weighs sums of rows without codes, whose levels only their order and their names suggest.

What stands under a row of such a table is a guess. Where another way to read the rows below it makes the total, it
holds; where the guess fails for many rows of a table, it is the guess that is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from budgetlint.checking.engine.cells import cell_fact
from budgetlint.checking.engine.comparing import decide_total
from budgetlint.checking.engine.facts import ONE, Fact
from budgetlint.checking.index import DocumentIndex, TableIndex
from budgetlint.checking.judging.leftovers import PrintedSum, sum_of
from budgetlint.checking.readings import readings
from budgetlint.document import Dimension, RowKind
from budgetlint.document.keys import TableKey, cause_of
from budgetlint.document.text import numbering_depth, squeeze
from budgetlint.results.findings import Outcome, Reason, Verdict

_DECIDED = (Verdict.HOLDS, Verdict.ROUNDS, Verdict.FAILS)
#: So many sums of a table must hold for each that does not, before that one is held against the document.
_WITNESSES_EACH = 3


def outlined(outcomes: Sequence[Outcome], index: DocumentIndex) -> list[Outcome]:
    """Return the outcomes; sums of rows without codes that another reading makes hold, doubtful ones are 无法核对."""
    tables = {table.identity: table for table in index.tables}
    sums = {
        i: found
        for i, outcome in enumerate(outcomes)
        if outcome.verdict in _DECIDED
        and (found := sum_of(outcome, 1)) is not None
        and found.column is not None
        and found.table in tables
        and _is_guess(found, tables[found.table])
    }
    judged = list(outcomes)
    for i, found in sums.items():
        if judged[i].verdict is Verdict.FAILS:
            judged[i] = _read_otherwise(judged[i], found, tables[found.table])
    for group in _by_table(judged, sums):
        failing = {sums[i].total for i in group if judged[i].verdict is Verdict.FAILS}
        holding = {sums[i].total for i in group if judged[i].verdict is not Verdict.FAILS} - failing
        alone = len(failing) == 1 and not holding and _plain(group, sums, tables)
        if failing and not alone and len(holding) < _WITNESSES_EACH * len(failing):
            for i in group:
                if judged[i].verdict is Verdict.FAILS:
                    judged[i] = _doubtful(judged[i], tables[sums[i].table])
    return judged


def _is_guess(found: PrintedSum, table: TableIndex) -> bool:
    """Tell whether a sum adds up what stands under a row, or all rows, and no code says so."""
    rows = table.table.rows
    if any(rows[at].code is not None and not rows[at].code_inferred for at in found.parts):
        return False
    # Scores and counts of a form are a plain list: only money is divided over levels.
    if found.column is not None and any(
        (cell := rows[at].cells.get(found.column)) is not None
        and cell.amount is not None
        and cell.amount.dimension is Dimension.COUNT
        for at in (found.total, *found.parts)
    ):
        return False
    parents = {rows[at].parent for at in found.parts}
    return parents == {found.total} or (rows[found.total].kind is RowKind.TOTAL and parents == {None})


def _by_table(outcomes: Sequence[Outcome], sums: dict[int, PrintedSum]) -> Iterator[list[int]]:
    groups: dict[tuple[str, int, TableKey], list[int]] = defaultdict(list)
    for i, found in sums.items():
        groups[outcomes[i].rule, outcomes[i].check, found.table].append(i)
    yield from groups.values()


def _plain(group: Sequence[int], sums: dict[int, PrintedSum], tables: dict[TableKey, TableIndex]) -> bool:
    """Tell whether the rows that one total adds up are of one level to the eye: each prints words in the same columns."""
    found = sums[group[0]]
    table = tables[found.table].table
    shapes = {
        frozenset(
            column
            for column, cell in table.rows[at].cells.items()
            if cell.text.strip() and table.columns[column].role.value in ("name", "text", "code")
        )
        for at in found.parts
    }
    return len(shapes) == 1


def _read_otherwise(outcome: Outcome, found: PrintedSum, table: TableIndex) -> Outcome:
    """Look for rows below a total that make it, one after another, parts of parts left out.

    Either they are all that stands under it, where levels were printed but not all of them told apart, or several of
    the rows that follow.
    """
    assert found.column is not None
    total = cell_fact(table, found.total, found.column, table.table.rows[found.total].label)
    for below, whole in ((_under(found.total, table), True), (list(_below(found.total, table)), False)):
        facts = [cell_fact(table, at, found.column, table.table.rows[at].label) for at in below]
        if not all(fact.sure and (fact.amount or fact.blank) for fact in facts):
            continue
        for parts in _lists_that_make(total, facts, [table.table.rows[at].label for at in below], whole):
            decision = decide_total(total, [facts[i] for i in parts])
            if decision.verdict is not Verdict.FAILS:
                operands = (total.operand(ONE), *(facts[i].operand(-ONE) for i in parts))
                return replace(
                    outcome,
                    verdict=decision.verdict,
                    operands=operands,
                    difference=decision.difference,
                    tolerance=decision.tolerance,
                    unlikely=False,
                    cause="",
                )
    return outcome


def _lists_that_make(
    total: Fact, facts: Sequence[Fact], labels: Sequence[str], whole: bool
) -> Iterator[tuple[int, ...]]:
    """Yield lists of rows that may add up to a total: all that a reading leaves, or its beginning of several rows."""
    depths = [numbering_depth(squeeze(label)) for label in labels]

    def may_be_part(above: int, part: int) -> bool:
        own, other = depths[part], depths[above]
        return own is None or other is None or own > other

    values, steps = [fact.value for fact in facts], [fact.quantum for fact in facts]
    read = readings(values, steps, may_be_part, {}, total.value + total.quantum)
    for roots in sorted(read.roots, key=len, reverse=True):
        if whole:
            yield roots
        else:
            yield from (parts for parts in _beginnings(roots, values, total) if len(parts) > 1)


def _under(total: int, table: TableIndex) -> list[int]:
    """Return the rows that the table's levels put under a row, at whatever depth."""
    rows = table.table.rows
    under = {total}
    for at in range(total + 1, len(rows)):
        if rows[at].parent in under and rows[at].kind not in (RowKind.HEADER, RowKind.AMONG):
            under.add(at)
    return sorted(under - {total})


def _below(total: int, table: TableIndex) -> Iterator[int]:
    """Yield the rows below a row, in its block, up to the next total."""
    rows = table.table.rows
    for at in range(total + 1, len(rows)):
        if rows[at].group != rows[total].group or rows[at].kind in (RowKind.HEADER, RowKind.AMONG):
            continue
        if rows[at].kind is RowKind.TOTAL:
            return
        yield at


def _beginnings(roots: Sequence[int], values: Sequence[Decimal], total: Fact) -> Iterator[tuple[int, ...]]:
    """Yield the beginning of a list that adds up to a total, up to a unit of each figure."""
    added = Decimal(0)
    for count, root in enumerate(roots, start=1):
        added += values[root]
        if values[root] and abs(added - total.value) <= total.quantum * count:
            yield tuple(roots[:count])


def _doubtful(outcome: Outcome, table: TableIndex) -> Outcome:
    return replace(
        outcome,
        verdict=Verdict.UNDETERMINED,
        reason=Reason.AMBIGUOUS_REFERENCE,
        cause=cause_of("rows", table.called),
        places=(table.table.place,),
        message=None,
        suggestion=None,
    )
