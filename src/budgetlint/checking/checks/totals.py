"""What the checks share that find printed totals and their parts themselves: which figures can be added, and the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budgetlint.checking.check import PythonCheck
from budgetlint.checking.engine.facts import ONE, Fact
from budgetlint.checking.engine.rounding import Decision
from budgetlint.results.findings import Outcome, Severity, Verdict
from budgetlint.said import Said


def can_be_added(facts: Iterable[Fact]) -> bool:
    """Tell whether every fact was read for certain, and is a figure or blank."""
    return all(fact.sure and (fact.amount or fact.blank) for fact in facts)


def total_outcome(
    check: PythonCheck,
    instance: str,
    message: Said,
    facts: Sequence[Fact],
    decision: Decision,
    severity: Severity | None = None,
) -> Outcome:
    """Return the outcome of a total, the first of ``facts``, held against its parts, the others.

    Only where they do not agree does it say the message and name the places.
    """
    return sums_outcome(check, instance, message, (facts[:1], facts[1:]), decision, severity)


def sums_outcome(
    check: PythonCheck,
    instance: str,
    message: Said,
    sides: tuple[Sequence[Fact], Sequence[Fact]],
    decision: Decision,
    severity: Severity | None = None,
) -> Outcome:
    """Return the outcome of two sides that should come to the same, as :func:`total_outcome` does."""
    left, right = sides
    fails = decision.verdict is Verdict.FAILS
    return Outcome(
        check.id,
        decision.verdict,
        severity=severity or check.severity,
        operands=(*(fact.operand(ONE) for fact in left), *(fact.operand(-ONE) for fact in right)),
        difference=decision.difference,
        tolerance=decision.tolerance,
        instance=instance,
        message=message if fails else None,
        places=tuple(fact.place for fact in (*left, *right)) if fails else (),
        unlikely=decision.unlikely,
    )
