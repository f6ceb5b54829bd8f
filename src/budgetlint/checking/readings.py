"""How a list of printed rows can be read: which of them are parts of the row above them, and what the others add up to.

A list says nothing of its levels where its rows have no numbers. A row may be a part of a row above it where that row
is the sum of its parts, all of them standing together below it; so a list has many readings, and what the rows that
are no parts add up to is looked for among them.

Cost: a list of n rows has n²/2 stretches, each put together from those after it in at most ``MOST_ENDS + 1`` ways of
``MOST_SUMS`` sums: some two million additions at the very worst, for ``MOST_ROWS`` equal rows, a second or two; some
thousand for what is printed. A longer list is read only as it stands. ``stopped`` tells where a bound left something out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

#: So many sums of one stretch of a list are kept.
MOST_SUMS = 60
#: So many ways to end the parts of one row are followed up, the longest first.
MOST_ENDS = 4
#: So many rows a list may have to be read with parts.
MOST_ROWS = 120
#: Rows that are no parts: the first and the others, () after the last.
_Rows: TypeAlias = "tuple[int, _Rows] | tuple[()]"
#: Sums of a stretch, each with the rows that make it.
_Sums: TypeAlias = "dict[Decimal, _Rows]"


class Readings(Struct, frozen=True):
    """The ways a list can be read, the list as it stands first.

    ``roots`` are the rows that are no parts, one tuple a reading; ``parts`` all rows that are parts in some reading
    because they make up a row above them; ``stopped`` tells that there may be more readings.
    """

    roots: tuple[tuple[int, ...], ...]
    parts: frozenset[int]
    stopped: bool


def readings(
    values: Sequence[Decimal],
    steps: Sequence[Decimal],
    may_be_part: Callable[[int, int], bool],
    loose: Mapping[int, int],
    limit: Decimal,
) -> Readings:
    """Return the readings of a list.

    Args:
        values, steps: what the rows print, and one unit of its last digit.
        may_be_part: whether the second row may be a part of the first, which stands above it.
        loose: row → end of the rows below it that may be its parts whatever they add up to; where they do make it
            up they are nothing else.
        limit: what no reading of interest adds up to more than.
    """
    count = len(values)
    whole = tuple(range(count))
    if count > MOST_ROWS:
        return Readings((whole,), frozenset(), True)
    bound = max(limit, *values, Decimal(0)) if all(value >= 0 for value in values) else None
    stretches: list[list[_Stretch]] = [[_NONE] * (count + 1) for _ in range(count + 1)]
    stretches[count][count] = _EMPTY
    parts: set[int] = set()
    stopped = False
    for start in range(count - 1, -1, -1):
        stretches[start][start] = _EMPTY
        ends = [start + 1]
        for end in range(start + 2, count + 1) if values[start] else ():
            if not may_be_part(start, end - 1):
                break
            below = stretches[start + 1][end]
            if _makes(values[start], steps[start], end - start, below.sums):
                ends.insert(0, end)
                parts.update(range(start + 1, end))
            else:
                stopped = stopped or below.cut
        stopped = stopped or len(ends) > MOST_ENDS + 1
        ends = [*ends[:-1][:MOST_ENDS], start + 1]
        if start in loose:
            ends = [loose[start]] if loose[start] in ends else [*ends, loose[start]]
        for end in range(start + 1, count + 1):
            after = [stretches[at][end] for at in ends if at <= end]
            stretches[start][end] = _with_row(start, values[start], after, bound)
    found = dict.fromkeys((whole, *map(_listed, stretches[0][count].sums.values())))
    return Readings(tuple(found), frozenset(parts), stopped or stretches[0][count].cut)


class _Stretch(Struct, frozen=True):
    """What a stretch of a list may add up to, each sum with the rows that make it; ``cut`` where there are more."""

    sums: _Sums
    cut: bool = False


_NONE = _Stretch({})
_EMPTY = _Stretch({Decimal(0): ()})


def _with_row(row: int, value: Decimal, after: Sequence[_Stretch], bound: Decimal | None) -> _Stretch:
    """Put a row before the stretches that may follow it."""
    sums: _Sums = {}
    for stretch in after:
        for added, rows in stretch.sums.items():
            if bound is None or value + added <= bound:
                sums.setdefault(value + added, (row, rows))
    cut = len(sums) > MOST_SUMS or any(stretch.cut for stretch in after)
    return _Stretch(dict(list(sums.items())[:MOST_SUMS]), cut)


def _makes(value: Decimal, step: Decimal, rows: int, sums: _Sums) -> bool:
    """Tell whether some reading of the rows below makes a figure, up to the rounding of each of them."""
    return value in sums or any(abs(value - added) < step * rows / 2 for added in sums)


def _listed(rows: _Rows) -> tuple[int, ...]:
    found: list[int] = []
    while rows:
        first, rows = rows
        found.append(first)
    return tuple(found)
