"""What kernels run over: instances that stand in one block of a table, or one by one elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from budgetlint.checking.engine.cells import column_meant
from budgetlint.checking.engine.columns import CODE_COLUMN, NAME_COLUMN, columns_named
from budgetlint.checking.engine.context import Context, World
from budgetlint.checking.engine.facts import HUNDRED, Fact, NothingToCheck, Undetermined
from budgetlint.checking.engine.references import fact_of_ref, turned
from budgetlint.checking.engine.rows import rows_of
from budgetlint.checking.engine.tables import one_table
from budgetlint.checking.index import TableIndex
from budgetlint.checking.kernels.vectors import (
    BLANK,
    MISSING,
    NOTHING,
    OTHER,
    PRINTED,
    UNSURE,
    WORDS,
    Vector,
)
from budgetlint.document import Dimension
from budgetlint.document.keys import CellKey, FactKey
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import ColumnRef, Ref, RowChoice
from budgetlint.results.findings import Reason

#: A cell that an instance reads, or another fact.
Spot: TypeAlias = "tuple[TableIndex, int, int | str] | FactKey"
_ABSENT = (Reason.MISSING_SECTION, Reason.MISSING_ROW, Reason.MISSING_COLUMN)


def key_of(spot: Spot) -> FactKey:
    """Return what a spot is."""
    if isinstance(spot, tuple):
        table, row, column = spot
        return CellKey(table.identity, row, column)
    return spot


class Leaf(Struct):
    """What a reference means for every instance of a frame.

    ``values`` are in units of 10^-``scale``; ``dimension`` is None where no figure is printed; ``unknown`` the tables
    whose figures have no unit. ``texts`` gives the squeezed texts; ``spot`` what an instance reads.
    """

    states: list[int]
    values: list[int]
    scale: int
    dimension: Dimension | None
    unknown: frozenset[object]
    texts: Callable[[], list[str]]
    spot: Callable[[int], Spot | None]


class Frame:
    """Instances of a check: rows of one block of a table (with one column, for 每一金额列), or any contexts.

    ``certain`` as in :func:`~budgetlint.checking.engine.conditions.decide`; ``whole`` says that these are all rows of
    the block that print something.
    """

    def __init__(
        self,
        world: World,
        table: TableIndex | None,
        rows: Sequence[int] | None,
        column: int | None,
        certain: bool,
        contexts: Sequence[Context] = (),
        whole: bool = False,
    ) -> None:
        self.world = world
        self.table = table
        self.rows = rows
        self.column = column
        self.certain = certain
        self._contexts = contexts
        self.whole = whole
        self.size = len(contexts) if rows is None else len(rows)

    def context(self, i: int) -> Context:
        """Return where an instance stands."""
        if self.rows is None:
            return self._contexts[i]
        return Context(self.world, self.table, self.rows[i], self.column)

    @cached_property
    def group(self) -> int | None:
        """The block its rows stand in."""
        if self.table is None or not self.rows:
            return None
        return self.table.table.rows[self.rows[0]].group

    # ------------------------------------------------------------ references

    def leaf(self, ref: Ref, unlisted_as_zero: bool = False) -> Leaf:
        """Return what a reference means for every instance."""
        found = self._vector(ref, unlisted_as_zero) if self.rows is not None else None
        if found is not None:
            return found
        once = self.rows is not None and self.same_for_all(ref)
        facts = [_fact(ref, self.context(i), unlisted_as_zero) for i in range(1 if once else self.size)]
        return _of_facts(facts * self.size if once else facts)

    def same_for_all(self, ref: Ref) -> bool:
        """Tell whether a reference means one thing for all rows of the frame, which stand in one block."""
        if ref.row is not None and ref.row.choice is not RowChoice.NAMED:
            return False
        if ref.bare is not None or ref.section is not None or ref.row is not None:
            return True
        return ref.table is not None and not self._stands_here(ref)

    def _stands_here(self, ref: Ref) -> bool:
        """Tell whether a table that a reference names is the one the frame's rows stand in."""
        try:
            return one_table(ref, self.context(0)) is self.table and not ref.total
        except Undetermined:
            return False

    def _vector(self, ref: Ref, unlisted_as_zero: bool) -> Leaf | None:
        """Return a reference to a column at this row or at 对应行, None for any other."""
        context = self.context(0)
        if ref.bare is not None:
            name = squeeze(ref.bare.text)
            named = name in (CODE_COLUMN, NAME_COLUMN) or (
                self.table is not None
                and columns_named(ref.bare, self.table, self.group, self.world.vocabulary)
            )
            if not named:
                return None
            ref = Ref(column=ColumnRef(ref.bare))
        if ref.paragraph or ref.section or ref.item or (ref.table is not None and ref.table.each):
            return None
        try:
            table = one_table(ref, context)
            if ref.table is not None and ref.row is None and ref.column is not None:
                ref = turned(ref, table, context)
            if ref.row is not None and ref.row.choice is RowChoice.NAMED:
                return None
            if ref.row is None and (table is not self.table or ref.total):
                return None
        except Undetermined:
            return None
        assert self.rows is not None
        if ref.row is None:
            return self._at(ref, table, self.rows)
        chosen = self.chosen(ref, table)
        if unlisted_as_zero and not all(chosen):
            return None
        return self._at(
            ref, table, [rows[0] if len(rows) == 1 else None for rows in map(_taken, chosen)], chosen
        )

    def chosen(self, ref: Ref, table: TableIndex) -> list[tuple[int, ...] | None]:
        """Return the rows of a table that a reference chooses for every instance; None where it has none to take."""
        assert self.rows is not None
        if ref.row is None or ref.row.choice is RowChoice.NAMED:
            found = _rows(ref, table, self.context(0))
            return [found] * self.size
        known = table.chosen.setdefault((id(self.table), ref.row.choice, id(self.world.main)), {})
        for i, row in enumerate(self.rows):
            if row not in known:
                known[row] = _rows(ref, table, self.context(i))
        return [known[row] for row in self.rows]

    def _at(
        self,
        ref: Ref,
        table: TableIndex,
        rows: Sequence[int | None],
        chosen: Sequence[tuple[int, ...] | None] | None = None,
    ) -> Leaf:
        """Return a column's cells at some rows; where there is not one row, why not."""
        columns = self.columns(ref, table, rows)
        states, values, scale, dimension, unknown = gathered(table, rows, columns)
        if chosen is not None:
            for i, row in enumerate(rows):
                if row is None:
                    states[i] = NOTHING if chosen[i] is None else OTHER if chosen[i] else MISSING

        def texts() -> list[str]:
            return [
                ""
                if row is None or (c := columns[table.table.rows[row].group]) is None
                else vector(table, c).texts[row]
                for row in rows
            ]

        def spot(i: int) -> Spot | None:
            row = rows[i]
            if row is None:
                return None
            column = columns[table.table.rows[row].group]
            return None if column is None else (table, row, column)

        return Leaf(states, values, scale, dimension, unknown, texts, spot)

    def columns(self, ref: Ref, table: TableIndex, rows: Sequence[int | None]) -> dict[int, int | str | None]:
        """Return the column that a reference means in every block in which some rows stand; None where it has none."""
        found: dict[int, int | str | None] = {}
        for row in rows:
            if row is not None and (group := table.table.rows[row].group) not in found:
                try:
                    found[group] = column_meant(ref, table, row, self.context(0))
                except Undetermined as problem:
                    found[group] = None if problem.reason is Reason.MISSING_COLUMN else _AMBIGUOUS
        return found


#: Stands for a column that cannot be told.
_AMBIGUOUS = -1


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
    vectors = {g: vector(table, c) for g, c in columns.items() if c is not None and c != _AMBIGUOUS}
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


def _taken(rows: tuple[int, ...] | None) -> tuple[int, ...]:
    return () if rows is None else rows


def _rows(ref: Ref, table: TableIndex, context: Context) -> tuple[int, ...] | None:
    try:
        return rows_of(ref, table, context)
    except NothingToCheck:
        return None


# ---------------------------------------------------------------- facts


def _fact(ref: Ref, context: Context, unlisted_as_zero: bool) -> Fact | int:
    """Return the fact a reference means for one instance, else the state that says why there is none."""
    try:
        return fact_of_ref(ref, context, unlisted_as_zero)
    except Undetermined as problem:
        return MISSING if problem.reason in _ABSENT else OTHER
    except NothingToCheck:
        return NOTHING


def _of_facts(facts: Sequence[Fact | int]) -> Leaf:
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
