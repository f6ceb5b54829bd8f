"""Says what a name in a rule can mean where it stands, and what was meant by one that means nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.document.text import squeeze
from budgetlint.language.functions import BUILTIN, Function
from budgetlint.language.keywords import keywords
from budgetlint.language.meant.guess import spaced_form
from budgetlint.language.meant.nearness import nearest
from budgetlint.language.syntax import (
    EachItem,
    EachMention,
    EachRow,
    EachTable,
    Label,
    Quantifier,
)
from budgetlint.vocabulary import ColumnTerm, TableTerm, Vocabulary

#: Words of arithmetic that are called like a function.
CALLED = frozenset({"SUM", "COUNT", "MAX", "MIN", "ABS"})
#: The contents list, which 每一项 may go through besides named lists.
CONTENTS = "目录"
#: A shorter name may shorten too many.
_SHORTEST_SHORTENED = 3
#: The role of a count (公务用车保有量/数量), which no pattern has as a property.
_COUNT_ROLE = "数量"
#: Facts that are words of the language (年度 是 2024).
_WORD_FACTS = ("年度", "公开类型", "地区")
#: Headers of a spanning column's own figure: steps of a path that need no term of their own.
_FIGURE_STEPS = {"小计", "合计", "金额", "其他", "收入", "支出", "预算数", "决算数"}


class Surroundings(Struct, frozen=True):
    """What a name stands among: the let names so far, the quantifier, and the nearest table to its left."""

    lets: tuple[str, ...] = ()
    quantifier: Quantifier | None = None
    table: TableTerm | None = None
    in_table: bool = False
    in_section: bool = False

    def beside(self, table: TableTerm | None) -> Surroundings:
        """Return the same with a table named in the check."""
        return replace(self, table=table, in_table=True)


class Names(Struct, frozen=True):
    """The names a rule may use: the vocabulary's and the functions'."""

    vocabulary: Vocabulary
    functions: Mapping[str, Function] = field(default_factory=dict)

    def table(self, label: Label | None) -> TableTerm | None:
        """Return the table a label names, None for a printed title or an unknown name."""
        return None if label is None or label.printed else self.vocabulary.table_named(label.text)

    def table_names(self) -> list[str]:
        """Return every name of a table."""
        return [name for table in self.vocabulary.tables.values() for name in (table.name, *table.aliases)]

    def column(self, name: str, table: TableTerm | None) -> ColumnTerm | None:
        """Return the column a name or path means in a table, or (None) in any."""
        found = self.vocabulary.column_named(table, name)
        if found is None and table is None:
            tables = self.vocabulary.tables.values()
            found = next((term for one in tables if (term := self.vocabulary.column_named(one, name))), None)
        return found

    def is_column(self, name: str, table: TableTerm | None) -> bool:
        """Whether a name, or every step of a path, is a column."""
        if self.column(name, table):
            return True
        steps = [step.replace("\\/", "/") for step in re.split(r"(?<!\\)/", name)]
        return len(steps) > 1 and all(
            step in _FIGURE_STEPS or self.column(step, table) or self.is_concept(step) for step in steps
        )

    def column_names(self, table: TableTerm | None) -> list[str]:
        """Return the columns' names of a table (None: of all), and those of every table."""
        tables = [table] if table else list(self.vocabulary.tables.values())
        own = [column.name for one in tables for column in one.columns]
        return [*own, *self.vocabulary.columns]

    def is_section(self, name: str) -> bool:
        """Whether a name is a section's or one of its aliases."""
        term = self.vocabulary.section_titled(name)
        return term is not None and name in {squeeze(alias) for alias in (term.name, *term.aliases)}

    def section_names(self) -> list[str]:
        """Return every name of a section."""
        return [n for term in self.vocabulary.sections.values() for n in (term.name, *term.aliases)]

    def is_concept(self, name: str) -> bool:
        """Whether a name is a concept's, or the name of a code (行政运行)."""
        if self.vocabulary.concept_said(name) is not None:
            return True
        return any(self.vocabulary.code_named(name, codes) for codes in self.vocabulary.codes)

    def is_list(self, name: str) -> bool:
        """Whether a name is a named list or a code list."""
        return name in self.list_names()

    def list_names(self) -> list[str]:
        """Return the names of named lists and code lists."""
        return [*self.vocabulary.lists, *self.vocabulary.codes]

    def function(self, name: str) -> Function | None:
        """Return a plugin's function by either of its names."""
        return next((f for f in self.functions.values() if name in (f.name, f.chinese)), None)

    def is_function(self, name: str) -> bool:
        """Whether a name can be called."""
        return name in BUILTIN or self.function(name) is not None

    def function_names(self) -> list[str]:
        """Return the words that are called like a function, and both names of every plugin's."""
        words = [w for w in keywords().words.values() if w.group == "函数" or w.token in CALLED]
        own = [form for word in words for form in (*word.zh, *word.en)]
        return [*own, *(name for f in self.functions.values() for name in (f.name, f.chinese))]

    def means_something(self, name: str, around: Surroundings) -> bool:
        """Whether a bare name can mean anything where it stands; a row may have any name."""
        if (
            name in around.lets
            or name in self.facts()
            or self.is_concept(name)
            or self.is_role_of_concept(name)
        ):
            return True
        match around.quantifier:
            case EachRow():
                table = around.table or self.table(around.quantifier.table.label)
                if self.is_column(name, table):
                    return True
                if nearest(name, self.column_names(table)):  # rows are open, but this is a column misspelt
                    return False
            case EachTable() | EachItem():
                return not spaced_form(name)
            case EachMention(label=label):
                if name in self.properties(label.text):
                    return True
            case _:
                pass
        if around.in_section:
            return name in self.properties("")
        return around.in_table and not spaced_form(name)

    def is_role_of_concept(self, name: str) -> bool:
        """Whether a name is ``概念/角色`` (公务接待费/决算数): which of a concept's figures in a section is meant."""
        concept, _, role = name.rpartition("/")
        return (
            bool(concept)
            and (role in self.properties("") or role == _COUNT_ROLE)
            and self.is_concept(concept)
        )

    def candidates(self, around: Surroundings) -> list[str]:
        """Return what a bare name could have been."""
        found = [*around.lets, *self.facts(), *self.vocabulary.concepts]
        match around.quantifier:
            case EachRow(table=table):
                found = [*self.column_names(around.table or self.table(table.label)), *found]
            case EachMention(label=label):
                found = [*self.properties(label.text), *found]
            case _:
                pass
        return found

    def all(self) -> list[str]:
        """Return every name of the vocabulary that may stand in a rule."""
        return [
            *self.table_names(),
            *self.column_names(None),
            *self.section_names(),
            *self.list_names(),
            *self.vocabulary.concepts,
            *self.facts(),
            *self.properties(""),
        ]

    def facts(self) -> tuple[str, ...]:
        """Return the names of facts of the document."""
        return (*self.vocabulary.facts, *_WORD_FACTS)

    def properties(self, pattern: str) -> tuple[str, ...]:
        """Return a mention pattern's properties; those of all patterns for any other name."""
        patterns = self.vocabulary.patterns
        own = patterns.get(pattern)
        return own if own is not None else tuple(name for names in patterns.values() for name in names)


def meant(name: str, candidates: Iterable[str]) -> str:
    """Return what an unknown name was probably meant to be: spaced words, a near name, one it shortens, or empty."""
    candidates = tuple(candidates)
    return spaced_form(name) or nearest(name, candidates) or _longer(name, candidates)


def _longer(name: str, candidates: tuple[str, ...]) -> str:
    """Return the one candidate that has all signs of a name of three or more in their order (功能科目)."""
    if len(name) < _SHORTEST_SHORTENED:
        return ""
    found = {candidate for candidate in candidates if _has_in_order(candidate, name)}
    return found.pop() if len(found) == 1 else ""


def _has_in_order(candidate: str, name: str) -> bool:
    signs = iter(candidate)
    return candidate != name and all(sign in signs for sign in name)


def quantified_table(quantifier: Quantifier | None, names: Names) -> TableTerm | None:
    """Return the table a quantifier's rows or sheets are of, where it names one."""
    if isinstance(quantifier, EachRow | EachTable):
        return names.table(quantifier.table.label)
    return None


def stands_in_table(quantifier: Quantifier | None) -> bool:
    """Whether a quantifier is at a row or a sheet, so that a column needs no table."""
    return isinstance(quantifier, EachRow | EachTable)
