"""Tie the header labels of an aligned table to its columns: wrapped labels joined, spanning labels over the first."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace


class Piece(Struct, frozen=True):
    """A run of text without gaps: its first column, the column after it, and whether it is a figure."""

    start: int
    end: int
    text: str
    figure: bool

    @property
    def middle(self) -> float:
        """The middle of the piece."""
        return (self.start + self.end) / 2


class Strip(Struct, frozen=True):
    """A line of a table."""

    number: int
    page: int
    pieces: tuple[Piece, ...]


Span = tuple[int, int]


def unwrapped(head: Sequence[Strip]) -> list[Strip]:
    """Return header lines with labels that are wrapped over touching lines joined into their last line."""
    strips = list(head)
    for upper in range(len(strips) - 2, -1, -1):
        for piece in strips[upper].pieces:
            lower = _continuation(strips, upper, piece)
            if lower is None:
                continue
            at, tail = lower
            joined = Piece(
                min(piece.start, tail.start), max(piece.end, tail.end), piece.text + tail.text, False
            )
            strips[at] = replace(
                strips[at], pieces=tuple(joined if p is tail else p for p in strips[at].pieces)
            )
            strips[upper] = replace(
                strips[upper], pieces=tuple(p for p in strips[upper].pieces if p is not piece)
            )
    return [strip for strip in strips if strip.pieces]


def _continuation(strips: Sequence[Strip], upper: int, piece: Piece) -> tuple[int, Piece] | None:
    """Return where a wrapped label goes on: the only label under it, no longer than it, on a touching line."""
    if len(piece.text) < 3:
        return None
    for at in range(upper + 1, min(upper + 3, len(strips))):
        if strips[at].number != strips[upper].number + at - upper:
            return None
        under = [other for other in strips[at].pieces if _overlap(piece, other)]
        if len(under) > 1:
            return None
        if under:
            above = [other for other in strips[upper].pieces if _overlap(other, under[0])]
            fits = len(above) == 1 and len(under[0].text) <= len(piece.text) + 1
            return (at, under[0]) if fits else None
    return None


def _overlap(one: Piece, other: Piece) -> bool:
    return one.start < other.end and other.start < one.end


def fit(head: Sequence[Strip], spans: list[Span]) -> tuple[list[Span], dict[Piece, int]]:
    """Return the columns, with those that print nothing added, and the column of every header label.

    The lowest labels, in order, name the columns; where there are more labels than columns, those farthest from any
    column name empty ones.
    """
    leaves = _leaves(head)
    if not leaves or len(leaves) < len(spans):
        return spans, _spanning(head, leaves, {})
    chosen = _matched(leaves, spans)
    columns = [
        spans[chosen.index(i)] if i in chosen else (leaf.start, leaf.end) for i, leaf in enumerate(leaves)
    ]
    places = {leaf: index for index, leaf in enumerate(leaves)}
    return columns, _spanning(head, leaves, places)


def _leaves(head: Sequence[Strip]) -> list[Piece]:
    """Return the labels that stand over no other label, from left to right."""
    leaves = [
        piece
        for index, strip in enumerate(head)
        for piece in strip.pieces
        if not any(_covers(piece, other, strip) for lower in head[index + 1 :] for other in lower.pieces)
    ]
    return sorted(leaves, key=lambda piece: piece.middle)


def _covers(piece: Piece, other: Piece, strip: Strip) -> bool:
    """True where a label stands over another: it reaches its middle, or shares the line out between its neighbours."""
    if piece.start - 2 <= other.middle <= piece.end + 2:
        return True
    at = strip.pieces.index(piece)
    if len(strip.pieces) == 1:
        return False
    nearest = min(strip.pieces, key=lambda p: abs(p.middle - other.middle))
    within = strip.pieces[max(at - 1, 0)].end <= other.start if at else True
    return nearest is piece and within and len(strip.pieces) <= 3 and abs(piece.middle - other.middle) < 25


def _matched(leaves: Sequence[Piece], spans: Sequence[Span]) -> list[int]:
    """Return for each column the label that names it: in order, with the least distance in all."""
    worst: tuple[float, list[int]] = (float("inf"), [])
    best: list[tuple[float, list[int]]] = [(0.0, []), *(worst for _ in spans)]
    for index, leaf in enumerate(leaves):
        for column in range(min(index + 1, len(spans)), 0, -1):
            cost, chosen = best[column - 1]
            start, end = spans[column - 1]
            gap = max(leaf.start - end, start - leaf.end, 0)
            total = cost + gap + abs(leaf.middle - (start + end) / 2) / 100
            if total < best[column][0]:
                best[column] = (total, [*chosen, index])
    return best[len(spans)][1]


def _spanning(head: Sequence[Strip], leaves: Sequence[Piece], places: dict[Piece, int]) -> dict[Piece, int]:
    """Add the labels that span others: each stands over the first column of the labels under it."""
    if not places:
        return places
    for index, strip in enumerate(head):
        for piece in strip.pieces:
            if piece in places:
                continue
            under = [
                places[other]
                for lower in head[index + 1 :]
                for other in lower.pieces
                if other in places and other in leaves and _covers(piece, other, strip)
            ]
            if under:
                places[piece] = min(under)
    return places
