"""Cut the lines of one aligned table into columns: by where body cells stand, page by page; headers follow."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from budgetlint.document import GridBlock, GridCell, Place
from budgetlint.readers.text_headers import Piece, Span, Strip, fit, unwrapped

_CODE = re.compile(r"^\d{3,7}$")
_TOTAL = re.compile(r"^.{0,8}(?:合\s*计|总\s*计)$")
_LABEL = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d[.．、]|其中)")


def grid_of(strips: Sequence[Strip], path: str) -> GridBlock:
    """Return the grid of a table's lines; pages are cut into columns apart and laid over the first."""
    rows: list[list[tuple[str, int, int]]] = []
    breaks: list[int] = []
    width = 0
    used: list[int] = []
    for _, group in groupby(strips, key=lambda strip: strip.page):
        page = [strip for strip in group if strip.pieces]
        depth = _header_depth(page)
        head, body = unwrapped(page[:depth]), page[depth:]
        spans, places = fit(head, _spans(body))
        filled = [*(_headed(strip, spans, places) for strip in head), *_rows(body, spans)]
        if rows and filled:
            breaks.append(len(rows))
        if not width:
            width = len(spans)
            used = [i for i in range(width) if any(row[i][0] for row in filled[len(head) :])]
        rows += [_refit(row, width, used) for row in filled]
    cells = tuple(
        tuple(
            GridCell(text, Place(path, line=first, end_line=last, grid_row=r, grid_column=c))
            for c, (text, first, last) in enumerate(row)
        )
        for r, row in enumerate(rows)
    )
    numbers = [strip.number for strip in strips if strip.pieces]
    return GridBlock(cells, Place(path, line=numbers[0], end_line=numbers[-1]), breaks=tuple(breaks))


def _refit(row: list[tuple[str, int, int]], width: int, used: Sequence[int]) -> list[tuple[str, int, int]]:
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
            or _CODE.match(first)
            or (depth and _LABEL.match(first))
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
        if len(inside) > 1 or any(piece.figure or _CODE.match(piece.text) for piece in inside):
            return False
    return True


def _headed(strip: Strip, spans: Sequence[Span], places: Mapping[Piece, int]) -> list[tuple[str, int, int]]:
    """Return a header line's cells; a label over several columns stands over the first of them."""
    cells = [("", strip.number, strip.number) for _ in spans]
    for piece in strip.pieces:
        column = places.get(piece)
        column = _column(piece, spans) if column is None else column
        cells[column] = (cells[column][0] + piece.text, strip.number, strip.number)
    return cells


def _column(piece: Piece, spans: Sequence[Span]) -> int:
    """Return the column a piece overlaps most, else the nearest."""

    def distance(index: int) -> tuple[float, float]:
        start, end = spans[index]
        overlap = min(piece.end, end) - max(piece.start, start)
        return (-overlap if overlap > 0 else 0.0, abs(piece.middle - (start + end) / 2))

    return min(range(len(spans)), key=distance)


def _rows(body: Sequence[Strip], spans: Sequence[Span]) -> list[list[tuple[str, int, int]]]:
    """Return body rows; lines that only continue names are joined to the row they are centred on."""
    lines = [strip for strip in body if strip.pieces]
    coded = sum(bool(_CODE.match(piece.text)) for strip in lines for piece in strip.pieces) * 2 >= len(lines)
    rows: list[list[tuple[str, int, int]]] = []
    waiting: list[Strip] = []
    below = 0
    for strip in lines:
        fragment = coded and not any(
            p.figure or _CODE.match(p.text) or _LABEL.match(p.text) for p in strip.pieces
        )
        if fragment and below and rows:
            _append(rows[-1], strip, spans)
            below -= 1
            continue
        if fragment:
            waiting.append(strip)
            continue
        row = [("", strip.number, strip.number) for _ in spans]
        for part in waiting:
            _append(row, part, spans)
        _append(row, strip, spans)
        below, waiting = len(waiting), []
        rows.append(row)
    for strip in waiting:
        row = [("", strip.number, strip.number) for _ in spans]
        _append(row, strip, spans)
        rows.append(row)
    return rows


def _append(row: list[tuple[str, int, int]], strip: Strip, spans: Sequence[Span]) -> None:
    for piece in strip.pieces:
        column = _column(piece, spans)
        text, first, last = row[column]
        joined = f"{text} {piece.text}" if text and piece.figure else text + piece.text
        row[column] = (joined, min(first, strip.number), max(last, strip.number))
