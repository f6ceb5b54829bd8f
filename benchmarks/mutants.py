"""Changes a read document in one place, as a slip of the pen would: a digit, a point, a sign, a word, a unit, a row.

Works on the blocks a reader gives, so it is the same for every format. What is changed is found in the blocks
themselves, not in what the checks make of them: a figure that nobody reads is changed, too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.document import Block, GridBlock, GridCell, ParagraphBlock, Place, Source
from budgetlint.document.amount import parse_number

#: Words that say which way a figure went, each with its opposite.
OPPOSITES = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "大于": "小于", "小于": "大于"}

_FIGURE = re.compile(
    r"(?<![\d.,-])(?P<number>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<unit>万元|亿元|元|%|％|年(?!度?至)|辆|台|个|批次|人次|人|项|户|平方米|月|日)?"
)
_PLAIN = re.compile(r"\d{3}|\d{5}|\d{7}")
#: A code stands in one of the first columns of its grid.
_CODE_COLUMNS = 5


#: Block, row and column (None in a paragraph), and offset of a figure.
SpotKey: TypeAlias = "tuple[int, int | None, int | None, int]"


class Spot(Struct, frozen=True):
    """A stretch of text in a block; ``row`` and ``column`` are None in a paragraph."""

    block: int
    row: int | None
    column: int | None
    start: int
    end: int
    text: str
    unit: str
    place: Place

    @property
    def key(self) -> SpotKey:
        """Where in the blocks it stands."""
        return self.block, self.row, self.column, self.start

    @property
    def kind(self) -> str:
        """What stands there: figure (in a cell), or prose with its unit, year or code."""
        if self.row is not None:
            return self.unit or "figure"
        return {"万元": "money", "元": "money", "亿元": "money", "%": "percent", "％": "percent"}.get(
            self.unit, "year" if self.unit == "年" else "count"
        )


class Mutant(Struct, frozen=True):
    """A changed document: the places changed, what stood there and what stands there now.

    ``at`` is the key of the spot that was changed, None where no single figure was.
    """

    source: Source
    places: tuple[Place, ...]
    before: str
    after: str
    family: str
    at: SpotKey | None = None


def spots(source: Source) -> Iterator[Spot]:
    """Yield every figure of a document: cells that are one number, and numbers in prose that have a unit."""
    for b, block in enumerate(source.blocks):
        if isinstance(block, ParagraphBlock):
            yield from _in_text(block.text, block.place, b)
            continue
        for r, row in enumerate(block.rows):
            for c, cell in enumerate(row):
                text = cell.text.strip()
                if c < _CODE_COLUMNS and _PLAIN.fullmatch(text):
                    yield _whole(cell, b, r, c, "code")
                elif parse_number(text) and ("." in text or "," in text or text.endswith("%")):
                    yield _whole(cell, b, r, c, "")
                elif parse_number(text):
                    yield _whole(cell, b, r, c, "integer")


def _in_text(text: str, place: Place, block: int) -> Iterator[Spot]:
    for match in _FIGURE.finditer(text):
        if match["unit"] and match["unit"] not in "月日":
            yield Spot(block, None, None, *match.span("number"), match["number"], match["unit"], place)


def _whole(cell: GridCell, block: int, row: int, column: int, unit: str) -> Spot:
    text = cell.text.strip()
    start = cell.text.index(text)
    return Spot(block, row, column, start, start + len(text), text, unit, cell.place)


def digit(source: Source, spot: Spot, chance: random.Random) -> Mutant:
    """Change one digit; the first of several never to 0."""
    places = [i for i, c in enumerate(spot.text) if c.isdigit()]
    place = chance.choice(places)
    lowest = 1 if place == places[0] and len(places) > 1 and spot.text[place + 1 : place + 2].isdigit() else 0
    new = chance.choice([d for d in range(lowest, 10) if str(d) != spot.text[place]])
    return _changed(source, spot, spot.text[:place] + str(new) + spot.text[place + 1 :])


def dropped(source: Source, spot: Spot, chance: random.Random) -> Mutant | None:
    """Drop one digit."""
    places = [i for i, c in enumerate(spot.text) if c.isdigit()]
    if len(places) < 2:
        return None
    place = chance.choice(places)
    return _changed(source, spot, spot.text[:place] + spot.text[place + 1 :])


def moved_point(source: Source, spot: Spot, chance: random.Random) -> Mutant | None:
    """Move the decimal point one place."""
    whole, point, rest = spot.text.replace(",", "").partition(".")
    if not point or not rest:
        return None
    left = f"{whole[:-1] or '0'}.{whole[-1]}{rest}"
    right = f"{whole}{rest[0]}.{rest[1:]}".rstrip(".")
    return _changed(source, spot, chance.choice([left, right.lstrip("0") or "0"]))


def signed(source: Source, spot: Spot, chance: random.Random) -> Mutant | None:
    """Put a minus before a figure of a table, or take it away."""
    if spot.row is None or not re.search("[1-9]", spot.text):
        return None
    return _changed(source, spot, spot.text[1:] if spot.text[0] == "-" else f"-{spot.text}")


def other_unit(source: Source, spot: Spot, chance: random.Random) -> Mutant | None:
    """Write 元 for 万元 in prose, and the other way round."""
    if spot.row is not None or spot.unit not in {"元", "万元"} or not re.search("[1-9]", spot.text):
        return None
    text = source.blocks[spot.block].text  # type: ignore[union-attr]
    end = text.index(spot.unit, spot.end) + len(spot.unit)
    whole = replace(spot, end=end, text=text[spot.start : end])
    return _changed(source, whole, spot.text + ("元" if spot.unit == "万元" else "万元"))


def next_year(source: Source, spot: Spot, chance: random.Random) -> Mutant | None:
    """Write a neighbouring year."""
    if spot.unit != "年" or not re.fullmatch(r"20\d\d", spot.text):
        return None
    return _changed(source, spot, str(int(spot.text) + chance.choice([-2, -1, 1])))


def swapped(source: Source, spot: Spot, chance: random.Random) -> Mutant | None:
    """Swap a figure with the next one of its kind in its row or paragraph."""
    after = [
        other
        for other in spots(replace(source, blocks=(source.blocks[spot.block],)))
        if other.row == spot.row
        and other.unit == spot.unit
        and other.text != spot.text
        and (other.column or 0, other.start) > (spot.column or 0, spot.start)
    ]
    if not after or spot.kind in {"code", "year"}:
        return None
    other = replace(after[0], block=spot.block)
    one = _changed(source, other, spot.text)
    both = _changed(one.source, spot, other.text)
    return replace(both, places=(spot.place, other.place))


def opposite(source: Source, chance: random.Random) -> Iterator[Mutant]:
    """Yield the document with one word of direction turned round."""
    for b, block in enumerate(source.blocks):
        if isinstance(block, ParagraphBlock):
            for match in re.finditer("|".join(OPPOSITES), block.text):
                spot = Spot(b, None, None, *match.span(), match[0], "word", block.place)
                if any(c.isdigit() for c in block.text[match.start() : match.end() + 12]):
                    yield _changed(source, spot, OPPOSITES[match[0]])


def without_row(source: Source, chance: random.Random) -> Iterator[Mutant]:
    """Yield the document without one row of figures."""
    for b, block in enumerate(source.blocks):
        if isinstance(block, GridBlock):
            for r, row in enumerate(block.rows):
                figures = [
                    c for c in row if parse_number(c.text) and re.search(r"[1-9].*\.|\.\d*[1-9]", c.text)
                ]
                if not figures or any(c.row_span > 1 or c.covered for c in row):
                    continue
                kept = (*block.rows[:r], *block.rows[r + 1 :])
                breaks = tuple(n - (n > r) for n in block.breaks)
                new = replace(block, rows=kept, breaks=breaks)
                text = " ".join(c.text for c in row if c.text)[:60]
                yield Mutant(_with(source, b, new), tuple(c.place for c in row), text, "", "row")


def with_label(source: Source, chance: random.Random) -> Iterator[Mutant]:
    """Yield the document with the labels of two neighbouring rows swapped."""
    for b, block in enumerate(source.blocks):
        if not isinstance(block, GridBlock):
            continue
        for r in range(len(block.rows) - 1):
            pair = [_label(row) for row in block.rows[r : r + 2]]
            if None in pair or pair[0] != pair[1]:
                continue
            column = pair[0]
            upper, lower = (block.rows[r + i][column] for i in (0, 1))
            figures = [[c.text for c in block.rows[r + i][column + 1 :]] for i in (0, 1)]
            if upper.text == lower.text or figures[0] == figures[1]:
                continue
            one = Spot(b, r, column, 0, len(upper.text), upper.text, "", upper.place)
            other = Spot(b, r + 1, column, 0, len(lower.text), lower.text, "", lower.place)
            first = _changed(source, one, lower.text)
            yield replace(_changed(first.source, other, upper.text), places=(upper.place, lower.place))


def _label(row: Sequence[GridCell]) -> int | None:
    words = [i for i, c in enumerate(row) if re.search(r"[\u4e00-\u9fff]{2}", c.text)]
    figures = [i for i, c in enumerate(row) if parse_number(c.text) and "." in c.text]
    return words[0] if len(words) == 1 and figures and figures[0] > words[0] else None


def _changed(source: Source, spot: Spot, new: str) -> Mutant:
    block = source.blocks[spot.block]
    if isinstance(block, ParagraphBlock):
        made: Block = replace(block, text=block.text[: spot.start] + new + block.text[spot.end :])
        family = "正文"
    else:
        assert spot.row is not None and spot.column is not None
        cell = block.rows[spot.row][spot.column]
        cell = cell._replace(text=cell.text[: spot.start] + new + cell.text[spot.end :], stored=None)
        row = block.rows[spot.row]
        row = (*row[: spot.column], cell, *row[spot.column + 1 :])
        made = replace(block, rows=(*block.rows[: spot.row], row, *block.rows[spot.row + 1 :]))
        family = "表格"
    return Mutant(_with(source, spot.block, made), (spot.place,), spot.text, new, family, spot.key)


def _with(source: Source, number: int, block: Block) -> Source:
    return replace(source, blocks=(*source.blocks[:number], block, *source.blocks[number + 1 :]))


_Change = Callable[[Source, Spot, random.Random], "Mutant | None"]
#: Changes of one figure: which kinds of spot each is made at.
AT_FIGURES: dict[str, tuple[_Change, frozenset[str]]] = {
    "digit": (digit, frozenset({"figure", "integer", "money", "percent", "count"})),
    "drop": (dropped, frozenset({"figure", "money", "percent"})),
    "point": (moved_point, frozenset({"figure", "money", "percent"})),
    "sign": (signed, frozenset({"figure"})),
    "swap": (swapped, frozenset({"figure", "money", "percent", "count"})),
    "unit": (other_unit, frozenset({"money"})),
    "count": (digit, frozenset({"count", "integer"})),
    "percent": (digit, frozenset({"percent"})),
    "code": (digit, frozenset({"code"})),
    "year": (next_year, frozenset({"year"})),
}
#: Changes that look for their own places.
ELSEWHERE: dict[str, Callable[[Source, random.Random], Iterator[Mutant]]] = {
    "word": opposite,
    "row": without_row,
    "label": with_label,
}


def mutants(source: Source, change: str, chance: random.Random, number: int) -> list[Mutant]:
    """Return so many mutants of a kind, at places taken by chance."""
    if change in ELSEWHERE:
        every = list(ELSEWHERE[change](source, chance))
        return chance.sample(every, min(number, len(every)))
    make, kinds = AT_FIGURES[change]
    places = [spot for spot in spots(source) if spot.kind in kinds]
    chance.shuffle(places)
    made = (make(source, spot, chance) for spot in places)
    found = []
    for mutant in made:
        if mutant is not None:
            found.append(mutant)
            if len(found) == number:
                break
    return found
