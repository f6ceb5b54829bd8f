"""The words around names in prose (为, 安排, 本部门 …), as reading.yaml lists them, compiled into searches."""

from __future__ import annotations

import re

from msgspec import Struct

from budgetlint.normalise.prose.words import YEAR
from budgetlint.vocabulary import Vocabulary


class NameWords(Struct, frozen=True):
    """Words that stand around a name and are no part of it.

    Attributes:
        tails: what may stand between a name and its figure; longest_tail: the length of the longest; tail: a year or an
            aside in brackets there.
        filler: words that by themselves name nothing.
        owner: all up to the office that speaks or a year.
        new_subject: how a clause begins that speaks of something of its own.
        leads: how items and clauses begin; ends: what is no part of a name at its end.
        in_all: words before a count that say that it is of all.
        counting: words that leave open what is counted, with the unit they say.
    """

    tails: frozenset[str]
    longest_tail: int
    tail: re.Pattern[str]
    filler: re.Pattern[str]
    owner: re.Pattern[str]
    new_subject: re.Pattern[str]
    leads: re.Pattern[str]
    ends: re.Pattern[str]
    in_all: re.Pattern[str]
    counting: dict[str, str]

    def without_tails(self, words: str) -> list[str]:
        """Return words and what is left of them when those that say nothing are taken off their end, longest first."""
        levels = {words}
        queue = [words]
        while queue:
            level = queue.pop()
            shorter = [
                level[:-length] for length in range(1, self.longest_tail + 1) if level[-length:] in self.tails
            ]
            shorter.append(self.tail.sub("", level))
            for left in shorter:
                if left and left not in levels:
                    levels.add(left)
                    queue.append(left)
        return sorted(levels, key=len, reverse=True)

    def without_ends(self, words: str) -> str:
        """Return words without what is no part of a name at their end."""
        while (shorter := self.ends.sub("", words)) != words:
            words = shorter
        return words


def name_words_of(vocabulary: Vocabulary) -> NameWords:
    """Compile the words of a vocabulary."""
    words = vocabulary.words
    tails = frozenset(words.group("正文/名称与数之间"))
    office = words.any_of("正文/另起一事")
    return NameWords(
        tails=tails,
        longest_tail=max(map(len, tails), default=0),
        tail=re.compile(rf"(?:{YEAR}|（(?:以|不?含|按|包括)[^（）]*）)$"),
        filler=re.compile(rf"{YEAR}|{words.any_of('正文/不指事项')}"),
        owner=re.compile(rf"^.*(?:{YEAR}(?:期末|年末|末|度)?|{words.any_of('正文/本部门')})"),
        new_subject=re.compile(rf"(?:{YEAR})?{office}|{YEAR}"),
        leads=re.compile(
            rf"^(?:{words.any_of('正文/开头')}|[一二三四五六七八九十]是|[和及与、，,]|[①②③]|\d+[.、]|（[一二三四五六七八九十\d]+）"
            r"|[一二三四五六七八九十]+、)+"
        ),
        ends=re.compile(rf"{words.any_of('正文/末尾')}$"),
        in_all=re.compile(rf"^{words.any_of('正文/总共')}+"),
        counting=dict(pair.partition("/")[::2] for pair in words.group("正文/所数的")),
    )
