"""Recognises a table whose columns drifted, so that it is 无法核对 instead of a row of arithmetic errors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from budgetlint.findings import Outcome, Reason, Verdict

#: At least this many rows of a table fail one and the same equation, and at least this share of its rows.
_ROWS = 4
_SHARE = 0.4


def settled(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the outcomes with those of a drifted table turned to UNDETERMINED(unsure-extraction).

    A figure that is wrong breaks a row or a total; when most rows of a table break one equation, it is the reading
    or the layout that is wrong, not the figures.
    """
    groups: dict[tuple[str, int, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.difference is not None and outcome.instance.count("|") >= 2:
            groups[outcome.rule, outcome.check, _table(outcome)].append(outcome)
    drifted = {key for key, group in groups.items() if _drifted(group)}
    return [
        _unsure(outcome)
        if outcome.verdict is Verdict.FAILS and (outcome.rule, outcome.check, _table(outcome)) in drifted
        else outcome
        for outcome in outcomes
    ]


def _table(outcome: Outcome) -> str:
    return "|".join(outcome.instance.split("|")[:2])


def _drifted(group: list[Outcome]) -> bool:
    decided = [o for o in group if o.verdict in (Verdict.HOLDS, Verdict.ROUNDS, Verdict.FAILS)]
    failed = [o for o in decided if o.verdict is Verdict.FAILS]
    return len(failed) >= _ROWS and len(failed) >= _SHARE * len(decided)


def _unsure(outcome: Outcome) -> Outcome:
    return replace(
        outcome,
        verdict=Verdict.UNDETERMINED,
        reason=Reason.UNSURE_EXTRACTION,
        cause=f"drift:{_table(outcome)}",
    )
