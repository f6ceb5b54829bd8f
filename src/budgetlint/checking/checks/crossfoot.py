"""Checks that 合计 and 小计 columns are the sum of the columns beside them, in tables of whatever layout.

No rule can list the columns of a table nobody named. Here the header proposes the sum and the table's own rows must
bear it out: only where nearly all of them do is a row that does not a finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from budgetlint.checking.case import case_of
from budgetlint.checking.check import check
from budgetlint.checking.checks.totals import can_be_added, total_outcome
from budgetlint.checking.engine.cells import cell_fact
from budgetlint.checking.engine.comparing import decide_total
from budgetlint.checking.engine.facts import Fact
from budgetlint.checking.engine.rounding import Decision
from budgetlint.checking.index import TableIndex
from budgetlint.document import Bundle, TableState
from budgetlint.document.header_sums import Identity, identities_of
from budgetlint.results.findings import Outcome, Severity, Verdict
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

#: So many rows with two parts or more must add up before a row that does not is held against the table …
_FEWEST_WITNESSES = 3
#: … or so many different totals that are their only part …
_FEWEST_ALONE = 6
#: … and so many of them for each row that does not.
_WITNESSES_EACH = 4
#: A total of so many digits is no accident.
_TELLING = 4


@check(
    "BL202",
    Said("横向合计等于各列之和", "totals of columns add up across"),
    Severity.WARNING,
    Said(
        "表头有合计或小计列、且表中绝大多数行都等于其各列之和的，其余各行也应相等",
        "where a header has a column of totals and nearly all rows add up across, so do the others",
    ),
)
def cross_sums(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One outcome a row and sum that the header proposes and the table bears out."""
    for table in case_of(bundle).index.tables:
        if table.table.state is TableState.FULL:
            for identity in identities_of(table.table.columns):
                yield from _borne_out(table, identity, vocabulary)


def _borne_out(table: TableIndex, identity: Identity, vocabulary: Vocabulary) -> list[Outcome]:
    """Return the outcomes of one sum over all rows, none where too many rows contradict it."""
    rows: list[_Row] = []
    group = table.table.columns[identity.total].group
    for at in table.printing:
        if table.table.rows[at].group == group:
            facts = [_fact(table, at, column) for column in (identity.total, *identity.parts)]
            if facts[0].amount is not None and can_be_added(facts):
                rows.append(_Row(at, facts, decide_total(facts[0], facts[1:])))
    agreeing = [row for row in rows if row.decision.verdict is not Verdict.FAILS]
    against = len(rows) - len(agreeing)
    witnesses = sum(row.parts > 1 for row in agreeing)
    alone = len({row.facts[0].value for row in agreeing if row.parts == 1})
    borne_out = witnesses >= max(_FEWEST_WITNESSES, _WITNESSES_EACH * against) or (
        alone >= max(_FEWEST_ALONE, _WITNESSES_EACH * against)
    )
    if not borne_out and not against and any(row.parts > 1 and _tells(row.facts[0]) for row in agreeing):
        borne_out = True  # few rows, none of which speaks against it
    if not borne_out and len(rows) <= _FEWEST_WITNESSES and _lists_sources(table, identity, vocabulary):
        return [_outcome(table, row, identity.total) for row in rows]
    shown = {i for row in agreeing for i in row.printed}
    spoken_for = [row for row in rows if row.decision.verdict is not Verdict.FAILS or row.printed <= shown]
    return [_outcome(table, row, identity.total) for row in spoken_for] if borne_out else []


def _lists_sources(table: TableIndex, identity: Identity, vocabulary: Vocabulary) -> bool:
    """Tell whether a total stands over sources of money only, each of which has a known name and none a whole of others."""
    names = [table.table.columns[part].name for part in identity.parts]
    return table.table.id is not None and set(names) <= set(vocabulary.lists.get("各项来源", ()))


class _Row(Struct, frozen=True):
    """A row's total and its parts, and whether they agree."""

    at: int
    facts: list[Fact]
    decision: Decision

    @property
    def printed(self) -> set[int]:
        """Which parts are not zero: a sum is borne out for columns only that stand in a row that adds up."""
        return {i for i, fact in enumerate(self.facts[1:]) if fact.value}

    @property
    def parts(self) -> int:
        """How many parts are not zero."""
        return len(self.printed)


def _tells(fact: Fact) -> bool:
    return len(fact.value.normalize().as_tuple().digits) >= _TELLING


def _fact(table: TableIndex, row: int, column: int) -> Fact:
    printed = table.table.columns[column]
    return cell_fact(table, row, column, printed.name or "/".join(printed.path[-2:]))


def _outcome(table: TableIndex, row: _Row, total: int) -> Outcome:
    printed = table.table.rows[row.at]
    label = printed.label or printed.code or "该行"
    whole, *parts = row.facts
    listed = "、".join(f"{part.name} {part.printed}" for part in parts if not part.blank)
    title = table.table.title
    message = Said(
        f"“{title}”中“{label}”的{whole.name}为 {whole.printed}，不等于同一行各列之和（{listed}）；"
        "表中其他各行都相等，请核对",
        f"{whole.name} of “{label}” in “{title}” is {whole.printed}, not the sum of its columns ({listed}); "
        "all other rows of the table add up",
    )
    instance = f"{table.identity}|{printed.code or label}|{row.at}|{total}"
    return total_outcome(cross_sums, instance, message, row.facts, row.decision)
