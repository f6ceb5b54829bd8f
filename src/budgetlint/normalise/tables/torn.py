"""Figures too long for their cell: the last digits stand on a line of their own, which is no row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from budgetlint.document import GridCell
from budgetlint.document.text import squeeze

_DIGITS = re.compile(r"\d{1,3}")
_FIGURE = re.compile(r"-?\d{1,3}(?:,?\d{3})*(?:\.(\d*))?")
#: Decimals that a torn figure has again once it is put together: those of 万元, or of six places as some print.
_DECIMALS = frozenset({2, 6})


def with_torn_joined(
    lines: Sequence[tuple[GridCell, ...]], breaks: Iterable[int]
) -> tuple[list[tuple[GridCell, ...]], set[int]]:
    """Return the lines with the rest of torn figures put back, and the page breaks by the lines' new numbers.

    A line is such a rest where it prints nothing but a few digits, each below a figure that lacks as many decimals.
    """
    kept: list[tuple[GridCell, ...]] = []
    moved: dict[int, int] = {}
    for index, line in enumerate(lines):
        moved[index] = len(kept)
        whole = _joined(kept[-1], line) if kept else None
        if whole is None:
            kept.append(line)
        else:
            kept[-1] = whole
    return kept, {moved[index] for index in breaks if 0 < moved.get(index, 0) < len(kept)}


def _joined(above: Sequence[GridCell], rest: Sequence[GridCell]) -> tuple[GridCell, ...] | None:
    printed = [at for at, cell in enumerate(rest) if cell.text.strip()]
    if not printed or len(above) != len(rest):
        return None
    whole = list(above)
    for at in printed:
        start, end = squeeze(above[at].text), squeeze(rest[at].text)
        figure = _FIGURE.fullmatch(start)
        decimals = figure[1] if figure is not None else None
        if decimals is None or not _DIGITS.fullmatch(end) or len(decimals) + len(end) not in _DECIMALS:
            return None
        whole[at] = above[at]._replace(text=start + end)
    return tuple(whole)
