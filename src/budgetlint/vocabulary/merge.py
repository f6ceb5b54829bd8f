"""Lay one vocabulary over another: terms of one name unite, and the later owner of an alias keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from budgetlint.vocabulary.labels import Named, label_key
from budgetlint.vocabulary.terms import (
    CodeEntry,
    ColumnTerm,
    ConceptTerm,
    RowTerm,
    SectionTerm,
    TableTerm,
    TitleWords,
)

if TYPE_CHECKING:
    from budgetlint.vocabulary.lexicon import Vocabulary

Term = TypeVar("Term", ColumnTerm, RowTerm, ConceptTerm, SectionTerm)


def merge_vocabularies(base: Vocabulary, over: Vocabulary) -> dict[str, Any]:
    """Return the fields of the merged vocabulary."""
    return {
        "tables": _tables(base.tables, over.tables),
        "sections": _by_name(_terms(base.sections.values(), over.sections.values())),
        "concepts": _by_name(_terms(base.concepts.values(), over.concepts.values())),
        "rows": _by_name(_terms(base.rows.values(), over.rows.values())),
        "columns": _by_name(_terms(base.columns.values(), over.columns.values())),
        "codes": _codes(base.codes, over.codes),
        "lists": _unions(base.lists, over.lists),
        "phrases": _unions(base.phrases, over.phrases),
        "facts": _union(base.facts, over.facts),
        "patterns": _unions(base.patterns, over.patterns),
        "reading": _unions(base.reading, over.reading),
        "regions": _union(base.regions, over.regions),
        "titles": TitleWords(
            _union(base.titles.filler, over.titles.filler),
            _union(over.titles.synonyms, base.titles.synonyms),
            _union(base.titles.owners, over.titles.owners),
        ),
    }


T = TypeVar("T")


def _union(first: Iterable[T], second: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _unions(base: Mapping[str, tuple[T, ...]], over: Mapping[str, tuple[T, ...]]) -> dict[str, tuple[T, ...]]:
    return {name: _union(base.get(name, ()), over.get(name, ())) for name in _union(base, over)}


def _codes(
    base: Mapping[str, tuple[CodeEntry, ...]], over: Mapping[str, tuple[CodeEntry, ...]]
) -> dict[str, tuple[CodeEntry, ...]]:
    """Unite code lists; an entry laid over replaces one of the same code and years."""
    merged: dict[str, tuple[CodeEntry, ...]] = dict(base)
    for name, entries in over.items():
        known = {(entry.code, entry.since, entry.until): entry for entry in base.get(name, ())}
        known.update({(entry.code, entry.since, entry.until): entry for entry in entries})
        merged[name] = tuple(known.values())
    return merged


def _by_name(terms: Iterable[Term]) -> dict[str, Term]:
    return {term.name: term for term in terms}


def _terms(base: Iterable[Term], over: Iterable[Term]) -> tuple[Term, ...]:
    """Unite terms by name; an alias that a laid-over term claims leaves the other terms."""
    laid = {term.name: term for term in over}
    claimed = _owners(laid.values())
    merged: dict[str, Term] = {}
    for term in base:
        kept = tuple(alias for alias in term.aliases if claimed.get(label_key(alias), term.name) == term.name)
        merged[term.name] = replace(term, aliases=kept)
    for name, term in laid.items():
        old = merged.get(name)
        if old is not None:
            term = replace(term, aliases=_union(term.aliases, old.aliases))
            if isinstance(term, SectionTerm) and isinstance(old, SectionTerm) and term.concept is None:
                term = replace(term, concept=old.concept)
        merged[name] = term
    return tuple(merged.values())


def _owners(terms: Iterable[Named]) -> dict[str, str]:
    return {label_key(alias): term.name for term in terms for alias in (term.name, *term.aliases)}


def _tables(base: Mapping[str, TableTerm], over: Mapping[str, TableTerm]) -> dict[str, TableTerm]:
    merged: dict[str, TableTerm] = {}
    for id, table in base.items():
        claimed = {
            label_key(alias)
            for other in over.values()
            if other.id != id and set(other.kinds) & set(table.kinds)
            for alias in (other.name, *other.aliases)
        }
        merged[id] = replace(table, aliases=tuple(a for a in table.aliases if label_key(a) not in claimed))
    for id, table in over.items():
        merged[id] = _table(merged[id], table) if id in merged else table
    return merged


def _table(base: TableTerm, over: TableTerm) -> TableTerm:
    return replace(
        base,
        kinds=_union(base.kinds, over.kinds),
        aliases=_union(over.aliases if over.name == base.name else (over.name, *over.aliases), base.aliases),
        many=base.many or over.many,
        form=base.form or over.form,
        columns=_terms(base.columns, over.columns),
        rows=_terms(base.rows, over.rows),
        shapes=_union(over.shapes, base.shapes),
    )
