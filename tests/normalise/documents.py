"""Small documents of the made-up 示例市示例区, written for the tests of the normaliser."""

from __future__ import annotations

from budgetlint.document import Block, Document, GridBlock, GridCell, ParagraphBlock, Row, Source, Table
from budgetlint.normalise import structure
from budgetlint.readers.text.plain import READER


def read(text: str) -> Document:
    """Return the structure of a text."""
    return structure(READER.read("示例.txt", text.encode()))


def only(text: str) -> Table:
    """Return the only table of a text."""
    (table,) = read(text).tables
    return table


def row(table: Table, name: str) -> Row:
    """Return the row with this code or label."""
    return next(row for row in table.rows if name in (row.code, row.label))


def printed(line: Row) -> list[str]:
    """Return the texts of a row's cells in printed order."""
    return [cell.text for cell in line.cells.values()]


def paths(table: Table) -> list[str]:
    """Return the header path of every column."""
    return ["/".join(column.path) for column in table.columns]


def grid(text: str) -> GridBlock:
    """Return a grid of rows written a line each, cells parted by ``|``; a row of one cell is merged over all columns."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").splitlines()]
    width = max(map(len, lines))
    rows = []
    for cells in lines:
        if len(cells) == 1:
            covered = [GridCell("", covered=True)] * (width - 1)
            rows.append((GridCell(cells[0], column_span=width), *covered))
        else:
            rows.append(tuple(GridCell(cell) for cell in cells + [""] * (width - len(cells))))
    return GridBlock(tuple(rows))


def read_blocks(*blocks: Block | str) -> Document:
    """Return the structure of blocks; a text is a paragraph."""
    made = [ParagraphBlock(block) if isinstance(block, str) else block for block in blocks]
    return structure(Source("示例.docx", "docx", tuple(made)))
