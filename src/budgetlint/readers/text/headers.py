"""Tie the header labels of an aligned table to its columns: wrapped labels joined, spanning labels over the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

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
#: By such a label the first column under a spanning label gives its sum.
_TOTAL = re.compile(r"^(?:合|小|总)\s*计$")
#: So many labels of one line may share out the labels below, and no farther away than this.
_MOST_SHARING, _FARTHEST = 3, 25


def parted(strip: Strip, spans: Sequence[Span]) -> Strip:
    """Return a header line in which labels one space apart are parted where each stands over a column of its own."""
    pieces: list[Piece] = []
    for piece in strip.pieces:
        parts = words_of(piece)
        over = [
            {at for at, (start, end) in enumerate(spans) if part.start < end and start < part.end}
            for part in parts
        ]
        apart = all(over) and all(max(one) < min(two) for one, two in pairwise(over))
        pieces += parts if len(parts) > 1 and apart and min(len(p.text) for p in parts) > 1 else [piece]
    return replace(strip, pieces=tuple(pieces))


def words_of(piece: Piece) -> list[Piece]:
    """Return the words of a piece; what a character measures is its share of the whole."""
    parts: list[Piece] = []
    at = 0
    unit = (piece.end - piece.start) / max(len(piece.text), 1)
    for word in piece.text.split():
        start = piece.text.index(word, at)
        at = start + len(word)
        parts.append(
            Piece(piece.start + round(start * unit), piece.start + round(at * unit), word, piece.figure)
        )
    return parts


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
        piece for index, strip in enumerate(head) for piece in strip.pieces if not _under(head, index, piece)
    ]
    return sorted(leaves, key=lambda piece: piece.middle)


def _under(head: Sequence[Strip], index: int, piece: Piece) -> list[Piece]:
    """Return the labels below that a label stands over: those it reaches, and those among which it stands.

    Among them it stands where it is the nearest label of its line to each, and they lie on both sides of it.
    """
    strip = head[index]
    lower = [other for below in head[index + 1 :] for other in below.pieces]
    reached = [other for other in lower if piece.start - 2 <= other.middle <= piece.end + 2]
    near = [other for other in lower if _nearest_of(strip, other) is piece]
    around = near and min(p.middle for p in near) - 2 <= piece.middle <= max(p.middle for p in near) + 2
    return [
        other
        for other in lower
        if other in reached or (around and other in near and abs(piece.middle - other.middle) < _FARTHEST)
    ]


def _nearest_of(strip: Strip, other: Piece) -> Piece | None:
    """Return the label of a line that may share it out with few others and stands nearest to a label below."""
    if len(strip.pieces) > _MOST_SHARING:
        return None
    return min(strip.pieces, key=lambda piece: abs(piece.middle - other.middle))


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
                places[other] for other in _under(head, index, piece) if other in places and other in leaves
            ]
            if under:
                first = min(under)
                total = any(places[leaf] == first - 1 and _TOTAL.match(leaf.text) for leaf in leaves)
                places[piece] = first - 1 if total and piece is not strip.pieces[0] else first
    return places
