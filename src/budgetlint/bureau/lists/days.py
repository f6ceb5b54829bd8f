"""By which day something had to be published: the twentieth after the reply, 预算法第十四条."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum

from msgspec import Struct

#: The day after the reply is the first.
DAYS = 20
_FRIDAY = 4


class Lateness(str, Enum):
    """In time; late; or late by no more than rest days at the end of the term may explain."""

    IN_TIME = "in-time"
    LATE = "late"
    RESTING = "resting"


class Term(Struct, frozen=True):
    """The last day, how late it was, and the name of the rest days that may explain it ("" for a weekend)."""

    last: date
    lateness: Lateness
    rest: str = ""


def term_of(replied: date, published: date, holidays: Mapping[str, tuple[str, str, int]]) -> Term:
    """Return whether something was published in time.

    Args:
        holidays: name → first and last day (MM-DD) it may fall on, and how many days it lasts at most. The State
            Council says every year when they are: what they may explain is left to people.
    """
    last = replied + timedelta(days=DAYS)
    if published <= last:
        return Term(last, Lateness.IN_TIME)
    weekend = last
    while weekend.weekday() > _FRIDAY:
        weekend += timedelta(days=1)
    if weekend > last and published <= weekend:
        return Term(last, Lateness.RESTING)
    for name, (first, end, days) in holidays.items():
        # A weekend may stand on either side of a holiday.
        if first <= f"{last:%m-%d}" <= end and published <= last + timedelta(days=days + 2):
            return Term(last, Lateness.RESTING, name)
    return Term(last, Lateness.LATE)
