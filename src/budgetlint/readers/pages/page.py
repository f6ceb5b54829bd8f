"""A page as strokes, glyphs and pictures, and the grids and lines found on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.document import GridCell, Place
from budgetlint.document.amount import parse_number
from budgetlint.readers.grids.fitting import ill_fitting
from budgetlint.readers.pages.alignment import aligned_tables, fallen_out
from budgetlint.readers.pages.glyphs import Box, Glyph, Line, cell_text, fills, lines_of
from budgetlint.readers.pages.overflow import in_their_cells
from budgetlint.readers.pages.refining import refined
from budgetlint.readers.pages.ruling import Lattice, Stroke, lattices, rules_of
from budgetlint.readers.pages.watermark import without_watermark

#: A glyph with so much of its height within a table belongs to it, though its middle lies outside.
CUT = 0.35


class Page(Struct, frozen=True):
    """What is drawn on one upright page.

    ``place_box`` turns a box of the upright page (from the upper left) into the file's own page coordinates
    (left, bottom, right, top), as a :class:`Place` states it. ``half`` is 1 for the second page on one sheet.
    """

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph]
    strokes: Sequence[Stroke]
    place_box: Callable[[Box], Box]
    pictures: Sequence[Box] = ()
    half: int = 0


class PageGrid(Struct, frozen=True):
    """A table on one page: its cells row by row, its edges, and which cells its bottom edge may have cut.

    ``above`` and ``below`` tell, by column, where no rule closes it: a merged cell reaches over the page break there.
    """

    box: Box
    xs: tuple[float, ...]
    rows: list[tuple[GridCell, ...]]
    page: int
    #: by column: the text of the last row's cell was broken by its width, so that it may go on.
    open_end: tuple[bool, ...] = ()
    #: its columns and rows were found by alignment; and something in it does not fit them.
    aligned: bool = False
    unsure: bool = False
    above: tuple[bool, ...] = ()
    below: tuple[bool, ...] = ()
    half: int = 0


class PageContent(Struct, frozen=True):
    """What is read on one page, from the top down."""

    page: Page
    items: list[PageGrid | Line] = field(default_factory=list)


def content_of(page: Page, path: str) -> PageContent:
    """Find the tables of a page, ruled or aligned, and the lines of text between them."""
    horizontal, vertical = rules_of(page.strokes)
    tables = lattices(horizontal, vertical)
    inside: list[list[Glyph]] = [[] for _ in tables]
    outside: list[Glyph] = []
    frames = [
        (table.xs[0], table.xs[-1], table.ys[0], table.ys[-1], glyphs)
        for table, glyphs in zip(tables, inside, strict=True)
    ]
    for glyph in without_watermark(page.glyphs):
        _, x0, y0, x1, y1, _ = glyph
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        for left, right, top, bottom, glyphs in frames:
            if left <= x <= right and top <= y <= bottom:
                glyphs.append(glyph)
                break
        else:
            home = _cut_by(glyph, tables)
            if home is None:
                outside.append(glyph)
            else:
                inside[home[0]].append(home[1])
    items: list[PageGrid | Line] = []
    for table, glyphs in zip(tables, inside, strict=True):
        if any(not glyph.text.isspace() for glyph in glyphs):
            held = lines_in(table, glyphs)
            finer = refined(table, [line for lines in held for line in lines])
            items.append(grid_of(finer, held if finer is table else lines_in(finer, glyphs), page, path))
    lines = lines_of(outside)
    for start, end, lattice in reversed(aligned_tables(lines, tables)):
        glyphs = [glyph for line in lines[start:end] for glyph in line.glyphs]
        grid = grid_of(lattice, lines_in(lattice, glyphs), page, path)
        around = lines[max(start - 1, 0) : start] + lines[end : end + 1]
        doubtful = ill_fitting(grid.rows) or any(map(fallen_out, around))
        items.append(replace(grid, aligned=True, unsure=doubtful))
        del lines[start:end]
    items += lines
    return PageContent(page, sorted(items, key=lambda item: (item.box[1], item.box[0])))


def _cut_by(glyph: Glyph, tables: Sequence[Lattice]) -> tuple[int, Glyph] | None:
    """Return the table whose edge cuts a glyph, by its number, and the part of the glyph within it.

    Text with no room in its cell, or in a cell that reaches over the page break, runs on over the edge; what is
    printed above or below a table keeps off it.
    """
    x = (glyph.left + glyph.right) / 2
    for number, table in enumerate(tables):
        top, bottom = max(glyph.top, table.ys[0]), min(glyph.bottom, table.ys[-1])
        if table.xs[0] <= x < table.xs[-1] and bottom - top > CUT * (glyph.bottom - glyph.top):
            return number, glyph._replace(top=top, bottom=bottom)
    return None


def lines_in(lattice: Lattice, glyphs: Sequence[Glyph]) -> list[list[Line]]:
    """Return the lines of text in each region of a lattice."""
    held: list[list[Glyph]] = [[] for _ in lattice.regions]
    for glyph in glyphs:
        _, x0, y0, x1, y1, _ = glyph
        index = lattice.region_at((x0 + x1) / 2, (y0 + y1) / 2)
        if index is not None:
            held[index].append(glyph)
    return in_their_cells(lattice, [lines_of(inside) if inside else [] for inside in held])


def grid_of(lattice: Lattice, held: Sequence[Sequence[Line]], page: Page, path: str) -> PageGrid:
    """Make the cells of a lattice from the lines in its regions."""
    rows = len(lattice.ys) - 1
    columns = len(lattice.xs) - 1
    cells: list[list[GridCell | None]] = [[None] * columns for _ in range(rows)]
    open_end = [False] * columns
    margins = _margins(lattice, held)
    for region, lines in zip(lattice.regions, held, strict=True):
        box = lattice.box_of(region)
        width = box[2] - box[0]
        place = Place(
            path, page=page.number, box=page.place_box(box), grid_row=region.row, grid_column=region.column
        )
        text = cell_text(lines, width)
        if region.column in margins and region.column_span == 1:
            text = " " * _indentation(lines, box, margins[region.column]) + text
        cells[region.row][region.column] = GridCell(text, place, region.row_span, region.column_span)
        if lines and region.row + region.row_span == rows:
            open_end[region.column] = fills(lines[-1], width)
    box = (lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])
    done = [
        tuple(cell or _covered(path, page, row, at) for at, cell in enumerate(line))
        for row, line in enumerate(cells)
    ]
    return PageGrid(
        box,
        lattice.xs,
        done,
        page.number,
        tuple(open_end),
        above=lattice.open_above,
        below=lattice.open_below,
        half=page.half,
    )


def _margins(lattice: Lattice, held: Sequence[Sequence[Line]]) -> dict[int, float]:
    """Return for each column of words set from the left how far from its edge they begin."""
    margins: dict[int, float] = {}
    for region, lines in zip(lattice.regions, held, strict=True):
        box = lattice.box_of(region)
        if region.column_span == 1 and _from_left(lines, box):
            gap = lines[0].box[0] - box[0]
            margins[region.column] = min(gap, margins.get(region.column, gap))
    return margins


def _from_left(lines: Sequence[Line], box: Box) -> bool:
    """Tell whether a cell holds words that are neither centred nor set to the right."""
    if not lines or parse_number(lines[0].text) is not None:
        return False
    return lines[0].box[0] - box[0] + lines[0].size < box[2] - max(line.box[2] for line in lines)


def _indentation(lines: Sequence[Line], box: Box, margin: float) -> int:
    """Return how many spaces a cell's words are indented by beside the others of their column."""
    if not _from_left(lines, box):
        return 0
    return int((lines[0].box[0] - box[0] - margin) / (lines[0].size / 2) + 0.25)


def _covered(path: str, page: Page, row: int, column: int) -> GridCell:
    return GridCell("", Place(path, page=page.number, grid_row=row, grid_column=column), covered=True)
