"""Tells of printed texts what tests ask: what they contain, match, are listed in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from budgetlint.checking.engine.facts import Fact
from budgetlint.checking.index import Prose
from budgetlint.document import NOWHERE
from budgetlint.document.keys import FactKey
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import TestKind
from budgetlint.vocabulary import Vocabulary

_ENDS = re.compile("[。；;！？]")
#: More of a text than this is quoted by the sentence that matters.
LONGEST_WHOLE = 80


def is_listed(text: str, name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a list of the vocabulary, or a list of codes, has a squeezed text."""
    if name in vocabulary.codes:
        return any(text in (entry.code, squeeze(entry.name)) for entry in vocabulary.codes[name])
    return text in {squeeze(entry) for entry in vocabulary.lists.get(name, ())}


def reads_as(kind: TestKind, printed: str, text: str) -> bool:
    """Tell whether a squeezed text contains another, begins with it …, or matches it as a pattern."""
    match kind:
        case TestKind.MATCHES:
            # As bytes: RE2 looks through UTF-8, and nobody asks at which characters.
            return _regex(text).search(printed.encode()) is not None
        case TestKind.CONTAINS:
            return text in printed
        case TestKind.STARTS:
            return printed.startswith(text)
        case TestKind.ENDS:
            return printed.endswith(text)
        case _:
            return printed == text


def sentence_with(kind: TestKind, printed: str, text: str) -> str:
    """Return the sentence of a squeezed text that contains another or matches it as a pattern, "" where none does."""
    if kind is TestKind.MATCHES:
        match = _regex(text).search(printed)
        start, end = match.span() if match else (-1, -1)
    else:
        start = printed.find(text)
        end = start + len(text)
    if start < 0:
        return ""
    before = max((m.end() for m in _ENDS.finditer(printed, 0, start)), default=0)
    after = _ENDS.search(printed, max(end - 1, start))
    first = max(before, start - LONGEST_WHOLE // 2)
    last = min(after.end() if after else len(printed), max(end, start + LONGEST_WHOLE // 2))
    cut = last < len(printed) and (after is None or last < after.end())
    return f"{'…' if first > before else ''}{printed[first:last]}{'…' if cut else ''}"


def quote_sentences(
    kind: TestKind, wanted: Sequence[str], facts: dict[FactKey, Fact], prose: Sequence[Prose]
) -> dict[str, str]:
    """Have long texts that were searched (全文, a section) stand for the sentence that was found in them.

    Returns:
        The detail 未见, which names a text in which nothing like it stands; {} where every text has it.
    """
    unseen: dict[str, str] = {}
    for identity, fact in list(facts.items()):
        text = squeeze(fact.printed)
        if fact.amount is not None or fact.place.table or len(text) <= LONGEST_WHOLE:
            continue
        word = next((word for word in wanted if reads_as(kind, text, word)), None)
        if word is None:
            facts[identity] = replace(fact, printed="")
            unseen["未见"] = fact.name
            continue
        paragraphs = (one.paragraph for one in prose)
        holding = (p for p in paragraphs if reads_as(kind, read := squeeze(p.text), word) and read in text)
        paragraph = next(holding, None)
        sentence = sentence_with(kind, squeeze(paragraph.text) if paragraph else text, word)
        place = paragraph.place if paragraph and fact.place == NOWHERE else fact.place
        facts[identity] = replace(fact, printed=sentence, place=place)
    return unseen


@lru_cache(maxsize=512)
def _regex(pattern: str) -> Any:
    """Compile a user's pattern with RE2, whose matching time is linear."""
    import re2

    return re2.compile(pattern)
