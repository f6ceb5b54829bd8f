"""Expressions as vectors of whole numbers: sums, differences and products over the instances of a frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from operator import or_

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.checking.engine.expressions import LEVELS, literal
from budgetlint.checking.engine.printed import amount_in
from budgetlint.checking.engine.spots import leaf_rows
from budgetlint.checking.engine.tables import one_table
from budgetlint.checking.index import TableIndex
from budgetlint.checking.kernels.frames import Frame, Leaf, Spot, gathered, key_of
from budgetlint.checking.kernels.vectors import MISSING, NOTHING, OTHER, PRINTED, UNDECIDED, WORDS
from budgetlint.checking.kernels.words import words
from budgetlint.document import Dimension
from budgetlint.document.keys import NumberKey
from budgetlint.language.syntax import (
    Aggregate,
    Aggregation,
    Binary,
    Call,
    Condition,
    Expression,
    Number,
    Operator,
    Ref,
    Time,
    Year,
)

#: Returns for every row which of them a condition selects: the codes of :mod:`budgetlint.checking.kernels.codes`.
Mask = Callable[[Condition, Frame], list[int]]


class NoKernel(Exception):
    """An expression or a condition that only the explaining path decides."""


class Figures(Struct):
    """A quantity for every instance: ``values`` in units of 10^-``scale``, ``states`` of all that was read.

    ``fixed`` is the dimension of the constant part; ``alone`` says for which instances it is one printed figure and
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


def figures(node: Expression, frame: Frame, mask: Mask, unlisted_as_zero: bool = False) -> Figures:
    """Return an expression for every instance of a frame.

    Raises NoKernel for what has no kernel.
    """
    match node:
        case Number(value=value, unit=unit):
            return _constant(*literal(value, unit), frame.size)
        case Year(time=time) if frame.world.main.document.year is not None:
            year = frame.world.main.document.year - (time is not Time.THIS_YEAR)
            return _constant(Decimal(year), Dimension.COUNT, frame.size)
        case Ref():
            return of_leaf(frame.leaf(node, unlisted_as_zero))
        case Binary():
            left = figures(node.left, frame, mask, unlisted_as_zero)
            return _binary(node.operator, left, figures(node.right, frame, mask, unlisted_as_zero))
        case Aggregate():
            return _aggregate(node, frame, mask, unlisted_as_zero)
        case Call(function="level" | "length"):
            return _measured(node, frame)
        case Call(function="number-in"):
            return _numbers_in(node, frame)
        case _:
            raise NoKernel


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


def _constant(value: Decimal, dimension: Dimension | None, size: int) -> Figures:
    exponent = value.as_tuple().exponent
    scale = max(0, -exponent) if isinstance(exponent, int) else 0
    return Figures(
        [int(value.scaleb(scale))] * size,
        scale,
        [0] * size,
        None,
        frozenset(),
        _no_spots,
        fixed=dimension if value else None,
        constant=True,
        alone=[False] * size,
    )


def _no_spots(i: int) -> list[Spot]:
    return []


# ---------------------------------------------------------------- arithmetic


def common(left: Dimension | None, right: Dimension | None) -> Dimension | None:
    """Return the dimension two quantities share; None fits all. Raises NoKernel where they may share none."""
    if left is None or right is None or left is right:
        return left or right
    raise NoKernel


def aligned(left: Figures, right: Figures) -> tuple[list[int], list[int], int]:
    """Return the values of both in one scale."""
    scale = max(left.scale, right.scale)
    return _raised(left, scale), _raised(right, scale), scale


def _raised(of: Figures, scale: int) -> list[int]:
    if of.scale == scale:
        return of.values
    factor = 10 ** (scale - of.scale)
    return [value * factor for value in of.values]


def merged(left: list[int], right: list[int]) -> list[int]:
    """Return the states of all that two quantities read."""
    return list(map(or_, left, right))


