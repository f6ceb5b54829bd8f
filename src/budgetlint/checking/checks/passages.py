"""Yields every text a document prints (headings, paragraphs, cells with words, heads and notes of tables) with its place."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from budgetlint.document import Cell, Document, Place, Section, Table
from budgetlint.document.text import numbering_of, squeeze

#: Whole numbers with this many digits are no amounts.
_LONGEST_FIGURE = 11
HEADING, PARAGRAPH, CELL, FACT, NOTE = "heading", "paragraph", "cell", "fact", "note"


class Passage(Struct, frozen=True):
    """A printed text.

    ``text`` is as printed, ``squeezed`` without spaces and with widths folded, ``kind`` one of the constants above,
    ``at`` its bare place, ``number`` a heading's or a paragraph's own numbering, ``row`` and ``column`` the labels a
    table's text stands under (the head of a fact is its row).
    """

    text: str
    squeezed: str
    at: Place
    kind: str
    number: str = ""
    table: Table | None = None
    row: str | None = None
    column: str | None = None

    @property
    def place(self) -> Place:
        """Where it stands, with the labels people call it by; made only where something is found."""
        return self.at if self.table is None else self.at.labelled(self.table.title, self.row, self.column)


def passages_of(document: Document) -> tuple[Passage, ...]:
    """Return the texts of a document: prose first, in printed order, then tables."""
    tables = (passage for table in document.tables for passage in _of_table(table))
    return (*prose_of(document), *tables)


def prose_of(document: Document) -> Iterator[Passage]:
    """Yield headings and paragraphs only."""
    return _of_section(document.root)


def _of_section(section: Section) -> Iterator[Passage]:
    if section.title:
        yield _passage(section.title, section.place, HEADING, section.number)
    for paragraph in section.paragraphs:
        yield _passage(paragraph.text, paragraph.place, PARAGRAPH, numbering_of(paragraph.text))
    for below in section.sections:
        yield from _of_section(below)


def _of_table(table: Table) -> Iterator[Passage]:
    for name, cell in table.facts.items():
        if cell.text.strip():
            yield _passage(cell.text, cell.place, FACT, "", table, name)
    for row in table.rows:
        for number, cell in row.cells.items():
            if _worded(cell):
                column = "/".join(table.columns[number].path) if number < len(table.columns) else ""
                yield _passage(cell.text, cell.place, CELL, "", table, row.label, column)
    for note in table.notes:
        yield _passage(note.text, note.place, NOTE, "", table)


def _passage(
    text: str,
    at: Place,
    kind: str,
    number: str = "",
    table: Table | None = None,
    row: str | None = None,
    column: str | None = None,
) -> Passage:
    return Passage(text, squeeze(text), at, kind, number, table, row, column)


def _worded(cell: Cell) -> bool:
    """Tell whether a cell holds words: no figure, or a run of digits too long to be one (an account, a telephone)."""
    if cell.amount is None:
        return bool(cell.text.strip())
    return len(cell.text) >= _LONGEST_FIGURE and squeeze(cell.text).isdigit()
