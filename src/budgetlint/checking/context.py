"""Where evaluation stands: the documents, the vocabulary, and the thing a quantifier is at."""

from __future__ import annotations

from collections.abc import Mapping

from budgetlint.checking.index import DocumentIndex, Prose, TableIndex
from budgetlint.document import Mention, Pattern
from budgetlint.language.functions import Function
from budgetlint.language.syntax import OtherDocument
from budgetlint.records import dataclass, field
from budgetlint.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class World:
    """What does not change during a check: documents, vocabulary, functions."""

    main: DocumentIndex
    vocabulary: Vocabulary
    others: Mapping[OtherDocument, DocumentIndex] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
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

    def at(self, table: TableIndex, row: int | None = None, column: int | None = None) -> Context:
        """Return the context at a table, a row of it, a column of that row."""
        return Context(self.world, table, row, column, self.prose, self.mention, self.pattern, self.item)
