"""Find grids in lines of text: tab separated rows, one cell a line with a leading tab, and Markdown pipes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from budgetlint.document import GridBlock, GridCell, Place
from budgetlint.readers.text.markup import plain

_PAGE_NUMBER = re.compile(r"^\s*[-—–－·]*\s*\d{1,4}\s*[-—–－·]*\s*$")
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")


class Line(Struct, frozen=True):
    """A line of the file with its 1-based number."""

    number: int
    text: str

    @property
    def blank(self) -> bool:
        """True where nothing but white space stands (tabs are cells, not white space)."""
        return not self.text.strip() and "\t" not in self.text

    @property
    def tabbed(self) -> bool:
        """True for a line of cells."""
        return "\t" in self.text

    @property
    def piped(self) -> bool:
        """True for a row of a Markdown table."""
        row = self.text.lstrip().startswith("|") and self.text.count("|") > 1
        return row and not _PIPE_RULE.match(self.text)


def one_cell_a_line(lines: Iterable[Line]) -> bool:
    """Tell layout B (every cell on its own line with a leading tab) from layout A (one line a row)."""
    tabbed = [line.text for line in lines if line.tabbed]
    single = sum(text.startswith("\t") and text.count("\t") == 1 for text in tabbed)
    return bool(tabbed) and single >= 0.9 * len(tabbed)


class _Draft(Struct):
    """A grid being read."""

    rows: list[list[tuple[str, int, int]]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    def block(self, path: str) -> GridBlock:
        rows = tuple(
            tuple(
                GridCell(plain(text), Place(path, line=first, end_line=last, grid_row=r, grid_column=c))
                for c, (text, first, last) in enumerate(row)
            )
            for r, row in enumerate(self.rows)
        )
        first, last = self.rows[0][0][1], self.rows[-1][-1][2]
        return GridBlock(rows, Place(path, line=first, end_line=last), breaks=tuple(self.breaks))


def read_rows(lines: Sequence[Line], start: int, path: str) -> tuple[GridBlock, int]:
    """Read a layout A grid that begins at ``start``; return it and the index of the line after it.

    Empty lines inside are page breaks; a line without tabs between two rows that touch it is a one-cell row.
    """
    draft = _Draft()
    index = start
    while index < len(lines):
        line = lines[index]
        if line.tabbed:
            draft.rows.append([(cell, line.number, line.number) for cell in line.text.split("\t")])
            index += 1
            continue
        after = next((i for i in range(index, len(lines)) if not _skippable(lines[i])), len(lines))
        if after > index and after < len(lines) and lines[after].tabbed:
            draft.breaks.append(len(draft.rows))
            index = after
        elif not line.blank and index + 1 < len(lines) and lines[index + 1].tabbed:
            draft.rows.append([(line.text, line.number, line.number)])
            index += 1
        else:
            break
    return draft.block(path), index


def _skippable(line: Line) -> bool:
    return line.blank or bool(_PAGE_NUMBER.match(line.text))


def read_cells(lines: Sequence[Line], start: int, path: str) -> tuple[GridBlock, int]:
    """Read a layout B grid that begins at ``start``; return it and the index of the line after it.

    An empty line ends a row; a line without a leading tab continues the cell above it, also after an empty line
    where the row is still short of the rows before it. More than one empty line is recorded as a break.
    """
    draft = _Draft()
    row: list[tuple[str, int, int]] = []
    index, empty = start, 0
    while index < len(lines):
        line = lines[index]
        if line.blank:
            empty += 1
        elif line.tabbed:
            if empty and row and not _unfinished(draft.rows, row, lines, index):
                draft.rows.append(row)
                row = []
                if empty > 1:
                    draft.breaks.append(len(draft.rows))
            row.append((line.text.removeprefix("\t"), line.number, line.number))
            empty = 0
        elif row and (not empty or _unfinished(draft.rows, row, lines, index)):
            text, first, _ = row[-1]
            row[-1] = (f"{text}\n{line.text}", first, line.number)
            empty = 0
        else:
            break
        index += 1
    if row:
        draft.rows.append(row)
    return draft.block(path), index - empty


def _unfinished(
    rows: list[list[tuple[str, int, int]]], row: Sequence[object], lines: Sequence[Line], at: int
) -> bool:
    """True where the open row, cut by an empty line, gets exactly the width of the two rows before it."""
    if len(rows) < 2 or len(rows[-1]) != len(rows[-2]) or len(row) >= len(rows[-1]):
        return False
    missing = len(rows[-1]) - len(row)
    for line in lines[at : at + 40]:
        if line.blank:
            return missing == 0
        missing -= line.tabbed
    return missing == 0


def read_pipes(lines: Sequence[Line], start: int, path: str) -> tuple[GridBlock, int]:
    """Read a Markdown table that begins at ``start``; return it and the index of the line after it."""
    draft = _Draft()
    index = start
    while index < len(lines) and (lines[index].piped or _PIPE_RULE.match(lines[index].text)):
        line = lines[index]
        if line.piped:
            inner = line.text.strip().removeprefix("|").removesuffix("|").replace(r"\|", "\x00")
            cells = [cell.strip().replace("\x00", "|").replace("<br>", "\n") for cell in inner.split("|")]
            draft.rows.append([(cell, line.number, line.number) for cell in cells])
        index += 1
    return draft.block(path), index
