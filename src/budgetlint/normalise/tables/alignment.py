"""Put lines that moved as a whole after a page break back under their header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetlint.document import Column, Role
from budgetlint.document.text import squeeze
from budgetlint.normalise.printed.cells import figure, firm_figure, total_like
from budgetlint.normalise.tables.grids import Line, blank_cell

FIGURES = (Role.AMOUNT, Role.COUNT, Role.PERCENTAGE)
_WORDS = re.compile(r"[一-鿿]")
_DISTANCES = (1, -1, 2, -2, 3, -3)


def padded(line: Line, width: int) -> Line:
    """Return a line cut or filled with blanks to ``width`` cells; printed cells are never cut."""
    if len(line) < width:
        return (*line, *(blank_cell(line[-1].place) for _ in range(width - len(line))))
    while len(line) > width and not line[-1].text.strip():
        line = line[:-1]
    return line


def misfits(line: Line, columns: Sequence[Column]) -> int:
    """Count printed cells that stand in a column of another kind: words under amounts or codes, figures under names."""
    return sum(_misfit(cell.text, columns[i] if i < len(columns) else None) for i, cell in enumerate(line))


def _misfit(text: str, column: Column | None) -> bool:
    text = text.strip()
    if not text:
        return False
    if column is None:
        return True
    if column.role in FIGURES:
        return not figure(text) and bool(_WORDS.search(text)) and not re.search(r"\d", text)
    if column.role is Role.CODE:
        return _astray_part(squeeze(text), column.label) or (
            bool(_WORDS.search(text)) and not total_like(text) and len(squeeze(text)) > 1
        )
    return column.role is Role.NAME and firm_figure(text)


def _astray_part(code: str, label: str) -> bool:
    """True for part of a code under another part: 208 under 款, 01 under a column for whole codes."""
    if not code.isdigit():
        return False
    return len(code) == 3 if label in ("款", "项", "目") else label != "类" and len(code) < 3


def settle(lines: Sequence[Line], columns: Sequence[Column]) -> list[Line]:
    """Move every line that does not fit its columns to where each of its cells does, if there is such a place.

    Of several places the one whose printed and blank cells resemble the line before most is taken.
    """
    settled: list[Line] = []
    for line in lines:
        if (total := _total_line(line, columns)) is not None:
            line = total
        elif misfits(line, columns):
            moves = [move for distance in _DISTANCES if (move := _moved(line, distance, columns)) is not None]
            if moves:
                before = settled[-1] if settled else line
                line = max(moves, key=lambda move: _resemblance(move, before))
        settled.append(line)
    return settled


def _total_line(line: Line, columns: Sequence[Column]) -> Line | None:
    """Return a 合计 line with one figure under every column of figures, where it prints just as many but elsewhere."""
    printed = [(i, cell) for i, cell in enumerate(line) if cell.text.strip()]
    places = [i for i, column in enumerate(columns) if column.role in FIGURES]
    if len(printed) != len(places) + 1 or not places or any(column.group for column in columns):
        return None
    (_, label), *figures = printed
    astray = any(columns[i].role not in FIGURES for i, _ in figures if i < len(columns))
    if not (astray and total_like(squeeze(label.text)) and all(figure(cell.text) for _, cell in figures)):
        return None
    blank = blank_cell(line[0].place)
    placed = dict(zip(places, (cell for _, cell in figures), strict=True))
    return tuple(label if i == 0 else placed.get(i, blank) for i in range(len(columns)))


def _resemblance(line: Line, other: Line) -> int:
    return sum(bool(a.text.strip()) == bool(b.text.strip()) for a, b in zip(line, other, strict=False))


def _moved(line: Line, distance: int, columns: Sequence[Column]) -> Line | None:
    blank = blank_cell(line[0].place)
    if distance > 0:
        moved = (blank,) * distance + line
    elif any(cell.text.strip() for cell in line[:-distance]):
        return None
    else:
        moved = line[-distance:]
    moved = padded(moved, len(columns))
    return moved if len(moved) == len(columns) and not misfits(moved, columns) else None
