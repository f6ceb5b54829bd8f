"""Say what the words before a figure name: concepts of the vocabulary, longest first, else the words themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from msgspec import Struct

from budgetlint.normalise.prose.name_words import NameWords, name_words_of
from budgetlint.vocabulary import ConceptTerm, Vocabulary

#: No name is longer; keeps the search linear in the text.
_LONGEST = 40
_LONGEST_WORDS = 80
_CLASSES = "功能分类科目"
_QUOTES = re.compile("[“”\"'‘’「」《》]")
_NOBODY = re.compile("(?!)")
_NOUN = re.compile(r"[^，。；：、（）“”\d]{1,12}")
_COMPOUND = set("、和及与或非")
_BOTH = re.compile(r"收(?:入)?[、和与及]?支(?:出)?")


class Name(Struct, frozen=True):
    """A concept as rules call it, or the printed words where ``known`` is False."""

    concept: str
    known: bool


class Names:
    """Answers what words name, from one vocabulary; ``owners`` are the names of the office that speaks."""

    def __init__(self, vocabulary: Vocabulary, owners: Iterable[str] = ()) -> None:
        named = sorted({_QUOTES.sub("", owner) for owner in owners}, key=len, reverse=True)
        self._owner = re.compile(rf"^.*(?:{'|'.join(map(re.escape, named))})" if named else "(?!)")
        self.words: NameWords = name_words_of(vocabulary)
        self._alone = frozenset(vocabulary.lists.get("只认整词", ()))
        self._excerpts = frozenset(vocabulary.lists.get("单列项", ()))
        self._funds = frozenset(vocabulary.lists.get("资金来源", ()))
        self._stocks = frozenset(vocabulary.lists.get("存量", ()))
        self._narrowing = tuple(vocabulary.lists.get("限定词", ()))
        self._said: Callable[[str], ConceptTerm | None] = lru_cache(maxsize=65536)(vocabulary.concept_said)
        self._is_class: Callable[[str], bool] = lru_cache(maxsize=65536)(
            lambda words: vocabulary.code_named(words, _CLASSES) is not None
        )

    def is_short_for(self, name: str, full: str) -> bool:
        """Tell whether a concept's name ends another's: 财政拨款支出 said of 一般公共预算财政拨款支出."""
        term = self._said(full)
        return term is not None and any(other.endswith(name) for other in (term.name, *term.aliases))

    def is_excerpt(self, part: str) -> bool:
        """Tell whether a part overlaps with the parts beside it: 小微企业 are among 货物, 工程 and 服务 alike."""
        return part in self._excerpts

    def is_stock(self, concept: str) -> bool:
        """Tell whether a concept counts what is held, so that what is to be bought of it is something else."""
        return concept in self._stocks

    def fund_of(self, part: str, whole: str) -> bool:
        """Tell whether a part says from which fund some of a whole is paid, and the whole is no total of the office."""
        return part in self._funds and not whole.endswith(("总计", "合计")) and "拨款" not in whole

    def exactly(self, words: str) -> Name | None:
        """Return the concept that the words, quotes aside, name as a whole."""
        term = self._said(_QUOTES.sub("", words))
        return Name(term.name, True) if term else None

    def known(self, words: str) -> tuple[Name, ...]:
        """Return the concepts named by the end of the words: one, two for 收支总计, or none."""
        words = _QUOTES.sub("", words)[-_LONGEST:]
        if self._class_of(words):
            return ()
        levels = self.words.without_tails(words)
        for start in range(len(words)):
            if start and words[start - 1] in _COMPOUND:
                continue
            if words.endswith(self._narrowing, 0, start):
                return ()
            lead = self.words.leads.sub("", words[:start])
            whole = any(
                not self.words.filler.sub("", owner.sub("", lead))
                for owner in (_NOBODY, self.words.owner, self._owner)
            )
            for level in levels:
                if start >= len(level):
                    break
                both = self._both(level[start:])
                if both:
                    return both
                name = self.exactly(level[start:])
                if name is not None and (whole or level[start:] not in self._alone):
                    return (name,)
        return ()

    def _class_of(self, words: str) -> str:
        """Return the functional class the words name: 农林水支出预算 is no 支出预算."""
        bare = self.words.leads.sub("", words)
        return next(
            (
                bare[:-2]
                for tail in ("预算", "决算")
                if bare.endswith(f"支出{tail}") and self._is_class(bare[:-2])
            ),
            "",
        )

    def _both(self, words: str) -> tuple[Name, ...]:
        """Read 收、支总计 and the like as the name of both sides."""
        match = _BOTH.search(words)
        if match is None:
            return ()
        before, after = words[: match.start()], words[match.end() :]
        if match.group() == "收入支出" and not after:  # 事业收入支出 is what is spent of an income
            return ()
        sides = [self.exactly(f"{before}{side}{after}") for side in ("收入", "支出")]
        return (sides[0], sides[1]) if sides[0] and sides[1] and sides[0] != sides[1] else ()

    def of(self, words: str) -> tuple[Name, ...]:
        """Return what the words name: known concepts, else the words without filler, else nothing."""
        known = self.known(words)
        if known:
            return known
        if named := self._class_of(words):
            return (Name(named, False),)
        bare = self.bare(words)
        return (Name(bare, False),) if bare else ()

    def bare(self, words: str) -> str:
        """Return the words without year, owner, list heads and role words; "" when only those were there."""
        around = self.words
        bare = around.leads.sub("", words[-_LONGEST_WORDS:])
        if not around.filler.sub("", bare):
            return ""
        bare = around.leads.sub("", around.owner.sub("", bare) or bare)
        if not around.filler.sub("", bare):
            return ""
        return around.without_ends(bare).strip('，、“”"')


def name_of_count(
    words: str, unit: str, after: str, names: Names, spoken: tuple[Name, ...]
) -> tuple[Name, ...]:
    """Return what a count is of: the words before it, the noun after it (共9个项目), else the thing spoken of.

    ``after`` is the text from the unit on; 累计0人次 under 因公出国（境）费 is asked for as 因公出国（境）费人次; of several
    things spoken of the first that can be counted so.
    """
    known = names.known(words)
    if known:
        return tuple(names.exactly(name.concept + unit) or name for name in known)
    noun = _NOUN.match(after)
    bare = names.bare(words)
    counting = names.words.in_all.sub("", bare)
    if counting in names.words.counting:
        bare, unit = "", names.words.counting[counting] or unit
    if noun is not None:
        name = names.exactly(noun.group()) or names.exactly(unit + noun.group())
        if name is not None or not bare:
            return (name or Name(noun.group(), False),)
    if bare:
        return (Name(bare, False),)
    composed = [name.concept + unit for name in spoken]
    exact = next((counted for words in composed if (counted := names.exactly(words))), None)
    return (exact or Name(composed[0] if composed else unit, False),)
