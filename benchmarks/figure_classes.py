"""Says of every printed figure, from the print alone, how it could be checked: printed twice, in a sum, prose only, alone.

No rule is asked: two prints of one figure, and a figure that others beside or below it add up to, are found in what
stands on the pages. What the checks make of each class is for the benchmarks that use this.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

TWICE, SUM, PROSE, ALONE, NOTHING = "twice", "sum", "prose", "alone", "zero"
CLASSES = (TWICE, SUM, PROSE, ALONE, NOTHING)
#: Fewer significant digits come again by accident.
_TELLING = 3
#: 元 and 万元 differ by so many places.
_UNIT_STEP = 4


class Printed(NamedTuple):
    """A figure: its value as printed or in 元, and grid, row and column, None for one of prose."""

    value: Decimal
    grid: int | None = None
    row: int = 0
    column: int = 0


def classified(figures: Sequence[Printed]) -> list[str]:
    """Return the class of every figure, in order; of several the first of twice, sum, prose, alone."""
    often = Counter(key for figure in figures if (key := _same(figure.value)) is not None)
    summed = _summed(figures)
    return [_class(i, figure, often, summed) for i, figure in enumerate(figures)]


def _class(at: int, figure: Printed, often: Counter[object], summed: set[int]) -> str:
    if not figure.value:
        return NOTHING
    if often[_same(figure.value)] > 1:
        return TWICE
    if at in summed:
        return SUM
    return PROSE if figure.grid is None else ALONE


def _same(value: Decimal) -> object:
    """Return what two prints of one figure have in common, in 元 or 万元; None where too few digits tell."""
    _, digits, exponent = value.normalize().as_tuple()
    assert isinstance(exponent, int)
    return (digits, exponent % _UNIT_STEP) if len(digits) >= _TELLING else None


def _summed(figures: Sequence[Printed]) -> set[int]:
    """Return the figures of grids that others of their row or column add up to, and those others."""
    lines: dict[tuple[int, str, int], list[int]] = defaultdict(list)
    for i, figure in enumerate(figures):
        if figure.grid is not None and figure.value:
            lines[figure.grid, "row", figure.row].append(i)
            lines[figure.grid, "column", figure.column].append(i)
    found: set[int] = set()
    for members in lines.values():
        values = [figures[i].value for i in members]
        for whole, parts in _sums(values):
            found.update(members[i] for i in (whole, *parts))
    return found


def _sums(values: Sequence[Decimal]) -> Iterator[tuple[int, range]]:
    """Yield each figure with a run of two or more right after it, or right before it, that makes it."""
    count = len(values)
    for whole in range(count):
        for start, step in ((whole + 1, 1), (whole - 1, -1)):
            run = values[start:] if step > 0 else values[: start + 1][::-1]
            for length, added in enumerate(accumulate(run), start=1):
                if length > 1 and added == values[whole]:
                    end = start + step * length
                    yield whole, range(min(start, end + 1), max(start + 1, end))
                    break
                if added > values[whole] > 0 and all(value >= 0 for value in run[:length]):
                    break
