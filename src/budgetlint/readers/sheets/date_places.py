"""Print the number of a day as a number format says: years, months, weekdays, hours, 上午 and 下午 (ECMA-376-1, 18.8.31)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from budgetlint.readers.sheets.digit_places import literal

#: The day after the last one a workbook counts.
_END = 2_958_466
_DATE = re.compile(r"[ymdhs]|e+$|aaaa?$|\[(?:h+|m+|s+)\]$", re.IGNORECASE)
_HALF = re.compile(r"AM/PM|A/P|上午/下午", re.IGNORECASE)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_CHINESE_MONTHS = [
    f"{number}月" for number in ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
]
#: Locales whose names of months and days are Chinese.
_IN_CHINESE = frozenset(("[$-804]", "[$-zh-cn]", "[$-404]", "[$-1004]", "[$-c04]"))
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def is_date(tokens: tuple[str, ...]) -> bool:
    """Tell whether a section of a format, cut into tokens, prints a date or a time."""
    return any(_DATE.match(token) for token in tokens)


def dated(value: Decimal, tokens: tuple[str, ...], epoch_1904: bool) -> list[tuple[str, bool]] | None:
    """Return what a section that prints a date prints for the number of a day, None for no day of a workbook's.

    In parts: the text of each, and whether it is a year.
    """
    days = int(value)
    if value < 0 or days >= _END:
        return None
    day = (date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)) + timedelta(days=days)
    seconds = int(((value - days) * 86_400).to_integral_value(ROUND_HALF_UP))
    halved = any(_HALF.fullmatch(token) for token in tokens)
    parts: list[tuple[str, bool]] = []
    chinese = any(token.lower() in _IN_CHINESE for token in tokens)
    clock = False
    for at, token in enumerate(tokens):
        kind = token.strip("[]")[0].lower() if token.strip("[]") else token
        if _HALF.fullmatch(token):
            first, _, second = ("上午/下午" if chinese else token).partition("/")
            parts.append((first if seconds < 43_200 else second, False))
        elif not _DATE.match(token):
            parts.append(("," if token == "," else literal(token), False))
        elif token[0] == "[":
            parts.append((str((days * 86_400 + seconds) // {"h": 3600, "m": 60, "s": 1}[kind]), False))
            clock = True
        elif kind in "hs" or (kind == "m" and (clock or _before_seconds(tokens, at))):
            hour = seconds // 3600 % 24
            hour = (hour + 11) % 12 + 1 if halved else hour
            number = {"h": hour, "m": seconds // 60 % 60, "s": seconds % 60}[kind]
            clock = kind == "h"
            parts.append((f"{number:02d}" if len(token) > 1 else str(number), False))
        else:
            parts.append((_of_day(day, kind, len(token), chinese), kind in "ye"))
    return parts


def day_of(text: str) -> Decimal:
    """Return the number of a day and time written as ISO 8601.

    Raises:
        ValueError: it is no day.
    """
    span = datetime.fromisoformat(text.rstrip("Z")) - datetime(1899, 12, 30)
    return Decimal(span.days) + Decimal(span.seconds) / 86_400


def _before_seconds(tokens: tuple[str, ...], at: int) -> bool:
    """Tell whether an ``m`` means minutes because seconds come next."""
    after = next((token for token in tokens[at + 1 :] if _DATE.match(token)), "")
    return after[:1].lower() == "s"


def _of_day(day: date, kind: str, width: int, chinese: bool) -> str:
    """Return a day's year, month, day or weekday in the width that the letters ask for."""
    if kind in "ye":
        return f"{day.year:04d}" if width > 2 or kind == "e" else f"{day.year % 100:02d}"
    if kind == "a":
        return ("星期" if width > 3 else "") + "一二三四五六日"[day.weekday()]
    names, number = (_MONTHS, day.month) if kind == "m" else (_DAYS, day.day)
    if width < 3:
        return f"{number:0{width}d}"
    if chinese:
        return _CHINESE_MONTHS[day.month - 1] if kind == "m" else "星期" + "一二三四五六日"[day.weekday()]
    name = names[day.month - 1 if kind == "m" else day.weekday()]
    return name[:3] if width == 3 else name[:1] if width == 5 else name
