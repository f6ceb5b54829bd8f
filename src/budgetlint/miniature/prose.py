"""Builds the sections and figures of prose of an example's document."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from budgetlint.document import (
    PATTERN_KINDS,
    Document,
    Mention,
    MentionRole,
    Paragraph,
    Pattern,
    Place,
    Section,
)
from budgetlint.document.amount import amount_of
from budgetlint.language.syntax import Binding, Blank, EachMention, Number, Quantifier, SectionRef, Text
from budgetlint.miniature.sorting import Draft
from budgetlint.miniature.tables import printed_value
from budgetlint.vocabulary import Vocabulary

#: Last step of ``概念/角色`` and which of a concept's figures it is.
_ROLES = {
    "预算数": MentionRole.BUDGET,
    "增减额": MentionRole.CHANGE,
    "增减率": MentionRole.RATE,
    "上年数": MentionRole.PREVIOUS,
    "占比": MentionRole.SHARE,
    "完成率": MentionRole.COMPLETION,
    "数量": MentionRole.COUNT,
}


def sections_of(draft: Draft) -> tuple[Section, ...]:
    """Return the sections an example names, with the texts it gives them, still without canonical names."""
    return tuple(
        Section(
            where.number or "",
            where.label.text if where.label else "",
            1,
            part="explanation",
            paragraphs=tuple(Paragraph(text, Place(line=line)) for text in draft.texts.get(where, ())),
            place=Place(line=line),
        )
        for line, where in enumerate(_named(draft), 10)
    )


def with_figures(
    document: Document, draft: Draft, quantifier: Quantifier | None, vocabulary: Vocabulary
) -> Document:
    """Return the document with the figures an example states, each in its section."""
    sections = list(document.root.sections)
    for index, where in enumerate(_named(draft)):
        mentions = tuple(
            _mention(binding, sections[index], Place(line=100 * (index + 1) + number), vocabulary)
            for number, binding in enumerate(draft.figures.get(where, ()))
            if not isinstance(binding.value, Blank)
        )
        sections[index] = _with_paragraph(sections[index], mentions)
    if isinstance(quantifier, EachMention) and draft.properties:
        sections.append(_quantified_section(quantifier, draft, vocabulary))
    return replace(document, root=replace(document.root, sections=tuple(sections)))


def _named(draft: Draft) -> tuple[SectionRef, ...]:
    return tuple(dict.fromkeys((*draft.texts, *draft.figures)))


def _with_paragraph(section: Section, mentions: tuple[Mention, ...]) -> Section:
    if not mentions:
        return section
    stated = Paragraph("".join(mention.text for mention in mentions), section.place, mentions)
    return replace(section, paragraphs=(*section.paragraphs, stated))


def _quantified_section(quantifier: EachMention, draft: Draft, vocabulary: Vocabulary) -> Section:
    """Return the section with the one mention or pattern a quantifier is at."""
    place = Place(line=6)
    label = quantifier.label.text
    words = {name: b.value.text for name, b in draft.properties.items() if isinstance(b.value, Text)}
    subject, concept = words.pop("科目", ""), words.pop("概念", "示例事项")
    figures: dict[str, tuple[Mention, ...]] = {
        name: (replace(_mention(b, None, place.within(line=7 + i), vocabulary), subject=subject),)
        for i, (name, b) in enumerate(draft.properties.items())
        if isinstance(b.value, Number)
    }
    mentions = tuple(mention for found in figures.values() for mention in found)
    patterns: tuple[Pattern, ...] = ()
    if label in PATTERN_KINDS:
        patterns = (Pattern(label, concept, subject, figures, words, place, "示例句"),)
    where = quantifier.section or SectionRef()
    title = where.label.text if where.label else ""
    term = vocabulary.section_titled(title) if title else None
    return Section(
        where.number or "",
        title,
        1,
        term.name if term else None,
        "explanation",
        (Paragraph("示例句", place, mentions, patterns),),
        place=Place(line=5),
    )


def _mention(binding: Binding, section: Section | None, place: Place, vocabulary: Vocabulary) -> Mention:
    target, value = binding.target, binding.value
    said = target.item.text if target.item is not None else "合计"
    head, _, last = said.rpartition("/")
    concept, role = (head, _ROLES[last]) if last in _ROLES else (said, MentionRole.VALUE)
    if target.total and section is not None and section.name:
        term = vocabulary.sections.get(section.name)
        concept = (term.concept if term else None) or concept
    printed = target.item is not None and target.item.printed
    known = None if printed else vocabulary.concept_said(concept)
    number = value if isinstance(value, Number) else Number(Decimal(0))
    digits = Decimal((binding.printed or "0").removesuffix(number.unit or "") or "0")
    exponent = digits.as_tuple().exponent
    quantum = Decimal(1).scaleb(min(int(exponent), 0))
    return Mention(
        known.name if known else concept,
        amount_of(number.value, quantum, number.unit),
        role,
        known is not None,
        text=printed_value(binding),
        place=place,
    )
