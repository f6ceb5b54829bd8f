"""Make one rectangular body of a sheet's grids: head rows peeled off, repeated headers and empty rows dropped."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from budgetlint.document import GridBlock, GridCell, Paragraph, ParagraphBlock, Place
from budgetlint.document.text import squeeze
from budgetlint.normalise.printed.cells import figure
from budgetlint.normalise.printed.lines import Lines
from budgetlint.normalise.tables.torn import with_torn_joined

Line = tuple[GridCell, ...]


class Body(Struct):
    """The lines of one grid between its head lines and its notes.

    ``breaks`` are indexes of lines before which a page break fell.
    """

    lines: list[Line]
    spans_known: bool
    breaks: set[int]
    heads: list[ParagraphBlock] = field(default_factory=list)
    title: ParagraphBlock | None = None
    number: str | None = None
    notes: list[Paragraph] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The width most lines have, the wider where two are equally frequent."""
        counts: dict[int, int] = {}
        for line in self.lines:
            counts[len(line)] = counts.get(len(line), 0) + 1
        return max(counts, key=lambda width: (counts[width], width), default=0)


def texts(line: Line) -> list[str]:
    """Return the printed texts of a line that are not blank."""
    return [cell.text for cell in line if cell.text.strip()]


def body_of(grid: GridBlock, known: Lines) -> Body:
    """Return a grid's lines with title, head fields and notes that stand inside it taken off."""
    lines = [row for row in grid.rows if row]
    breaks = {sum(1 for row in grid.rows[:index] if row) for index in grid.breaks}
    body = Body(lines, grid.spans_known, breaks)
    start = 0
    while start < len(lines) - 1 and peel_head(lines[start], lines[start + 1], body, known):
        start += 1
    end = len(lines)
    while end > start + 1 and _peel_note(lines[end - 1], body, known):
        end -= 1
    inside = {index - start for index in breaks if start < index < end}
    body.lines, body.breaks = with_torn_joined(lines[start:end], inside)
    return body


def head_cells(grid: GridBlock, known: Lines) -> list[ParagraphBlock] | None:
    """Return the cells of a grid that holds head fields and nothing but head lines, as paragraphs; else None.

    Printers lay out the line between title and table as a table of its own.
    """
    printed = [cell for row in grid.rows for cell in row if cell.text.strip()]
    if not any(known.of(cell.text).fields for cell in printed):
        return None
    if not all(peel_head(row, row, Body([], False, set()), known) for row in grid.rows):
        return None
    return [_paragraph(cell) for cell in printed]


def peel_head(line: Line, below: Line, body: Body, known: Lines) -> bool:
    """Take a line above the header into the body's head; False where the header begins."""
    printed = [cell for cell in line if cell.text.strip()]
    if not printed:
        return True
    fields = [cell for cell in printed if known.of(cell.text).fields and not _pair(cell, known)]
    if len(printed) == 1:
        cell, said = printed[0], known.of(printed[0].text)
        if number := said.table_number:
            body.number = body.number or number
        elif fields or said.year:
            body.heads.append(_paragraph(cell))
        elif said.title_like and said.ends_as_table and not figure(cell.text) and len(texts(below)) >= 1:
            body.title = body.title or _paragraph(cell)
        else:
            return False
        return True
    if (
        len(printed) <= 5
        and fields
        and all(cell in fields or _head_word(cell, printed, known) for cell in printed)
    ):
        body.heads += [_paragraph(cell) for cell in printed]
        return True
    return False


def _pair(cell: GridCell, known: Lines) -> bool:
    """True for a field without its value, whose value is the next cell: a form's row, not a head."""
    words = squeeze(cell.text)
    return words.endswith(":") and known.of(words).unit is None


def _head_word(cell: GridCell, printed: Sequence[GridCell], known: Lines) -> bool:
    """True for a department, a year or a table number beside the head fields of the same line."""
    words = squeeze(cell.text)
    return (
        bool(known.of(words).table_number)
        or known.of(words).year
        or (cell is printed[0] and len(words) >= 4 and not figure(words))
    )


def _peel_note(line: Line, body: Body, known: Lines) -> bool:
    printed = [cell for cell in line if cell.text.strip()]
    if len(printed) == 1 and known.of(printed[0].text).note:
        body.notes.insert(0, Paragraph(printed[0].text, printed[0].place))
        return True
    return False


def _paragraph(cell: GridCell) -> ParagraphBlock:
    return ParagraphBlock(cell.text.strip(), cell.place)


def drop_repeats(lines: list[Line], header: Sequence[Line]) -> tuple[list[Line], list[int]]:
    """Drop headers repeated after page breaks.

    Returns the kept lines and, for each, the index it had.
    """
    signatures = [[squeeze(text) for text in texts(line)] for line in header]
    known = {tuple(signature) for signature in signatures if len(signature) >= 2}
    once = {tuple(signature) for signature in signatures}
    kept: list[Line] = []
    indexes: list[int] = []
    inside = False
    for index, line in enumerate(lines):
        signature = tuple(squeeze(text) for text in texts(line))
        inside = bool(signature) and (signature in known or (inside and signature in once))
        if not inside:
            kept.append(line)
            indexes.append(index)
    return kept, indexes


def blank_cell(place: Place) -> GridCell:
    """Return a blank cell that stands where another one does."""
    return GridCell("", place)
