"""The order in which a document prints its headings, paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from budgetlint.document import Document, Paragraph, Place, Section, Table

Piece: TypeAlias = "Section | Paragraph | Table"
_Key = tuple[float, ...]


def pieces(document: Document) -> list[Piece]:
    """Return headings (sections), paragraphs and tables in printed order.

    The tree keeps a section's paragraphs and tables apart; where every piece of a file has a position they are put in
    its order, else they stay in the order of the tree.
    """
    found = list(_walk(document.root, document.tables, set()))
    placed = {number for number, piece in enumerate(found) if isinstance(piece, Table)}
    shown = {id(found[number]) for number in placed}
    found += [table for table in document.tables if id(table) not in shown]
    files = {name: at for at, name in enumerate(dict.fromkeys(piece.place.path for piece in found))}
    sheets = {name: at for at, name in enumerate(dict.fromkeys(piece.place.sheet for piece in found))}
    keys = [_key(piece.place, sheets) for piece in found]
    if any(key is None for key in keys):
        return found
    order = sorted(
        range(len(found)), key=lambda number: (files[found[number].place.path], keys[number] or (), number)
    )
    return [found[number] for number in order]


def _walk(section: Section, tables: Sequence[Table], seen: set[int]) -> Iterator[Piece]:
    if section.title or section.number:
        yield section
    yield from section.paragraphs
    for number in section.tables:
        if number not in seen:
            seen.add(number)
            yield tables[number]
    for child in section.sections:
        yield from _walk(child, tables, seen)


def _key(place: Place, sheets: dict[str | None, int]) -> _Key | None:
    """Return where in its file something stands, as numbers that sort; None where the format does not say."""
    if place.line is not None:
        return (place.line,)
    if place.page is not None and place.box is not None:
        return place.page, -place.box[3]
    if place.sheet is not None:
        return sheets[place.sheet], -1 if place.grid_row is None else place.grid_row
    if place.paragraph is not None:
        return (place.paragraph,)
    return None
