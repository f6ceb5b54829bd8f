"""Figures too long for their cell: the last digits stand on a line of their own, which is no row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budgetlint.document import GridCell
from budgetlint.document.amount import torn
from budgetlint.document.text import squeeze


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
        figure = torn(squeeze(above[at].text), squeeze(rest[at].text))
        if figure is None:
            return None
        whole[at] = above[at]._replace(text=figure)
    return tuple(whole)
