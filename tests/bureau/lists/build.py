"""Lists and stored documents as tests write them."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlint.bureau.lists.stored import Stored, StoredDocument
from budgetlint.document import GridBlock, GridCell, ParagraphBlock, Place, Source


def sheet(*rows: Sequence[str | GridCell], above: str = "", path: str = "名单.xlsx") -> Source:
    """Return a spreadsheet: a line above, and a grid whose cells have places."""
    grid = tuple(
        tuple(
            cell
            if isinstance(cell, GridCell)
            else GridCell(cell, Place(path, sheet="表", cell=f"{chr(65 + x)}{y}"))
            for x, cell in enumerate(row)
        )
        for y, row in enumerate(rows, 2)
    )
    place = Place(path, sheet="表")
    blocks = (ParagraphBlock(above, place),) if above else ()
    return Source(path, "xlsx", (*blocks, GridBlock(grid, place, spans_known=True)))


def stored(*units: str, kind: str = "部门预算", year: int = 2024) -> Stored:
    """Return documents of units, one each, d1 … dn."""
    return Stored(
        [
            StoredDocument(f"d{number}", f"{number}.pdf", unit, unit, kind, year, True, f"sha{number}")
            for number, unit in enumerate(units, 1)
        ]
    )
