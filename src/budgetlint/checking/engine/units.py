"""Tells what kind of quantity each side of a comparison is, and refuses those that do not compare."""

from __future__ import annotations

from collections.abc import Iterator

from budgetlint.checking.engine.facts import Fact, Linear, Quantity, Undetermined
from budgetlint.document import NOWHERE, Dimension
from budgetlint.document.keys import FactKey, cause_of
from budgetlint.language.syntax import Operator
from budgetlint.results.findings import Reason

_RATIO = frozenset({Dimension.PERCENT, Dimension.COUNT})


def dimension_of(quantity: Quantity, facts: dict[FactKey, Fact]) -> Dimension | None:
    """Return the dimension a quantity has, None where a plain number fits everything."""
    if isinstance(quantity, Linear):
        dimension = quantity.dimension if quantity.constant else None
        for identity in quantity.terms:
            if not facts[identity].blank:
                dimension = common_dimension(dimension, facts[identity].dimension, facts)
        return dimension
    left, right = dimension_of(quantity.left, facts), dimension_of(quantity.right, facts)
    match quantity.operator:
        case Operator.DIVIDED:
            if left is not right and not {left, right} <= _RATIO:
                return left
            common_dimension(left, right, facts)
            return Dimension.PERCENT
        case Operator.TIMES:
            return right if left is None or left in _RATIO else left
        case _:
            return common_dimension(left, right, facts)


def compared_dimension(left: Quantity, right: Quantity, facts: dict[FactKey, Fact]) -> Dimension | None:
    """Return the dimension both sides of a comparison have.

    Raises Undetermined as :func:`common_dimension` does, and where a printed percentage is held against a bare
    number: 6 might be 6 % or 600 %. A quotient of amounts is a plain ratio and may be.
    """
    facts = {identity: facts[identity] for side in (left, right) for identity in _figures(side)}
    sides = dimension_of(left, facts), dimension_of(right, facts)
    if set(sides) == _RATIO and isinstance(left, Linear) and isinstance(right, Linear):
        raise Undetermined(Reason.UNKNOWN_UNIT, cause_of("unit", ""))
    return common_dimension(*sides, facts)


def _figures(quantity: Quantity) -> Iterator[FactKey]:
    """Yield the identities of the figures a quantity depends on: those that cancel out are not among them."""
    if isinstance(quantity, Linear):
        yield from quantity.terms
    else:
        yield from _figures(quantity.left)
        yield from _figures(quantity.right)


def common_dimension(
    left: Dimension | None, right: Dimension | None, facts: dict[FactKey, Fact]
) -> Dimension | None:
    """Return the dimension two quantities share; a plain number fits any.

    Raises Undetermined where they share none, or where the unit of figures of several tables is unknown.
    """
    if left is None or right is None or left is right:
        result = left or right
    elif {left, right} <= _RATIO:
        return Dimension.PERCENT
    elif {left, right} == {Dimension.COUNT, Dimension.UNKNOWN}:
        return Dimension.COUNT
    else:
        unknown = next((f for f in facts.values() if f.dimension is Dimension.UNKNOWN and not f.blank), None)
        raise Undetermined(
            Reason.UNKNOWN_UNIT,
            cause_of("unit", (unknown and unknown.table) or ""),
            unknown.place if unknown else NOWHERE,
        )
    if result is Dimension.UNKNOWN:
        tables = {
            str(f.table): f.table for f in facts.values() if f.dimension is Dimension.UNKNOWN and not f.blank
        }
        if len(tables) > 1:
            raise Undetermined(Reason.UNKNOWN_UNIT, cause_of("unit", tables[min(tables)] or ""))
    return result


def unit_of(facts: dict[FactKey, Fact], dimension: Dimension | None) -> str | None:
    """Return the unit people read a result in: that of the first figure of its dimension."""
    if dimension is Dimension.PERCENT:
        return "%"
    units = [f.amount.unit for f in facts.values() if f.amount is not None and f.dimension is dimension]
    return units[0] if units else None
