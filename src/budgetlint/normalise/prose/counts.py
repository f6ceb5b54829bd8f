"""Compare how many things a sentence says there are with how many it lists: the 计数 pattern."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from budgetlint.document import Amount, Mention, MentionRole, Paragraph, Pattern
from budgetlint.normalise.printed.numbers import fold
from budgetlint.normalise.prose.items import numbering, style_of
from budgetlint.normalise.prose.statements import Statement
from budgetlint.normalise.prose.words import ProseWords

_END = re.compile("[。；]")
_OPEN_END = re.compile(r"等[^、]{0,8}$")
_LAST = re.compile("以及|及|和")


def count_patterns(
    statements: Sequence[Statement], paragraphs: Sequence[Paragraph], words: ProseWords
) -> list[tuple[int, int, Pattern]]:
    """Return (paragraph, start, pattern) for every count that a complete list follows.

    A sentence with several counts, or a list that ends in 等, says nothing that can be compared.
    """
    found: list[tuple[int, int, Pattern]] = []
    for statement in statements:
        mention = statement.mention
        if (
            mention is None
            or mention.role is not MentionRole.COUNT
            or mention.amount.unit not in words.listed_units
        ):
            continue
        same = [
            s for s in statements if s.paragraph == statement.paragraph and s.sentence == statement.sentence
        ]
        if len([s for s in same if s.mention is not None]) != 1:
            continue
        listed = _listed(statement, paragraphs, words, int(mention.amount.value))
        if listed is None:
            continue
        number, text = listed
        amount = Amount(Decimal(number), mention.amount.unit, Decimal(0))
        count = Mention(
            mention.concept,
            amount,
            MentionRole.COUNT,
            mention.known,
            statement.subject,
            mention.year,
            text,
            place=mention.place,
        )
        values: dict[str, tuple[Mention, ...]] = {"所称数": (mention,), "列举数": (count,)}
        pattern = Pattern("计数", mention.concept, statement.subject, values, {}, mention.place, mention.text)
        found.append((statement.paragraph, statement.start, pattern))
    return found


def _listed(
    statement: Statement, paragraphs: Sequence[Paragraph], words: ProseWords, stated: int
) -> tuple[int, str] | None:
    rest = fold(paragraphs[statement.paragraph].text[statement.end :]).text
    stop = _END.search(rest)
    sentence = rest[: stop.start()] if stop else rest
    head, colon, items = sentence.partition("：")
    intro = words.list_intro.search(head)
    if not colon:
        spread = re.search(r"，(?:主要|具体)?(?:包括|分别是|分别为|即)", sentence)
        if spread is None:
            return None
        items = sentence[spread.end() :]
    elif not intro and head.strip("，"):
        return None
    if items:
        return _inline(items, stated)
    return _following(paragraphs, statement.paragraph + 1) if colon else None


def _inline(items: str, stated: int) -> tuple[int, str] | None:
    parts = [part for part in re.split(r"、(?![^（]*）)|，(?![^（]*）)", items) if part]
    if not parts or _OPEN_END.search(parts[-1]) or any(char.isdigit() for char in items):
        return None
    number = len(parts)
    if number + 1 == stated and _LAST.search(parts[-1]):
        number += 1
    return number, items


def _following(paragraphs: Sequence[Paragraph], first: int) -> tuple[int, str] | None:
    """Count the numbered paragraphs of one style that follow."""
    listed: list[str] = []
    style = ""
    for paragraph in paragraphs[first:]:
        text = fold(paragraph.text.lstrip("-• ")).text
        number = numbering(text)
        if not number or (style and style_of(number) != style):
            break
        style = style_of(number)
        listed.append(text)
    return (len(listed), "、".join(listed)) if listed else None
