"""Decides comparisons of printed figures: what ``equals`` means.

A figure printed as v with last printed digit q stands for a true value in [v − q/2, v + q/2]. Linear comparisons are
decided by d = Σ k·v + c and T = Σ |k|·q / 2; the others by intervals with outward rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from msgspec import Struct

from budgetlint.language.syntax import Relation, Slack
from budgetlint.results.findings import Verdict

ZERO = Decimal(0)
_TWO = Decimal(2)
_DOWN = Context(prec=40, rounding=ROUND_FLOOR)
_UP = Context(prec=40, rounding=ROUND_CEILING)


class Term(Struct, frozen=True):
    """One operand of a linear form: coefficient k, value v, printed step q (0 for an exact figure)."""

    coefficient: Decimal
    value: Decimal
    quantum: Decimal


class Decision(Struct, frozen=True):
    """A verdict with its difference d, its tolerance T and the mark of an unlikely rounding.

    ``barely`` marks a failure that only the rounding of figures that are hardly rounded could explain.
    """

    verdict: Verdict
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    unlikely: bool = False
    barely: bool = False


def tolerance_of(terms: list[Term]) -> Decimal:
    """Return T = Σ |k|·q / 2."""
    return sum((abs(t.coefficient) * t.quantum for t in terms), ZERO) / _TWO


def decide_linear(
    relation: Relation,
    terms: list[Term],
    constant: Decimal,
    alone: Sequence[int],
    one_side_exact: bool,
    slack: Slack = Slack.ROUNDING,
    within: Decimal | None = None,
    unrounded: Sequence[int] = (),
) -> Decision:
    """Decide ``left relation right`` given as the linear form left − right.

    ``alone`` are the indexes in ``terms`` of figures that make up a side by themselves (coefficient ±1).
    ``one_side_exact`` says that all figures of one side are exact (q = 0), where the touching ends count.
    ``unrounded`` are the indexes of figures that hide no rounding: zeros that say that there is nothing, amounts
    printed to the 分. A difference that their steps alone would explain fails, marked ``barely``.
    """
    d = sum((t.coefficient * t.value for t in terms), constant)
    if slack is Slack.WITHIN:
        bound = within or ZERO
        return Decision(with_slack(relation, d, bound), d, bound)
    tolerance = ZERO if slack is Slack.EXACT else tolerance_of(terms)
    inside = abs(d) < tolerance or (one_side_exact and abs(d) == tolerance and tolerance > 0)
    if relation is Relation.EQUALS:
        rounding = slack is Slack.ROUNDING
        if d == 0 or (rounding and any(_correctly_rounded(terms, figure, d) for figure in alone)):
            return Decision(Verdict.HOLDS, d, tolerance)
        if not inside:
            return Decision(Verdict.FAILS, d, tolerance)
        sure = [term for i, term in enumerate(terms) if i not in unrounded]
        narrow = tolerance_of(sure)
        if unrounded and not (abs(d) < narrow or (one_side_exact and abs(d) == narrow)):
            return Decision(Verdict.FAILS, d, narrow, barely=True)
        return Decision(Verdict.ROUNDS, d, tolerance, _unlikely(sure, d))
    if relation is Relation.NOT_EQUALS:
        verdict = Verdict.FAILS if d == 0 else Verdict.ROUNDS if abs(d) < tolerance else Verdict.HOLDS
        return Decision(verdict, d, tolerance)
    over = d if relation in (Relation.AT_MOST, Relation.LESS) else -d
    holds = over <= 0 if relation in (Relation.AT_MOST, Relation.AT_LEAST) else over < 0
    verdict = Verdict.HOLDS if holds else Verdict.ROUNDS if over < tolerance else Verdict.FAILS
    return Decision(verdict, d, tolerance)


def with_slack(relation: Relation, d: Decimal, bound: Decimal) -> Verdict:
    """Decide a difference of printed figures by what the rule allows."""
    match relation:
        case Relation.EQUALS:
            holds = abs(d) <= bound
        case Relation.NOT_EQUALS:
            holds = abs(d) > bound
        case Relation.AT_MOST | Relation.LESS:
            holds = d <= bound
        case _:
            holds = d >= -bound
    return Verdict.HOLDS if holds else Verdict.FAILS


def _correctly_rounded(terms: list[Term], alone: int, d: Decimal) -> bool:
    """One printed figure alone on a side is the correct rounding of a finer other side."""
    figure = terms[alone]
    finer = figure.quantum > 0 and all(t.quantum < figure.quantum for i, t in enumerate(terms) if i != alone)
    return finer and abs(d) <= figure.quantum / _TWO


def _unlikely(terms: list[Term], d: Decimal) -> bool:
    """|d| > 3·√(Σ(k·q)²/12): honest rounding gives this in about 0.3 % of all cases."""
    from fractions import Fraction

    variance = sum((Fraction(t.coefficient * t.quantum) ** 2 for t in terms), Fraction(0)) / 12
    return Fraction(d) ** 2 > 9 * variance


class Interval(Struct, frozen=True):
    """A closed interval; bounds are rounded outward where arithmetic is inexact."""

    low: Decimal
    high: Decimal

    @classmethod
    def around(cls, value: Decimal, quantum: Decimal) -> Interval:
        """Return the interval of true values behind a printed figure."""
        half = quantum / _TWO
        return cls(value - half, value + half)

    def meets(self, other: Interval) -> bool:
        """Tell whether the two have a point in common."""
        return self.low <= other.high and other.low <= self.high

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(_DOWN.add(self.low, other.low), _UP.add(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        return Interval(_DOWN.subtract(self.low, other.high), _UP.subtract(self.high, other.low))

    def __mul__(self, other: Interval) -> Interval:
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(
            min(_DOWN.multiply(a, b) for a, b in pairs), max(_UP.multiply(a, b) for a, b in pairs)
        )

    def __truediv__(self, other: Interval) -> Interval:
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(_DOWN.divide(a, b) for a, b in pairs), max(_UP.divide(a, b) for a, b in pairs))

    def __abs__(self) -> Interval:
        if self.low >= 0:
            return self
        return (
            Interval(-self.high, -self.low) if self.high <= 0 else Interval(ZERO, max(-self.low, self.high))
        )

    def hull(self, other: Interval) -> Interval:
        """Return the smallest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))


