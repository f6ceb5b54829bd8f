"""Put cells back in their columns: lines offset after a page break, and rows shifted against the header."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlint.document import Column, Role
from budgetlint.normalise.cells import figure
from budgetlint.normalise.grids import Line, blank_cell

_WORDS = (Role.NAME, Role.TEXT)
_FIGURES = (Role.AMOUNT, Role.COUNT, Role.PERCENTAGE)


def padded(line: Line, width: int) -> Line:
    """Return a line cut or filled with blanks to ``width`` cells; printed cells are never cut."""
    if len(line) < width:
        return (*line, *(blank_cell(line[-1].place) for _ in range(width - len(line))))
    while len(line) > width and not line[-1].text.strip():
        line = line[:-1]
    return line


def misfits(line: Line, columns: Sequence[Column]) -> int:
    """Count printed cells that stand in a column of another kind: words under amounts, figures under names."""
    count = 0
    for index, cell in enumerate(line):
        text = cell.text.strip()
        if not text:
            continue
        if index >= len(columns):
            count += 1
        elif columns[index].role in _FIGURES:
            count += not figure(text) and not _dash(text)
        elif columns[index].role is Role.NAME:
            count += figure(text)
    return count


def _dash(text: str) -> bool:
    return not any(char.isalnum() for char in text)


def offset(line: Line, columns: Sequence[Column]) -> Line:
    """Return a line moved as a whole to where every cell fits its column; unchanged where no move is perfect."""
    here = misfits(line, columns)
    if not here:
        return line
    for distance in (1, -1, 2, -2, 3, -3):
        moved = _moved(line, distance, len(columns))
        if moved is not None and not misfits(moved, columns):
            return moved
    return line


def _moved(line: Line, distance: int, width: int) -> Line | None:
    blank = blank_cell(line[0].place)
    if distance > 0:
        moved = (blank,) * distance + line
    elif any(cell.text.strip() for cell in line[:-distance]):
        return None
    else:
        moved = line[-distance:]
    moved = padded(moved, width)
    return moved if len(moved) == width else None
