"""Small documents of the made-up 示例市示例区, written for the tests of the normaliser."""

from __future__ import annotations

from budgetlint.document import Document, Row, Table
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