class Side(Struct, frozen=True):
    """One side of a comparison that is not linear.

    ``value`` is what the printed figures give (a point up to the outward rounding of a division), ``truth`` the
    interval of all true values behind them; ``figure`` says that the side is one printed figure.
    """

    value: Interval
    truth: Interval
    figure: bool = False


def decide_intervals(
    relation: Relation,
    left: Side,
    right: Side,
    slack: Slack = Slack.ROUNDING,
    within: Decimal | None = None,
) -> Decision:
    """Decide a comparison whose sides are not linear."""
    d = left.value.low - right.value.low
    if slack is Slack.WITHIN:
        return Decision(with_slack(relation, d, within or ZERO), d, within)
    same = left.value.meets(right.value)
    meets = slack is Slack.ROUNDING and left.truth.meets(right.truth)
    match relation:
        case Relation.EQUALS:
            rounded = slack is Slack.ROUNDING and (
                (left.figure and right.value.meets(left.truth))
                or (right.figure and left.value.meets(right.truth))
            )
            verdict = Verdict.HOLDS if same or rounded else Verdict.ROUNDS if meets else Verdict.FAILS
            return Decision(verdict, d)
        case Relation.NOT_EQUALS:
            return Decision(Verdict.FAILS if same else Verdict.ROUNDS if meets else Verdict.HOLDS, d)
        case Relation.AT_MOST:
            holds = left.value.low <= right.value.high
        case Relation.AT_LEAST:
            holds = left.value.high >= right.value.low
        case Relation.LESS:
            holds = left.value.high < right.value.low
        case Relation.MORE:
            holds = left.value.low > right.value.high
    return Decision(Verdict.HOLDS if holds else Verdict.ROUNDS if meets else Verdict.FAILS, d)
