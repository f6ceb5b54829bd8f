"""Checks rows without a number against the numbered row above them, in tables whose other rows show that they are its parts.

一、基本支出 is followed by 工资福利支出, 商品和服务支出 …: nothing but the figures says that these are its parts. Where they add
up under one numbered row and not under another, the other is pointed out.
"""

from __future__ import annotations

from collections.abc import Iterator

from budgetlint.checking.case import case_of
from budgetlint.checking.check import check
from budgetlint.checking.checks.totals import can_be_added, total_outcome
from budgetlint.checking.engine.cells import cell_fact
from budgetlint.checking.engine.comparing import decide_total
from budgetlint.checking.engine.facts import Fact
from budgetlint.checking.engine.rounding import Decision
from budgetlint.checking.index import TableIndex
from budgetlint.document import Bundle, Role, RowKind, TableState
from budgetlint.document.text import numbering_of
from budgetlint.results.findings import Outcome, Severity, Verdict
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary


@check(
    "BL204",
    Said(
        "有编号的项目等于其下没有编号的各项之和", "numbered rows are the sum of the rows without number below"
    ),
    Severity.WARNING,
    Said(
        "列表中有编号的项目（一、基本支出）之下没有编号的各项（工资福利支出……），表中多数相加等于该项目的，其余也应相等",
        "where rows without a number add up to the numbered row above them in most of a list, they do so everywhere",
    ),
)
def unnumbered_parts(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One outcome a numbered row and column, in the tables that bear it out."""
    for table in case_of(bundle).index.tables:
        if table.table.state is not TableState.FULL:
            continue
        for column, printed in enumerate(table.table.columns):
            if printed.role is Role.AMOUNT and not _coded(table, printed.group):
                yield from _borne_out(table, column)


def _coded(table: TableIndex, group: int) -> bool:
    return any(column.role is Role.CODE and column.group == group for column in table.table.columns)


def _borne_out(table: TableIndex, column: int) -> list[Outcome]:
    """Return the outcomes of one column, none where as many numbered rows speak against it as for it."""
    decided = []
    for head, below in _groups(table, table.table.columns[column].group):
        facts = [cell_fact(table, at, column, table.table.rows[at].label) for at in (head, *below)]
        if facts[0].amount is None or not can_be_added(facts):
            continue
        if sum(fact.value != 0 for fact in facts[1:]) > 1:
            decided.append((facts, decide_total(facts[0], facts[1:])))
    against = sum(decision.verdict is Verdict.FAILS for _, decision in decided)
    if against > len(decided) - against:
        return []
    return [_outcome(table, column, facts, decision) for facts, decision in decided]


def _groups(table: TableIndex, group: int) -> Iterator[tuple[int, list[int]]]:
    """Yield every numbered row with the rows without a number that follow it."""
    head: int | None = None
    below: list[int] = []
    for at, row in enumerate(table.table.rows):
        if row.group != group:
            continue
        plain = row.kind is RowKind.DATA and row.parent is None and row.code is None
        if plain and head is not None and not numbering_of(row.label):
            below.append(at)
            continue
        if head is not None and below:
            yield head, below
        head, below = (at if plain and numbering_of(row.label) else None), []
    if head is not None and below:
        yield head, below


def _outcome(table: TableIndex, column: int, facts: list[Fact], decision: Decision) -> Outcome:
    head, *parts = facts
    listed = "、".join(f"{part.name} {part.printed}" for part in parts if not part.blank)
    title = table.table.title
    message = Said(
        f"“{title}”中“{head.name}”为 {head.printed}，不等于其下各项之和（{listed}）；"
        "表中其他项目都等于其下各项之和，请核对",
        f"“{head.name}” of “{title}” is {head.printed}, not the sum of the rows below ({listed}); "
        "all other items of the table are",
    )
    return total_outcome(unnumbered_parts, f"{table.identity}|{head.name}|{column}", message, facts, decision)
