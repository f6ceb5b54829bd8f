"""Finds the one figure that explains several failed equations, and what it would have to be for them to agree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document.keys import FactKey
from budgetlint.document.text import squeeze
from budgetlint.results.comparison import Sum
from budgetlint.results.findings import Operand, Outcome, Suggestion, Verdict

_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_HELD = (Verdict.HOLDS, Verdict.ROUNDS)
#: Equations that a figure stands in, each with its operand there.
_Standing: TypeAlias = "list[tuple[Outcome, Operand]]"


class Cause(Struct, frozen=True):
    """Failed outcomes that one figure explains; ``suggestion`` is None where the figure is not certain."""

    outcomes: tuple[Outcome, ...]
    suggestion: Suggestion | None = None


class _Candidate(Struct, frozen=True):
    """A figure and the value that would mend some failed equations.

    ``fixed`` are those it mends, ``explained`` also those that read the figure in no linear form; ``gain`` is how many
    equations it would mend or make add up exactly, less those it would break; ``certain`` is False where another
    figure explains the same as well.
    """

    operand: Operand
    proposed: Decimal
    fixed: tuple[int, ...]
    explained: tuple[int, ...]
    gain: int
    certain: bool = True

    @property
    def rank(self) -> tuple[int, int, int]:
        """What it gains, then what it explains, then how small the slip is."""
        return self.gain, len(self.explained), -_slip(self.operand, self.proposed)


#: Tells whether another value of a figure makes all of these outcomes hold and no other check fail.
Mends: TypeAlias = "Callable[[Operand, Decimal, Sequence[Outcome]], bool]"
_NOTHING_BESIDES = Ledger(())


def causes(
    outcomes: Sequence[Outcome], ledger: Ledger = _NOTHING_BESIDES, mends: Mends | None = None
) -> list[Cause]:
    """Group failed outcomes by the figure that explains them; every failed outcome is in exactly one group.

    Args:
        outcomes: what is told of a document.
        ledger: tells what holds beside the outcomes.
        mends: tries a proposed figure out; without it a proposal rests on the equations alone.
    """
    left = {i: o for i, o in enumerate(outcomes) if o.verdict is Verdict.FAILS}
    suspects = {operand.fact for outcome in left.values() for operand in outcome.operands}
    held = _held([*outcomes, *ledger.holding(suspects)], suspects)
    found: dict[int, Cause] = {}
    while left:
        best = _best(left, held)
        if best is None:
            for group in _alike(left):
                found[group[0]] = Cause(tuple(left[i] for i in group))
            break
        members = sorted(best.explained)
        suggestion = _suggestion(best, [left[i] for i in members], mends) if best.certain else None
        found[members[0]] = Cause(tuple(left[i] for i in members), suggestion)
        for i in members:
            del left[i]
    grouped = [found[i] for i in sorted(found)]
    return grouped if mends is None else _with_joint(grouped, mends)


def _with_joint(grouped: list[Cause], mends: Mends) -> list[Cause]:
    """Propose a figure for causes without one where it mends a comparison of either and all that else reads it.

    An inequality tells what a figure ought to be only where another check confirms it to the digit.
    """
    failed = [outcome for cause in grouped for outcome in cause.outcomes]
    bare = [cause for cause in grouped if cause.suggestion is None]
    proposed: dict[int, Suggestion] = {}
    for cause in bare:
        found = {}
        for outcome in cause.outcomes:
            for operand, value in _reached(outcome):
                reading = [o for o in failed if any(operand.fact == read.fact for read in o.operands)]
                written = as_printed(operand, value)
                if len(reading) > 1 and mends(operand, value_of(operand, written), reading):
                    found[operand.fact, written] = operand, reading
        if len(found) != 1:
            continue
        ((_, written), (operand, reading)), *_ = found.items()
        suggestion = _suggested(operand, written, reading)
        for other in bare:
            if any(outcome is read for outcome in other.outcomes for read in reading):
                proposed[id(other)] = suggestion
    return [
        replace(cause, suggestion=proposed[id(cause)]) if id(cause) in proposed else cause
        for cause in grouped
    ]


def _reached(outcome: Outcome) -> Iterator[tuple[Operand, Decimal]]:
    """Yield the figures of a comparison that is no equation, with the value at which its sides would touch."""
    if len(outcome.compared) != 1 or outcome.difference is None:
        return
    (one,) = outcome.compared
    operands = {operand.fact: operand for operand in outcome.operands}
    for side, sign in ((one.left, 1), (one.right, -1)):
        for part in side.parts if isinstance(side, Sum) and one.relation != "equals" else ():
            operand = operands[part.fact]
            if operand.amount is not None and not operand.blank:
                value = operand.amount.value - outcome.difference / (sign * part.coefficient)
                if not _turned(operand, value):
                    yield operand, value


def _alike(left: dict[int, Outcome]) -> list[list[int]]:
    """Group failed outcomes that say one thing: a check of one row by several columns, or of the same figures.

    A row left out fails the sums of every column; 收支各增加 has one change for two totals. Figures of prose that
    contradict each other go with the check that one of them fails.
    """
    groups: list[list[int]] = []
    for i, outcome in left.items():
        for group in groups:
            if any(_same_thing(left[j], outcome) for j in group):
                group.append(i)
                break
        else:
            groups.append([i])
    return groups


def _same_thing(one: Outcome, other: Outcome) -> bool:
    shared = {o.fact for o in one.operands if o.amount} & {o.fact for o in other.operands if o.amount}
    if one.difference is None or other.difference is None:
        return bool(shared) and (one.difference is None) != (other.difference is None)
    same_check = (one.rule, one.check) == (other.rule, other.check)
    return same_check and (len(shared) > 1 or (bool(_rows(one)) and _rows(one) == _rows(other)))


def _rows(outcome: Outcome) -> list[tuple[str | None, str | None]]:
    """Return the rows whose cells a check reads, in order; none where it reads anything else."""
    rows = [(o.place.table, o.place.row) for o in outcome.operands]
    return rows if all(row for _, row in rows) else []


def _held(outcomes: Sequence[Outcome], suspects: set[FactKey]) -> dict[FactKey, _Standing]:
    """Equations that hold or round, by the suspected figures they read."""
    held: dict[FactKey, _Standing] = defaultdict(list)
    for outcome in outcomes:
        if outcome.verdict in _HELD and outcome.difference is not None:
            for operand in outcome.operands:
                if operand.coefficient and operand.fact in suspects:
                    held[operand.fact].append((outcome, operand))
    return held


def _best(failed: dict[int, Outcome], held: dict[FactKey, _Standing]) -> _Candidate | None:
    touching: dict[FactKey, list[int]] = defaultdict(list)
    for i, outcome in failed.items():
        for fact in {operand.fact for operand in outcome.operands if operand.amount is not None}:
            touching[fact].append(i)
    candidates = [
        c
        for fact, where in touching.items()
        if (c := _candidate(fact, where, failed, held[fact])) is not None
    ]
    candidates.sort(key=lambda c: c.rank, reverse=True)
    if not candidates or candidates[0].gain <= 0:
        return None
    best = candidates[0]
    # Of the figures that stand in the same equations any may be wrong: how small a slip would be is no evidence.
    rivals = [c for c in candidates[1:] if c.gain == best.gain]
    if rivals and len(best.explained) == 1:
        return None
    return replace(best, certain=all(set(c.explained) != set(best.explained) for c in rivals))


def _candidate(
    fact: FactKey, where: list[int], failed: dict[int, Outcome], held: _Standing
) -> _Candidate | None:
    votes: list[tuple[Decimal, Decimal, int, Operand]] = []
    others: list[int] = []
    for i in where:
        outcome = failed[i]
        operand = next(o for o in outcome.operands if o.fact == fact)
        if operand.coefficient and outcome.difference is not None and operand.amount is not None:
            value = operand.amount.value - outcome.difference / operand.coefficient
            votes.append((value, (outcome.tolerance or Decimal(0)) + operand.amount.quantum, i, operand))
        else:
            others.append(i)
    if not votes:
        return None
    clusters = [[v for v in votes if abs(v[0] - middle[0]) <= max(v[1], middle[1])] for middle in votes]
    cluster = max(clusters, key=len)
    value, _, _, operand = min(cluster, key=lambda v: v[1])
    if operand.amount is not None and _turned(operand, value):
        return None  # nobody printed a sign by mistake, and where a word says it the figure is right
    fixed = tuple(v[2] for v in cluster)
    gain = len(fixed) + sum(_effect(outcome, standing, value) for outcome, standing in held)
    return _Candidate(operand, value, fixed, (*fixed, *others), gain)


def _turned(operand: Operand, value: Decimal) -> bool:
    """Tell whether a value has another sign than a figure that prints none: 减少 5 万元 is no slip of 5."""
    assert operand.amount is not None
    signed = any(sign in operand.printed for sign in "-−－–(（")
    return not signed and (value < 0) != (operand.amount.value < 0)


def _effect(outcome: Outcome, operand: Operand, value: Decimal) -> int:
    """What a new value of a figure does to an equation that holds: 1 makes it exact, −1 puts it further off."""
    assert outcome.difference is not None and operand.amount is not None
    after = outcome.difference + operand.coefficient * (value - operand.amount.value)
    if after == 0:
        return int(outcome.difference != 0)
    return -int(abs(after) > abs(outcome.difference))


def _slip(operand: Operand, proposed: Decimal) -> int:
    """How many digits differ between what is printed and what is proposed; 99 where the lengths differ."""
    printed = [c for c in operand.printed if c.isdigit()]
    other = [c for c in as_printed(operand, proposed) if c.isdigit()]
    if len(printed) != len(other):
        return 99
    return sum(a != b for a, b in zip(printed, other, strict=True))


def as_printed(operand: Operand, value: Decimal) -> str:
    """Write a value the way an operand is printed: its unit, decimals and thousands separators."""
    amount = operand.amount
    assert amount is not None
    step = amount.quantum / amount.factor
    figure = value / amount.factor
    if "-" not in operand.printed and amount.value < 0:
        figure = -figure  # a word says which way it went
    if step:
        figure = figure.quantize(step) if abs(figure) < Decimal(10) ** 20 else figure
    text = f"{figure:,}" if "," in operand.printed else f"{figure:f}"
    return _FIGURE.sub(text, operand.printed, count=1) if _FIGURE.search(operand.printed) else text


def value_of(operand: Operand, written: str) -> Decimal:
    """Return what a figure written like an operand would be worth."""
    amount = operand.amount
    figure = _FIGURE.search(written)
    assert amount is not None and figure is not None
    value = Decimal(figure.group().replace(",", "")) * amount.factor
    return -value if amount.value < 0 and value > 0 and "-" not in operand.printed else value


def _suggestion(best: _Candidate, explained: list[Outcome], mends: Mends | None) -> Suggestion | None:
    if best.operand.blank:
        return None
    written = as_printed(best.operand, best.proposed)
    if squeeze(written) == squeeze(best.operand.printed):
        return None  # finer than it is printed: the figure itself is as right as it can be
    if mends is not None and not mends(best.operand, value_of(best.operand, written), explained):
        return None
    return _suggested(best.operand, written, explained)


def _suggested(operand: Operand, written: str, mended: Sequence[Outcome]) -> Suggestion:
    rules = dict.fromkeys(outcome.rule for outcome in mended)
    return Suggestion(operand.place, operand.printed, written, "、".join(rules))
