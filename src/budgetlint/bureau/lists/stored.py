"""What the lists are held against: the documents of a store, by the names of their units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from budgetlint.bureau.lists.names import plain_name, same_but_for_its_place

_COLUMNS = (
    "document, path, coalesce(unit, ''), coalesce(department, ''), coalesce(kind::VARCHAR, ''), year, read, "
    "coalesce([f.sha256 for f in files]::VARCHAR, '')"
)


class StoredDocument(Struct, frozen=True):
    """One document of a store; ``content`` is the same for two whose files are."""

    document: str
    path: str
    unit: str
    department: str
    kind: str
    year: int | None
    read: bool
    content: str = ""


class Stored:
    """The documents of a store, and which unit of theirs a name means."""

    def __init__(self, documents: Sequence[StoredDocument]) -> None:
        self.documents = tuple(documents)
        self._by_name: dict[str, list[StoredDocument]] = {}
        for document in documents:
            if document.unit:
                self._by_name.setdefault(plain_name(document.unit), []).append(document)
        self._loose = lru_cache(maxsize=None)(self._look)

    @property
    def units(self) -> tuple[str, ...]:
        """The names of units as documents print them."""
        return tuple(dict.fromkeys(document.unit for document in self.documents if document.unit))

    def of(self, name: str) -> tuple[tuple[StoredDocument, ...], bool]:
        """Return the documents of a unit, and whether they print its very name.

        A name that only lacks its place is taken where one unit alone fits.
        """
        exact = self._by_name.get(plain_name(name))
        return (tuple(exact), True) if exact else (self._loose(name), False)

    def _look(self, name: str) -> tuple[StoredDocument, ...]:
        found = [group for group in self._by_name.values() if same_but_for_its_place(name, group[0].unit)]
        return tuple(found[0]) if len(found) == 1 else ()


def stored_documents(connection: Any) -> Stored:
    """Return the documents of the store a DuckDB connection is open on."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM documents ORDER BY path").fetchall()
    return Stored([StoredDocument(*row) for row in rows])


def fitting(documents: Iterable[StoredDocument], level: str, kind: str, year: str) -> list[StoredDocument]:
    """Return the documents a row of a list is about: those of another level, kind or year left out where it says."""
    return [
        document
        for document in documents
        if (not level or not document.kind or document.kind.startswith(level))
        and (not kind or not document.kind or document.kind.endswith(kind))
        and (not year or document.year is None or str(document.year) == year)
    ]
