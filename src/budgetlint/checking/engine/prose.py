"""Finds the sections, figures and pattern properties a reference to prose names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from budgetlint.checking.engine.context import Context
from budgetlint.checking.engine.facts import HUNDRED, ZERO, Fact, Undetermined
from budgetlint.checking.index import DocumentIndex, Prose
from budgetlint.document import Dimension, Mention, MentionRole, Pattern, Section
from budgetlint.document.keys import CauseKey, ThingKey, cause_of
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import Label, SectionRef
from budgetlint.results.findings import Reason
from budgetlint.vocabulary import Vocabulary
from budgetlint.vocabulary.labels import label_key

#: Words that set what is new this year apart from what is carried over, within so many characters before a figure.
_NEW, _NEAR = re.compile("本年|当年"), 14
#: Figures of which one thing has several: shares of several wholes, changes against several years.
_OF_SOMETHING = frozenset({MentionRole.SHARE, MentionRole.CHANGE, MentionRole.RATE})
#: The last step of ``概念/角色`` in a section: which of a concept's figures is meant.
ROLE_WORDS = {
    "本年数": MentionRole.VALUE,
    "决算数": MentionRole.VALUE,
    "预算数": MentionRole.BUDGET,
    "增减额": MentionRole.CHANGE,
    "增减率": MentionRole.RATE,
    "上年数": MentionRole.PREVIOUS,
    "占比": MentionRole.SHARE,
    "完成率": MentionRole.COMPLETION,
    "数量": MentionRole.COUNT,
}


def sections_named(ref: SectionRef, index: DocumentIndex, vocabulary: Vocabulary) -> list[Section]:
    """Return the sections a reference may mean.

    Those of the explanation part go before others, the outermost before what is inside them, and those whose heading
    says the name before those that only answer to it (财政拨款支出 beside 一般公共预算支出).
    """
    chains = [chain for chain in index.sections if _is_meant(chain, ref, vocabulary)]
    chains = [chain for chain in chains if chain[-1].part == "explanation"] or chains
    if ref.number is not None and ref.part is None:  # 第一节 is the 情况说明's, not the one of 部门概况
        chains = [chain for chain in chains if "说明" in chain[0].title] or chains
    depth = min((len(chain) for chain in chains), default=0)
    found = [chain[-1] for chain in chains if len(chain) == depth]
    return [s for s in found if ref.label and label_key(ref.label.text) in label_key(s.title)] or found


def _is_meant(chain: tuple[Section, ...], ref: SectionRef, vocabulary: Vocabulary) -> bool:
    section = chain[-1]
    if ref.label is not None:
        words = squeeze(ref.label.text)
        if ref.label.printed:
            return squeeze(section.title) == words
        term = vocabulary.sections.get(ref.label.text) or vocabulary.section_titled(ref.label.text)
        return term is not None and section.name == term.name
    part = squeeze(chain[0].number) if len(chain) > 1 else ""
    if ref.part is not None and part != f"第{ref.part}部分":
        return False
    if ref.number is None:
        return squeeze(section.number) == f"第{ref.part}部分"
    if ref.part is None and section.part != "explanation":
        return False
    return squeeze(section.number).strip("、.()") == ref.number and len(chain) <= 2


def one_section(ref: SectionRef, index: DocumentIndex, vocabulary: Vocabulary) -> Section:
    """Return the section a reference means."""
    found = sections_named(ref, index, vocabulary)
    name = ref.label.text if ref.label else f"第{ref.number}节" if ref.number else f"第{ref.part}部分"
    if not found:
        raise Undetermined(Reason.MISSING_SECTION, cause_of("section", name))
    if len(found) > 1:
        candidates = tuple(s.number + s.title for s in found)
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause_of("section", name), found[0].place, candidates)
    return found[0]


def text_of(section: Section) -> str:
    """Return everything printed in a section and below it, headings included, squeezed."""
    parts = [p.text for p in section.paragraphs]
    for child in section.sections:
        parts += [child.title, text_of(child)]
    return squeeze("\n".join(parts))


def identity_of(mention: Mention) -> ThingKey:
    """Return the identity of a printed figure within its document; what stands for two things is one figure."""
    said = mention.text or str(mention.amount.value)
    return ThingKey("prose", (mention.place.spot, mention.span, said))


def fact_of(mention: Mention, name: str, agreeing: Sequence[Mention] = ()) -> Fact:
    """Return a figure of prose as a fact; of several agreeing figures the most finely printed one speaks."""
    finest = min((mention, *agreeing), key=lambda m: m.amount.quantum)
    amount = finest.amount
    scale = HUNDRED if amount.dimension is Dimension.PERCENT else 1
    quantum = ZERO if amount.dimension is Dimension.COUNT else amount.quantum
    if amount.approximate:
        quantum = _rough_step(amount.value, amount.factor)
    place = finest.place
    return Fact(
        name,
        identity_of(finest),
        finest.text or str(amount.value),
        amount,
        amount.value / scale,
        quantum / scale,
        amount.dimension,
        place,
        called=mention.subject.rpartition("/")[2] or mention.concept,
    )


def _rough_step(value: Decimal, factor: Decimal) -> Decimal:
    """约 1200 万元: one unit of the last digit that is not zero, doubled."""
    printed = (value / factor).normalize()
    exponent = printed.as_tuple().exponent
    assert isinstance(exponent, int)
    return 2 * factor * Decimal(1).scaleb(exponent)


def item_in_section(label: Label, section: Section, index: DocumentIndex, context: Context) -> Fact:
    """Return the figure a name means in a section: ``概念``, ``概念/角色``, or a property of the section's one pattern.

    A printed name (“…”) means a figure whose paragraph prints these very words.
    """
    concept, role = _concept_and_role(label)
    if not concept and role is not None:
        return _section_property(label, section, index)
    term = context.world.vocabulary.concept_said(concept)
    canonical = term.name if term else concept
    named = [
        (prose, m)
        for prose, m in index.mentions_in(section)
        if (not m.known and squeeze(m.concept) == concept)
        or (m.concept == canonical and (not label.printed or concept in squeeze(prose.paragraph.text)))
    ]
    for meant in (role,) if role else (MentionRole.VALUE, MentionRole.COUNT, MentionRole.BUDGET):
        found = [(prose, m) for prose, m in named if m.role is meant]
        if found:
            return agreed(found, label.text, section, index)
    return agreed([], label.text, section, index)


def section_total(section: Section, index: DocumentIndex, context: Context) -> Fact:
    """Return the figure of a section's own concept, else the figure that 其中 divides, else it is ambiguous."""
    term = context.world.vocabulary.sections.get(section.name or "")
    if term is not None and term.concept:
        try:
            return item_in_section(Label(term.concept), section, index, context)
        except Undetermined as missing:
            if missing.reason is not Reason.MISSING_ROW:
                raise
    values = (MentionRole.VALUE, MentionRole.BUDGET)
    wholes = [
        (prose, mention)
        for prose, pattern in index.patterns_in(section, "其中")
        for mention in pattern.values.get("总额", ())
        if mention.role in values
    ]
    if len({mention.concept for _, mention in wholes}) == 1:
        return agreed(wholes, "合计", section, index)
    candidates = wholes or [(p, m) for p, m in index.mentions_in(section) if m.role in values]
    reason = Reason.AMBIGUOUS_REFERENCE if candidates else Reason.MISSING_ROW
    names = tuple(dict.fromkeys(mention.concept for _, mention in candidates))
    raise Undetermined(reason, _cause("合计", section), section.place, names)


