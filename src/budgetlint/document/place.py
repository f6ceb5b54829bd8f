"""Where something stands in a published file, so that every finding can point into the original."""

from __future__ import annotations

from typing import Any, NamedTuple


class Place(NamedTuple):
    """A place in a source file; a reader fills what its format knows and leaves the rest None.

    Attributes:
        path: the file as the user named it; for a member of an archive ``archive.zip!member.docx``.
        line, end_line: 1-based first and last line in a text file.
        page: 1-based page of a paged format.
        sheet, cell: sheet name and A1 reference in a workbook.
        box: (left, bottom, right, top) on the page, in points from the bottom left corner.
        paragraph: 0-based body index of the block (paragraph or table) in a word-processor file.
        grid_row, grid_column: 0-based position in the grid the reader produced.
        table, row, column: title, row label and column label as people call them; the normaliser fills these.
        section: numbered heading of the section that prose stands in; findings carry it.

    A named tuple: every cell has one, and tuples are the fastest to make and to send from the process that reads.
    """

    path: str = ""
    line: int | None = None
    end_line: int | None = None
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    box: tuple[float, float, float, float] | None = None
    paragraph: int | None = None
    grid_row: int | None = None
    grid_column: int | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    section: str | None = None

    @property
    def spot(self) -> tuple[object, ...]:
        """The position in the file without the labels: what tells one printed thing from another."""
        return self.line, self.page, self.box, self.paragraph, self.sheet, self.cell, self.grid_row

    def within(self, **labels: Any) -> Place:
        """Return the same place with further coordinates set."""
        return self._replace(**labels)

    def labelled(self, table: str | None, row: str | None, column: str | None) -> Place:
        """Return the same place with the labels people call it by (written out: every cell passes here)."""
        return Place(
            self.path,
            self.line,
            self.end_line,
            self.page,
            self.sheet,
            self.cell,
            self.box,
            self.paragraph,
            self.grid_row,
            self.grid_column,
            table,
            row,
            column,
            self.section,
        )


NOWHERE = Place()
