"""Numbers that a format writes in Chinese: ``[DBNum1]`` 一千二百, ``[DBNum2]`` 壹仟贰佰, ``[DBNum3]`` in full width.

ECMA-376-1 leaves these to the program: Excel in Chinese is followed, which counts the part before the point, names the
digits behind it one by one, and keeps point and sign as they are; digits of a year stand each by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")


class Naming(Struct, frozen=True):
    """How digits are named: the ten digits, and the words for ten, hundred, thousand (none: digits only)."""

    digits: str
    units: str = ""


_NAMINGS = {
    "[DBNUM1]": Naming("〇一二三四五六七八九", "十百千"),
    "[DBNUM2]": Naming("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "[DBNUM3]": Naming("０１２３４５６７８９"),
}
_GREAT = ("", "万", "亿", "万亿", "亿亿")


def named_digits(tokens: Sequence[str]) -> Naming | None:
    """Return how a section of a format, cut into tokens, names its digits; None for Arabic digits."""
    return next((_NAMINGS[token.upper()] for token in tokens if token.upper() in _NAMINGS), None)


def spelled(text: str, naming: Naming | None) -> str:
    """Return a shown number with its digits named; all else in the text stays."""
    return text if naming is None else _NUMBER.sub(lambda match: _spelled(match[0], naming), text)


def spelled_date(text: str, is_year: bool, naming: Naming | None) -> str:
    """Return one part of a shown date; the digits of a year stand each by itself."""
    if naming is None or not text.isdecimal():
        return text
    if is_year:
        return _each(text, naming)
    counted = _counted(int(text), naming)
    return counted.removeprefix("一") if 10 <= int(text) < 20 else counted


def _each(digits: str, naming: Naming) -> str:
    return "".join(naming.digits[int(digit)] for digit in digits)


def _spelled(number: str, naming: Naming) -> str:
    whole, point, decimals = number.replace(",", "").partition(".")
    if not naming.units:
        return _each(whole, naming) + point + _each(decimals, naming)
    return (_counted(int(whole), naming) if whole else "") + point + _each(decimals, naming)


def _counted(number: int, naming: Naming) -> str:
    """Return a whole number as it is counted: 一万〇五百, 壹拾贰亿."""
    if not naming.units:
        return _each(str(number), naming)
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    if len(groups) > len(_GREAT):
        return _each("".join(f"{group:04d}" for group in reversed(groups)).lstrip("0"), naming)
    text, gap = "", False
    for at in range(len(groups) - 1, -1, -1):
        if not groups[at]:
            gap = True
            continue
        if text and (gap or groups[at] < 1000):
            text += naming.digits[0]
        text += _below_ten_thousand(groups[at], naming) + _GREAT[at]
        gap = False
    return text or naming.digits[0]


def _below_ten_thousand(number: int, naming: Naming) -> str:
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += (naming.digits[0] if gap and text else "") + naming.digits[digit]
            text += naming.units[power - 1] if power else ""
        gap = not digit
    return text
