"""求和 and 行数 as vectors: over 下级科目, 对应行, chosen rows, a whole table, each with what its 当 selects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from budgetlint.checking.engine.spots import leaf_rows
from budgetlint.checking.engine.tables import one_table
from budgetlint.checking.index import TableIndex
from budgetlint.checking.kernels.frames import Frame, block_of
from budgetlint.checking.kernels.leaves import Spot, gathered
from budgetlint.checking.kernels.quantities import Figures, Mask, NoKernel, combined, no_spots
from budgetlint.checking.kernels.vectors import MISSING, NOTHING, OTHER
from budgetlint.document import Dimension
from budgetlint.language.syntax import Aggregate, Aggregation, Condition, Expression, Operator, Ref

#: Reckons an expression: :func:`budgetlint.checking.kernels.figures.figures`.
Reckon: TypeAlias = "Callable[[Expression, Frame, Mask, bool], Figures]"


def aggregated(node: Aggregate, frame: Frame, mask: Mask, unlisted_as_zero: bool, figures: Reckon) -> Figures:
    """Return a sum or a count for every instance; ``figures`` reckons its arguments."""
    if node.function is Aggregation.COUNT:
        return _counted(node, frame, mask)
    if node.function is not Aggregation.SUM:
        raise NoKernel
    parts = [
        _sum(argument, node.where, frame, mask, unlisted_as_zero, figures) for argument in node.arguments
    ]
    total = parts[0]
    for part in parts[1:]:
        total = combined(Operator.PLUS, total, part)
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
    node: Expression,
    where: Condition | None,
    frame: Frame,
    mask: Mask,
    unlisted_as_zero: bool,
    figures: Reckon,
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
        block = block_of(frame.world, table, table.table.rows[inside[0]].group, None, True)
        if block is not None and set(inside) <= block.positions.keys():
            found = mask(where, block)
            codes |= {row: found[block.positions[row]] for row in inside}
        else:
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
    return Figures(counts, 0, states, None, frozenset(), no_spots, fixed=Dimension.COUNT, counted=True)
