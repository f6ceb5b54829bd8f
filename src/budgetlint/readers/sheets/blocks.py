"""Cut a sheet into what people see on it: title and note lines as paragraphs, tables as grids."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from budgetlint.document import Block, GridBlock, GridCell, Notice, ParagraphBlock, Place, ReadError
from budgetlint.readers.grids.spans import MOST_POSITIONS, states_spans
from budgetlint.readers.sheets.a1 import a1, letters_of

#: Lines beside a table, not of it: what a printed line under the title or under the table begins with.
_BESIDE = re.compile(
    r"(?:单\s*位|部\s*门|编制|填报|公开|日期|年度|金额)[^0-9]{0,12}[:：]|^(?:注|备注|说明|附注)\s*\d*\s*[:：]"
)
_TITLE = re.compile(r"[^其]{4}表(?:[（(].{1,20}[）)])?$")
#: A sheet's name that says nothing.
NAMELESS = re.compile(r"^(?:sheet|工作表|表)?\s*\(?\d*\)?$", re.IGNORECASE)
#: More empty rows than this part two tables; wider sheets lose their empty columns.
MOST_EMPTY_ROWS, WIDEST = 20, 256

Position = tuple[int, int]


class SheetCell(NamedTuple):
    """A cell with something in it: ``text`` is what it shows, stripped and never empty."""

    text: str
    stored: str | None = None


_BLANK = SheetCell("")


class Sheet(Struct):
    """A sheet as read: cells by 0-based row and column of the file, merged ranges by both, hidden lines apart."""

    name: str
    rows: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    #: upper left → (rows, columns)
    merged: dict[Position, Position] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def blocks_of(sheet: Sheet, path: str) -> list[Block]:
    """Return the blocks of a sheet in reading order; hidden rows and columns are left out."""
    by_row = _visible(sheet)
    if not by_row:
        return []
    columns = _columns(sheet, by_row)
    blocks: list[Block] = []
    body: list[int] = []
    previous = -1
    for row in sorted(by_row):
        far = bool(body) and row - previous > MOST_EMPTY_ROWS
        apart = row - previous > 1
        if far or _stands_beside(sheet, row, by_row, columns, bool(body) and not apart):
            blocks += _grid(sheet, body, by_row, path)
            body = []
        if not body and _stands_beside(sheet, row, by_row, columns, False):
            blocks += _paragraphs(sheet, row, by_row[row], path, row - previous > 1)
        else:
            body.append(row)
        previous = row
    blocks += _grid(sheet, body, by_row, path)
    if blocks and isinstance(blocks[0], GridBlock) and not NAMELESS.match(sheet.name.strip()):
        blocks.insert(0, ParagraphBlock(sheet.name, Place(path, sheet=sheet.name), after_gap=True))
    return blocks


def hidden_notices(sheet: Sheet, path: str) -> list[Notice]:
    """Say that a sheet hides rows or columns with something in them, the first of each."""
    found: dict[str, str] = {}
    for row, cells in sheet.rows.items():
        if row in sheet.hidden_rows:
            found.setdefault("行", a1(row, min(cells)))
        for column in sheet.hidden_columns & cells.keys():
            found.setdefault("列", a1(row, column))
    return [
        Notice("BL103", Place(path, sheet=sheet.name, cell=cell), (("sheet", sheet.name), ("what", what)))
        for what, cell in found.items()
    ]


def _visible(sheet: Sheet) -> dict[int, dict[int, SheetCell]]:
    """Return the cells people see, by row and column."""
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return sheet.rows
    by_row: dict[int, dict[int, SheetCell]] = {}
    for row, cells in sheet.rows.items():
        if row not in sheet.hidden_rows:
            shown = {column: cell for column, cell in cells.items() if column not in sheet.hidden_columns}
            if shown:
                by_row[row] = shown
    return by_row


def _columns(sheet: Sheet, by_row: Mapping[int, Mapping[int, SheetCell]]) -> list[int]:
    """Return the visible columns that some rows use, from the first to the last."""
    used = set().union(*by_row.values())
    for (row, column), (_, width) in sheet.merged.items():
        if column in by_row.get(row, ()) and width <= WIDEST:
            used.update(range(column, column + width))
    if max(used) - min(used) < WIDEST:
        used.update(range(min(used), max(used) + 1))
    return sorted(used - sheet.hidden_columns)


def _stands_beside(
    sheet: Sheet, row: int, by_row: Mapping[int, Mapping[int, SheetCell]], columns: list[int], in_table: bool
) -> bool:
    """Tell whether a row is a line of text beside the tables: a title, a unit line, a note."""
    cells = by_row[row]
    if len(cells) > 1:
        if in_table or any(cell.stored is not None for cell in cells.values()):
            return False
        texts = [cell.text for cell in cells.values()]
        labelled = sum(bool(_BESIDE.search(text)) for text in texts)
        return labelled > 0 and 2 * labelled >= len(cells) - 1
    (column, cell) = next(iter(cells.items()))
    if cell.stored is not None:
        return False
    height, width = sheet.merged.get((row, column), (1, 1))
    if not in_table:
        below = by_row.get(row + 1, {})
        heads_rows = any(by_row.get(beside) for beside in range(row + 1, row + height))
        heads_columns = width > 1 and width < 0.6 * len(columns) and len(below) > 2
        return not heads_rows and not heads_columns
    note = bool(_BESIDE.search(cell.text) or _TITLE.search(cell.text))
    return note or (width > 1 and width >= 0.8 * len(columns) and column == columns[0])


def _paragraphs(
    sheet: Sheet, row: int, cells: Mapping[int, SheetCell], path: str, gap: bool
) -> list[ParagraphBlock]:
    first = min(cells)
    place = Place(path, sheet=sheet.name, cell=a1(row, first))
    text = "    ".join(cells[column].text for column in sorted(cells))
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return [ParagraphBlock(line, place, None, gap and number == 0) for number, line in enumerate(lines)]


def _grid(
    sheet: Sheet,
    rows: list[int],
    by_row: Mapping[int, Mapping[int, SheetCell]],
    path: str,
) -> list[GridBlock]:
    """Return the grid of some rows, empty rows between them kept."""
    if not rows:
        return []
    columns = _columns(sheet, {row: by_row[row] for row in rows})
    shown = [row for row in range(rows[0], rows[-1] + 1) if row not in sheet.hidden_rows]
    shown = shown if len(shown) <= len(rows) * (MOST_EMPTY_ROWS + 1) else rows
    if len(shown) * len(columns) > MOST_POSITIONS:
        raise ReadError(
            "BL907", path, what="单元格", count=str(len(shown) * len(columns)), limit=str(MOST_POSITIONS)
        )
    row_at = {row: number for number, row in enumerate(shown)}
    column_at = {column: number for number, column in enumerate(columns)}
    spans: dict[Position, Position] = {}
    covered: set[Position] = set()
    for (row, column), (height, width) in sheet.merged.items():
        inner_rows = [row_at[r] for r in range(row, min(row + height, rows[-1] + 1)) if r in row_at]
        inner_columns = [
            column_at[c] for c in range(column, min(column + width, columns[-1] + 1)) if c in column_at
        ]
        if row in row_at and column in column_at and inner_rows and inner_columns:
            spans[row_at[row], column_at[column]] = (len(inner_rows), len(inner_columns))
            covered.update((r, c) for r in inner_rows for c in inner_columns)
            covered.discard((row_at[row], column_at[column]))
    first = Place(path, sheet=sheet.name, cell=a1(rows[0], columns[0]))
    grid = _laid_out(path, sheet.name, [(row + 1, by_row.get(row, {})) for row in shown], columns)
    for row, column in covered:
        grid[row][column] = GridCell("", grid[row][column].place, covered=True)
    for (row, column), (height, width) in spans.items():
        grid[row][column] = grid[row][column]._replace(row_span=height, column_span=width)
    lines = tuple(map(tuple, grid))
    return [GridBlock(lines, first, spans_known=states_spans(lines))]


def _laid_out(
    path: str, sheet: str, rows: Sequence[tuple[int, Mapping[int, SheetCell]]], columns: Sequence[int]
) -> list[list[GridCell]]:
    """Return the cells of some rows (1-based, as in A1) in some columns, each of one position.

    Runs once for each of a workbook's cells: so they are made as bare as can be.
    """
    make, cell_of, place_of, none, blank = tuple.__new__, GridCell, Place, None, _BLANK
    named = [(at, letters_of(column), column) for at, column in enumerate(columns)]
    labels = Place()[10:]
    grid: list[list[GridCell]] = []
    for number, (row, held) in enumerate(rows):
        get, line = held.get, str(row)
        cells: list[GridCell] = []
        for at, letters, column in named:
            text, stored = get(column, blank)
            a1_name = letters + line
            place = make(
                place_of,
                (path, none, none, none, sheet, a1_name, none, none, number, at, *labels),
            )
            cells.append(make(cell_of, (text, place, 1, 1, False, stored)))
        grid.append(cells)
    return grid
