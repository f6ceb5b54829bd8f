"""Count the tables of every document of a folder: listed, named (by title or by shape), and dropped.

    python -m benchmarks.tables FOLDER

A grid is dropped where it prints a figure and none of its cells is in a table of the tree.
"""

from __future__ import annotations

import sys
from pathlib import Path

from budgetlint.config import Settings
from budgetlint.document import Document, GridBlock, Place, ReadError, Source
from budgetlint.normalise.printed.cells import firm_figure
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session


def dropped_grids(source: Source, document: Document) -> int:
    """Return how many grids with figures left no cell in any table."""
    kept = {
        _spot(cell.place) for table in document.tables for row in table.rows for cell in row.cells.values()
    }
    kept |= {_spot(cell.place) for table in document.tables for cell in table.facts.values()}
    lost = 0
    for block in source.blocks:
        if isinstance(block, GridBlock):
            spots = {_spot(cell.place) for row in block.rows for cell in row if firm_figure(cell.text)}
            lost += bool(spots) and not spots & kept
    return lost


def _spot(place: Place) -> tuple[object, ...]:
    return place.page, place.line, place.box, place.sheet, place.cell, place.grid_row, place.grid_column


def counted(session: Session, path: Path) -> tuple[int, int, int, int] | None:
    """Return named, named by shape, listed and dropped tables of a file; None where it cannot be read."""
    try:
        documents = session.documents
        source = documents.source_of(str(path), path.read_bytes())
    except (ReadError, OSError):
        return None
    document = documents.tree(source)
    named = [table for table in document.tables if table.id is not None]
    shaped = sum(table.by_shape for table in named)
    return len(named), shaped, len(document.tables), dropped_grids(source, document)


def main(folder: Path) -> None:
    """Print a line a document, and the sums."""
    session = open_session(Settings())
    sums = [0, 0, 0, 0]
    print(f"{'document':40} named by-shape listed dropped")
    for path in sorted(path for path in folder.iterdir() if path.suffix != ".md"):
        found = counted(session, path)
        if found is None:
            continue
        sums = [one + more for one, more in zip(sums, found, strict=True)]
        print(f"{path.name:40} {found[0]:5} {found[1]:8} {found[2]:6} {found[3]:7}", flush=True)
    print(f"{'all':40} {sums[0]:5} {sums[1]:8} {sums[2]:6} {sums[3]:7}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
