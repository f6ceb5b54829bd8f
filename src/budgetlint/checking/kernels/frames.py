"""What kernels run over: instances that stand in one block of a table, or one by one elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from budgetlint.checking.engine.cells import column_meant
from budgetlint.checking.engine.columns import CODE_COLUMN, NAME_COLUMN, columns_named
from budgetlint.checking.engine.context import Context, World, of_column
from budgetlint.checking.engine.expressions import derivation
from budgetlint.checking.engine.facts import Fact, NothingToCheck, Undetermined
from budgetlint.checking.engine.references import fact_of_ref, paragraph_key, turned
from budgetlint.checking.engine.rows import rows_of
from budgetlint.checking.engine.tables import one_table
from budgetlint.checking.index import TableIndex
from budgetlint.checking.kernels.leaves import AMBIGUOUS, Leaf, Spot, gathered, of_facts, vector
from budgetlint.checking.kernels.vectors import MISSING, NOTHING, OTHER, PRINTED, WORDS
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import ColumnRef, Ref, RowChoice
from budgetlint.results.findings import Reason

_ABSENT = (Reason.MISSING_SECTION, Reason.MISSING_ROW, Reason.MISSING_COLUMN)


class Frame:
    """Instances of a check: rows of one block of a table (with one column, for 每一金额列), or any contexts.

    ``certain`` as in :func:`~budgetlint.checking.engine.conditions.decide`. A frame is whole where it holds all that a
    quantifier visits there: what a reference or a condition comes to is then found once, whatever rules ask for it.
    """

    def __init__(
        self,
        world: World,
        table: TableIndex | None,
        rows: Sequence[int] | None,
        column: int | None,
        certain: bool,
        contexts: Sequence[Context] = (),
        block: object = None,
        within: tuple[Frame, Sequence[int]] | None = None,
    ) -> None:
        self.world = world
        self.table = table
        self.rows = rows
        self.column = column
        self.certain = certain
        #: What whole frames of the same instances have in common, whatever column they are at; None for others.
        self.block = block
        self._contexts = contexts
        self._within = within
        self.size = len(contexts) if rows is None else len(rows)

    def part(self, at: Sequence[int]) -> Frame:
        """Return the frame of some of the instances, by their positions in order."""
        if len(at) == self.size:
            return self
        whole, positions = self, at
        if self._within is not None:
            whole, inside = self._within
            positions = [inside[i] for i in at]
        return Frame(
            self.world,
            self.table,
            None if self.rows is None else [self.rows[i] for i in at],
            self.column,
            self.certain,
            [self._contexts[i] for i in at] if self.rows is None else (),
            within=(whole, positions),
        )

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

    def order(self, i: int) -> int:
        """Return what puts instances in the order of the document."""
        if self.rows is not None:
            return self.rows[i]
        return i if self._within is None else self._within[1][i]

    def has(self, i: int) -> bool:
        """Tell whether an instance's row has the column of the frame, if that has one."""
        if self.column is None or self.table is None or self.rows is None:
            return True
        return self.column in self.table.table.rows[self.rows[i]].cells

    @cached_property
    def positions(self) -> dict[int, int]:
        """Where each row stands among the instances."""
        return {row: i for i, row in enumerate(self.rows or ())}

    # ------------------------------------------------------------ references

    def leaf(self, ref: Ref, unlisted_as_zero: bool = False) -> Leaf:
        """Return what a reference means for every instance."""
        if self._within is not None:
            whole, at = self._within
            shared = whole.shared_leaf(ref, unlisted_as_zero)
            if shared is not None:
                return shared.of(at)
        found = self.shared_leaf(ref, unlisted_as_zero)
        if found is not None:
            return found
        return of_facts([_fact(ref, self.context(i), unlisted_as_zero) for i in range(self.size)])

    def shared_leaf(self, ref: Ref, unlisted_as_zero: bool) -> Leaf | None:
        """Return what can be told of a reference for all instances at once, None where each has to be asked."""
        if self.block is None:
            return self._at_once(ref, unlisted_as_zero)
        column = self.column if of_column(ref, self.world) else None
        key = id(ref), unlisted_as_zero, self.block, column
        leaves = self.world.leaves
        if key not in leaves:
            leaves[key] = self._at_once(ref, unlisted_as_zero)
        found: Leaf | None = leaves[key]
        return found

    def _at_once(self, ref: Ref, unlisted_as_zero: bool) -> Leaf | None:
        if self.rows is None:
            return self._paragraphs() if ref.paragraph else None
        try:
            found = self._vector(ref, unlisted_as_zero)
        except Undetermined:
            return None
        if found is None and self.same_for_all(ref):
            return of_facts([_fact(ref, self.context(0), unlisted_as_zero)] * self.size)
        return found

    def _paragraphs(self) -> Leaf | None:
        """Return the texts of the paragraphs that the instances stand in."""
        found = [context.prose.paragraph for context in self._contexts if context.prose is not None]
        if len(found) < self.size:
            return None
        texts = [squeeze(paragraph.text) for paragraph in found]
        states = [WORDS | PRINTED] * self.size
        return Leaf(
            states,
            [0] * self.size,
            0,
            None,
            frozenset(),
            lambda: texts,
            lambda i: paragraph_key(found[i]),
        )

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
                    found[group] = None if problem.reason is Reason.MISSING_COLUMN else AMBIGUOUS
        return found


def block_of(world: World, table: TableIndex, group: int, column: int | None, certain: bool) -> Frame | None:
    """Return the frame of all rows of a block that print something, None where none does."""
    rows = table.blocks.get(group)
    if rows is None:
        return None
    key = id(table), group, column, certain
    if key not in world.frames:
        world.frames[key] = Frame(world, table, rows, column, certain, block=key[:2])
    found: Frame = world.frames[key]
    return found


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
    if derivation(ref, context) is not None:
        return OTHER
    try:
        return fact_of_ref(ref, context, unlisted_as_zero)
    except Undetermined as problem:
        return MISSING if problem.reason in _ABSENT else OTHER
    except NothingToCheck:
        return NOTHING
