"""Recognises a table whose columns drifted, so that it is 无法核对 instead of a row of arithmetic errors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from msgspec.structs import replace

from budgetlint.document.keys import FactKey, SheetKey, among, cause_of, table_of
from budgetlint.results.findings import Operand, Outcome, Reason, Verdict

#: So many rows fail one equation, each by an amount of its own, and they are at least this share of the rows.
_ROWS = 3
_SHARE = 0.5
#: So many rows with names that are not their codes' leave no row that would speak for the reading.
_NEARLY_ALL = 0.8
_Equation: TypeAlias = "tuple[str, int, SheetKey]"
_DECIDED = (Verdict.HOLDS, Verdict.ROUNDS, Verdict.FAILS)


def settled(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the outcomes with the failures of a drifted table turned to UNDETERMINED(unsure-extraction).

    A figure that is wrong breaks a row or a total; when most rows of a table break one equation, it is the reading
    or the layout that is wrong, not the figures. An equation within the table takes every failure that reads the
    table along; one between tables, whose fault may be either's, only its own.
    """
    groups: dict[_Equation, list[Outcome]] = defaultdict(list)
    names: dict[_Equation, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        rows = among(outcome.instance)
        if rows is not None and _is_equation(outcome) and not outcome.cause:
            groups[outcome.rule, outcome.check, rows].append(outcome)
        elif rows is not None and _is_naming(outcome):
            names[outcome.rule, outcome.check, rows].append(outcome)
    drifted = {equation: group for equation, group in groups.items() if _drifted(group)}
    drifted |= {naming: group for naming, group in names.items() if _misread(group)}
    tables = {
        _own(rows)
        for (rule, check, rows), group in drifted.items()
        if (rule, check, rows) not in names and all(_reads_only(outcome, _own(rows)) for outcome in group)
    }
    return [_judged(outcome, drifted, tables) for outcome in outcomes]


def _is_equation(outcome: Outcome) -> bool:
    """Sums and differences only: limits and rates fail by many rows for reasons of their own."""
    return outcome.difference is not None and any(operand.coefficient for operand in outcome.operands)


def _is_naming(outcome: Outcome) -> bool:
    """A row's code against its name: two texts that must read the same."""
    return "左" in outcome.detail and outcome.difference is None


def _misread(group: list[Outcome]) -> bool:
    """Most rows of a table have a name that is not their code's: codes or names were read from the wrong cells.

    Then the names are those of other codes of the table, or hardly a row is right; where an office gives codes names of
    its own, neither is so.
    """
    decided = [outcome for outcome in group if outcome.verdict in _DECIDED]
    failed = [outcome for outcome in decided if outcome.verdict is Verdict.FAILS]
    if len(failed) < _ROWS or len(failed) < _SHARE * len(decided):
        return False
    official = {outcome.detail.get("右", "") for outcome in decided}
    shifted = sum(outcome.detail.get("左", "") in official for outcome in failed)
    return shifted >= _SHARE * len(failed) or len(failed) >= _NEARLY_ALL * len(decided)


def _own(rows: SheetKey) -> SheetKey:
    """Return the tables some rows stand in as figures name them, which do not tell the sets of a document apart."""
    return replace(rows, which="")


def _drifted(group: list[Outcome]) -> bool:
    decided = [outcome for outcome in group if outcome.verdict in _DECIDED]
    failed = [outcome for outcome in decided if outcome.verdict is Verdict.FAILS]
    # One slip carried up through the levels fails by one amount; one wrong total stands in every failure.
    amounts = {abs(outcome.difference) for outcome in failed if outcome.difference is not None}
    return len(amounts) >= _ROWS and len(failed) >= _SHARE * len(decided) and not _shared(failed)


def _shared(failed: list[Outcome]) -> set[FactKey]:
    return set.intersection(*({o.fact for o in outcome.operands if o.amount} for outcome in failed))


def _sheet(operand: Operand) -> SheetKey | None:
    table = table_of(operand.fact)
    return None if table is None else table.sheet


def _reads_only(outcome: Outcome, sheet: SheetKey) -> bool:
    return all(_sheet(operand) == sheet for operand in outcome.operands)


def _judged(outcome: Outcome, drifted: dict[_Equation, list[Outcome]], tables: set[SheetKey]) -> Outcome:
    rows = among(outcome.instance)
    compared = outcome.difference is not None or (rows is not None and _is_naming(outcome))
    if outcome.verdict is not Verdict.FAILS or not compared:
        return outcome
    touched = sorted({s for operand in outcome.operands if (s := _sheet(operand)) in tables}, key=str)
    rows = rows if (outcome.rule, outcome.check, rows) in drifted else None
    drifting = touched[0] if touched else rows
    if drifting is None:
        return outcome
    return replace(
        outcome,
        verdict=Verdict.UNDETERMINED,
        reason=Reason.UNSURE_EXTRACTION,
        cause=cause_of("drift", drifting),
    )
