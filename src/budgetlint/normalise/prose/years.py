"""Read the years of prose: which year a figure speaks of, and what each printed year is there for."""

from __future__ import annotations

import re
from decimal import Decimal

from budgetlint.document import Amount, Mention, MentionRole, Paragraph, Pattern
from budgetlint.normalise.printed.numbers import FoldedText
from budgetlint.normalise.prose.words import ProseWords

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕")
_SENTENCE = re.compile(r"[^。]*。?")


def year_said(words: str) -> int | None:
    """Return the last year printed in some words."""
    found = _YEAR.findall(words)
    return int(found[-1]) if found else None


def speaks_of_previous(words: str, generic: bool, year: int | None, text: str, phrases: ProseWords) -> bool:
    """Tell whether the words before a figure make it the year before's (2023年预算执行数为).

    ``generic`` says that the words name no concept of their own. A figure with a concept is the year before's only
    where its paragraph (``text``) speaks of the document's own year too: else the year is just printed wrong.
    """
    matches = list(_YEAR.finditer(words))
    if not matches or year is None:
        return bool(phrases.previous.search(words))
    match = matches[-1]
    if phrases.at_end.match(words, match.end()) or int(match.group(1)) >= year:
        return False
    return generic or (int(match.group(1)) == year - 1 and f"{year}年" in text)


def year_patterns(folded: FoldedText, paragraph: Paragraph, words: ProseWords) -> list[tuple[int, Pattern]]:
    """Return a 年份 pattern, with its start in the original text, for each printed year.

    角色 is 报告 (the document's own year), 比较 (compared with), 截止 (at the end of), 名称 (part of the name of a notice
    or project) or 其他.
    """
    text = folded.text
    if "年" not in text:
        return []
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    compared = {match.start("year") for match in words.compared.finditer(text) if match["year"]}
    found: list[tuple[int, Pattern]] = []
    for sentence in _SENTENCE.finditer(text):
        reason = words.reason.search(text, sentence.start(), sentence.end())
        for match in _YEAR.finditer(text, sentence.start(), sentence.end()):
            role = _role(text, match, quoted, compared, reason, words)
            start, end = folded.span(match.start(), match.end())
            amount = Amount(Decimal(match.group(1)), "年", Decimal(0))
            mention = Mention(
                "年份",
                amount,
                MentionRole.COUNT,
                text=paragraph.text[start:end],
                span=(start, end),
                place=paragraph.place,
            )
            pattern = Pattern(
                "年份", "年份", "", {"年份": (mention,)}, {"角色": role}, paragraph.place, mention.text
            )
            found.append((start, pattern))
    return found


def _role(
    text: str,
    match: re.Match[str],
    quoted: list[tuple[int, int]],
    compared: set[int],
    reason: re.Match[str] | None,
    words: ProseWords,
) -> str:
    if any(start <= match.start() < end for start, end in quoted):
        return "名称"
    if match.start() in compared:
        return "比较"
    if words.at_end.match(text, match.end()):
        return "截止"
    if words.named_before.search(text[max(0, match.start() - 10) : match.start()]) or words.named_after.match(
        text, match.end()
    ):
        return "名称"
    if reason is not None and match.start() >= reason.end():
        return "其他"
    if re.match(r"度?当年预算执行数|度?(?:预算|决算)?执行数", text[match.end() : match.end() + 10]):
        return "比较"
    return "报告" if words.reports.match(text, match.end()) else "其他"
