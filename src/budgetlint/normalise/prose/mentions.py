"""Find the figures of a document's prose and what is said with them: mentions and mention patterns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.document import Document, Mention, MentionRole, Paragraph, Section
from budgetlint.document.text import squeeze
from budgetlint.normalise.printed.numbers import FigureScanner, fold
from budgetlint.normalise.prose.names import Name, Names
from budgetlint.normalise.prose.patterns import patterns_of
from budgetlint.normalise.prose.reading import SectionReader
from budgetlint.normalise.prose.statements import Statement
from budgetlint.normalise.prose.words import ProseWords, words_of
from budgetlint.vocabulary import Vocabulary

#: A section that gives one total only means it by either name: 支出预算…万元，其中基本支出…万元，占总支出的….
_SAME_TOTAL = {
    "支出总计": "本年支出合计",
    "本年支出合计": "支出总计",
    "收入总计": "本年收入合计",
    "本年收入合计": "收入总计",
}
#: What is not spent this year.
_CARRIED_ON = "年末结转和结余"
#: Parts whose figures are no statements of the department.
_SILENT = frozenset({"glossary", "contents"})
#: What a heading says of what it names: 公务接待费支出情况说明.
_ABOUT = re.compile(r"(?:的)?(?:支出)?(?:预算|决算)?(?:安排)?(?:总体|具体)?情况(?:的?说明)?$|[:：。]$")


def add_mentions(document: Document, vocabulary: Vocabulary) -> Document:
    """Return the document with mentions and patterns in every paragraph of its prose.

    The glossary and the contents list are left alone. Concepts are the vocabulary's where it knows them.
    """
    return replace(document, root=_Reader(document, vocabulary).rewritten())


class _Passage(Struct):
    """A section read together with its subsections: what is said in one may be meant in the next."""

    reader: SectionReader
    paragraphs: list[Paragraph] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)


class _Reader:
    """Reads every passage, then writes what was read: a share may be of a figure in another passage."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.words: ProseWords = words_of(vocabulary)
        known = document.classification
        self.names = Names(vocabulary, (fold(name).text for name in (known.unit, known.department) if name))
        self.figures = FigureScanner(
            vocabulary.lists.get("计量单位", ()), vocabulary.words.group("正文/金额之前")
        )
        self.passages: list[_Passage] = []
        self.values: dict[str, list[Mention]] = defaultdict(list)

    def rewritten(self) -> Section:
        """Return the document's sections with mentions and patterns."""
        self._read(self.document.root, None, silent=False)
        for passage in self.passages:
            for mention in (statement.mention for statement in passage.reader.statements):
                if mention and mention.role is MentionRole.VALUE and mention.known and not mention.subject:
                    self.values[mention.concept].append(mention)
        written: dict[int, tuple[Paragraph, ...]] = {}
        for passage in self.passages:
            paragraphs = self._written(passage)
            for section, start in passage.starts.items():
                written[section] = paragraphs[start:]
        return _with_paragraphs(self.document.root, written)

    def _read(self, section: Section, passage: _Passage | None, silent: bool) -> None:
        silent = silent or section.part in _SILENT
        below = passage
        if not silent:
            fallback = self._concept(section)
            if passage is None:
                passage = _Passage(self._new_reader())
                self.passages.append(passage)
                passage.reader.fallback = fallback
                whole_part = (
                    section is self.document.root or section.number.startswith("第") or not section.number
                )
                below = None if whole_part else passage
            else:
                heading = section.number + section.title
                passage.reader.start_section(heading, section.level, fallback or passage.reader.fallback)
            passage.starts[id(section)] = len(passage.paragraphs)
            for paragraph in section.paragraphs:
                passage.reader.read(paragraph)
                passage.paragraphs.append(paragraph)
        for child in section.sections:
            self._read(child, below, silent)

    def _new_reader(self) -> SectionReader:
        final = "决算" in (self.document.kind or "")
        return SectionReader(
            year=self.document.year, words=self.words, names=self.names, figures=self.figures, final=final
        )

    def _written(self, passage: _Passage) -> tuple[Paragraph, ...]:
        statements = passage.reader.statements

        def find_whole(said: str, share: Statement) -> Mention | None:
            return self._whole(said, share, statements, passage.paragraphs)

        patterns = patterns_of(statements, passage.paragraphs, self.words, find_whole)
        mentions: dict[int, list[Mention]] = defaultdict(list)
        for statement in statements:
            if statement.mention is not None:
                mentions[statement.paragraph].append(statement.mention)
        return tuple(
            replace(paragraph, mentions=tuple(mentions[n]), patterns=patterns.get(n, ()))
            for n, paragraph in enumerate(passage.paragraphs)
        )

    def _whole(
        self, said: str, share: Statement, statements: list[Statement], paragraphs: Sequence[Paragraph]
    ) -> Mention | None:
        """Return the figure of what a share says it is of: the section's latest, else the document's only one."""
        named = self.names.of(said)
        if not named:
            return None
        for concept in (named[0].concept, _SAME_TOTAL.get(named[0].concept)):
            here = [
                s.mention
                for s in statements
                if s.mention
                and s.mention.role is MentionRole.VALUE
                and s.concept == concept
                and s.start != share.start
            ]
            if here and _leaves_carry_over_out(said) and _holds_carry_over(statements):
                # 占本年支出: the printed 支出预算 may hold what is carried over as well.
                here = [m for m in here if _leaves_carry_over_out(_printed_before(m, statements, paragraphs))]
                if not here:
                    return None
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
        if term is not None:
            return ()
        named = self.names.exactly(_ABOUT.sub("", squeeze(section.title)))
        return (named,) if named is not None else ()


def _leaves_carry_over_out(words: str) -> bool:
    return "本年" in words or "当年" in words


def _holds_carry_over(statements: Sequence[Statement]) -> bool:
    """Tell whether a passage prints money that is carried over to the next year."""
    return any(s.mention and s.concept == _CARRIED_ON and s.mention.amount.value for s in statements)


def _printed_before(
    mention: Mention, statements: Sequence[Statement], paragraphs: Sequence[Paragraph]
) -> str:
    """Return the words of a figure's clause."""
    statement = next(s for s in statements if s.mention is mention)
    return re.split("[，。；：]", paragraphs[statement.paragraph].text[: statement.start])[-1]


def _with_paragraphs(section: Section, written: dict[int, tuple[Paragraph, ...]]) -> Section:
    """Return a section tree with the written paragraphs of the sections that were read."""
    own = written.get(id(section), section.paragraphs)[: len(section.paragraphs)]
    below = tuple(_with_paragraphs(child, written) for child in section.sections)
    return replace(section, paragraphs=own, sections=below)
