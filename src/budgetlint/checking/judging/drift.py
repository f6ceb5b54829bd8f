"""Recognises a table whose columns drifted, so that it is 无法核对 instead of a row of arithmetic errors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from budgetlint.results.findings import Outcome, Reason, Verdict

#: So many rows fail one equation, each by an amount of its own, and they are at least this share of the rows.
_ROWS = 3
_SHARE = 0.5
#: What an instance in a further set of a document begins with; a figure's identity does not.
_SET = re.compile(r"^\d+>")
_DECIDED = (Verdict.HOLDS, Verdict.ROUNDS, Verdict.FAILS)


def settled(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the outcomes with the failures of a drifted table turned to UNDETERMINED(unsure-extraction).

    A figure that is wrong breaks a row or a total; when most rows of a table break one equation, it is the reading
    or the layout that is wrong, not the figures. An equation within the table takes every failure that reads the
    table along; one between tables, whose fault may be either's, only its own.
    """
    groups: dict[tuple[str, int, str], list[Outcome]] = defaultdict(list)
    names: dict[tuple[str, int, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if _is_equation(outcome) and outcome.instance.count("|") >= 2 and not outcome.cause:
            groups[_equation(outcome)].append(outcome)
        elif _is_naming(outcome):
            names[_equation(outcome)].append(outcome)
    drifted = {equation: group for equation, group in groups.items() if _drifted(group)}
    drifted |= {naming: group for naming, group in names.items() if _misread(group)}
    tables = {
        _SET.sub("", equation[2])
        for equation, group in drifted.items()
        if equation not in names and all(_reads_only(outcome, _SET.sub("", equation[2])) for outcome in group)
    }
    return [_judged(outcome, drifted, tables) for outcome in outcomes]


def _is_equation(outcome: Outcome) -> bool:
    """Sums and differences only: limits and rates fail by many rows for reasons of their own."""
    return outcome.difference is not None and any(operand.coefficient for operand in outcome.operands)


def _is_naming(outcome: Outcome) -> bool:
    """A row's code against its name: two texts that must read the same."""
    return "左" in outcome.detail and outcome.difference is None and outcome.instance.count("|") >= 2


def _misread(group: list[Outcome]) -> bool:
    """Most rows of a table have a name that is not their code's: codes or names were read from the wrong cells."""
    decided = [outcome for outcome in group if outcome.verdict in _DECIDED]
    failed = [outcome for outcome in decided if outcome.verdict is Verdict.FAILS]
    return len(failed) >= _ROWS and len(failed) >= _SHARE * len(decided)


def _equation(outcome: Outcome) -> tuple[str, int, str]:
    return outcome.rule, outcome.check, "|".join(outcome.instance.split("|")[:2])


def _drifted(group: list[Outcome]) -> bool:
    decided = [outcome for outcome in group if outcome.verdict in _DECIDED]
    failed = [outcome for outcome in decided if outcome.verdict is Verdict.FAILS]
    # One slip carried up through the levels fails by one amount; one wrong total stands in every failure.
    amounts = {abs(outcome.difference) for outcome in failed if outcome.difference is not None}
    return len(amounts) >= _ROWS and len(failed) >= _SHARE * len(decided) and not _shared(failed)


def _shared(failed: list[Outcome]) -> set[str]:
    return set.intersection(*({o.fact for o in outcome.operands if o.amount} for outcome in failed))


def _reads_only(outcome: Outcome, table: str) -> bool:
    return all(operand.fact.startswith(f"{table}|") for operand in outcome.operands)


def _judged(
    outcome: Outcome, drifted: dict[tuple[str, int, str], list[Outcome]], tables: set[str]
) -> Outcome:
    if outcome.verdict is not Verdict.FAILS or not (outcome.difference is not None or _is_naming(outcome)):
        return outcome
    equation = _equation(outcome)
    read = {"|".join(operand.fact.split("|")[:2]) for operand in outcome.operands}
    touched = sorted(read & tables)
    if not touched and equation not in drifted:
        return outcome
    return replace(
        outcome,
        verdict=Verdict.UNDETERMINED,
        reason=Reason.UNSURE_EXTRACTION,
        cause=f"drift:{touched[0] if touched else equation[2]}",
    )
