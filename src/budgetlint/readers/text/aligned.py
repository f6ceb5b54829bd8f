"""Cut the lines of one aligned table into columns: by where body cells stand, page by page; headers follow."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from budgetlint.document import GridBlock, GridCell, Place
from budgetlint.readers.grids.fitting import ill_fitting
from budgetlint.readers.text.headers import Piece, Span, Strip, fit, parted, unwrapped
from budgetlint.readers.text.ordinals import Cell as _Cell
from budgetlint.readers.text.ordinals import given_back, set_apart
from budgetlint.readers.text.ranks import CODE, Placer, by_columns, by_overlap, nearest, patterned, ranked

_TOTAL = re.compile(r"^.{0,8}(?:合\s*计|总\s*计)$")
_LABEL = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d[.．、]|其中)")
_COUPLED = re.compile(r"^\d{3}(?:\d{2}){0,2}(?=\s?[一-鿿]{2})(?!\s?[年月日号人个])")


def grid_of(strips: Sequence[Strip], path: str) -> GridBlock:
    """Return the grid of a table's lines; pages are cut into columns apart and laid over the first."""
    rows: list[list[_Cell]] = []
    breaks: list[int] = []
    strips, ordinals = set_apart(strips)
    width, apart = 0, False
    used: list[int] = []
    for _, group in groupby(strips, key=lambda strip: strip.page):
        page = [strip for strip in group if strip.pieces]
        depth = _header_depth(page)
        body = _coded(page[depth:])
        told = ranked(body, _spans) or patterned(body)
        spans = told[0] if told else _spans(body)
        head, body = _shared(page[:depth], body, spans)
        head = unwrapped([parted(strip, spans) for strip in head])
        columns, places = fit(head, spans)
        place = by_columns(told[1], spans, columns) if told else by_overlap(columns)
        filled = [*(_headed(strip, columns, places) for strip in head), *_rows(body, len(columns), place)]
        if rows and filled:
            breaks.append(len(rows))
        if not width:
            width = len(columns)
            used = [i for i in range(width) if any(row[i][0] for row in filled[len(head) :])]
        apart = apart or (bool(rows) and len(columns) != width)
        rows += [_refit(row, width, used) for row in filled]
    cells = tuple(
        tuple(
            GridCell(text, Place(path, line=first, end_line=last, grid_row=r, grid_column=c))
            for c, (text, first, last) in enumerate(row)
        )
        for r, row in enumerate(given_back(rows, ordinals))
    )
    numbers = [strip.number for strip in strips if strip.pieces]
    whole = Place(path, line=numbers[0], end_line=numbers[-1])
    return GridBlock(cells, whole, breaks=tuple(breaks), unsure=apart or ill_fitting(cells))


def _refit(row: list[_Cell], width: int, used: Sequence[int]) -> list[_Cell]:
    """Lay a row of a page with fewer columns over the first page's: over those that print something there."""
    if len(row) >= width or not row:
        return row
    fill = ("", row[0][1], row[0][2])
    places = used if len(used) == len(row) else range(len(row))
    cells = dict(zip(places, row, strict=True))
    return [cells.get(column, fill) for column in range(width)]


def _header_depth(page: Sequence[Strip]) -> int:
    depth = 0
    for depth, strip in enumerate(page):
        first = strip.pieces[0].text if strip.pieces else ""
        if (
            any(piece.figure for piece in strip.pieces)
            or CODE.match(first)
            or (depth and (_LABEL.match(first) or (len(strip.pieces) == 1 and _TOTAL.match(first))))
        ):
            return depth
    return depth + 1


def _spans(body: Sequence[Strip]) -> list[Span]:
    """Return the columns of body cells: runs of overlap; label columns that no line uses together are one."""
    spans: list[Span] = []
    for start, end in sorted((piece.start, piece.end) for strip in body for piece in strip.pieces):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    index = 0
    while index + 1 < len(spans):
        if _one_label_column(spans[index], spans[index + 1], body):
            spans[index : index + 2] = [(spans[index][0], spans[index + 1][1])]
        else:
            index += 1
    return spans


def _one_label_column(left: Span, right: Span, body: Sequence[Strip]) -> bool:
    for strip in body:
        inside = [piece for piece in strip.pieces if left[0] <= piece.start < right[1]]
        if len(inside) > 1 or any(piece.figure or CODE.match(piece.text) for piece in inside):
            return False
    return True


def _headed(strip: Strip, spans: Sequence[Span], places: Mapping[Piece, int]) -> list[_Cell]:
    """Return a header line's cells; a label over several columns stands over the first of them."""
    cells = [("", strip.number, strip.number) for _ in spans]
    for piece in strip.pieces:
        column = places.get(piece)
        column = nearest(piece, spans) if column is None else column
        cells[column] = (cells[column][0] + piece.text, strip.number, strip.number)
    return cells


def _coded(body: Sequence[Strip]) -> list[Strip]:
    """Bring codes to their rows: one alone on the line above, one printed into its name."""
    codes = sum(bool(CODE.match(piece.text)) for strip in body for piece in strip.pieces)
    if 2 * codes < len(body):
        return list(body)
    strips: list[Strip] = []
    for strip in body:
        strip = replace(strip, pieces=tuple(part for piece in strip.pieces for part in _uncoupled(piece)))
        above = strips[-1] if strips else None
        lone = above is not None and len(above.pieces) == 1 and CODE.match(above.pieces[0].text)
        bare = _words(strip) and not any(CODE.match(piece.text) for piece in strip.pieces)
        if above is not None and lone and bare and any(piece.figure for piece in strip.pieces):
            strips.pop()
            strip = replace(strip, pieces=(*above.pieces, *strip.pieces))
        strips.append(strip)
    return strips


