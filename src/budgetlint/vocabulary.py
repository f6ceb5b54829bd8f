"""What names mean: canonical tables, columns, rows, sections, concepts, phrases and code lists, all read from data.

A vocabulary is what one or more rule packs say (``vocabulary.yaml``, ``tables.yaml``, ``codes/*.csv``), merged in order:
national, then province, then city, each adding to or overriding the one before. The normaliser asks it what a printed
name is called; the language asks it whether a name in a rule exists. It knows nothing of files or documents.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetlint.document import Role


@dataclass(frozen=True, slots=True)
class ColumnTerm:
    """A canonical column of a table: ``aliases`` are labels or paths (``本年支出/小计``) that print it."""

    name: str
    aliases: tuple[str, ...] = ()
    role: Role = Role.AMOUNT


@dataclass(frozen=True, slots=True)
class RowTerm:
    """A canonical row: ``aliases`` are labels or paths (``收入/总计``) that print it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableTerm:
    """A canonical table.

    ``kinds`` are 预算 and/or 决算; ``many`` says that a document holds many sheets of it (one a project);
    ``form`` that it is a form of labelled fields rather than a list with columns.
    """

    id: str
    name: str
    kinds: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    many: bool = False
    form: bool = False
    columns: tuple[ColumnTerm, ...] = ()
    rows: tuple[RowTerm, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionTerm:
    """A canonical section: headings that name it, and the concept its own figure (合计) is."""

    name: str
    aliases: tuple[str, ...] = ()
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class ConceptTerm:
    """A canonical concept of prose (人员经费) and the other ways to say it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One code of a list: ``since``/``until`` the first and last year of this name, ``confidence`` how sure it is."""

    code: str
    name: str
    level: str = ""
    confidence: str = "certain"
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The merged vocabulary.

    ``phrases`` are word groups by purpose (``increase``, ``decrease``, ``flat``, ``compared-with``, ``empty-note``,
    ``note``, ``unit-line`` …); ``lists`` plain named lists; ``codes`` code lists by name; ``facts`` names of facts of
    the document (标题年度, 单位名称 …); ``patterns`` property names of each mention pattern.
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

    # The methods below are the contract; see the module's tests for what each must answer.

    def table_named(self, name: str) -> TableTerm | None:
        """Return the table a rule means by a name: id, canonical name or alias, spaces and widths ignored."""
        raise NotImplementedError

    def table_titled(self, title: str, kind: str | None) -> TableTerm | None:
        """Return the table a printed title announces (year, unit name, numbering and filler ignored), or None.

        Longest exact alias first, then the title's skeleton; ``kind`` (预算, 决算 or None) decides between namesakes.
        """
        raise NotImplementedError

    def column_of(self, table: TableTerm | None, path: tuple[str, ...]) -> ColumnTerm | None:
        """Return the canonical column a printed header path is, asking the table's own terms first."""
        raise NotImplementedError

    def section_titled(self, title: str) -> SectionTerm | None:
        """Return the section a printed heading announces, or None."""
        raise NotImplementedError

    def concept_said(self, words: str) -> ConceptTerm | None:
        """Return the concept some words of prose name exactly (spaces and widths ignored), or None."""
        raise NotImplementedError

    def code_named(self, label: str, codes: str, year: int | None = None) -> CodeEntry | None:
        """Return the entry of a code list that a row label names (numbering, 支出 at the end and old names allowed)."""
        raise NotImplementedError

    def merged(self, other: Vocabulary) -> Vocabulary:
        """Return this vocabulary with another laid over it (terms of one name unite their aliases)."""
        raise NotImplementedError
