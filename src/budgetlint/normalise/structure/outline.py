"""Nest headings, prose and tables into sections, and tell which part of the document each lies in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct, field

from budgetlint.document import Paragraph, Place, Section
from budgetlint.document.text import squeeze
from budgetlint.normalise.structure.headings import Heading
from budgetlint.normalise.structure.passages import Passage
from budgetlint.normalise.structure.sheets import Sheet
from budgetlint.vocabulary import ReadingWords

_Parts: TypeAlias = "tuple[tuple[str, re.Pattern[str]], ...]"


def _parts(words: ReadingWords) -> _Parts:
    """Return the searches that tell from a heading what a part holds; the first that fits counts."""
    return (
        ("glossary", re.compile(words.label("部分/名词解释"))),
        ("contents", re.compile(words.label("部分/目录"))),
        ("tables", re.compile(rf"{words.any_of('部分/表格/结尾')}(?:\(.*\))?$")),
        ("explanation", re.compile(words.label("部分/说明"))),
    )


class _Node(Struct):
    number: str
    title: str
    level: int
    part: str
    place: Place
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    sections: list[_Node] = field(default_factory=list)

    def section(self) -> Section:
        return Section(
            self.number,
            self.title,
            self.level,
            part=self.part,
            paragraphs=tuple(self.paragraphs),
            tables=tuple(self.tables),
            sections=tuple(node.section() for node in self.sections),
            place=self.place,
        )


def nest(
    passages: Sequence[Passage], place: Place, tables: Sequence[int], words: ReadingWords
) -> tuple[Section, list[tuple[int, ...]]]:
    """Return the root section, and for every table in printed order the index path of its section.

    ``tables`` says how many tables each sheet holds, ``words`` what headings of parts say.
    """
    counts = iter(tables)
    kinds = words.made(_parts)
    root = _Node("", "", 0, "cover", place)
    stack = [root]
    path: list[int] = []
    paths: list[tuple[int, ...]] = []
    for passage in passages:
        if isinstance(passage, Heading):
            while stack[-1].level >= passage.level:
                stack.pop()
                path.pop()
            parent = stack[-1]
            part = _part(passage, parent, kinds)
            node = _Node(passage.number, passage.title, passage.level, part, passage.place)
            path.append(len(parent.sections))
            parent.sections.append(node)
            stack.append(node)
        elif isinstance(passage, Sheet):
            for _ in range(next(counts)):
                stack[-1].tables.append(len(paths))
                paths.append(tuple(path))
        else:
            stack[-1].paragraphs.append(passage)
    return root.section(), paths


def _part(heading: Heading, parent: _Node, kinds: _Parts) -> str:
    title = squeeze(heading.title)
    if parent.level == 0 or parent.part in ("cover", "other"):
        if re.match(r"^附(?:件|表)", heading.number):
            return "tables"
        return next((part for part, pattern in kinds if pattern.search(title)), "other")
    return "glossary" if kinds[0][1].search(title) else parent.part
