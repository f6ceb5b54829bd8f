"""What an editor asks about a rule file, answered without any protocol: errors, completions, meanings, formatting.

Lines and columns are 0-based, columns in characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from budgetlint.document import Bundle
from budgetlint.language.errors import RuleError
from budgetlint.language.functions import Function
from budgetlint.language.keywords import Tongue, keywords
from budgetlint.language.parser import ParsedFile
from budgetlint.language.printer import print_rule
from budgetlint.language.reading import read_rules
from budgetlint.language.syntax import Rule
from budgetlint.results.wording import about
from budgetlint.run.session import Session
from budgetlint.vocabulary import TableTerm, Vocabulary
from budgetlint.workbench.lines import Lines

#: So many names an editor is offered at once.
MOST = 200
_WORD = re.compile(r"[\w/·（）()]+|【[^】\n]*】?|「[^」\n]*」?")


#: Tells what a rule reads in a document, line by line.
Follow: TypeAlias = Callable[[Rule, Bundle], Iterable[str]]


class Remark(Struct, frozen=True):
    """Something wrong at a place, and what was probably meant in its stead ("" for no guess)."""

    line: int
    start: int
    end: int
    message: str
    suggestion: str = ""


class Offer(Struct, frozen=True):
    """A word that may be written: what it is, and the columns of the line it takes the place of."""

    text: str
    kind: str
    detail: str
    start: int
    end: int


class Meaning(Struct, frozen=True):
    """What a word means, as Markdown, and where it stands."""

    text: str
    start: int
    end: int


class Workbench:
    """Answers about rule files, from the packs and, where one is given, from a document.

    Args:
        session: opened.
        bundle: a document whose tables and columns are offered too.
        follow: tells, line by line, what a rule reads in it.
    """

    def __init__(self, session: Session, bundle: Bundle | None = None, follow: Follow | None = None) -> None:
        self._session = session
        self._bundle = bundle
        self._follow = follow

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What all packs together know."""
        return self._session.packs.vocabulary_of_all()

    @property
    def _functions(self) -> Mapping[str, Function]:
        return self._session.functions

    def _read(self, text: str, file: str) -> ParsedFile:
        return read_rules("\n".join(Lines.of(text).lines), file, self.vocabulary, self._functions)

    def remarks(self, text: str, file: str) -> list[Remark]:
        """Return everything wrong with a file, in the order of its lines."""
        language = self._session.settings.lang
        lines = Lines.of(text)
        return [_remark(error, lines, language) for error in self._read(text, file).errors]

    def formatted(self, text: str, file: str) -> str | None:
        """Return a file in its usual form; None where something is wrong with it."""
        from budgetlint.language.translate import format_text

        return None if self._read(text, file).errors else format_text("\n".join(Lines.of(text).lines))

    def offers(self, text: str, line: int, column: int) -> list[Offer]:
        """Return what may be written at a place, names that begin with what stands before it first."""
        before = Lines.of(text).line(line)[:column]
        tongue: Tongue = "zh" if re.search(r"[\u4e00-\u9fff]", text) else "en"
        found: dict[str, Offer] = {}
        for name, kind, detail in self._words(before, tongue):
            typed = _tail(before, name)
            if typed is None or name in found:
                continue
            found[name] = Offer(name, kind, detail, column - len(typed), column)
        begun = sorted(found.values(), key=lambda offer: offer.start)
        return begun[:MOST]

    def _words(self, before: str, tongue: Tongue) -> Iterator[tuple[str, str, str]]:
        table = self._table_of(before)
        if table is not None:
            for column in table.columns:
                yield column.name, "column", table.name
            for row in table.rows:
                yield row.name, "row", table.name
        for word in keywords().words.values():
            if not word.unit:
                meaning = word.meaning_zh if tongue == "zh" else word.meaning_en
                yield word.printed(tongue), "keyword", meaning
        for term in self.vocabulary.tables.values():
            yield term.name, "table", term.id
        for section in self.vocabulary.sections.values():
            yield section.name, "section", ""
        for concept in self.vocabulary.concepts.values():
            yield concept.name, "concept", ""
        for function in self._functions.values():
            yield (function.chinese if tongue == "zh" else function.name), "function", ""
        if self._bundle is not None:
            for printed in self._bundle.document.tables:
                yield printed.name or printed.title, "table", self._bundle.document.source
                for printed_column in printed.columns:
                    yield printed_column.name or printed_column.label, "column", printed.title

    def _table_of(self, before: str) -> TableTerm | None:
        """Return the table that a line names last."""
        named = [
            (before.rfind(name), term)
            for term in self.vocabulary.tables.values()
            for name in (term.name, *term.aliases)
            if name in before
        ]
        return max(named, key=lambda found: found[0])[1] if named else None

    def meaning(self, text: str, file: str, line: int, column: int) -> Meaning | None:
        """Return what the word at a place means: a keyword, a name of the vocabulary, or the rule and what it reads."""
        shown = Lines.of(text).line(line)
        for match in _WORD.finditer(shown):
            if match.start() <= column < match.end():
                said = self._meaning_of(match[0])
                if said:
                    return Meaning(said, match.start(), match.end())
        rule = next((r for r in self._read(text, file).rules if r.span.line - 1 == line), None)
        return Meaning(self._of_rule(rule), 0, len(shown)) if rule is not None else None

    def _meaning_of(self, written: str) -> str:
        name = written.strip("【】「」")
        for word in keywords().words.values():
            if name in word.forms or name.casefold() in word.en:
                return f"**{name}** {word.meaning_zh}  \n{word.meaning_en}"
        table = self.vocabulary.table_named(name)
        if table is not None:
            columns = "、".join(column.name for column in table.columns)
            aliases = "、".join(table.aliases) or "—"
            return f"**{table.name}** `{table.id}`  \n列 {columns}  \n别名 {aliases}"
        for kind, terms in (("章节", self.vocabulary.sections), ("概念", self.vocabulary.concepts)):
            for term in terms.values():
                if name in (term.name, *term.aliases):
                    return f"**{term.name}** {kind}  \n别名 {'、'.join(term.aliases) or '—'}"
        return ""

    def _of_rule(self, rule: Rule) -> str:
        basis = "；".join("勾稽关系" if one.consistency else one.text for one in rule.basis)
        parts = [f"**{rule.id} {rule.name}**  \n依据 {basis}", f"```\n{print_rule(rule, 'en')}```"]
        if self._bundle is not None and self._follow is not None:
            read = "\n".join(self._follow(rule, self._bundle))
            parts.append(f"{self._bundle.document.source}\n```\n{read}\n```")
        return "\n\n".join(parts)

    def definition(self, text: str, line: int, column: int) -> tuple[str, int] | None:
        """Return the file and 0-based line where the table named at a place is defined, None where it is no table."""
        shown = Lines.of(text).line(line)
        for match in _WORD.finditer(shown):
            if match.start() <= column < match.end():
                term = self.vocabulary.table_named(match[0].strip("【】「」"))
                return None if term is None else self._defined(term)
        return None

    def _defined(self, term: TableTerm) -> tuple[str, int] | None:
        for pack in self._session.packs.packs:
            if term.id not in pack.vocabulary.tables:
                continue
            folder = pack.source.pack.folder
            for file in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
                for number, written in enumerate(file.read_text(encoding="utf-8").split("\n")):
                    if written.strip() in (f"- id: {term.id}", f"id: {term.id}"):
                        return str(file), number
        return None

    def renamed(self, text: str, line: int, column: int, name: str) -> list[tuple[int, int, int]] | None:
        """Return the places (line, first and last column) of the rule id at a place; None where there is none."""
        shown = Lines.of(text)
        ids = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,4}[0-9]{3}(?![0-9A-Za-z])")
        if not ids.fullmatch(name):
            return None
        here = [m[0] for m in ids.finditer(shown.line(line)) if m.start() <= column <= m.end()]
        if not here:
            return None
        return [
            (number, match.start(), match.end())
            for number, written in enumerate(shown.lines)
            for match in ids.finditer(written)
            if match[0] == here[0]
        ]

    def problems(self) -> Iterable[str]:
        """Return what is wrong with packs and settings, for the editor's log."""
        language = self._session.settings.lang
        return [about(problem.path, problem.message, language) for problem in self._session.problems]


def _remark(error: RuleError, lines: Lines, language: str) -> Remark:
    line = max(error.line - 1, 0)
    start = max(error.column - 1, 0)
    end = min(start + max(error.width, 1), max(len(lines.line(line)), start + 1))
    return Remark(line, start, end, error.message(language), error.suggestion)


def _tail(before: str, name: str) -> str | None:
    """Return how much of a name is typed already: the longest end of the line that begins it, "" behind a blank.

    Chinese is written without blanks, so no word before the cursor can be cut out of the line.
    """
    folded, wanted = before.casefold(), name.casefold()
    for length in range(min(len(before), len(name)), 0, -1):
        if folded.endswith(wanted[:length]):
            return before[-length:]
    return "" if not before or before[-1] in ' \t　，。（(：:、“"' else None