def _concept_and_role(label: Label) -> tuple[str, MentionRole | None]:
    text = squeeze(label.text)
    head, _, last = text.rpartition("/")
    if last in ROLE_WORDS:
        return head, ROLE_WORDS[last]
    return text, None


def _section_property(label: Label, section: Section, index: DocumentIndex) -> Fact:
    found = [
        (prose, mention)
        for prose in index.prose_in(section)
        for pattern in prose.paragraph.patterns
        for mention in pattern.values.get(squeeze(label.text), ())
    ]
    return agreed(found, label.text, section, index)


def _cause(name: str, section: Section) -> CauseKey:
    return cause_of("prose", f"{section.number}{section.title}", name)


def agreed(said: Sequence[tuple[Prose, Mention]], name: str, section: Section, index: DocumentIndex) -> Fact:
    """Return the one fact that some mentions state; they must agree as far as they are printed.

    What the section itself says goes before what its subsections say, a figure of the document's year before others.
    """
    if not said:
        raise Undetermined(Reason.MISSING_ROW, _cause(name, section), section.place)
    own = [(prose, mention) for prose, mention in said if prose.sections and prose.sections[-1] is section]
    bare = [(prose, mention) for prose, mention in own or said if not mention.subject]
    spoken = _of_one_year(bare or own or said, index.document.year)
    mentions = [mention for _, mention in spoken]
    facts = {(mention.subject, mention.year or index.document.year) for mention in mentions}
    owners = list(dict.fromkeys(prose.sections[-1].title for prose, _ in spoken if prose.sections))
    agreeing = agree(mentions)
    if len(facts) > 1 or (len(owners) > 1 and not agreeing):
        subjects = tuple(dict.fromkeys(mention.subject for mention in mentions if mention.subject))
        candidates = subjects or tuple(owners)
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, _cause(name, section), section.place, candidates)
    if not agreeing:
        raise Undetermined(Reason.CONFLICTING_MENTIONS, _cause(name, section), mentions[0].place)
    return fact_of(mentions[0], name, mentions[1:])


