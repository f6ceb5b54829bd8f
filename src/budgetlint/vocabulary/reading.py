"""The words by which a printed document is read, group by group, as the packs' ``reading.yaml`` list them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct, field


class ReadingWords(Struct, frozen=True, eq=False):
    """Groups of words by their path in the file: ``列/金额`` is the list 金额 under 列.

    The code keeps the shape of what it searches, these groups the words; a pack adds words to a group as it adds
    aliases to a table.
    """

    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def group(self, name: str) -> tuple[str, ...]:
        """Return the words of a group, () for one that no pack fills."""
        return self.groups.get(name, ())

    def any_of(self, *names: str) -> str:
        """Return a pattern that matches any one word of some groups, the longer first; no word matches nothing."""
        return alternation(word for name in names for word in self.group(name))


def alternation(words: Iterable[str]) -> str:
    """Return a pattern, safe to put anywhere into another, that matches one of some words, the longer first."""
    ordered = sorted(dict.fromkeys(words), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else "(?!)"
