"""Documents within a Word document (``w:altChunk``): pages, text or Word files that Word shows in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec.structs import replace

from budgetlint.document import Block, GridBlock, Place, Source
from budgetlint.readers import sniffing
from budgetlint.readers.text import decoding

#: Chunks within chunks, this deep at most.
DEEPEST = 4


def reader_of(data: bytes, word: Callable[[str, bytes], Source]) -> Callable[[str, bytes], Source] | None:
    """Return what reads a chunk, None where nothing does (RTF)."""
    if sniffing.sniff_html(data):
        return partial(_read, "html")
    if sniffing.sniff_docx(data):
        return word
    if not sniffing.sniff_office(data) and decoding.sniff(data):
        return partial(_read, "text")
    return None


def _read(format: str, path: str, data: bytes) -> Source:
    if format == "html":
        from budgetlint.readers.web import html

        return html.read(path, data)
    from budgetlint.readers.text import plain

    return plain.read(path, data)


def placed(source: Source, place: Place) -> Iterator[Block]:
    """Yield the blocks of a chunk at the place it has in the document that holds it."""
    for block in source.blocks:
        if isinstance(block, GridBlock):
            rows = tuple(
                tuple(
                    cell._replace(
                        place=place.within(grid_row=cell.place.grid_row, grid_column=cell.place.grid_column)
                    )
                    for cell in row
                )
                for row in block.rows
            )
            yield replace(block, rows=rows, place=place)
        else:
            yield replace(block, place=place)
