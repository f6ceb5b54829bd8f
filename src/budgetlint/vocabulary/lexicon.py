"""The merged vocabulary and the questions it answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, partial
from typing import Any, TypeVar

from msgspec import Struct, field

from budgetlint.document.text import bare_label
from budgetlint.vocabulary.codes import CodeIndex
from budgetlint.vocabulary.divisions import Divisions
from budgetlint.vocabulary.labels import PathIndex, label_key, named
from budgetlint.vocabulary.merge import merge_vocabularies
from budgetlint.vocabulary.reading import ReadingWords
from budgetlint.vocabulary.terms import (
    CodeEntry,
    ColumnTerm,
    ConceptTerm,
    RowTerm,
    SectionTerm,
    TableTerm,
    TitleWords,
)
from budgetlint.vocabulary.titles import TitleIndex, clean_title

T = TypeVar("T")
_LONGEST_HEADING = 60
_SHORTEST_INSIDE = 3
#: Before 收入…, 支出…, 收支… these make a heading one of something narrower: 政府采购 | 支出预算情况.
_NARROWED = re.compile(
    r"(?:拨款|资金|费|服务|采购|基金|经营|专户|结转|结余|项目|基本|专项|转移支付|财政|(?:公共|基金|经营)预算)(?=[收支])"
)


class Vocabulary(Struct, frozen=True, dict=True, omit_defaults=True):
    """The merged vocabulary.

    ``phrases`` are word groups by purpose (``increase``, ``decrease``, ``flat``, ``compared-with``, ``empty-note``
    …); ``lists`` plain named lists; ``codes`` code lists by name (功能分类科目); ``facts`` names of facts of
    the document (标题年度, 单位名称 …); ``patterns`` property names of each mention pattern; ``titles`` how titles of
    tables vary; ``rows`` and ``columns`` terms of every table; ``reading`` the words by which the normaliser tells
    lines, cells, columns and clauses, by their path in ``reading.yaml`` (``列/金额``); ``regions`` the administrative
    divisions with their codes.
    """

    tables: dict[str, TableTerm] = field(default_factory=dict)
    sections: dict[str, SectionTerm] = field(default_factory=dict)
    concepts: dict[str, ConceptTerm] = field(default_factory=dict)
    rows: dict[str, RowTerm] = field(default_factory=dict)
    columns: dict[str, ColumnTerm] = field(default_factory=dict)
    codes: dict[str, tuple[CodeEntry, ...]] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    patterns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    titles: TitleWords = field(default_factory=TitleWords)
    reading: dict[str, tuple[str, ...]] = field(default_factory=dict)
    regions: tuple[CodeEntry, ...] = ()

    @cached_property
    def words(self) -> ReadingWords:
        """The words by which a document is read."""
        return ReadingWords(self.reading)

    @cached_property
    def divisions(self) -> Divisions:
        """The administrative divisions."""
        return Divisions.of(self.regions)

    @cached_property
    def _answers(self) -> dict[Any, Any]:
        """What was asked before, and the answer."""
        return {}

    def table_named(self, name: str) -> TableTerm | None:
        """Return the table a rule means by a name: id, canonical name or alias, spaces and widths ignored.

        A canonical name goes before an alias; an alias of two tables names none.
        """
        index = self._once("table names", self._table_names)
        return index.get(label_key(name))

    def table_titled(self, title: str, kind: str | None) -> TableTerm | None:
        """Return the table a printed title announces (year, unit name, numbering and filler ignored), or None.

        Longest exact alias first, then the title's skeleton; ``kind`` (预算, 决算 or None) decides between namesakes.
        """
        return self._once(("title", title, kind), lambda: self._title_index.find(title, kind))

    def tables_titled(self, title: str, kind: str | None) -> tuple[list[TableTerm], bool]:
        """Return every table a printed title may announce, and whether it has but the wording of their kind."""
        return self._once(("titles", title, kind), lambda: self._title_index.answers(title, kind))

    def column_of(
        self, table: TableTerm | None, path: tuple[str, ...], year: int | None = None
    ) -> ColumnTerm | None:
        """Return the canonical column a printed header path is, asking the table's own terms first.

        ``year`` is the document's: 2024年预算数 is then 本年预算数, 2023年预算数 上年预算数.
        """
        found: ColumnTerm | None = self._path(table, "columns", path, year)
        return found

    def column_named(self, table: TableTerm | None, name: str) -> ColumnTerm | None:
        """Return the column a rule means by a name, path or alias in a table (None: in any)."""
        own = named(table.columns, name) if table else None
        return own or named(self.columns.values(), name)

    def row_called(self, label: str) -> RowTerm | None:
        """Return the row that a printed label names in any table (上年结转结余 is 上年结转 everywhere), or None."""
        return self._once("row names", self._row_names).get(bare_label(label))

    def section_titled(self, title: str) -> SectionTerm | None:
        """Return the section a printed heading announces, or None.

        An alias that is the whole heading goes first, then the longest alias the heading contains, unless a word of
        the list 专题 stands before it: “三公”经费支出总体情况 is no 支出总体情况.
        """
        return self._once(("section", title), lambda: self._section(title))

    def section_called(self, title: str) -> SectionTerm | None:
        """Return the section that has a heading, numbering aside, as one of its names, or None."""
        term = self.section_titled(title)
        names = (term.name, *term.aliases) if term else ()
        return term if any(label_key(name) == label_key(title) for name in names) else None

    def concept_said(self, words: str) -> ConceptTerm | None:
        """Return the concept some words of prose name exactly (spaces and widths ignored), or None."""
        index = self._once("concepts", self._concept_names)
        return index.get(label_key(words))

    def code_named(self, label: str, codes: str, year: int | None = None) -> CodeEntry | None:
        """Return the entry of a code list that a row label names (numbering, 支出 at the end and old names allowed)."""
        return self._code_index(codes).named(label, year)

    def code_entries(self, code: str, codes: str) -> tuple[CodeEntry, ...]:
        """Return every entry of a code: its names through the years, () for an unknown code."""
        return self._code_index(codes).entries(code)

    def official_name(self, code: str, year: int | None = None, certain: bool = False) -> str | None:
        """Return the name in force of a code, whichever list it is of, or None; ``certain``: only if it is sure."""
        for codes in self.codes:
            for entry in self.code_entries(code, codes):
                if entry.valid_in(year) and (entry.confidence == "certain" or not certain):
                    return entry.name
        return None

    def merged(self, other: Vocabulary) -> Vocabulary:
        """Return this vocabulary with another laid over it (terms of one name unite their aliases)."""
        return Vocabulary(**merge_vocabularies(self, other))

    @cached_property
    def _title_index(self) -> TitleIndex:
        return TitleIndex.of(self.tables.values(), self.titles)

    def _once(self, key: object, make: Callable[[], T]) -> T:
        if key not in self._answers:
            self._answers[key] = make()
        answer: T = self._answers[key]
        return answer

    def _table_names(self) -> dict[str, TableTerm]:
        aliased: dict[str, TableTerm | None] = {}
        for table in self.tables.values():
            for alias in table.aliases:
                key = label_key(alias)
                aliased[key] = table if aliased.get(key, table) is table else None
        names = {key: table for key, table in aliased.items() if table is not None}
        for table in self.tables.values():
            names[label_key(table.id)] = names[label_key(table.name)] = table
        return names

    def _path(
        self, table: TableTerm | None, which: str, path: tuple[str, ...], year: int | None = None
    ) -> Any:
        key = (which, table and table.id, path, year)
        return self._once(key, lambda: self._find_path(table, which, path, year))

    def _find_path(self, table: TableTerm | None, which: str, path: tuple[str, ...], year: int | None) -> Any:
        everywhere = tuple(getattr(self, which).values())
        for owner, terms in ((table and table.id, getattr(table, which, ())), ("", everywhere)):
            index = self._once((which, "index", owner), partial(PathIndex, terms))
            number = index.find(path, year)
            if number is not None:
                return terms[number]
        return None

    def _section(self, title: str) -> SectionTerm | None:
        heading = label_key(clean_title(title))
        if not heading or len(heading) > _LONGEST_HEADING:
            return None
        best: tuple[int, SectionTerm] | None = None
        for key, section in self._once("sections", self._section_names):
            if key == heading:
                return section
            longer = len(key) >= _SHORTEST_INSIDE and (best is None or len(key) > best[0])
            if longer and key in heading and not self._narrowed(heading, key):
                best = (len(key), section)
        return best[1] if best else None

    def _section_names(self) -> list[tuple[str, SectionTerm]]:
        return [
            (label_key(clean_title(alias)), section)
            for section in self.sections.values()
            for alias in (section.name, *section.aliases)
        ]

    def _narrowed(self, heading: str, key: str) -> bool:
        """Tell whether words before a heading's own narrow it down to a part of what they say."""
        start = heading.rindex(key)
        if any(subject in heading[:start] for subject in self.lists.get("专题", ())):
            return True
        return any(match.end() == start for match in _NARROWED.finditer(heading))

    def _concept_names(self) -> dict[str, ConceptTerm]:
        names = {label_key(alias): term for term in self.concepts.values() for alias in term.aliases}
        return names | {label_key(term.name): term for term in self.concepts.values()}

    def _row_names(self) -> dict[str, RowTerm]:
        terms = self.rows.values()
        aliased = {bare_label(alias): term for term in terms for alias in term.aliases if "/" not in alias}
        return aliased | {bare_label(term.name): term for term in terms}

    def _code_index(self, codes: str) -> CodeIndex:
        return self._once(("codes", codes), lambda: CodeIndex(self.codes.get(codes, ())))
