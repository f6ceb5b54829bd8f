"""What the sentence at hand speaks of: its latest values, what it compares with, whether it gives a reason."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct, field

from budgetlint.normalise.prose.names import Name, Names

_BETWEEN_FIGURES = re.compile(r"[、和及与以，]*")
_BETWEEN_NAMES = re.compile("[、和及与]")


class Focus(Struct):
    """The focus of a sentence.

    Attributes:
        named: what the paragraph's last value is of; topics: the sentence's last value statements;
        main: those that the sentences before leave as the thing spoken of.
        against: "year" or "budget" once the sentence compares, compared_year the year it compares with.
        changed: what the sentence's last change was of, for the rate that follows (各增加 x 万元，增长 y%).
        adjusted: it compares on another basis than the printed figure's; planned: it speaks of what is to be bought.
        reason: a reason is being given; figures in it explain, and are not what the section states.
        compared: what the sentence has compared with so far.
        outside: topics, names and changes before each open bracket.
    """

    named: tuple[Name, ...] = ()
    topics: tuple[int, ...] = ()
    main: tuple[int, ...] = ()
    against: str = ""
    compared_year: int | None = None
    changed: tuple[Name, ...] = ()
    reason: bool = False
    adjusted: bool = False
    planned: bool = False
    compared: set[str] = field(default_factory=set)
    outside: list[tuple[tuple[int, ...], tuple[Name, ...], tuple[Name, ...]]] = field(default_factory=list)

    def next_sentence(self, divided: int | None) -> None:
        """Begin a sentence; ``divided`` is what the last one divided by 其中, its main figure."""
        if divided is not None:
            self.main = (divided,)
        elif self.topics:
            self.main = self.topics
        self.topics, self.changed = (), ()
        self.against, self.compared_year, self.reason = "", None, False
        self.adjusted, self.planned = False, False
        self.compared.clear()
        self.outside.clear()

    def at_depth(self, brackets: int) -> None:
        """Speak again of what was spoken of before a bracket that has ended: 事业收入9万元（含教育收费2万元），占….

        ``brackets`` is how many are open.
        """
        while len(self.outside) < brackets:
            self.outside.append((self.topics, self.named, self.changed))
        while len(self.outside) > brackets:
            self.topics, self.named, self.changed = self.outside.pop()

    def return_to(self, value: int, name: Name, states: bool) -> None:
        """Speak again of what a bracket divided: 用车费9万元（其中：购置费…），增加1万元; ``states``: it is a value."""
        self.topics = (value,) if states else ()
        self.named, self.changed = (name,), ()

    def compare(self, match: re.Match[str], year: int | None) -> None:
        """Note what a match of ``ProseWords.compared`` compares with, in a document of a year."""
        self.against = self.basis(match, year)
        if self.against == "budget":
            self.compared_year = year
        else:
            last = year - 1 if year else None
            self.compared_year = int(match["year"][:4]) if match["year"] else last
        self.compared.add(self.against)

    @staticmethod
    def basis(match: re.Match[str], year: int | None) -> str:
        """Return whether a match of ``ProseWords.compared`` compares with the budget or with a year."""
        own = match["year"] and int(match["year"][:4]) == year and "预算" in match.group()
        return "budget" if match["budget"] or own else "year"

    @property
    def values(self) -> tuple[int, ...]:
        """The value statements spoken of: the sentence's, else those of the sentences before."""
        return self.topics or self.main


class Series(Struct):
    """Names waiting for their figures in “甲、乙分别为 x 万元、y 万元”."""

    _waiting: list[str] = field(default_factory=list)
    _tail: str = ""

    def words_for(self, words: str, names: Names, spoken: Callable[[], list[str]]) -> str:
        """Return the words before a figure as if it stood alone.

        ``spoken`` gives what the sentence has named so far, for “…，分别占 x% 和 y%”.
        """
        if self._waiting and _BETWEEN_FIGURES.fullmatch(words):
            return self._waiting.pop(0) + self._tail
        self._waiting = []
        head, respectively, tail = words.partition("分别")
        if not respectively:
            return words
        if head.strip("，"):
            named = names.known(head)
            parts = [name.concept for name in named] if len(named) > 1 else _BETWEEN_NAMES.split(head)
        else:
            parts = spoken()
        if len(parts) < 2:
            return words
        self._waiting, self._tail = parts[1:], tail
        return parts[0] + tail
