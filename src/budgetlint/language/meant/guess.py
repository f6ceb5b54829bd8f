"""Guesses what an author meant by a word that cannot stand where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from budgetlint.language.keywords import Tongue, keywords
from budgetlint.language.meant.nearness import nearest

_WORD = re.compile(r"[\w·()（）/／]+")
_QUOTED = re.compile(r"“[^\n]*?”|\"[^\"\n]*\"|【[^】\n]*】|「[^」\n]*」")
#: What people put before a relation; 应, 应当 and 须 are read, the others are not.
_DUTY = re.compile(r"应当|应该|必须|应|须|需")
_OPENING = ("TABLE", "EACH_TABLE", "ROW", "COLUMN", "SECTION", "SECTION_NUMBER", "EACH_MENTION", "EACH_ITEM")
_EACH = ("EACH_ROW", "EACH_TABLE", "EACH_PARAGRAPH", "EACH_MENTION", "EACH_ITEM", "EACH_AMOUNT_COLUMN")


#: Groups of words that stand between names: nobody meant one as a name.
_BETWEEN = frozenset({"比较", "判断", "计算", "逻辑"})
_OVER_MANY = frozenset({"SUM", "COUNT", "MAX", "MIN"})
_NUMBER_BEFORE = re.compile(r"[\d.,，]\s*$")
_YEARS = re.compile(r"((?:19|20)\d\d)年?(以后|之后|及以后|以来|起|后|以前|之前|及以前|前)?")
_UNTIL = frozenset({"以前", "之前", "及以前", "前"})
_EACH_BEFORE = re.compile(r"(每一行|每一金额列)\s*$")
_TABLE_BEHIND = re.compile(r"的\s*(表\s*[^\s，,；;。]+)")


class Guess(Struct, frozen=True):
    """What was meant; ``word`` and ``column`` where it is about a word of the line before the place of the error.

    ``what`` says in both languages what is wrong, where that is known better than what may stand there.
    """

    meant: str = ""
    word: str = ""
    column: int = 0
    unspaced: bool = False
    what: tuple[str, str] | None = None


def guesses(token: str, kind: str, accepted: Collection[str], line: str, column: int) -> Iterator[Guess]:
    """Guess what was meant where something else was expected, likeliest first.

    Args:
        token, kind: what stands there and which terminal it is.
        accepted: the terminals that could stand there.
        line, column: the author's line, and the 0-based column the token starts at.
    """
    words = keywords().words
    forms = [form for name in accepted if name in words for form in words[name].forms]
    if "LIST_COMMA" in accepted and line[:column].rstrip().endswith((",", "，")):
        yield Guess(f"、{token}")
    if "CLOSE" in accepted and _unclosed(line[:column]):
        yield Guess(
            f"） {token}".rstrip(),
            what=("括号没有收住：前面的“（”缺少“）”", "a bracket is not closed: “）” is missing"),
        )
    if kind == "OF" and (turned := _turned(line, column)):
        yield turned
    if year := _YEARS.fullmatch(token):
        relation = "不超过" if year[2] in _UNTIL else "不早于"
        yield Guess(
            f"{relation} {year[1]}",
            what=(
                "年度写成 2024、不早于 2024 或 2021 至 2024",
                "write a year as 2024, is at least 2024 or 2021 to 2024",
            ),
        )
    before = list(_WORD.finditer(_QUOTED.sub(lambda quoted: " " * len(quoted.group()), line[:column])))
    if kind == "NAME" and (near := _near(token, accepted, forms)):
        yield Guess(near)
    if kind in words and "NAME" in accepted and words[kind].group not in _BETWEEN:
        yield Guess(f"【{token}】")
    if kind == "NAME" and _NUMBER_BEFORE.search(line[:column]) and (unit := _unit(token)):
        yield Guess(unit)
    if before and before[-1].group() not in _all_forms():
        last = before[-1]
        if near := _near(last.group(), accepted, forms):
            yield Guess(near, last.group(), last.start())
    if "CHECK" in accepted and kind in _OPENING:
        each = "FOR" in accepted and any(form in line for name in _EACH for form in words[name].forms)
        yield Guess(f"{words['FOR' if each else 'CHECK'].printed(_tongue(token))} {token}")
    if kind == "NAME" and spaced_form(token):
        yield Guess(spaced_form(token), unspaced=True)
    for word in reversed(before):
        if spaced_form(word.group()):
            yield Guess(spaced_form(word.group()), word.group(), word.start(), unspaced=True)
    if before and before[0].group() not in _all_forms():
        first = before[0]
        openings = [form for name in ("CHECK", "FOR", "IF") for form in (*words[name].zh, *words[name].en)]
        if near := nearest(first.group(), [form for form in openings if len(form) > 1]):
            yield Guess(near, first.group(), first.start())
    only = [words[name] for name in accepted if name in words]
    if len(accepted) == len(only) == 1:
        yield Guess(f"{only[0].printed(_tongue(token))} {token}")


def _unclosed(before: str) -> bool:
    plain = _QUOTED.sub("", before)
    return sum(sign in "(（" for sign in plain) > sum(sign in ")）" for sign in plain)


def _turned(line: str, column: int) -> Guess | None:
    """对 每一行 的 表 甲 for 对 表 甲 的 每一行."""
    before, after = _EACH_BEFORE.search(line[:column]), _TABLE_BEHIND.match(line, column)
    if before is None or after is None:
        return None
    written = line[before.start() : after.end()]
    return Guess(
        f"{after[1]} 的 {before[1]}",
        written,
        before.start(),
        what=("先写表，再写 的 每一行", "the table stands first in Chinese"),
    )


def spaced_form(name: str) -> str:
    """Return a name with the words it contains set apart (人员经费 减 公用经费), or empty if it contains none."""
    if called := _called().match(name):
        return f"{called[1]}（ {spaced_form(called[2]) or called[2]}"
    parts = [part for part in _inner_words().split(name.rstrip("(（")) if part]
    words = [part for part in parts if _inner_words().fullmatch(part)]
    if not words or len(words) == len(parts) or "【" in name:
        return ""
    return " ".join(_unglued(part) for part in parts)


def _near(word: str, accepted: Iterable[str], forms: Collection[str]) -> str:
    """The accepted word somebody meant by another: a near one, one behind 必须, or one for which it is often taken."""
    words = keywords().words
    for name in accepted:
        if name in words and word in words[name].mistaken:
            return words[name].printed(_tongue(word))
    bare = _DUTY.sub("", word, count=1) if _DUTY.match(word) else word
    for name in accepted:
        if name in words and bare in words[name].mistaken:
            return words[name].printed(_tongue(bare))
    if bare != word and bare in forms:
        return bare
    return nearest(word, forms) or (nearest(bare, forms) if bare != word else "")


def _tongue(token: str) -> Tongue:
    return "en" if token.isascii() else "zh"


def _unglued(part: str) -> str:
    glued = _opening_words().fullmatch(part)
    return " ".join(filter(None, glued.groups())) if glued else part


def _unit(word: str) -> str:
    """Return the unit for which a word is often taken (万 for 万元), or ""."""
    units = [known for known in keywords().words.values() if known.unit]
    return next((unit.printed(_tongue(word)) for unit in units if word in unit.mistaken), "")


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    """A function glued to its bracket and what follows: 最大值(第一节."""
    words = [w for w in keywords().words.values() if w.group == "函数" or w.token in _OVER_MANY]
    forms = [form for word in words for form in word.zh]
    return re.compile(f"({'|'.join(map(re.escape, forms))})[(（](.+)")


@lru_cache(maxsize=1)
def _opening_words() -> re.Pattern[str]:
    """检查 and 列 glued to the name behind them: 检查列合计."""
    words = keywords().words
    check, column = ("|".join(map(re.escape, words[token].zh)) for token in ("CHECK", "COLUMN"))
    return re.compile(f"({check})?({column})?(.*)")


@lru_cache(maxsize=1)
def _all_forms() -> frozenset[str]:
    return frozenset(form for word in keywords().words.values() for form in word.forms)


@lru_cache(maxsize=1)
def _inner_words() -> re.Pattern[str]:
    """Words that people write without spaces: relations, tests and arithmetic, with or without 应."""
    words = [word for word in keywords().words.values() if word.group in _BETWEEN]
    forms = [form for word in words for form in word.zh if len(form) > 1 or form in "加减且或"]
    forms = sorted(forms, key=len, reverse=True)
    return re.compile(f"((?:应当|应|须)?(?:{'|'.join(map(re.escape, forms))}))")
