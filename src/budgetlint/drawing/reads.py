"""Which checks read which printed figures, told by the identities that checks give what they read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document.keys import FactKey, figure_of
from budgetlint.results.drawing import CheckRead, State
from budgetlint.results.findings import Outcome, Severity, Verdict

_DECIDED = (Verdict.HOLDS, Verdict.ROUNDS, Verdict.FAILS)


class Reads(Struct, frozen=True):
    """The checks that read a figure, and for every figure's number those checks' numbers and what they say of it."""

    checks: tuple[CheckRead, ...]
    by_figure: Mapping[int, tuple[int, ...]]
    states: Mapping[int, State]


def reads_of(ledger: Ledger, numbers: Mapping[FactKey, Sequence[int]]) -> Reads:
    """Return who read what; what holds and is not told is not explained for it.

    Args:
        ledger: what the rules and checks of a document came to; those that do not apply read nothing.
        numbers: the figures' numbers by identity; what is printed twice in one place is one identity.
    """
    checks: list[CheckRead] = []
    by_figure: dict[int, list[int]] = defaultdict(list)
    weights: dict[int, set[str]] = defaultdict(set)
    for outcome in ledger.outcomes:
        if outcome.verdict is Verdict.SKIPPED:
            continue
        read: dict[int, str] = {}
        decisive: set[int] = set()
        for operand in outcome.operands:
            sign = "." if not operand.coefficient else "-" if operand.coefficient < 0 else "+"
            for number in numbers.get(figure_of(operand.fact), ()):
                read.setdefault(number, sign)
                if operand.amount is not None:
                    decisive.add(number)
        if not read:
            continue
        for number in read:
            by_figure[number].append(len(checks))
        for number in decisive:
            weights[number].add(_weight(outcome))
        id = f"{outcome.rule}.{outcome.check}" if outcome.check else outcome.rule
        checks.append(CheckRead(id, outcome.verdict, tuple(read), "".join(read.values()), outcome.reason))
    for held in ledger.held():
        held_read = tuple(dict.fromkeys(n for fact in held.reads for n in numbers.get(figure_of(fact), ())))
        if not held_read:
            continue
        for number in held_read:
            by_figure[number].append(len(checks))
            weights[number].add("held")
        block = held.block
        id = f"{block.rule.id}.{block.plan.number}" if block.plan.number else block.rule.id
        checks.append(CheckRead(id, Verdict.HOLDS, held_read, "." * len(held_read)))
    return Reads(
        tuple(checks),
        {number: tuple(found) for number, found in by_figure.items()},
        {number: _state(said) for number, said in weights.items()},
    )


def _weight(outcome: Outcome) -> str:
    if outcome.verdict not in _DECIDED:
        return "undecided"
    if outcome.verdict is not Verdict.FAILS:
        return "held"
    return "failed" if outcome.severity is Severity.ERROR else "doubted"


def _state(said: set[str]) -> State:
    if "failed" in said:
        return State.CONTRADICTED
    if "doubted" in said:
        return State.DOUBT
    return State.VERIFIED if "held" in said else State.DOUBT
