"""Turns one side of a comparison that is not linear into the interval of the true values behind it."""

from __future__ import annotations

from collections import Counter
from itertools import product

from budgetlint.checking.engine.facts import Fact, Linear, Quantity, Undetermined
from budgetlint.checking.engine.rounding import Interval, Side
from budgetlint.document.keys import FactKey, cause_of
from budgetlint.language.syntax import Operator
from budgetlint.results.findings import Reason


def side_of(quantity: Quantity, facts: dict[FactKey, Fact]) -> Side:
    """Return one side's printed value and the interval of all true values behind it.

    Raises Undetermined where a denominator is or may be zero.
    """
    occurrences = Counter(_leaves(quantity))
    points = {f: Interval(facts[f].value, facts[f].value) for f in occurrences}
    spans = {f: Interval.around(facts[f].value, facts[f].quantum) for f in occurrences}
    # A fact that occurs twice is tried at its ends instead of as if it were two.
    twice = [f for f, n in occurrences.items() if n > 1 and facts[f].quantum > 0][:6]
    truth: Interval | None = None
    try:
        value = _interval(quantity, points)
        for ends in product(*[(spans[f].low, spans[f].high) for f in twice]):
            at = spans | {f: Interval(end, end) for f, end in zip(twice, ends, strict=True)}
            found = _interval(quantity, at)
            truth = found if truth is None else truth.hull(found)
    except ZeroDivisionError as error:
        raise Undetermined(Reason.ZERO_DENOMINATOR, cause_of("division")) from error
    assert truth is not None
    return Side(value, truth, figure_of(quantity, facts) is not None)


def _leaves(quantity: Quantity) -> list[FactKey]:
    if isinstance(quantity, Linear):
        return list(quantity.terms)
    return _leaves(quantity.left) + _leaves(quantity.right)


def _interval(quantity: Quantity, at: dict[FactKey, Interval]) -> Interval:
    if isinstance(quantity, Linear):
        total = Interval(quantity.constant, quantity.constant)
        for fact, k in quantity.terms.items():
            total = total + at[fact] * Interval(k, k)
        return total
    left, right = _interval(quantity.left, at), _interval(quantity.right, at)
    match quantity.operator:
        case Operator.PLUS:
            return left + right
        case Operator.MINUS:
            return left - right
        case Operator.TIMES:
            return left * right
        case Operator.DIVIDED:
            return left / right


def figure_of(side: Quantity, facts: dict[FactKey, Fact]) -> Fact | None:
    """Return the one figure that makes up a side by itself, None for any other side."""
    if isinstance(side, Linear) and len(side.terms) == 1 and side.constant == 0:
        (identity, coefficient), *_ = side.terms.items()
        if abs(coefficient) == 1:
            return facts[identity]
    return None