def _of_one_year(said: Sequence[tuple[Prose, Mention]], year: int | None) -> Sequence[tuple[Prose, Mention]]:
    """Keep the figures of the document's year, else of the year before, where several years are spoken of."""
    for wanted in (year, year and year - 1):
        found = [(prose, mention) for prose, mention in said if (mention.year or year) == wanted]
        if found:
            return found
    return said


def agree(mentions: Sequence[Mention]) -> bool:
    """Tell whether mentions of one fact agree: equal at equal precision, else their intervals meet."""
    first, *rest = mentions
    for mention in rest:
        a, b = first.amount, mention.amount
        if a.dimension is not b.dimension:
            return False
        slack = ZERO if a.quantum == b.quantum else (a.quantum + b.quantum) / 2
        if abs(a.value - b.value) > slack:
            return False
    return True


def property_facts(pattern: Pattern, name: str) -> tuple[Fact, ...]:
    """Return the figures a pattern prints for a property, () where it prints none."""
    return tuple(fact_of(mention, name) for mention in pattern.values.get(name, ()))


def word_fact(spoken: Mention | Pattern, name: str, words: str) -> Fact:
    """Return what is said of a figure or pattern in words: its concept, its item, its direction."""
    identity = ThingKey("word", (spoken.place.spot, spoken.text, name))
    return Fact(name, identity, words, place=spoken.place, blank=not words)


def same_fact_groups(index: DocumentIndex) -> list[list[tuple[Prose, Mention]]]:
    """Group the figures of prose that state one fact: section, subject, concept, role and year agree.

    本年收入 beside 收入预算 is what is new of it; shares of one thing may be of several wholes.
    """
    groups: dict[tuple[object, ...], list[tuple[Prose, Mention]]] = defaultdict(list)
    for prose in index.prose:
        for mention in prose.paragraph.mentions:
            if mention.known and mention.role not in _OF_SOMETHING:
                owner = id(prose.sections[-1]) if prose.sections else 0
                start = mention.span[0] if mention.span else 0
                new = bool(_NEW.search(prose.paragraph.text[max(0, start - _NEAR) : start]))
                key = (
                    owner,
                    mention.subject,
                    mention.concept,
                    mention.role,
                    mention.year,
                    mention.amount.dimension,
                    new,
                )
                groups[key].append((prose, mention))
    return [group for group in groups.values() if len(group) > 1]
