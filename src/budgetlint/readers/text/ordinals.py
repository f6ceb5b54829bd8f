"""Set the running numbers of an aligned table's lines apart before its columns are told, and give them back after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from budgetlint.readers.text.headers import Strip

#: A printed cell: its text, its first and its last line.
Cell = tuple[str, int, int]
_ORDINAL = re.compile(r"^(?:序\s*号|行\s*次|栏\s*次|\d{1,4})$")
_NUMBER = re.compile(r"^\d{1,4}$")
_FEWEST = 5


def set_apart(strips: Sequence[Strip]) -> tuple[list[Strip], dict[int, str]]:
    """Return the lines without the running numbers they begin with, and those by line; ``{}`` where none run on.

    The number 0 stands for the label over them.
    """
    first = [strip.pieces[0] for strip in strips if strip.pieces]
    numbers = [int(piece.text) for piece in first if _NUMBER.match(piece.text)]
    running = sum(after == before + 1 for before, after in pairwise(numbers))
    told = sum(any(piece.figure for piece in strip.pieces[1:]) for strip in strips)
    if running < _FEWEST or running * 10 < len(numbers) * 8 or 2 * len(numbers) < told:
        return list(strips), {}
    apart: dict[int, str] = {}
    kept: list[Strip] = []
    for strip in strips:
        if strip.pieces and _ORDINAL.match(strip.pieces[0].text):
            text = strip.pieces[0].text
            apart[strip.number if text.isdigit() else 0] = text
            strip = replace(strip, pieces=strip.pieces[1:])
        kept.append(strip)
    return kept, apart


def given_back(rows: Sequence[Sequence[Cell]], apart: dict[int, str]) -> list[list[Cell]]:
    """Return the rows with the running numbers as their first column."""
    if not apart:
        return [list(row) for row in rows]
    whole: list[list[Cell]] = []
    for at, row in enumerate(rows):
        first, last = min(cell[1] for cell in row), max(cell[2] for cell in row)
        text = next((apart[line] for line in range(first, last + 1) if line in apart), "")
        whole.append([(apart.get(0, "序号") if at == 0 else text, first, last), *row])
    return whole
