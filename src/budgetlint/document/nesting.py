"""Nests rows by their codes: 2080505 is a part of 20805, and 20805 of 208."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlint.document.tree import Row, RowKind

_SHORTEST = 2


def parents_by_code(rows: Sequence[Row], members: Sequence[int]) -> dict[int, int | None]:
    """Return for every coded member the nearest row above it whose code its own begins with, None without one.

    A unit's or subtotal's code is a part of other units' codes only.
    """
    parents: dict[int, int | None] = {}
    seen: dict[tuple[bool, str], int] = {}
    for index in members:
        code, unit = rows[index].code, rows[index].kind is RowKind.SUBTOTAL
        if code is None:
            continue
        above = (seen.get((unit, code[:length])) for length in range(len(code) - 1, _SHORTEST - 1, -1))
        parents[index] = next((row for row in above if row is not None), None)
        seen[unit, code] = index
    return parents