def _binary(operator: Operator, left: Figures, right: Figures) -> Figures:
    if operator is Operator.DIVIDED:
        raise NoKernel
    spots = _both(left, right)
    states = merged(left.states, right.states)
    unknown, counted = left.unknown | right.unknown, left.counted or right.counted
    if operator is Operator.TIMES:
        return _product(left, right, states, spots, unknown, counted)
    a, b, scale = aligned(left, right)
    minus = operator is Operator.MINUS
    values = (
        [x - y for x, y in zip(a, b, strict=True)] if minus else [x + y for x, y in zip(a, b, strict=True)]
    )
    return Figures(
        values,
        scale,
        states,
        common(left.dimension, right.dimension),
        unknown,
        spots,
        fixed=left.fixed or right.fixed,
        linear=left.linear and right.linear,
        counted=counted,
        constant=left.constant and right.constant,
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
    dimensions = [_whole(side) for side in (left, right)]
    first, second = dimensions
    ratio = first in (None, Dimension.PERCENT, Dimension.COUNT)
    dimension = second if ratio else first
    if linear:  # a constant scales what it stands beside, whose dimension stays its own
        dimension = right.dimension if left.constant else left.dimension
    if max(map(abs, values), default=0) >= _LONGEST:
        raise NoKernel
    return Figures(
        values,
        left.scale + right.scale,
        states,
        dimension,
        unknown,
        spots,
        fixed=(right.fixed if left.constant else left.fixed) if linear else None,
        linear=linear and left.linear and right.linear,
        counted=counted,
        constant=left.constant and right.constant,
    )


#: The explaining path keeps this many digits of a product of figures.
_LONGEST = 10**38


def _whole(of: Figures) -> Dimension | None:
    return of.dimension or of.fixed


def _both(left: Figures, right: Figures) -> Callable[[int], list[Spot]]:
    if left.constant:
        return right.spots
    if right.constant:
        return left.spots
    return lambda i: left.spots(i) + right.spots(i)


# ---------------------------------------------------------------- aggregates


def _aggregate(node: Aggregate, frame: Frame, mask: Mask, unlisted_as_zero: bool) -> Figures:
    if node.function is Aggregation.COUNT:
        return _counted(node, frame, mask)
    if node.function is not Aggregation.SUM:
        raise NoKernel
    parts = [_sum(argument, node.where, frame, mask, unlisted_as_zero) for argument in node.arguments]
    total = parts[0]
    for part in parts[1:]:
        total = _binary(Operator.PLUS, total, part)
    if len(parts) > 1:
        nothing = [all(p.states[i] & NOTHING_TAKEN for p in parts) for i in range(frame.size)]
        states = [
            s & ~NOTHING_TAKEN | (NOTHING if none else 0)
            for s, none in zip(total.states, nothing, strict=True)
        ]
        return replace(total, states=states)
    states = [s & ~NOTHING_TAKEN | (NOTHING if s & NOTHING_TAKEN else 0) for s in total.states]
    return replace(total, states=states)


#: An argument of an aggregate that took no place; only where all of them took none is there nothing to check.
NOTHING_TAKEN = 256


def _sum(
    node: Expression, where: Condition | None, frame: Frame, mask: Mask, unlisted_as_zero: bool
) -> Figures:
    """Return the sum an argument stands for."""
    if not isinstance(node, Ref):
        return figures(node, frame, mask, unlisted_as_zero)
    plural = _places(node, frame)
    if plural is None:
        if where is not None:
            raise NoKernel
        return figures(node, frame, mask, unlisted_as_zero)
    table, chosen, whole = plural
    if unlisted_as_zero and not whole and not all(rows is None or rows for rows in chosen):
        raise NoKernel
    taken, doubtful = _selected(chosen, table, where, frame, mask)
    return _added_up(node, table, chosen, taken, doubtful, whole, frame)


def _added_up(
    node: Ref,
    table: TableIndex,
    chosen: Sequence[tuple[int, ...] | None],
    taken: list[tuple[int, ...]],
    doubtful: list[bool],
    whole: bool,
    frame: Frame,
) -> Figures:
    every = sorted({row for rows in taken for row in rows})
    columns = frame.columns(node, table, every)
    of_rows = gathered(table, every, columns)
    states, values = (dict(zip(every, found, strict=True)) for found in of_rows[:2])
    sums, seen = [], []
    known: dict[tuple[int, ...], tuple[int, int]] = {}
    for i, rows in enumerate(taken):
        if rows not in known:
            state = value = 0
            for row in rows:
                state |= states[row]
                value += values[row]
            known[rows] = state, value
        state, value = known[rows]
        if chosen[i] is None:
            state = NOTHING
        elif not chosen[i] and not whole:
            state = MISSING
        elif not rows:
            state |= NOTHING_TAKEN
        seen.append(state | (OTHER if doubtful[i] else 0))
        sums.append(value)

    def spots(i: int) -> list[Spot]:
        found: list[Spot] = []
        for row in taken[i]:
            column = columns[table.table.rows[row].group]
            if column is not None:
                found.append((table, row, column))
        return found

    alone = [len(rows) == 1 for rows in taken]
    return Figures(sums, of_rows[2], seen, of_rows[3], of_rows[4], spots, alone=alone)


def _places(node: Ref, frame: Frame) -> tuple[TableIndex, list[tuple[int, ...] | None], bool] | None:
    """Return the table and the rows that an aggregate looks at for a reference; None where it is one fact."""
    if node.table is None and node.row is None and node.column is None:
        return None
    if frame.rows is None or (node.table is not None and node.table.each) or node.item is not None:
        raise NoKernel
    if node.section is not None or node.paragraph or node.total:
        raise NoKernel
    table = one_table(node, frame.context(0))
    if node.table is not None and node.row is None:
        return table, [leaf_rows(node, table, frame.context(0))] * frame.size, True
    if node.row is None:
        return table, [(row,) for row in frame.rows], False
    return table, frame.chosen(node, table), False


def _selected(
    chosen: Sequence[tuple[int, ...] | None],
    table: TableIndex,
    where: Condition | None,
    frame: Frame,
    mask: Mask,
) -> tuple[list[tuple[int, ...]], list[bool]]:
    """Return of the chosen rows those that a condition takes, and for which instances that cannot be told."""
    if where is None:
        return [rows or () for rows in chosen], [False] * len(chosen)
    codes = codes_of_rows(where, table, {row for rows in chosen for row in rows or ()}, frame, mask)
    taken = [tuple(row for row in rows or () if codes[row] == 0) for rows in chosen]
    return taken, [any(codes[row] < 0 for row in rows or ()) for rows in chosen]


def codes_of_rows(
    where: Condition, table: TableIndex, rows: set[int], frame: Frame, mask: Mask
) -> dict[int, int]:
    """Return what a condition comes to at rows of a table, block by block."""
    codes: dict[int, int] = {}
    blocks: dict[int, list[int]] = {}
    for row in sorted(rows):
        blocks.setdefault(table.table.rows[row].group, []).append(row)
    for inside in blocks.values():
        found = mask(where, Frame(frame.world, table, inside, None, True))
        codes |= dict(zip(inside, found, strict=True))
    return codes


def _counted(node: Aggregate, frame: Frame, mask: Mask) -> Figures:
    counts, states = [0] * frame.size, [0] * frame.size
    for argument in node.arguments:
        plural = _places(argument, frame) if isinstance(argument, Ref) else None
        if plural is None:
            raise NoKernel
        table, chosen, whole = plural
        taken, doubtful = _selected(chosen, table, node.where, frame, mask)
        for i, rows in enumerate(taken):
            counts[i] += len(rows)
            if chosen[i] is None:
                states[i] |= NOTHING
            elif (not chosen[i] and not whole) or doubtful[i]:
                states[i] |= OTHER
    return Figures(counts, 0, states, None, frozenset(), _no_spots, fixed=Dimension.COUNT, counted=True)


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
