"""A document as a list of paragraphs and tables, read back from its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_AMOUNT = re.compile(r"\d+\.\d\d")
_NOTE = "说明："
#: Title, department and unit stand above every table.
_HEADS = 3


@dataclass(frozen=True)
class Cell:
    """A cell with the rows and columns it spans."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Table:
    """A table with what is printed above and below it; None stands where a merged cell covers.

    A form has no header that a next page could repeat.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    note: str = ""
    form: bool = False


Item = str | Table


def items_of(text: str) -> list[Item]:
    """Return the paragraphs and tables of a document whose tables are tab-separated lines."""
    items: list[Item] = []
    rows: list[list[str]] = []
    for line in [*text.split("\n"), "。"]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            heads = tuple(str(items.pop()) for _ in range(_HEADS))[::-1]
            items.append(Table(heads, _merged(rows), line if line.startswith(_NOTE) else ""))
            rows = []
            if line.startswith(_NOTE):
                continue
        if line.strip():
            items.append(line)
    return items[:-1]


def _merged(rows: Sequence[Sequence[str]]) -> tuple[tuple[Cell | None, ...], ...]:
    """Return the rows with the blanks of the header taken into the cells they belong to."""
    height = next(n for n, row in enumerate(rows) if "合计" in row[1:2] or any(map(_AMOUNT.fullmatch, row)))
    header = rows[:height]

    def blank_to_the_end(row: int, column: int) -> bool:
        return all(not line[column] for line in header[row:])

    covered: set[tuple[int, int]] = set()
    cells: list[tuple[Cell | None, ...]] = []
    for at, row in enumerate(header):
        line: list[Cell | None] = []
        for column, text in enumerate(row):
            if (at, column) in covered:
                line.append(None)
                continue
            down = height - at if text and at + 1 < height and blank_to_the_end(at + 1, column) else 1
            across = 1
            while (
                text
                and down == 1
                and column + across < len(row)
                and not row[column + across]
                and not blank_to_the_end(at, column + across)
            ):
                across += 1
            covered |= {(at + i, column + j) for i in range(down) for j in range(across)}
            line.append(Cell(text, down, across))
        cells.append(tuple(line))
    return (*cells, *(tuple(map(Cell, row)) for row in rows[height:]))
