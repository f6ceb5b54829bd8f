"""What references come to for the instances of a frame, as vectors: columns of tables, and single facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeAlias

from budgetlint.checking.engine.facts import HUNDRED, Fact
from budgetlint.checking.index import TableIndex
from budgetlint.checking.kernels.vectors import (
    BLANK,
    MISSING,
    OTHER,
    PRINTED,
    UNSURE,
    WORDS,
    Vector,
)
from budgetlint.document import Dimension
from budgetlint.document.keys import CellKey, FactKey
from budgetlint.document.text import squeeze

#: A cell that an instance reads, or another fact.
Spot: TypeAlias = "tuple[TableIndex, int, int | str] | FactKey"


def key_of(spot: Spot) -> FactKey:
    """Return what a spot is."""
    if isinstance(spot, tuple):
        table, row, column = spot
        return CellKey(table.identity, row, column)
    return spot


class Leaf:
    """What a reference means for every instance of a frame.

    ``values`` are in units of 10^-``scale``; ``dimension`` is None where no figure is printed; ``unknown`` the tables
    whose figures have no unit. ``spot`` is what an instance reads.
    """

    __slots__ = ("_make_texts", "_texts", "dimension", "scale", "spot", "states", "unknown", "values")

    def __init__(
        self,
        states: list[int],
        values: list[int],
        scale: int,
        dimension: Dimension | None,
        unknown: frozenset[object],
        texts: Callable[[], list[str]],
        spot: Callable[[int], Spot | None],
    ) -> None:
        self.states = states
        self.values = values
        self.scale = scale
        self.dimension = dimension
        self.unknown = unknown
        self.spot = spot
        self._make_texts = texts
        self._texts: list[str] | None = None

    def texts(self) -> list[str]:
        """Return what every instance prints there, squeezed."""
        if self._texts is None:
            self._texts = self._make_texts()
        return self._texts

    def of(self, at: Sequence[int]) -> Leaf:
        """Return what it means for some of the instances."""
        return Leaf(
            [self.states[i] for i in at],
            [self.values[i] for i in at],
            self.scale,
            self.dimension,
            self.unknown,
            lambda: [texts[i] for texts in (self.texts(),) for i in at],
            lambda i: self.spot(at[i]),
        )


#: Stands for a column that cannot be told.
AMBIGUOUS = -1


def vector(table: TableIndex, column: int | str) -> Vector:
    """Return a column of a table as a vector, made on first use."""
    if column not in table.vectors:
        table.vectors[column] = Vector(table, column)
    found: Vector = table.vectors[column]
    return found


def gathered(
    table: TableIndex, rows: Sequence[int | None], columns: dict[int, int | str | None]
) -> tuple[list[int], list[int], int, Dimension | None, frozenset[object]]:
    """Return states and values of a column's cells at some rows, their scale and dimension, and tables without unit."""
    vectors = {g: vector(table, c) for g, c in columns.items() if c is not None and c != AMBIGUOUS}
    dimensions = {v.dimension for v in vectors.values() if v.dimension is not None}
    dimension = next(iter(dimensions), None)
    unknown = frozenset((table.identity,)) if Dimension.UNKNOWN in dimensions else frozenset()
    if len(columns) == 1 and len(vectors) == 1 and None not in rows:
        (one,) = vectors.values()
        of, at = one.states, one.values
        return [of[r] for r in rows], [at[r] for r in rows], one.scale, dimension, unknown  # type: ignore[index]
    scale = max((v.scale for v in vectors.values()), default=0)
    raised = {g: 10 ** (scale - v.scale) for g, v in vectors.items()}
    states, values = [], []
    for row in rows:
        group = None if row is None else table.table.rows[row].group
        found = None if group is None else vectors.get(group)
        if row is None or group is None or found is None:
            lost = group is not None and columns.get(group) is None
            states.append(MISSING if lost else OTHER)
            values.append(0)
        else:
            mixed = OTHER if found.dimension not in (None, dimension) else 0
            states.append(found.states[row] | mixed)
            values.append(found.values[row] * raised[group])
    return states, values, scale, dimension, unknown


def of_facts(facts: Sequence[Fact | int]) -> Leaf:
    """Return single facts as a leaf; those of another dimension than the first are left to be explained."""
    known = [fact for fact in facts if isinstance(fact, Fact)]
    dimension = next((f.dimension for f in known if f.amount is not None), None)
    scale = max((_scale(fact.value) for fact in known), default=0)
    unknown = frozenset(f.table for f in known if f.amount is not None and f.dimension is Dimension.UNKNOWN)
    return Leaf(
        [fact if isinstance(fact, int) else _state(fact, dimension) for fact in facts],
        [0 if isinstance(fact, int) else int(fact.value.scaleb(scale)) for fact in facts],
        scale,
        dimension,
        unknown,
        lambda: ["" if isinstance(fact, int) else squeeze(fact.printed) for fact in facts],
        lambda i: None if isinstance(fact := facts[i], int) else fact.identity,
    )


def _scale(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _state(fact: Fact, dimension: Dimension | None) -> int:
    unsure = 0 if fact.sure else UNSURE
    if fact.blank:
        return BLANK | unsure
    if fact.amount is None:
        return WORDS | PRINTED | unsure
    # A quotient of a percentage may have more digits than a decimal holds.
    inexact = abs(fact.value) >= _LARGEST or _scale(fact.value) > _FINEST
    return PRINTED | unsure | (OTHER if inexact or fact.dimension is not dimension else 0)


_LARGEST, _FINEST = HUNDRED**6, 12
