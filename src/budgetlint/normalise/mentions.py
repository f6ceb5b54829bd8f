"""Find the figures of a document's prose and what is said with them: mentions and mention patterns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from budgetlint.document import Document, Mention, Paragraph, Section
from budgetlint.normalise.numbers import FigureScanner
from budgetlint.normalise.patterns import patterns_of
from budgetlint.normalise.prose_names import Name, Names
from budgetlint.normalise.prose_reading import SectionReader
from budgetlint.normalise.prose_words import ProseWords, words_of
from budgetlint.vocabulary import Vocabulary

#: Parts whose figures are no statements of the department.
_SILENT = frozenset({"glossary", "contents"})


def add_mentions(document: Document, vocabulary: Vocabulary) -> Document:
    """Return the document with mentions and patterns in every paragraph of its prose.

    The glossary and the contents list are left alone. Concepts are the vocabulary's where it knows them.
    """
    return replace(document, root=_Reader(document, vocabulary).section(document.root, silent=False))


class _Reader:
    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.words: ProseWords = words_of(vocabulary)
        self.names = Names(vocabulary)
        self.figures = FigureScanner(vocabulary.lists.get("计量单位", ()))

    def section(self, section: Section, silent: bool) -> Section:
        """Return a section with its paragraphs and those of its subsections read."""
        silent = silent or section.part in _SILENT
        paragraphs = section.paragraphs if silent else self._paragraphs(section)
        below = tuple(self.section(child, silent) for child in section.sections)
        return replace(section, paragraphs=paragraphs, sections=below)

    def _paragraphs(self, section: Section) -> tuple[Paragraph, ...]:
        reader = SectionReader(
            self.words,
            self.names,
            self.figures,
            self.document.year,
            "决算" in (self.document.kind or ""),
            self._concept(section),
        )
        statements = reader.read(section.paragraphs)
        patterns = patterns_of(statements, section.paragraphs, self.words, self.document.year)
        mentions: dict[int, list[Mention]] = defaultdict(list)
        for statement in statements:
            if statement.mention is not None:
                mentions[statement.paragraph].append(statement.mention)
        return tuple(
            replace(paragraph, mentions=tuple(mentions[n]), patterns=patterns.get(n, ()))
            for n, paragraph in enumerate(section.paragraphs)
        )

    def _concept(self, section: Section) -> tuple[Name, ...]:
        term = self.vocabulary.sections.get(section.name or "") or self.vocabulary.section_titled(section.title)
        if term is not None and term.concept:
            return (Name(term.concept, True),)
        return ()


