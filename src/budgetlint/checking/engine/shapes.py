"""Tells how the sides of a comparison are built up, for those who are shown it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from budgetlint.checking.engine.facts import HUNDRED, ONE, Fact, Linear, Quantity, Words
from budgetlint.checking.engine.units import unit_of
from budgetlint.document import Amount, Dimension
from budgetlint.document.keys import FactKey
from budgetlint.language.syntax import Operator, Relation
from budgetlint.results.comparison import Comparison, Operation, Part, Quoted, Side, Sum


class Compared(Struct, frozen=True):
    """A comparison as it was evaluated; ``words`` are the facts of its two sides where texts were compared."""

    relation: Relation
    left: Quantity | Words
    right: Quantity | Words
    dimension: Dimension | None = None
    left_value: Amount | None = None
    right_value: Amount | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    words: tuple[FactKey | None, FactKey | None] = (None, None)


def comparison_of(compared: Compared, facts: Mapping[FactKey, Fact]) -> Comparison:
    """Return a comparison with its sides as trees of printed figures."""
    return Comparison(
        compared.relation.value,
        _side(compared.left, facts, compared.dimension, compared.words[0]),
        _side(compared.right, facts, compared.dimension, compared.words[1]),
        compared.left_value,
        compared.right_value,
        compared.difference,
        compared.tolerance,
    )


def _side(
    quantity: Quantity | Words,
    facts: Mapping[FactKey, Fact],
    dimension: Dimension | None,
    words: FactKey | None = None,
) -> Side:
    if isinstance(quantity, Words):
        return Quoted(quantity.text, words)
    if isinstance(quantity, Linear):
        return Sum(
            tuple(Part(fact, coefficient) for fact, coefficient in quantity.terms.items()),
            _constant(quantity, facts, dimension),
        )
    of = None if quantity.operator in (Operator.TIMES, Operator.DIVIDED) else dimension
    return Operation(
        quantity.operator.value, _side(quantity.left, facts, of), _side(quantity.right, facts, of)
    )


def _constant(linear: Linear, facts: Mapping[FactKey, Fact], dimension: Dimension | None) -> Amount | None:
    """Return the number a sum holds beside its figures, in the unit it is read in; 0 only where it is alone."""
    if not linear.constant and linear.terms:
        return None
    own = linear.dimension if linear.dimension is not None else dimension if linear.terms else None
    unit = unit_of(dict(facts), own)
    if own is Dimension.MONEY and unit is None:
        unit = "元"
    scale = HUNDRED if own is Dimension.PERCENT else ONE
    return Amount(linear.constant * scale, unit, Decimal(0))
