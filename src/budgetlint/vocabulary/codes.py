"""Find the entry of a code list that a row label names."""

from __future__ import annotations

from collections.abc import Iterable

from budgetlint.vocabulary.labels import label_key
from budgetlint.vocabulary.terms import CodeEntry

_ENDINGS = ("支出", "事务")
_TOP = "类"
#: 项 of one name stand under many 款 (行政运行), and no list holds them all: a name alone never tells which.
_ITEM = "项"


class CodeIndex:
    """A code list by code and by the names its codes have or had."""

    def __init__(self, entries: Iterable[CodeEntry]) -> None:
        self._by_code: dict[str, tuple[CodeEntry, ...]] = {}
        self._by_name: dict[str, list[CodeEntry]] = {}
        self._by_letters: dict[str, list[CodeEntry]] = {}
        for entry in entries:
            self._by_code[entry.code] = (*self._by_code.get(entry.code, ()), entry)
            if entry.level != _ITEM:
                self._by_name.setdefault(_stem(entry.name), []).append(entry)
            if entry.level == _TOP:
                self._by_letters.setdefault(_letters(entry.name), []).append(entry)

    def entries(self, code: str) -> tuple[CodeEntry, ...]:
        """Return every entry of a code, () for an unknown one."""
        return self._by_code.get(code, ())

    def named(self, label: str, year: int | None) -> CodeEntry | None:
        """Return the entry a label names, None where none or several codes answer.

        A 类 goes before a 款 (教育 is 205, not 援助其他地区's 21902), then an exact name before one without 支出 or 事务,
        a name in force before an old one; last, a 类 whose words a province prints in another order.
        """
        key = label_key(label)
        found = self._by_name.get(_stem(key), [])
        exact = [entry for entry in found if label_key(entry.name) == key]
        tops = ([entry for entry in group if entry.level == _TOP] for group in (exact, found))
        for candidates in (*tops, exact, found, self._by_letters.get(_letters(key), [])):
            if chosen := _only(candidates, year):
                return chosen
        return None


def _only(entries: list[CodeEntry], year: int | None) -> CodeEntry | None:
    top = [entry for entry in entries if entry.level == _TOP]
    for group in (top, entries):
        for candidates in ([entry for entry in group if entry.valid_in(year)], group):
            if len({entry.code for entry in candidates}) == 1:
                return candidates[0]
    return None


def _stem(name: str) -> str:
    """Return a name without 支出 and 事务 at its end (城乡社区事务支出 → 城乡社区)."""
    key = label_key(name)
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) > len(ending) + 1:
            key = key.removesuffix(ending)
    return key


def _letters(name: str) -> str:
    return "".join(sorted(_stem(name)))
