"""Where evaluation stands: the documents, the vocabulary, and the thing a quantifier is at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from budgetlint.checking.index import DocumentIndex, Prose, TableIndex
from budgetlint.document import Mention, Pattern
from budgetlint.language.functions import Function
from budgetlint.language.syntax import ColumnRef, Node, OtherDocument, Ref
from budgetlint.language.walk import nodes
from budgetlint.vocabulary import Vocabulary


class World(Struct, frozen=True):
    """What does not change during a check: documents, vocabulary, functions.

    ``decided`` holds what conditions came to at rows of tables, ``of_columns`` which conditions look at the column
    their instance is at, ``worded`` which references they take figures in words from, all by the identity of the
    condition's node, which stands for all that mean the same. ``traced`` keeps what was compared of every verdict,
    not only of those that are told. ``frames`` holds all that a quantifier visits, ``masks`` and ``leaves`` what
    conditions and references come to there, by the kernels.
    """

    main: DocumentIndex
    vocabulary: Vocabulary
    others: Mapping[OtherDocument, DocumentIndex] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)
    decided: dict[tuple[object, ...], Any] = field(default_factory=dict)
    of_columns: dict[int, bool] = field(default_factory=dict)
    worded: dict[int, tuple[Ref, ...]] = field(default_factory=dict)
    traced: bool = False
    masks: dict[tuple[object, ...], Any] = field(default_factory=dict)
    frames: dict[tuple[object, ...], Any] = field(default_factory=dict)
    leaves: dict[tuple[object, ...], Any] = field(default_factory=dict)


def of_column(node: Node, world: World) -> bool:
    """Tell whether a condition or reference speaks of 本列, the column an instance is at."""
    known = world.of_columns.get(id(node))
    if known is None:
        known = any(isinstance(part, ColumnRef) and part.label is None for part in nodes(node))
        world.of_columns[id(node)] = known
    return known


class Context(Struct, frozen=True):
    """The world and what the quantifier is at; what it is not at is None.

    ``column`` is the column of a 每一金额列 quantifier; ``item`` the properties of a list item (标题, 序号).
    """

    world: World
    table: TableIndex | None = None
    row: int | None = None
    column: int | None = None
    prose: Prose | None = None
    mention: Mention | None = None
    pattern: Pattern | None = None
    item: tuple[tuple[str, str], ...] | None = None

    @property
    def at_row(self) -> bool:
        """Tell whether the quantifier is at a row of a table, and at nothing else but perhaps a column of it."""
        return (
            self.row is not None
            and self.prose is None
            and self.mention is None
            and self.pattern is None
            and self.item is None
        )

    def at(self, table: TableIndex, row: int | None = None, column: int | None = None) -> Context:
        """Return the context at a table, a row of it, a column of that row."""
        return Context(self.world, table, row, column, self.prose, self.mention, self.pattern, self.item)
