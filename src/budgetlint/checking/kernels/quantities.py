"""Quantities as vectors of whole numbers, and their arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from operator import mul, or_

from msgspec import Struct

from budgetlint.checking.kernels.frames import Frame
from budgetlint.checking.kernels.leaves import Leaf, Spot
from budgetlint.checking.kernels.vectors import BLANK, OTHER
from budgetlint.document import Dimension
from budgetlint.language.syntax import Condition, Operator

#: Returns for every row which of them a condition selects: the codes of :mod:`budgetlint.checking.kernels.codes`.
Mask = Callable[[Condition, Frame], list[int]]


class NoKernel(Exception):
    """An expression or a condition that only the explaining path decides."""


class Figures(Struct):
    """A quantity for every instance: ``values`` in units of 10^-``scale``, ``states`` of all that was read.

    A quotient is ``values`` over ``over``, whole numbers above zero. ``fixed`` is the dimension of the constant part; ``alone`` says for which instances it is one printed figure and
    nothing else (None where that is not known), ``linear`` that it is a sum of figures with constant factors,
    ``counted`` that rows were counted.
    """

    values: list[int]
    scale: int
    states: list[int]
    dimension: Dimension | None
    unknown: frozenset[object]
    spots: Callable[[int], list[Spot]]
    fixed: Dimension | None = None
    alone: Sequence[bool] | None = None
    linear: bool = True
    counted: bool = False
    constant: bool = False
    over: list[int] | None = None


def of_leaf(leaf: Leaf) -> Figures:
    """Return a reference as a quantity."""

    def spots(i: int) -> list[Spot]:
        spot = leaf.spot(i)
        return [] if spot is None else [spot]

    return Figures(
        leaf.values,
        leaf.scale,
        leaf.states,
        leaf.dimension,
        leaf.unknown,
        spots,
        alone=[True] * len(leaf.values),
    )


def constant(value: Decimal, dimension: Dimension | None, size: int) -> Figures:
    exponent = value.as_tuple().exponent
    scale = max(0, -exponent) if isinstance(exponent, int) else 0
    return Figures(
        [int(value.scaleb(scale))] * size,
        scale,
        [0] * size,
        None,
        frozenset(),
        no_spots,
        fixed=dimension if value else None,
        constant=True,
        alone=[False] * size,
    )


def no_spots(i: int) -> list[Spot]:
    return []


# ---------------------------------------------------------------- arithmetic


_RATIOS = frozenset({Dimension.PERCENT, Dimension.COUNT})


def common(left: Dimension | None, right: Dimension | None, quotient: bool = False) -> Dimension | None:
    """Return the dimension two quantities share; None fits all. Raises NoKernel where they may share none.

    Beside a quotient a plain number is a ratio, as a percentage is.
    """
    if left is None or right is None or left is right:
        return left or right
    if quotient and {left, right} == _RATIOS:
        return Dimension.PERCENT
    raise NoKernel


def whole_dimension(of: Figures) -> Dimension | None:
    """Return the dimension of figures with their constant part."""
    return common(of.dimension, of.fixed, of.over is not None)


def aligned(left: Figures, right: Figures) -> tuple[list[int], list[int], int]:
    """Return the values of both in one scale, and over one denominator."""
    scale = max(left.scale, right.scale)
    a, b = _raised(left, scale), _raised(right, scale)
    if right.over is not None:
        a = list(map(mul, a, right.over))
    if left.over is not None:
        b = list(map(mul, b, left.over))
    return a, b, scale


def denominators(left: Figures, right: Figures) -> list[int] | None:
    """Return what both values of ``aligned`` stand over, None for nothing."""
    if left.over is None or right.over is None:
        return right.over if left.over is None else left.over
    return list(map(mul, left.over, right.over))


def _raised(of: Figures, scale: int) -> list[int]:
    if of.scale == scale:
        return of.values
    factor = 10 ** (scale - of.scale)
    return [value * factor for value in of.values]


def merged(left: list[int], right: list[int]) -> list[int]:
    """Return the states of all that two quantities read."""
    return list(map(or_, left, right))


def combined(operator: Operator, left: Figures, right: Figures) -> Figures:
    spots = _both(left, right)
    states = merged(left.states, right.states)
    unknown, counted = left.unknown | right.unknown, left.counted or right.counted
    if operator is Operator.TIMES:
        return _product(left, right, states, spots, unknown, counted)
    if operator is Operator.DIVIDED:
        return _quotient(left, right, states, spots, unknown, counted)
    a, b, scale = aligned(left, right)
    over = denominators(left, right)
    minus = operator is Operator.MINUS
    values = (
        [x - y for x, y in zip(a, b, strict=True)] if minus else [x + y for x, y in zip(a, b, strict=True)]
    )
    return Figures(
        values,
        scale,
        states,
        common(left.dimension, right.dimension, over is not None),
        unknown,
        spots,
        fixed=left.fixed or right.fixed,
        linear=left.linear and right.linear,
        counted=counted,
        constant=left.constant and right.constant,
        over=over,
    )


def _product(
    left: Figures,
    right: Figures,
    states: list[int],
    spots: Callable[[int], list[Spot]],
    unknown: frozenset[object],
    counted: bool,
) -> Figures:
    values = [x * y for x, y in zip(left.values, right.values, strict=True)]
    linear = left.constant or right.constant
    over = denominators(left, right)
    first, second = whole_dimension(left), whole_dimension(right)
    ratio = first in (None, Dimension.PERCENT, Dimension.COUNT)
    dimension = second if ratio else first
    scaled = _multiplied(left, right) if linear else None
    if scaled is not None:  # a constant scales what it stands beside, whose dimension stays its own
        dimension = scaled.dimension
    else:  # what is blank has no dimension
        states = [s | OTHER if s & BLANK else s for s in states]
    if max(map(abs, values), default=0) >= _LONGEST:
        raise NoKernel
    return Figures(
        values,
        left.scale + right.scale,
        states,
        dimension,
        unknown,
        spots,
        fixed=scaled.fixed if scaled is not None else None,
        linear=linear and left.linear and right.linear,
        counted=counted,
        constant=left.constant and right.constant,
        over=over,
    )


def _multiplied(left: Figures, right: Figures) -> Figures:
    """Return which side a constant multiplies; of two constants the left one, unless only the right is money."""
    if left.constant and right.constant:
        money = (left.fixed is Dimension.MONEY, right.fixed is Dimension.MONEY)
        return right if money == (False, True) else left
    return right if left.constant else left


def _quotient(
    left: Figures,
    right: Figures,
    states: list[int],
    spots: Callable[[int], list[Spot]],
    unknown: frozenset[object],
    counted: bool,
) -> Figures:
    """Return figures of one kind over one printed figure each, or a number: a ratio.

    A denominator of zero, or one that rounding might have made of zero, is left to be explained.
    """
    divisors = right.constant or right.alone
    if right.over is not None or left.over is not None or not divisors or left.constant:
        raise NoKernel
    one, other = whole_dimension(left), whole_dimension(right)
    if not right.constant and one is not other:
        raise NoKernel
    factor = 10**right.scale
    known = [
        bool(y) and (right.constant or bool(right.alone and right.alone[i]))
        for i, y in enumerate(right.values)
    ]
    values = [x * factor * (-1 if y < 0 else 1) for x, y in zip(left.values, right.values, strict=True)]
    if max(map(abs, values), default=0) >= _LONGEST:
        raise NoKernel
    return Figures(
        values,
        left.scale,
        [s | (0 if k and not s & BLANK else OTHER) for s, k in zip(states, known, strict=True)],
        Dimension.PERCENT if one is other else left.dimension,
        unknown,
        spots,
        fixed=left.fixed if right.constant else None,
        linear=False,
        counted=counted,
        over=[abs(y) or 1 for y in right.values],
    )


#: The explaining path keeps this many digits of a product of figures.
_LONGEST = 10**38


def _both(left: Figures, right: Figures) -> Callable[[int], list[Spot]]:
    if left.constant:
        return right.spots
    if right.constant:
        return left.spots
    return lambda i: left.spots(i) + right.spots(i)
