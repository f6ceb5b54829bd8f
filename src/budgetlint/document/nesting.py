"""Nests rows by their codes: 2080505 is a part of 20805, and 20805 of 208."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlint.document.tree import Row, RowKind

_SHORTEST = 2


def parents_by_code(rows: Sequence[Row], members: Sequence[int]) -> dict[int, int | None]:
    """Return for every coded member the nearest row above it whose code its own begins with, None without one.

    A unit's or subtotal's code is a part of other units' codes only. A 款 without items may be printed twice, once
    more as its own item; an item (项) printed twice is of two units, or of two economic classes.
    """
    items = (row for row in map(rows.__getitem__, members) if row.kind is not RowKind.SUBTOTAL)
    deepest = max((len(row.code or "") for row in items), default=0)
    parents: dict[int, int | None] = {}
    seen: dict[tuple[bool, str], int] = {}
    last = -1
    for index in members:
        code, unit = rows[index].code, rows[index].kind is RowKind.SUBTOTAL
        if code is None:
            continue
        above = (seen.get((unit, code[:length])) for length in range(len(code) - 1, _SHORTEST - 1, -1))
        twin = seen.get((unit, code))
        if twin is not None and twin == last and len(code) < deepest and _alike(rows[twin], rows[index]):
            parents[index] = twin  # printed again as its own and only item
        else:
            parents[index] = next((row for row in above if row is not None), None)
        seen[unit, code] = last = index
    return parents


def _alike(row: Row, other: Row) -> bool:
    """Tell whether two rows print one name, the same figures and the same words."""
    printed, others = (
        {column: cell.amount or cell.text.strip() for column, cell in each.cells.items()}
        for each in (row, other)
    )
    figures = any(cell.amount for cell in row.cells.values())
    return row.label == other.label and figures and printed == others


def head_row(rows: Sequence[Row], printing: Sequence[int]) -> int | None:
    """Return the row that heads a list of codes in place of a 合计: the first, a unit's, where all others have a code.

    ``printing`` are the rows that print a figure.
    """
    if len(printing) < _SHORTEST or any(rows[i].kind is RowKind.TOTAL for i in printing):
        return None
    first, *others = printing
    is_unit = rows[first].code is None and rows[first].kind in (RowKind.DATA, RowKind.SUBTOTAL)
    return first if is_unit and rows[first].label and all(rows[i].code for i in others) else None
