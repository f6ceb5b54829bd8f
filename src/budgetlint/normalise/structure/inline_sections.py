"""Give sections to paragraphs that begin with the name of one: （一）机关运行经费：2024年机关运行经费….

Headings that say by their own words that they are one (…情况：) are found before; here the vocabulary knows the name.
Only within sections that gather several matters (其他重要事项, or without a known name).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from budgetlint.document import Paragraph, Section
from budgetlint.document.text import numbering_of, squeeze
from budgetlint.vocabulary import SectionTerm, Vocabulary

#: A heading before the colon or full stop that leads to what it is about.
_HEAD = re.compile(r"([^:。,;]{3,24})[:。](?=.)")
_GATHERING = (None, "其他重要事项")
_SILENT = ("tables", "contents", "glossary", "cover")


def with_inline_sections(section: Section, name: str | None, vocabulary: Vocabulary) -> Section:
    """Return a section whose paragraphs from the first heading on stand in sections of their own, before the others.

    ``name`` is the section's canonical name, if it has one. Tables count sections, so where there are any none is added.
    """
    tabular = any(below.tables for child in section.sections for below in child.walk())
    if tabular or section.part in _SILENT or name not in _GATHERING:
        return section
    heads = [
        (at, head) for at, p in enumerate(section.paragraphs) if (head := _head(p, vocabulary)) is not None
    ]
    if not heads:
        return section
    ends = [*(at for at, _ in heads[1:]), len(section.paragraphs)]
    children = tuple(
        _child(section, head, section.paragraphs[at:end]) for (at, head), end in zip(heads, ends, strict=True)
    )
    return replace(
        section, paragraphs=section.paragraphs[: heads[0][0]], sections=children + section.sections
    )


def _head(paragraph: Paragraph, vocabulary: Vocabulary) -> tuple[str, str, SectionTerm] | None:
    text = squeeze(paragraph.text)
    number = numbering_of(text)
    match = _HEAD.match(text[len(number) :]) if number else None
    term = vocabulary.section_called(match[1]) if match else None
    return (number, match[1], term) if match and term else None


def _child(section: Section, head: tuple[str, str, SectionTerm], paragraphs: Sequence[Paragraph]) -> Section:
    number, title, term = head
    return Section(
        number,
        title,
        section.level + 1,
        name=term.name,
        part=section.part,
        paragraphs=tuple(paragraphs),
        place=paragraphs[0].place,
    )
