"""How printed labels and header paths are compared with the names of a vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol, TypeVar

from budgetlint.document.text import bare_label, squeeze

_QUOTES = re.compile("[“”\"'‘’「」【】]")
_UNIT = re.compile(r"[((]?单位[::].*$|[((](?:人民币)?(?:[百千]?万|亿|千|百)?元[))]$")
_YEAR = re.compile(r"^(?:20\d\d|二[〇零○O0][〇零○一二三四五六七八九]{2})年度?")
#: 三公经费预算数(上年预算数)
_SAID_YEAR = re.compile(r"\(([上本当]年(?:年初)?预算数?)\)$")
#: Labels by which a spanning header prints its own figure.
SUMS = frozenset({"小计", "合计"})


class Named(Protocol):
    """A term with a name and other ways to print it."""

    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


T = TypeVar("T", bound=Named)


@lru_cache(maxsize=65536)
def label_key(text: str) -> str:
    """Return what is compared of a label: no numbering, 其中, quotes, spaces, nor a unit in brackets at its end."""
    label = _QUOTES.sub("", squeeze(text))
    return bare_label(_UNIT.sub("", label) or label)


def without_year(key: str) -> str:
    """Return a key without a year at its start (2024年预算数 → 预算数)."""
    return _YEAR.sub("", key) or key


def relative_year(key: str, year: int | None) -> str:
    """Return a key whose year is said in relation to the document's (2024年预算数 → 本年预算数, a year earlier 上年)."""
    for words, meant in ((year, "本年"), (None if year is None else year - 1, "上年")):
        if words is not None and key.startswith(f"{words}年"):
            return meant + key.removeprefix(f"{words}年").removeprefix("度")
    said = _SAID_YEAR.search(key)
    return said[1] if said else key


@lru_cache(maxsize=16384)
def steps_of(name: str) -> tuple[str, ...]:
    """Return the keys of a path written with ``/`` (``\\/`` is part of a step)."""
    return tuple(label_key(step.replace("\\/", "/")) for step in re.split(r"(?<!\\)/", name) if step)


def _leads_to(steps: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """True where the steps occur in the path in order and the last of both is the same."""
    if not steps or not path or steps[-1] != path[-1]:
        return False
    remaining = iter(path[:-1])
    return all(step in remaining for step in steps[:-1])


def _readings(path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the ways to read a path with the fewest alias steps each asks for, the surest first.

    ``基本支出/小计`` is an alias of that whole path, else the figure of 基本支出, else just a 小计; so is 基本支出小计.
    """
    if len(path) > 1 and path[-1] in SUMS:
        yield path, 2
        yield path[:-1], 1
    yield path, 1
    if path and path[-1] not in SUMS and path[-1].endswith("小计"):
        yield (*path[:-1], path[-1].removesuffix("小计")), 1


class PathIndex:
    """Finds the term a printed path names, among terms of one table (or of all tables)."""

    def __init__(self, terms: Iterable[Named]) -> None:
        self._by_leaf: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self._terms = list(terms)
        for number, term in enumerate(self._terms):
            for name in (term.name, *term.aliases):
                steps = steps_of(name)
                if steps:
                    self._by_leaf.setdefault(steps[-1], []).append((steps, number))

    def find(self, path: tuple[str, ...], year: int | None = None) -> int | None:
        """Return the number of the term whose longest alias the path ends in, None without one.

        The path is tried as printed, with years said in relation to ``year``, and, unless it speaks of last year,
        without them.
        """
        printed = tuple(filter(None, map(label_key, path)))
        related = tuple(relative_year(step, year) for step in printed)
        undated = (
            related if any(step.startswith("上年") for step in related) else tuple(map(without_year, printed))
        )
        found = [
            best
            for keys in dict.fromkeys((printed, related, undated))
            if (best := self._best(keys)) is not None
        ]
        return max(found, key=lambda best: best[0])[1] if found else None

    def _best(self, path: tuple[str, ...]) -> tuple[int, int] | None:
        """Return (length of the alias, number of its term) for the surest reading of a path."""
        for reading, fewest in _readings(path):
            best: tuple[int, int] | None = None
            for steps, number in self._by_leaf.get(reading[-1] if reading else "", ()):
                if (
                    len(steps) >= fewest
                    and _leads_to(steps, reading)
                    and (best is None or len(steps) > best[0])
                ):
                    best = (len(steps), number)
            if best is not None:
                return best
        return None


def named(terms: Iterable[T], name: str) -> T | None:
    """Return the term a rule means by a name or alias, canonical names first."""
    steps = steps_of(name)
    terms = tuple(terms)
    for term in terms:
        if steps_of(term.name) == steps:
            return term
    return next((term for term in terms if any(steps_of(alias) == steps for alias in term.aliases)), None)
