"""A vocabulary as plain data and back, for the cache of compiled packs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from budgetlint.document import Role
from budgetlint.vocabulary.lexicon import Vocabulary
from budgetlint.vocabulary.terms import (
    CodeEntry,
    ColumnTerm,
    ConceptTerm,
    RowTerm,
    SectionTerm,
    TableTerm,
    TitleWords,
)


def to_data(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return a vocabulary as dicts, lists, strings and numbers (what JSON can hold)."""
    return {
        "tables": [_plain(term) for term in vocabulary.tables.values()],
        "sections": [_plain(term) for term in vocabulary.sections.values()],
        "concepts": [_plain(term) for term in vocabulary.concepts.values()],
        "rows": [_plain(term) for term in vocabulary.rows.values()],
        "columns": [_plain(term) for term in vocabulary.columns.values()],
        "codes": {
            name: [_code_row(entry) for entry in entries] for name, entries in vocabulary.codes.items()
        },
        "lists": {name: list(words) for name, words in vocabulary.lists.items()},
        "phrases": {name: list(words) for name, words in vocabulary.phrases.items()},
        "facts": list(vocabulary.facts),
        "patterns": {name: list(words) for name, words in vocabulary.patterns.items()},
        "titles": _plain(vocabulary.titles),
    }


def from_data(data: dict[str, Any]) -> Vocabulary:
    """Return the vocabulary that :func:`to_data` wrote."""
    titles = data["titles"]
    return Vocabulary(
        tables={item["id"]: _table(item) for item in data["tables"]},
        sections={
            item["name"]: SectionTerm(item["name"], tuple(item["aliases"]), item["concept"])
            for item in data["sections"]
        },
        concepts={
            item["name"]: ConceptTerm(item["name"], tuple(item["aliases"])) for item in data["concepts"]
        },
        rows={item["name"]: _row(item) for item in data["rows"]},
        columns={item["name"]: _column(item) for item in data["columns"]},
        codes={name: tuple(CodeEntry(*row) for row in rows) for name, rows in data["codes"].items()},
        lists={name: tuple(words) for name, words in data["lists"].items()},
        phrases={name: tuple(words) for name, words in data["phrases"].items()},
        facts=tuple(data["facts"]),
        patterns={name: tuple(words) for name, words in data["patterns"].items()},
        titles=TitleWords(
            tuple(titles["filler"]),
            tuple((printed, meant) for printed, meant in titles["synonyms"]),
            tuple(titles["owners"]),
        ),
    )


def _plain(term: Any) -> dict[str, Any]:
    """Return a term as data: tuples as lists, enumerations as their value."""
    plain: dict[str, Any] = _listed(asdict(term))
    return plain


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_listed(item) for item in value]
    return value.value if isinstance(value, Role) else value


def _code_row(entry: CodeEntry) -> list[Any]:
    return [entry.code, entry.name, entry.level, entry.confidence, entry.since, entry.until]


def _column(item: dict[str, Any]) -> ColumnTerm:
    return ColumnTerm(item["name"], tuple(item["aliases"]), Role(item["role"]))


def _row(item: dict[str, Any]) -> RowTerm:
    return RowTerm(item["name"], tuple(item["aliases"]))


def _table(item: dict[str, Any]) -> TableTerm:
    return TableTerm(
        id=item["id"],
        name=item["name"],
        kinds=tuple(item["kinds"]),
        aliases=tuple(item["aliases"]),
        many=item["many"],
        form=item["form"],
        columns=tuple(map(_column, item["columns"])),
        rows=tuple(map(_row, item["rows"])),
    )
