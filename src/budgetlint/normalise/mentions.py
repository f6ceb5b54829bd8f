"""Find the figures of a document's prose and what is said with them: mentions and mention patterns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from budgetlint.document import Document, Mention, MentionRole, Section
from budgetlint.normalise.numbers import FigureScanner
from budgetlint.normalise.patterns import patterns_of
from budgetlint.normalise.prose_names import Name, Names
from budgetlint.normalise.prose_reading import SectionReader
from budgetlint.normalise.prose_statements import Statement
from budgetlint.normalise.prose_words import ProseWords, words_of
from budgetlint.vocabulary import Vocabulary

#: Parts whose figures are no statements of the department.
_SILENT = frozenset({"glossary", "contents"})


def add_mentions(document: Document, vocabulary: Vocabulary) -> Document:
    """Return the document with mentions and patterns in every paragraph of its prose.

    The glossary and the contents list are left alone. Concepts are the vocabulary's where it knows them.
    """
    reader = _Reader(document, vocabulary)
    reader.read(document.root, silent=False)
    return replace(document, root=reader.written(document.root))


class _Reader:
    """Reads every section, then writes what was read: a share may be of a figure in another section."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.words: ProseWords = words_of(vocabulary)
        self.names = Names(vocabulary)
        self.figures = FigureScanner(vocabulary.lists.get("计量单位", ()))
        self.statements: dict[int, list[Statement]] = {}
        self.values: dict[str, list[Mention]] = defaultdict(list)

    def read(self, section: Section, silent: bool) -> None:
        """Read a section and those below it."""
        silent = silent or section.part in _SILENT
        if not silent:
            final = "决算" in (self.document.kind or "")
            fallback = self._concept(section)
            reader = SectionReader(self.words, self.names, self.figures, self.document.year, final, fallback)
            self.statements[id(section)] = reader.read(section.paragraphs)
            for statement in reader.statements:
                mention = statement.mention
                if mention and mention.role is MentionRole.VALUE and mention.known and not mention.subject:
                    self.values[mention.concept].append(mention)
        for child in section.sections:
            self.read(child, silent)

    def written(self, section: Section) -> Section:
        """Return a section with its mentions and patterns, and those below it."""
        below = tuple(self.written(child) for child in section.sections)
        statements = self.statements.get(id(section))
        if statements is None:
            return replace(section, sections=below)

        def find_whole(said: str, share: Statement) -> Mention | None:
            return self._whole(said, share, statements)

        patterns = patterns_of(statements, section.paragraphs, self.words, find_whole)
        mentions: dict[int, list[Mention]] = defaultdict(list)
        for statement in statements:
            if statement.mention is not None:
                mentions[statement.paragraph].append(statement.mention)
        paragraphs = tuple(
            replace(paragraph, mentions=tuple(mentions[n]), patterns=patterns.get(n, ()))
            for n, paragraph in enumerate(section.paragraphs)
        )
        return replace(section, paragraphs=paragraphs, sections=below)

    def _whole(self, said: str, share: Statement, statements: list[Statement]) -> Mention | None:
        """Return the figure of what a share says it is of: the section's latest, else the document's only one."""
        named = self.names.of(said)
        if not named:
            return None
        here = [
            s.mention
            for s in statements
            if s.mention
            and s.mention.role is MentionRole.VALUE
            and s.concept == named[0].concept
            and s.start != share.start
        ]
        if here:
            return here[-1] if len(here) == 1 else self._nearest(here, statements, share)
        elsewhere = self.values.get(named[0].concept, [])
        return elsewhere[0] if len({mention.amount.value for mention in elsewhere}) == 1 else None

    @staticmethod
    def _nearest(mentions: list[Mention], statements: list[Statement], share: Statement) -> Mention:
        before = {
            id(s.mention) for s in statements if (s.paragraph, s.start) < (share.paragraph, share.start)
        }
        return next((m for m in reversed(mentions) if id(m) in before), mentions[0])

    def _concept(self, section: Section) -> tuple[Name, ...]:
        term = self.vocabulary.sections.get(section.name or "") or self.vocabulary.section_titled(
            section.title
        )
        if term is not None and term.concept:
            return (Name(term.concept, True),)
        return ()