def _uncoupled(piece: Piece) -> list[Piece]:
    """Return a code and the name it is printed into as two pieces."""
    match = _COUPLED.match(piece.text)
    if match is None:
        return [piece]
    cut = piece.start + len(match[0])
    return [
        Piece(piece.start, cut, match[0], True),
        Piece(cut, piece.end, piece.text[len(match[0]) :].strip(), False),
    ]


def _shared(
    head: Sequence[Strip], body: Sequence[Strip], spans: Sequence[Span]
) -> tuple[list[Strip], list[Strip]]:
    """Give the body the lines over its first row that begin its name: one above for each below, the row itself has none."""
    upper = list(head)
    first = body[0] if body else None
    if first is None or not CODE.match(first.pieces[0].text) or _words(first):
        return upper, list(body)
    below = 0
    while below + 1 < len(body) and _fragment(body[below + 1]):
        below += 1
    taken: list[Strip] = []
    while len(taken) < below and len(upper) > 1 and _alone(upper[-1], body, spans):
        taken.insert(0, upper.pop())
    return upper, [*taken, *body]


def _alone(strip: Strip, body: Sequence[Strip], spans: Sequence[Span]) -> bool:
    """True for a line of one piece that stands in the column of names."""
    names = [piece for row in body[:6] for piece in row.pieces if not piece.figure]
    column = nearest(strip.pieces[0], spans)
    return len(strip.pieces) == 1 and any(nearest(name, spans) == column for name in names)


def _words(strip: Strip) -> bool:
    return any(not piece.figure and not CODE.match(piece.text) for piece in strip.pieces)


def _fragment(strip: Strip) -> bool:
    """True for a line of words that is no row of its own by its form."""
    return not any(
        piece.figure or CODE.match(piece.text) or _LABEL.match(piece.text) for piece in strip.pieces
    )


def _rows(body: Sequence[Strip], width: int, place: Placer) -> list[list[_Cell]]:
    """Return body rows; lines that only continue names are joined to the row they belong to.

    Where a row prints its code without a name, names stand around their rows: as many lines above as below. Else they
    begin on the line of their row and go on below it, where the line above left no room.
    """
    lines = _whole([strip for strip in body if strip.pieces], place)
    coded = sum(bool(CODE.match(strip.pieces[0].text)) for strip in lines) * 2 >= len(lines)
    around = coded and any(CODE.match(strip.pieces[0].text) and not _words(strip) for strip in lines)
    around = around or (coded and bool(lines) and _fragment(lines[0]) and not _total(lines[0]))
    room = _room(lines, place)
    rows: list[list[_Cell]] = []
    waiting: list[Strip] = []
    below = 0
    for strip in lines:
        fragment = _fragment(strip) and not _total(strip)
        if fragment and rows and (below if around else _goes_on(strip, rows[-1], place, room, coded)):
            _append(rows[-1], strip, place)
            below -= 1
            continue
        if fragment and around:
            waiting.append(strip)
            continue
        row = [("", strip.number, strip.number) for _ in range(width)]
        for part in waiting:
            _append(row, part, place)
        _append(row, strip, place)
        below, waiting = len(waiting), []
        rows.append(row)
    for strip in waiting:
        row = [("", strip.number, strip.number) for _ in range(width)]
        _append(row, strip, place)
        rows.append(row)
    return rows


def _whole(lines: Sequence[Strip], place: Placer) -> list[Strip]:
    """Bring names printed above and below the line of their amounts into it: that line has nothing in their columns."""
    whole: list[Strip] = []
    at = 0
    while at < len(lines):
        united = _united(lines[at : at + 3], place)
        whole.append(united or lines[at])
        at += 3 if united else 1
    return whole


def _united(lines: Sequence[Strip], place: Placer) -> Strip | None:
    if len(lines) < 3 or lines[0].number + 2 != lines[2].number:
        return None
    above, middle, below = ({c: p for c, p in zip(place(s), s.pieces, strict=True)} for s in lines)
    if any(len(row) < len(strip.pieces) for row, strip in zip((above, middle, below), lines, strict=True)):
        return None
    wordless = any(piece.figure for piece in (*lines[0].pieces, *lines[2].pieces))
    codes = any(CODE.match(piece.text) for piece in lines[1].pieces)
    amounts = any(piece.figure for piece in lines[1].pieces)
    if wordless or codes or not amounts or set(above) & set(middle) or not set(below) <= set(above):
        return None
    names = {
        column: replace(piece, text=piece.text + (below[column].text if column in below else ""))
        for column, piece in above.items()
    }
    return replace(lines[1], pieces=tuple(piece for _, piece in sorted({**names, **middle}.items())))


def _total(strip: Strip) -> bool:
    return bool(_TOTAL.match(strip.pieces[0].text))


def _room(lines: Sequence[Strip], place: Placer) -> dict[int, int]:
    """Return the length of the longest words of each column."""
    room: dict[int, int] = {}
    for strip in lines:
        for piece, column in zip(strip.pieces, place(strip), strict=True):
            if not piece.figure:
                room[column] = max(room.get(column, 0), len(piece.text))
    return room


def _goes_on(strip: Strip, row: Sequence[_Cell], place: Placer, room: dict[int, int], coded: bool) -> bool:
    """Tell whether a line of words continues the row above: each piece stands under words that filled their column."""
    above = [(row[column][0], room.get(column, 0)) for column in place(strip)]
    return all(text and (coded or len(text) + 1 >= room) for text, room in above)


def _append(row: list[_Cell], strip: Strip, place: Placer) -> None:
    for piece, column in zip(strip.pieces, place(strip), strict=True):
        text, first, last = row[column]
        joined = f"{text} {piece.text}" if text and piece.figure else text + piece.text
        row[column] = (joined, min(first, strip.number), max(last, strip.number))
