"""One printed column that alignment took for two: the same head twice, and no line that prints under both."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlint.normalise.printed.cells import figure
from budgetlint.normalise.tables.grids import Line

_Path = tuple[str, ...]


def halves(paths: Sequence[_Path], lines: Sequence[Line]) -> list[int]:
    """Return the columns that are the second half of the one before them.

    Args:
        paths: the printed head of every column.
        lines: body lines, each with a cell for every column.
    """
    found: list[int] = []
    for second in range(1, len(paths)):
        first = second - 1
        if not paths[first] or paths[first] != paths[second] or first in found:
            continue
        printed = [(line[first].text.strip(), line[second].text.strip()) for line in lines]
        both = any(one and other for one, other in printed)
        figures = [sum(bool(figure(pair[half])) for pair in printed) for half in (0, 1)]
        if not both and all(figures):
            found.append(second)
    return found


def joined(line: Line, seconds: Sequence[int]) -> Line:
    """Return a line with the second halves put into the first ones."""
    whole = list(line)
    for second in reversed(seconds):
        if whole[second].text.strip():
            whole[second - 1] = whole[second]
        del whole[second]
    return tuple(whole)
