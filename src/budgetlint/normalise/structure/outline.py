"""Nest headings, prose and tables into sections, and tell which part of the document each lies in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from budgetlint.document import Paragraph, Place, Section
from budgetlint.document.text import squeeze
from budgetlint.normalise.structure.headings import Heading
from budgetlint.normalise.structure.passages import Passage
from budgetlint.normalise.structure.sheets import Sheet

_PARTS = (
    ("glossary", re.compile(r"名词解释|术语解释|名词说明|专业名词")),
    ("contents", re.compile(r"^目录$")),
    ("tables", re.compile(r"(?:表|附表|表格|附件|报表)(?:\(.*\))?$")),
    ("explanation", re.compile(r"说明|概况|情况|职能|职责|机构设置|目标|绩效")),
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
    passages: Sequence[Passage], place: Place, tables: Sequence[int]
) -> tuple[Section, list[tuple[int, ...]]]:
    """Return the root section, and for every table in printed order the index path of its section.

    ``tables`` says how many tables each sheet holds.
    """
    counts = iter(tables)
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
            node = _Node(passage.number, passage.title, passage.level, _part(passage, parent), passage.place)
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


def _part(heading: Heading, parent: _Node) -> str:
    title = squeeze(heading.title)
    if parent.level == 0 or parent.part in ("cover", "other"):
        if re.match(r"^附(?:件|表)", heading.number):
            return "tables"
        return next((part for part, pattern in _PARTS if pattern.search(title)), "other")
    return "glossary" if _PARTS[0][1].search(title) else parent.part
