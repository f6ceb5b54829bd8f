"""Yields every text a document prints (headings, paragraphs, cells with words, heads and notes of tables) with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from budgetlint.document import Cell, Document, Place, Section, Table
from budgetlint.document.text import numbering_of, squeeze

#: Whole numbers with this many digits are no amounts.
_LONGEST_FIGURE = 11
HEADING, PARAGRAPH, CELL, FACT, NOTE = "heading", "paragraph", "cell", "fact", "note"


@dataclass(frozen=True, slots=True)
class Passage:
    """A printed text.

    ``text`` is as printed, ``kind`` one of the constants above, ``name`` the head of a fact or of a column, ``number``
    a heading's or a paragraph's own numbering.
    """

    text: str
    place: Place
    kind: str
    name: str = ""
    table: Table | None = None
    number: str = ""

    @property
    def squeezed(self) -> str:
        """The text without spaces, widths folded."""
        return squeeze(self.text)


def passages(document: Document) -> Iterator[Passage]:
    """Yield the texts of a document: prose first, in printed order, then tables."""
    yield from _of_section(document.root)
    for table in document.tables:
        yield from passages_of(table)


def prose_of(document: Document) -> Iterator[Passage]:
    """Yield headings and paragraphs only."""
    return _of_section(document.root)


def _of_section(section: Section) -> Iterator[Passage]:
    if section.title:
        yield Passage(section.title, section.place, HEADING, number=section.number)
    for paragraph in section.paragraphs:
        number = numbering_of(paragraph.text)
        yield Passage(paragraph.text, paragraph.place, PARAGRAPH, number=number)
    for below in section.sections:
        yield from _of_section(below)


def passages_of(table: Table) -> Iterator[Passage]:
    """Yield the texts of one table: its heads, its cells that hold words and no figure, its notes."""
    for name, cell in table.facts.items():
        if cell.text.strip():
            yield Passage(cell.text, cell.place.within(table=table.title, row=name), FACT, name, table)
    for row in table.rows:
        for number, cell in row.cells.items():
            if _worded(cell):
                column = "/".join(table.columns[number].path) if number < len(table.columns) else ""
                place = cell.place.within(table=table.title, row=row.label, column=column)
                yield Passage(cell.text, place, CELL, column, table)
    for note in table.notes:
        yield Passage(note.text, note.place.within(table=table.title), NOTE, "", table)


def _worded(cell: Cell) -> bool:
    """Tell whether a cell holds words: no figure, or a run of digits too long to be one (an account, a telephone)."""
    if cell.amount is None:
        return bool(cell.text.strip())
    return len(cell.text) >= _LONGEST_FIGURE and squeeze(cell.text).isdigit()
