"""Takes glued text apart: 检查第六节合计等于人员经费 is words of the language and names of the vocabulary in a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from budgetlint.document.text import chinese_number
from budgetlint.language.keywords import keywords

#: What is taken as it stands: numbers with their unit, sections by number, signs.
_WHOLE = re.compile(
    r"第[一二三四五六七八九十百0-9０-９]+(?:节|部分)|[0-9０-９][0-9０-９,，.．]*|[=＝≠<>＜＞≤≥+＋×÷()（）、]|“[^”]*”|【[^】]*】"
)
_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百千]+")
#: Longer runs are no glued words but a text.
_LONGEST = 120


def unglued(text: str, names: Iterable[str]) -> str:
    """Return glued words with blanks between them, "" where they are not words and names in a row, or are only one.

    Args:
        text: what stands without blanks.
        names: names of the vocabulary that may stand in it.
    """
    if not 1 < len(text) <= _LONGEST:
        return ""
    known = frozenset(names) | _words()
    longest = max(map(len, known), default=0)
    # best[i]: the fewest parts that make up the first i signs.
    best: list[tuple[str, ...] | None] = [()] + [None] * len(text)
    for start in range(len(text)):
        before = best[start]
        if before is None:
            continue
        for end, part in _parts(text, start, known, longest):
            there = best[end]
            if there is None or len(before) + 1 < len(there):
                best[end] = (*before, part)
    parts = best[-1] or ()
    return " ".join(parts) if len(parts) > 1 else ""


def with_figures(word: str) -> str:
    """Return a Chinese numeral with its unit in figures (五万元 → 5 万元), "" for any other word."""
    found = _NUMERAL.match(word)
    unit = word[found.end() :] if found else ""
    if found is None or (unit and unit not in keywords().units()):
        return ""
    if "千" in found.group() or (number := chinese_number(found.group().replace("〇", "零"))) is None:
        return ""
    return f"{number} {unit}".strip()


def _parts(text: str, start: int, known: frozenset[str], longest: int) -> Iterator[tuple[int, str]]:
    """Yield every part that may begin at a place: where it ends, and how it is written."""
    if whole := _WHOLE.match(text, start):
        end = whole.end()
        yield end, whole.group()
        for unit in _units():
            if text.startswith(unit, end):
                yield end + len(unit), f"{whole.group()} {unit}"
    if numeral := _NUMERAL.match(text, start):
        for unit in ("", *_units()):
            end = numeral.end() + len(unit)
            if text.startswith(unit, numeral.end()) and (figures := with_figures(text[start:end])):
                yield end, figures
    for end in range(start + 1, min(len(text), start + longest) + 1):
        if text[start:end] in known:
            yield end, text[start:end]


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """Every Chinese word of the language, those of demand also with 应, 应当 and 须 before them."""
    words = [word for word in keywords().words.values() if not word.unit]
    forms = {form for word in words for form in word.zh}
    return frozenset(
        forms
        | {
            f"{duty}{form}"
            for word in words
            if word.should
            for form in word.zh
            for duty in ("应", "应当", "须")
        }
    )


@lru_cache(maxsize=1)
def _units() -> tuple[str, ...]:
    return tuple(unit for unit in keywords().units() if not unit.isascii() or unit == "%")
