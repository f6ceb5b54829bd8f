"""The words by which a printed document is read, group by group, as the packs' ``reading.yaml`` list them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from msgspec import Struct, field

from budgetlint.document.text import squeeze

T = TypeVar("T")
#: How a group whose words are compared with a whole label says where in it they stand.
_SHAPES = (("全称", "^{}$"), ("开头", "^{}"), ("结尾", "{}$"), ("含有", "{}"))


class ReadingWords(Struct, frozen=True, eq=False, dict=True):
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

    def label(self, name: str) -> str:
        """Return a pattern that a squeezed label matches where a group says so: it is one of its words (全称), or
        begins (开头), ends (结尾) or goes on with one (含有)."""
        shapes = [
            shape.format(alternation(map(squeeze, words)))
            for under, shape in _SHAPES
            if (words := self.group(f"{name}/{under}"))
        ]
        return f"(?:{'|'.join(shapes)})" if shapes else "(?!)"

    def made(self, make: Callable[[ReadingWords], T]) -> T:
        """Return what a function makes of these words; it is made once."""
        made: dict[Any, Any] = self.__dict__.setdefault("_made", {})
        if make not in made:
            made[make] = make(self)
        answer: T = made[make]
        return answer


def alternation(words: Iterable[str]) -> str:
    """Return a pattern, safe to put anywhere into another, that matches one of some words, the longer first."""
    ordered = sorted(dict.fromkeys(words), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else "(?!)"
