"""Put the printed cells of a form's line under its inner header, by position where that is sure, else from the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from msgspec import Struct, field

from budgetlint.document import GridCell
from budgetlint.document.amount import parse_number
from budgetlint.document.text import squeeze
from budgetlint.normalise.forms.words import (
    FormWords,
    Heading,
    Word,
    dash,
    percentage,
    plain_figure,
)
from budgetlint.normalise.printed.cells import figure
from budgetlint.normalise.tables.grids import Line

_HALF_CENT = Decimal("0.015")


class Placed(Struct):
    """Cells by header label; ``unsure`` holds the labels whose cell is a guess."""

    cells: dict[str, GridCell] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)

    def put(self, label: str | None, cell: GridCell, sure: bool = True) -> None:
        """Put a cell under a label; without a label it is left out."""
        if label is not None:
            self.cells[label] = cell
            if not sure:
                self.unsure.add(label)


def printed(line: Line) -> list[GridCell]:
    """Return the cells that print something."""
    return [cell for cell in line if cell.text.strip()]


def by_position(line: Line, heading: Heading, exact: bool) -> Placed | None:
    """Return the cells under the labels above them; None where positions cannot be trusted.

    Args:
        line: the line, blank cells included.
        heading: its header.
        exact: the format states positions, of use where every cell keeps under one label; else header and line must
            be equally full, or the line cut at its left.
    """
    cells = list(line)
    while len(cells) > heading.width and not cells[-1].text.strip():
        cells.pop()
    full = len(heading.columns) >= heading.width - 1 - bool(heading.caption)
    if not exact:
        if not full or len(cells) > heading.width:
            return None
        if len(cells) < heading.width:
            blank = GridCell("", cells[0].place if cells else line[0].place)
            cells = [blank] * (heading.width - len(cells)) + cells
    placed = Placed()
    sure = exact or len(line) >= heading.width
    ends = (*heading.columns[1:], max(heading.width, len(cells)))
    for label, start, end in zip(heading.labels, heading.columns, ends, strict=True):
        under = [(at, cell) for at, cell in enumerate(cells[start:end], start) if cell.text.strip()]
        if exact and (len(under) > 1 or any(at + cell.column_span > end for at, cell in under)):
            return None
        if under:
            placed.put(label, under[0][1], sure)
    if not sure and _fits(placed, heading):
        placed.unsure -= {*heading.all(Word.LEVEL)[-1:], *heading.labels[len(heading.all(Word.LEVEL)) :]}
    return placed


def _fits(placed: Placed, heading: Heading) -> bool:
    """True where a line cut at its left ends in a name, a value and its remark: they cannot stand elsewhere."""
    labels = heading.labels[len(heading.all(Word.LEVEL)) - 1 :]
    texts = [squeeze(placed.cells[label].text) if label in placed.cells else "" for label in labels]
    return len(texts) > 2 and all(texts) and len(texts[1]) <= min(len(texts[0]), len(texts[-1]))


def marked(placed: Placed, heading: Heading) -> bool:
    """True where weight and score, as far as printed, are plain figures or both dashes: the line keeps to its header."""
    marks = (*heading.all(Word.WEIGHT), *heading.all(Word.SCORE))
    texts = [placed.cells[label].text for label in marks if label in placed.cells]
    return all(map(plain_figure, texts)) or all(map(dash, texts))


def holds_all(placed: Placed, cells: Sequence[GridCell]) -> bool:
    """True where just these cells, and no words beside them, stand under the labels."""
    return {id(cell) for cell in placed.cells.values()} == {id(cell) for cell in cells}


def by_count(cells: Sequence[GridCell], heading: Heading, words: FormWords) -> Placed:
    """Put printed cells under the labels in order, leaving out leading levels that a merged cell does not repeat.

    Certain where they reach exactly to the last label, and begin with a class where a class is due.
    """
    levels = len(heading.all(Word.LEVEL))
    classed = words.class_label(cells[0].text)
    start = len(heading.labels) - len(cells)
    sure = start == 0 or (0 < start < levels and (classed or start == levels - 1))
    if not sure:
        start = 0 if words.first_level(cells[0].text) else max(levels - 2, 0) if classed else levels - 1
    placed = Placed()
    for label, cell in zip(heading.labels[start:], cells, strict=False):
        placed.put(label, cell, sure)
    return placed


def scored(cells: Sequence[GridCell], heading: Heading) -> tuple[int, Placed] | None:
    """Anchor [分值, 得分, 偏差?, 原因?] from the right.

    Returns how many cells stand before the weight and what was placed; None where no weight and score are printed.
    """
    texts = [cell.text for cell in cells]
    deviates = heading.label(Word.DEVIATION)
    pairs = [i for i in range(len(texts) - 1) if plain_figure(texts[i]) and plain_figure(texts[i + 1])]
    if not pairs:
        return None
    followed = [i for i in pairs if i + 2 < len(texts) and percentage(texts[i + 2])] if deviates else []
    at = (followed or pairs)[-1]
    if deviates and not followed and at - 1 in pairs:
        followed, at = [at - 1], at - 1
    placed = Placed()
    placed.put(heading.label(Word.WEIGHT), cells[at])
    placed.put(heading.label(Word.SCORE), cells[at + 1])
    rest = list(cells[at + 2 :])
    if followed:
        placed.put(deviates, rest.pop(0))
    remarks = heading.all(Word.REASON) + heading.all(Word.REMARK)
    for label, cell in zip(remarks, rest, strict=False):
        placed.put(label, cell, len(rest) == 1)
    return at, placed


def described(
    cells: Sequence[GridCell], heading: Heading, above: Mapping[str, GridCell], words: FormWords
) -> Placed:
    """Read the cells left of the weight: classes, the indicator, its target and what was reached.

    ``above`` holds the classes of the lines above, taken over where this line prints none.
    """
    levels, rest = list(heading.all(Word.LEVEL)), list(cells)
    values = [label for word in (Word.TARGET, Word.ACTUAL) if (label := heading.label(word))]
    classes: list[GridCell] = []
    full = len(rest) == len(levels) + len(values) and words.first_level(rest[0].text)
    while len(rest) > 1 + len(values) and (full or words.class_label(rest[0].text)):
        classes.append(rest.pop(0))
    doubled = len(rest) == 2 + len(values) and squeeze(rest[-1].text) == squeeze(rest[-2].text)
    sure = len(rest) == 1 + len(values) or doubled
    if doubled:
        rest.pop()
    while len(rest) > 1 + len(values):
        classes.append(rest.pop(0))
    placed = place_classes(classes, levels[:-1], above, words)
    if rest and levels:
        placed.put(levels[-1], rest.pop(0), sure)
    for label, cell in zip(values, rest, strict=False):
        placed.put(label, cell, sure)
    return placed


def place_classes(
    classes: Sequence[GridCell], levels: Sequence[str], above: Mapping[str, GridCell], words: FormWords
) -> Placed:
    """Put classes under their levels: the last two printed, or one by what it says; the others from above."""
    placed = Placed()
    chosen = list(classes)[-len(levels) :] if levels else []
    if len(chosen) == 1 and len(levels) == 2:
        first = words.first_level(chosen[0].text) and not _stands(chosen[0], above.get(levels[0]))
        placed.put(levels[0 if first else 1], chosen[0], True)
    else:
        for label, cell in zip(levels[-len(chosen) :] if chosen else (), chosen, strict=True):
            placed.put(label, cell)
    highest = next((i for i, label in enumerate(levels) if label in placed.cells), len(levels))
    for label in levels[:highest]:
        if label in above:
            placed.put(label, above[label], False)
    return placed


def _stands(cell: GridCell, above: GridCell | None) -> bool:
    return above is not None and squeeze(cell.text) == squeeze(above.text)


def funds(cells: Sequence[GridCell], heading: Heading) -> Placed:
    """Put the figures of a line of funds under the header; a figure that a merged cell repeats is dropped.

    Which of several repeats is the one too many, the printed execution rate tells.
    """
    labels, count = heading.labels, len(heading.labels)
    ways = _ways(cells, count)
    fitting = [way for way in ways if _consistent(way, heading)] or ways
    placed = Placed()
    sure = len({tuple(squeeze(cell.text) for cell in way) for way in fitting}) == 1
    if fitting:
        for label, cell in zip(labels, fitting[0], strict=True):
            placed.put(label, cell, sure)
    elif len(cells) < count:
        known = _consistent((*cells, *[GridCell("")] * (count - len(cells))), heading)
        for label, cell in zip(labels, cells, strict=False):
            placed.put(label, cell, known)
        for label in labels[len(cells) :]:
            placed.put(label, GridCell("", cells[-1].place if cells else GridCell("").place), False)
    return placed


def _ways(cells: Sequence[GridCell], count: int) -> list[tuple[GridCell, ...]]:
    """Return the ways to leave out repeats so that ``count`` cells remain."""
    spare = len(cells) - count
    if spare < 0 or spare > 3:
        return []
    repeats = [i for i in range(1, len(cells)) if squeeze(cells[i].text) == squeeze(cells[i - 1].text)]
    return [
        tuple(cell for i, cell in enumerate(cells) if i not in dropped)
        for dropped in combinations(repeats, spare)
    ]


def _consistent(way: Sequence[GridCell], heading: Heading) -> bool:
    """True where rate = executed ÷ budget (as far as printed) and dashes stand for weight and score together."""
    texts = dict(zip(heading.labels, (cell.text for cell in way), strict=True))
    weight, score = texts.get(heading.label(Word.WEIGHT) or ""), texts.get(heading.label(Word.SCORE) or "")
    if weight and score and dash(weight) != dash(score):
        return False
    money = [parse_number(texts[label]) for label in heading.all(Word.MONEY)]
    rate = parse_number(texts.get(heading.label(Word.RATE) or "", ""))
    if len(money) < 2 or money[-1] is None or money[-2] is None or rate is None or not money[-2][0]:
        return all(figure(text) or dash(text) or not text.strip() for text in texts.values())
    step = rate[1] * _HALF_CENT * 100
    return abs(rate[0] * money[-2][0] - money[-1][0] * 100) <= step * abs(money[-2][0])
