"""Keys: what a table, a printed figure, an instance of a check and a cause of 无法核对 are, by meaning and not by line.

Two keys are equal where they mean the same thing. Their text is what fingerprints and waivers are made of.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct


class SheetKey(Struct, frozen=True, cache_hash=True):
    """Tables of one kind and key: ``kind`` is the canonical id, else the squeezed title; ``key`` the project's name.

    ``which`` tells what it stands in apart from the document's own (``last-year>``, ``2>`` for the second set).
    """

    kind: str
    key: str = ""
    which: str = ""

    def __str__(self) -> str:
        return f"{self.which}{self.kind}|{self.key}"


class TableKey(Struct, frozen=True, cache_hash=True):
    """One table; ``namesake`` tells those of one kind and key apart, from 0 in printed order."""

    sheet: SheetKey
    namesake: int = 0

    def __str__(self) -> str:
        return f"{self.sheet}|{self.namesake}"


# ---------------------------------------------------------------- facts


class CellKey(Struct, frozen=True, cache_hash=True):
    """A cell: its row's index and its column's, or the name of what a row prints in whatever columns (科目编码)."""

    table: TableKey
    row: int
    column: int | str

    def __str__(self) -> str:
        return f"{self.table}#{self.row}/{self.column}"


class NumberKey(Struct, frozen=True, cache_hash=True):
    """The figure inside the words of a fact."""

    within: FactKey

    def __str__(self) -> str:
        return f"{self.within}:number"


class HeadKey(Struct, frozen=True, cache_hash=True):
    """What the head of a table prints: its title, 编制单位, a fact of its form."""

    table: TableKey
    name: str

    def __str__(self) -> str:
        return f"{self.table}:{self.name}"


class UnlistedKey(Struct, frozen=True, cache_hash=True):
    """A row that a table does not list and that counts as 0."""

    table: TableKey
    name: str

    def __str__(self) -> str:
        return f"unlisted:{self.table}:{self.name}"


class ThingKey(Struct, frozen=True, cache_hash=True):
    """Anything else that can be read: a figure of prose, a section, a paragraph, a fact of the document.

    ``kind`` says which of these, ``about`` what tells it from others of its kind, ``which`` the document it stands in.
    """

    kind: str
    about: tuple[object, ...]
    which: str = ""

    def __str__(self) -> str:
        return f"{self.which}{self.kind}:{':'.join(str(part) for part in self.about)}"


#: A check in Python may name a fact by a text of its own.
FactKey: TypeAlias = "CellKey | NumberKey | HeadKey | UnlistedKey | ThingKey | str"


def table_of(fact: FactKey) -> TableKey | None:
    """Return the table that prints a fact, None for prose and for what no table prints."""
    if isinstance(fact, NumberKey):
        return table_of(fact.within)
    return fact.table if isinstance(fact, CellKey | HeadKey) else None


def figure_of(fact: FactKey) -> FactKey:
    """Return the printed thing a fact is read from."""
    return fact.within if isinstance(fact, NumberKey) else fact


# ---------------------------------------------------------------- instances


class RowInstance(Struct, frozen=True):
    """A table (``row`` is None), a row of it by code or path, perhaps one column of that row.

    ``twin`` numbers rows of one code where a table has several; ``called`` the document's set if not the first.
    """

    sheet: SheetKey
    row: str | None = None
    twin: str = ""
    column: str | None = None
    called: str = ""

    def __str__(self) -> str:
        parts = [self.sheet.kind, self.sheet.key]
        parts += [] if self.row is None else [self.row, self.twin]
        parts += [] if self.column is None else [self.column]
        return self.called + "|".join(parts)

    @property
    def among(self) -> SheetKey | None:
        """What the row is one of many of."""
        return None if self.row is None else SheetKey(self.sheet.kind, self.sheet.key, self.called)


class SpokenInstance(Struct, frozen=True):
    """A figure or a sentence pattern of prose: the section it stands in, the item and the concept it speaks of."""

    section: str
    subject: str
    concept: str
    called: str = ""

    def __str__(self) -> str:
        return self.called + "|".join((self.section, self.subject, self.concept))

    @property
    def among(self) -> SheetKey:
        """What the sentence is one of many of: those of its section about its item."""
        return SheetKey(self.section, self.subject, self.called)


#: Paragraphs, entries of lists and the instances of checks in Python go by their text.
InstanceKey: TypeAlias = "RowInstance | SpokenInstance | str"


def among(instance: InstanceKey) -> SheetKey | None:
    """Return what an instance is one of many of: the rows of a table, the sentences of a section; None for others."""
    return None if isinstance(instance, str) else instance.among


# ---------------------------------------------------------------- causes


class CauseKey(Struct, frozen=True, cache_hash=True):
    """Why several checks cannot be decided, or fail as one: a table that is lost, a column that drifted.

    ``about`` names it in words; keys among them identify it and are not shown. ``apart`` tells causes of one document
    apart that go by the same words; it is neither shown nor part of a fingerprint.
    """

    kind: str
    about: tuple[str | SheetKey | TableKey, ...] = ()
    apart: FactKey | None = None

    def __str__(self) -> str:
        return self.meaning if self.apart is None else f"{self.meaning}#{self.apart}"

    @property
    def meaning(self) -> str:
        """The cause without what tells it from its like: what a fingerprint holds of it."""
        return ":".join((self.kind, *(str(part) for part in self.about)))

    @property
    def words(self) -> tuple[str, ...]:
        """What people know it by: tables, rows, columns, sections."""
        return tuple(part for part in self.about if isinstance(part, str) and part)


def cause_of(kind: str, *about: str | SheetKey | TableKey, apart: FactKey | None = None) -> CauseKey:
    """Return a cause of a kind, by what it is about."""
    return CauseKey(kind, about, apart)


def cause_said(cause: CauseKey | str) -> CauseKey | None:
    """Return a cause that a check in Python may have given as text (``table:收入总表``); None where it gave none."""
    if isinstance(cause, CauseKey):
        return cause
    kind, _, words = cause.partition(":")
    return CauseKey(kind, tuple(words.split(":"))) if cause else None
