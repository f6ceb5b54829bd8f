"""The lists of a Word document (numbering.xml): which levels each has, and what its next number is.

ECMA-376-1, 17.9: ``w:num`` is a list over the levels of a ``w:abstractNum``; all lists over one count on together,
unless one states where it starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from budgetlint.readers.word.counting import PADDED, formatted
from budgetlint.readers.word.xml import W, integer, is_on, number_in, value

#: Formats that print no number.
_NUMBERLESS = frozenset(("bullet", "none"))
#: Links from list to style to list run in a circle beyond.
_MOST_LINKS = 10
#: The last level of a list, counted from 0.
_DEEPEST = 8


class Level(Struct, frozen=True):
    """One level of a list.

    Attributes:
        format, text: its number format, and the text around the numbers (``第%1章``).
        start: its first number.
        legal: every number in its text is printed in Arabic digits.
        restart: the level (1 = the first) after which it starts anew, 0 for never; None after any level above it.
        style: the paragraph style that stands on this level.
    """

    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    restart: int | None = None
    style: str | None = None


class WordList(Struct, frozen=True):
    """A list: whom it counts with, and its levels by number (0 = the first)."""

    counter: str
    levels: Mapping[int, Level]

    def level_of(self, style: str) -> int | None:
        """Return the level that a paragraph style stands on."""
        return next((depth for depth, level in self.levels.items() if level.style == style), None)


class Lists(Struct):
    """The lists of a document; counts their items as the document is read from the top."""

    lists: dict[str, WordList] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next_number(self, key: str, depth: int) -> str:
        """Return the number of a list's next item on a level as it is printed, "" for none, and count it."""
        found = self.lists.get(key)
        level = found.levels.get(depth) if found is not None else None
        if found is None or level is None or level.format in _NUMBERLESS or not 0 <= depth <= _DEEPEST:
            return ""
        counts = self._counts.setdefault(found.counter, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or depth < restart:
                del counts[deeper]
        text = level.text
        for other in range(depth + 1):
            if f"%{other + 1}" in text:
                at = found.levels.get(other, level)
                form = "decimal" if level.legal else at.format
                text = text.replace(f"%{other + 1}", formatted(counts.get(other, at.start), form))
        return text


def read_lists(numbering: Any, styles: Mapping[str, str]) -> Lists:
    """Read the root of numbering.xml.

    Args:
        numbering: the root, None where the document has no lists.
        styles: the list that each numbering style names, by the style's id.
    """
    read = Lists()
    if numbering is None:
        return read
    abstract = {element.get(f"{W}abstractNumId"): element for element in numbering.iter(f"{W}abstractNum")}
    numbers = {element.get(f"{W}numId"): element for element in numbering.iter(f"{W}num")}
    linked = {value(element.find(f"{W}styleLink")): key for key, element in abstract.items()}

    def levels_of(shared: str | None, links: int = 0) -> dict[int, Level]:
        element = abstract.get(shared)
        if element is None:
            return {}
        style = value(element.find(f"{W}numStyleLink"))
        if style is None or links > _MOST_LINKS:
            return _levels(element)
        # 17.9.21: the levels stand in the list that the numbering style names.
        list_ = numbers.get(styles.get(style))
        target = value(list_.find(f"{W}abstractNumId")) if list_ is not None else linked.get(style)
        return levels_of(target if target != shared else linked.get(style), links + 1) or _levels(element)

    for key, element in numbers.items():
        shared = value(element.find(f"{W}abstractNumId")) or ""
        levels = levels_of(shared)
        starts = False
        for override in element.findall(f"{W}lvlOverride"):
            depth = number_in(override.get(f"{W}ilvl")) or 0
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[depth] = _level(own)
            start = integer(override.find(f"{W}startOverride"))
            if start is not None and depth in levels:
                starts = True
                levels[depth] = _starting(levels[depth], start)
        read.lists[key or ""] = WordList(f"{shared}/{key}" if starts else shared, levels)
    return read


def _levels(element: Any) -> dict[int, Level]:
    return {number_in(level.get(f"{W}ilvl")) or 0: _level(level) for level in element.findall(f"{W}lvl")}


def _level(level: Any) -> Level:
    start = integer(level.find(f"{W}start"))
    return Level(
        _format(level),
        value(level.find(f"{W}lvlText")) or "",
        # 17.9.25: without a start the level begins at 0, but Word and all others print 1 where the element is missing.
        1 if start is None else start,
        is_on(level.find(f"{W}isLgl")),
        integer(level.find(f"{W}lvlRestart")),
        value(level.find(f"{W}pStyle")),
    )


def _format(level: Any) -> str:
    """Return a level's number format, wherever it stands: newer ones in a choice with one for older programs."""
    found = level.find(f"{W}numFmt")
    if found is None:
        found = next(level.iter(f"{W}numFmt"), None)
    form = value(found) or "decimal"
    if form == "custom" and found is not None:
        # 17.9.17: the first numbers written out, “001, 002, 003, ...”.
        first = (found.get(f"{W}format") or "").partition(",")[0].strip()
        return f"{PADDED}{len(first)}" if first.isdecimal() else "decimal"
    return form


def _starting(level: Level, start: int) -> Level:
    return Level(level.format, level.text, start, level.legal, level.restart, level.style)
