"""Tell the amount columns of an aligned table by their order, for in text made from pages a column drifts from line to line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from math import comb

from budgetlint.readers.text.headers import Piece, Span, Strip

#: Returns the column of each piece of a line.
Placer = Callable[[Strip], list[int]]
CODE = re.compile(r"^\d{3,7}$")
_FEWEST = 3
_MOST_WAYS = 5_000


def amounts_of(strip: Strip) -> list[Piece]:
    """Return the figures of a line that are no code: a code stands first."""
    return [
        piece
        for at, piece in enumerate(strip.pieces)
        if piece.figure and not (at == 0 and CODE.match(piece.text))
    ]


def ranked(
    body: Sequence[Strip], labels: Callable[[Sequence[Strip]], list[Span]]
) -> tuple[list[Span], Placer] | None:
    """Return the columns of a table and what places a line in them, where amounts are told by their order.

    That is where most lines print the same number of amounts, one after another at their end; None for other tables.

    Args:
        body: the lines of the table below its header.
        labels: finds the columns of what stands left of the amounts.
    """
    amounts = {strip.number: amounts_of(strip) for strip in body}
    told = [strip for strip in body if amounts[strip.number]]
    count = max((len(amounts[strip.number]) for strip in told), default=0)
    full = [strip for strip in told if len(amounts[strip.number]) == count]
    if count < 2 or len(full) < _FEWEST or 2 * len(full) < len(told):
        return None
    if any(tuple(amounts[strip.number]) != strip.pieces[-len(amounts[strip.number]) :] for strip in told):
        return None
    left = labels([Strip(s.number, s.page, s.pieces[: len(s.pieces) - len(amounts[s.number])]) for s in body])
    typical = [
        (
            _middle(amounts[strip.number][rank].start for strip in full),
            _middle(amounts[strip.number][rank].end for strip in full),
        )
        for rank in range(count)
    ]

    def place(strip: Strip) -> list[int]:
        figures = amounts.get(strip.number, [])
        spots = _spots(figures, _beside(strip, full, amounts), count)
        words = _labels(strip.pieces[: len(strip.pieces) - len(figures)], left)
        return [*words, *(len(left) + spot for spot in spots)]

    return [*left, *typical], place


def _labels(pieces: Sequence[Piece], spans: Sequence[Span]) -> list[int]:
    """Return the column of each piece left of the amounts; a name stands right of its code."""
    columns: list[int] = []
    for at, piece in enumerate(pieces):
        column = nearest(piece, spans)
        behind = at > 0 and CODE.match(pieces[at - 1].text) and not CODE.match(piece.text)
        columns.append(min(columns[-1] + 1, len(spans) - 1) if behind and column <= columns[-1] else column)
    return columns


def _beside(strip: Strip, full: Sequence[Strip], amounts: dict[int, list[Piece]]) -> list[list[Piece]]:
    """Return the amounts of the full lines nearest above and below."""
    above = [other for other in full if other.number <= strip.number][-1:]
    below = [other for other in full if other.number > strip.number][:1]
    return [amounts[other.number] for other in (*above, *below)]


def _spots(figures: Sequence[Piece], beside: Sequence[Sequence[Piece]], count: int) -> tuple[int, ...]:
    """Return the ranks of a line's amounts: in order, each nearest to the amount beside it of that rank."""
    if len(figures) >= count or comb(count, len(figures)) > _MOST_WAYS:
        return tuple(range(len(figures)))

    def distance(spots: tuple[int, ...]) -> int:
        return sum(
            min(_apart(figure, other[spot]) for other in beside)
            for figure, spot in zip(figures, spots, strict=True)
        )

    return min(combinations(range(count), len(figures)), key=distance)


def _apart(one: Piece, other: Piece) -> int:
    return min(abs(one.start - other.start), abs(one.end - other.end))


def nearest(piece: Piece, spans: Sequence[Span]) -> int:
    """Return the column a piece overlaps most, else the nearest."""

    def distance(index: int) -> tuple[float, float]:
        start, end = spans[index]
        overlap = min(piece.end, end) - max(piece.start, start)
        return (-overlap if overlap > 0 else 0.0, abs(piece.middle - (start + end) / 2))

    return min(range(len(spans)), key=distance)


def patterned(body: Sequence[Strip]) -> tuple[list[Span], Placer] | None:
    """Return the columns of a table of several blocks side by side, and what places a line in them.

    Its fullest lines show the kind of each column: code, words or amount. None where too few lines are so full, or
    disagree.
    """
    count = max((len(strip.pieces) for strip in body), default=0)
    full = [strip for strip in body if len(strip.pieces) == count]
    told = [strip for strip in body if any(piece.figure for piece in strip.pieces)]
    if count < _FEWEST or len(full) < _FEWEST or 3 * len(full) < len(told):
        return None
    kinds = [{_kind(strip.pieces[at]) for strip in full} for at in range(count)]
    if any(_WORDS in kind and len(kind) > 1 for kind in kinds):
        return None
    typical = [
        (_middle(s.pieces[at].start for s in full), _middle(s.pieces[at].end for s in full))
        for at in range(count)
    ]

    def place(strip: Strip) -> list[int]:
        beside = [
            *[other for other in full if other.number <= strip.number][-1:],
            *[other for other in full if other.number > strip.number][:1],
        ]
        return _in_order(strip, kinds, beside) or [nearest(piece, typical) for piece in strip.pieces]

    return typical, place


_WORDS, _CODE, _AMOUNT = "words", "code", "amount"


def _kind(piece: Piece) -> str:
    return _CODE if CODE.match(piece.text) else _AMOUNT if piece.figure else _WORDS


def _in_order(strip: Strip, kinds: Sequence[set[str]], beside: Sequence[Strip]) -> list[int] | None:
    """Return the columns of a line's pieces: in order, each of its kind, nearest to those of the lines beside it."""
    best: list[tuple[int, list[int]] | None] = [(0, []), *(None for _ in kinds)]
    for piece in strip.pieces:
        kind = _kind(piece)
        reached: list[tuple[int, list[int]] | None] = [None] * (len(kinds) + 1)
        for column, allowed in enumerate(kinds):
            fits = kind in allowed or (kind == _CODE and _AMOUNT in allowed)
            before = [one for one in best[: column + 1] if one is not None]
            if fits and before:
                cost, chosen = min(before)
                apart = min(_apart(piece, other.pieces[column]) for other in beside)
                reached[column + 1] = cost + apart, [*chosen, column]
        best = reached
    ends = [one for one in best if one is not None]
    return min(ends)[1] if ends else None


def by_columns(place: Placer, spans: Sequence[Span], columns: Sequence[Span]) -> Placer:
    """Return what places lines among ``columns``, of which ``spans`` are some, in order."""
    shifts: list[int] = []
    for span in spans:
        shifts.append(columns.index(span, shifts[-1] + 1 if shifts else 0))
    return lambda strip: [shifts[at] for at in place(strip)]


def by_overlap(spans: Sequence[Span]) -> Placer:
    """Return what places every piece in the column it overlaps most."""
    return lambda strip: [nearest(piece, spans) for piece in strip.pieces]


def _middle(values: Iterable[int]) -> int:
    """Return the middle one of some values, of two the lower."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2]
