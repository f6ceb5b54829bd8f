"""A total above its parts is doubtful at most where the document says that secret items are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from budgetlint.checking.case import Case
from budgetlint.document import Table
from budgetlint.document.keys import TableKey, table_of
from budgetlint.document.text import squeeze
from budgetlint.results.findings import Outcome, Severity, Verdict

_LEFT_OUT = re.compile(
    r"(?:涉密|保密|国家秘密|涉及秘密)[^。；;]{0,30}(?:不予|不|未|没有|免予|暂不|略去|隐去)(?:公开|公布|列示|反映|列出)?"
)


def softened(outcomes: Sequence[Outcome], case: Case) -> list[Outcome]:
    """Return the outcomes; sums that lack something in tables with items left out weigh as warnings at most."""
    said = any(_LEFT_OUT.search(squeeze(prose.paragraph.text)) for prose in case.index.prose)
    tables = {table.identity for table in case.index.tables if said or _says_so(table.table)}
    return [_softened(outcome, tables) for outcome in outcomes] if tables else list(outcomes)


def _says_so(table: Table) -> bool:
    return any(_LEFT_OUT.search(squeeze(note.text)) for note in table.notes)


def _softened(outcome: Outcome, tables: set[TableKey]) -> Outcome:
    if outcome.verdict is not Verdict.FAILS or outcome.severity is not Severity.ERROR:
        return outcome
    terms = [operand for operand in outcome.operands if operand.coefficient]
    signs = [term.coefficient > 0 for term in terms]
    lone = next((sign for sign in (True, False) if signs.count(sign) == 1), None)
    if outcome.difference is None or len(terms) < 2 or lone is None:
        return outcome
    lacking = outcome.difference > 0 if lone else outcome.difference < 0
    within = all(table_of(term.fact) in tables for term in terms)
    return replace(outcome, severity=Severity.WARNING) if lacking and within else outcome
