"""Give sections to running text by what it says: a note in one section speaks of income, expenditure, 三公 … in turn.

A paragraph of a section without a known name belongs to the section that its first figure is about, until another
paragraph is about something else; only sections that no heading of the document names are made so, and only in the
explanations (情况说明) where a document has such a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.document import Document, Mention, MentionRole, Paragraph, Section
from budgetlint.vocabulary import Vocabulary

_GROUP = "说明所讲"
_OF_ITEMS = "一般公共预算支出"
_EXPLAINS = "explanation"
#: The parts of a document in which nothing says that it explains.
_OTHERWISE = frozenset({"other"})
_STATING = frozenset({MentionRole.VALUE, MentionRole.COUNT, MentionRole.BUDGET})


def by_topic(document: Document, vocabulary: Vocabulary) -> Document:
    """Return the document with its running text in sections of their own, after those that were there.

    Sections are named but have no heading. Paragraphs keep their order within a section.
    """
    printed = {section.name for section in document.sections() if section.name}
    about = {
        concept: group.removeprefix(f"{_GROUP}/")
        for group in vocabulary.words.groups
        if group.startswith(f"{_GROUP}/")
        for concept in vocabulary.words.group(group)
    }
    absent = {concept: name for concept, name in about.items() if name not in printed}
    items = _OF_ITEMS if _OF_ITEMS not in printed else ""
    explained = any(section.part == _EXPLAINS for section in document.sections())
    parts = frozenset({_EXPLAINS}) if explained else _OTHERWISE
    silent = re.compile(vocabulary.words.any_of("不讲收支的部分"))
    reading = _Topics(absent, items, parts, silent)
    return replace(document, root=_sorted(document.root, reading)) if absent else document


class _Topics(Struct, frozen=True):
    """What to look for: the name of a section by concept, that of items, the parts, and headings of what is left."""

    about: dict[str, str]
    items: str
    parts: frozenset[str]
    silent: re.Pattern[str]


def _sorted(section: Section, reading: _Topics) -> Section:
    if reading.silent.search(section.title):
        return section
    children = tuple(_sorted(child, reading) for child in section.sections)
    section = replace(section, sections=children)
    if section.name is not None or section.part not in reading.parts or not section.paragraphs:
        return section
    own: list[Paragraph] = []
    told: dict[str, list[Paragraph]] = {}
    for paragraph, name in _topics(section.paragraphs, reading.about, reading.items):
        (told.setdefault(name, []) if name else own).append(paragraph)
    made = tuple(
        Section("", "", section.level + 1, name, section.part, tuple(paragraphs), place=paragraphs[0].place)
        for name, paragraphs in told.items()
    )
    return replace(section, paragraphs=tuple(own), sections=(*children, *made))


def _topics(
    paragraphs: Sequence[Paragraph], about: dict[str, str], items: str
) -> Iterator[tuple[Paragraph, str]]:
    """Yield each paragraph with the name of what it is about, "" before the first that states something."""
    name = ""
    for paragraph in paragraphs:
        stated = next((m for m in paragraph.mentions if m.role in _STATING), None)
        if stated is not None:
            name = items if _is_item(stated) else about.get(stated.concept, "")
        yield paragraph, name


def _is_item(mention: Mention) -> bool:
    """Tell whether a figure is of a 类, 款 or 项 by its own heading."""
    return "/" in mention.subject or (bool(mention.subject) and mention.subject == mention.concept)
