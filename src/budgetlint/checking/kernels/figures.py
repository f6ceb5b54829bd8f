"""Expressions as vectors of whole numbers over the instances of a frame."""

from __future__ import annotations

from decimal import Decimal

from budgetlint.checking.engine.expressions import LEVELS, literal
from budgetlint.checking.engine.printed import amount_in
from budgetlint.checking.kernels.frames import Frame
from budgetlint.checking.kernels.leaves import Spot, key_of
from budgetlint.checking.kernels.quantities import Figures, Mask, NoKernel, combined, constant, of_leaf
from budgetlint.checking.kernels.sums import aggregated
from budgetlint.checking.kernels.vectors import NOTHING, OTHER, PRINTED, UNDECIDED, WORDS
from budgetlint.checking.kernels.words import words
from budgetlint.document import Dimension
from budgetlint.document.keys import NumberKey
from budgetlint.language.syntax import Aggregate, Binary, Call, Compare, Expression, Number, Ref, Time, Year
from budgetlint.language.walk import nodes


def figures(node: Expression, frame: Frame, mask: Mask, unlisted_as_zero: bool = False) -> Figures:
    """Return an expression for every instance of a frame.

    Raises NoKernel for what has no kernel.
    """
    match node:
        case Number(value=value, unit=unit):
            return constant(*literal(value, unit), frame.size)
        case Year(time=time) if frame.world.main.document.year is not None:
            year = frame.world.main.document.year - (time is not Time.THIS_YEAR)
            return constant(Decimal(year), Dimension.COUNT, frame.size)
        case Ref():
            return of_leaf(frame.leaf(node, unlisted_as_zero))
        case Binary():
            left = figures(node.left, frame, mask, unlisted_as_zero)
            return combined(node.operator, left, figures(node.right, frame, mask, unlisted_as_zero))
        case Aggregate():
            return aggregated(node, frame, mask, unlisted_as_zero, figures)
        case Call(function="level" | "length"):
            return _measured(node, frame)
        case Call(function="number-in"):
            return _numbers_in(node, frame)
        case _:
            raise NoKernel


def instances_by_kind(node: Compare, frame: Frame) -> list[list[int]]:
    """Return the positions of instances whose words hold figures of one kind: rows of goals print 人, 元 and %."""
    asked = frame.world.worded.get(id(node))
    if asked is None:
        calls = [part for part in nodes(node) if isinstance(part, Call) and part.function == "number-in"]
        asked = tuple(call.arguments[0] for call in calls if isinstance(call.arguments[0], Ref))
        frame.world.worded[id(node)] = asked
    if not asked:
        return []
    texts = [frame.leaf(ref).texts() for ref in asked]
    kinds: dict[tuple[object, ...], list[int]] = {}
    for i, printed in enumerate(zip(*texts, strict=True)):
        amounts = (amount_in(text) for text in printed)
        kinds.setdefault(tuple(amount and amount.dimension for amount in amounts), []).append(i)
    return list(kinds.values())


# ---------------------------------------------------------------- functions


def _measured(node: Call, frame: Frame) -> Figures:
    """级次 and 长度 of what is printed."""
    read = words(node.arguments[0], frame)
    values, states = [], []
    for text, state in zip(read.texts, read.states, strict=True):
        found: int | None = len(text)
        if node.function == "level":
            found = {3: 1, 5: 2, 7: 3}.get(len(text)) if text.isdigit() else LEVELS.get(text)
        values.append(found or 0)
        states.append(state | (NOTHING if found is None and not state & UNDECIDED else 0))
    return Figures(values, 0, states, None, frozenset(), read.spots, fixed=Dimension.COUNT)


def _numbers_in(node: Call, frame: Frame) -> Figures:
    """The figure inside what a cell prints."""
    (argument,) = node.arguments
    if not isinstance(argument, Ref):
        raise NoKernel
    leaf = frame.leaf(argument)
    texts = leaf.texts()
    known = {text: amount_in(text) for text in set(texts)}
    amounts = [known[text] for text in texts]
    dimension = next((a.dimension for a in amounts if a is not None), None)
    percent = dimension is Dimension.PERCENT
    exponents = [a.value.as_tuple().exponent for a in amounts if a is not None]
    scale = max((-e for e in exponents if isinstance(e, int)), default=0)
    scale = max(0, scale)
    states = [
        OTHER if a is None or a.dimension is not dimension or a.unit is None else s & ~WORDS | PRINTED
        for a, s in zip(amounts, leaf.states, strict=True)
    ]
    values = [0 if a is None else int(a.value.scaleb(scale)) for a in amounts]

    def spots(i: int) -> list[Spot]:
        spot = leaf.spot(i)
        if spot is None:
            return []
        return [NumberKey(key_of(spot))]

    return Figures(
        values, scale + 2 * percent, states, dimension, frozenset(), spots, alone=[True] * frame.size
    )
