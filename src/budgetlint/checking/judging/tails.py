"""Tells a tail of rounding from a slip where two prints of one amount differ by one unit of their last digit.

Each of two tables rounds on its own, and makes its own rounded figures add up: 36.63 here and 36.64 there may both be
right. Then the figures about them say so: either stands in a sum that holds as it is printed, or is printed once more
where one does. A slip of the pen leaves the wrong figure alone, and putting it right breaks nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from budgetlint.checking.index import DocumentIndex
from budgetlint.checking.judging.coverage import printed_amounts
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document import Dimension
from budgetlint.document.keys import FactKey
from budgetlint.results.findings import Operand, Outcome, Severity, Verdict

_HELD = (Verdict.HOLDS, Verdict.ROUNDS)
#: One 分: amounts printed to it hide no rounding.
_FEN = Decimal("0.01")


def tailed(outcomes: Sequence[Outcome], ledger: Ledger, index: DocumentIndex) -> list[Outcome]:
    """Return the outcomes; a difference of one last unit that rounding may have left is ROUNDS, said as a notice.

    ``ledger`` tells what holds beside them, ``index`` where else a document prints their figures. Where nothing speaks for the one or the other it weighs as a warning at most.
    """
    suspects = {i: pair for i, outcome in enumerate(outcomes) if (pair := _two_prints(outcome)) is not None}
    if not suspects:
        return list(outcomes)
    alike = _printed_again([operand for pair in suspects.values() for operand in pair], index)
    facts = {fact for again in alike.values() for fact in again}
    held = _held([*outcomes, *ledger.holding(facts)], facts)
    exact = {fact for fact, found in held.items() if any(outcome.difference == 0 for outcome in found)}
    judged = list(outcomes)
    for i, pair in suspects.items():
        if all(exact & alike[operand.fact] for operand in pair):
            judged[i] = replace(judged[i], verdict=Verdict.ROUNDS, unlikely=True)
        elif not any(held[operand.fact] for operand in pair):
            severity = judged[i].severity
            judged[i] = replace(
                judged[i], severity=Severity.WARNING if severity is Severity.ERROR else severity
            )
    return judged


def _two_prints(outcome: Outcome) -> tuple[Operand, Operand] | None:
    """Return the two figures of a failed equation that prints one amount twice, one last unit apart."""
    terms = [operand for operand in outcome.operands if operand.coefficient]
    if outcome.verdict is not Verdict.FAILS or outcome.difference is None or len(terms) != 2:
        return None
    one, other = terms
    if one.amount is None or other.amount is None or one.coefficient != -other.coefficient:
        return None
    step = one.amount.quantum
    money = one.amount.dimension is Dimension.MONEY and one.amount.unit == other.amount.unit
    alike = step == other.amount.quantum and step > _FEN and abs(outcome.difference) == step
    return (one, other) if money and alike else None


def _printed_again(operands: Iterable[Operand], index: DocumentIndex) -> dict[FactKey, set[FactKey]]:
    """Return each figure's fact → the facts of the figures that print the same amount, itself among them."""
    facts = {operand.fact: operand.amount.value for operand in operands if operand.amount is not None}
    by_value: dict[Decimal, set[FactKey]] = {value: set() for value in facts.values()}
    for printed in printed_amounts(index):
        if printed.value in by_value:
            by_value[printed.value].add(printed.identity)
    return {fact: {fact, *by_value[value]} for fact, value in facts.items()}


def _held(outcomes: Sequence[Outcome], facts: set[FactKey]) -> Mapping[FactKey, list[Outcome]]:
    held: dict[FactKey, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.verdict in _HELD and outcome.difference is not None:
            for operand in outcome.operands:
                if operand.coefficient and operand.fact in facts:
                    held[operand.fact].append(outcome)
    return held
