"""Walk down a form whose grid stacks several headers at different heights, and collect its fields and entries."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.document import GridCell, RowKind
from budgetlint.document.text import squeeze
from budgetlint.normalise.forms.fields import Field, fields_of
from budgetlint.normalise.forms.lines import funds_line, mingled_line, no_funds_line, parted, without_caption
from budgetlint.normalise.forms.placing import (
    Placed,
    by_count,
    by_position,
    described,
    funds,
    holds_all,
    marked,
    place_classes,
    printed,
    scored,
)
from budgetlint.normalise.forms.words import (
    FormWords,
    Heading,
    Kind,
    Word,
    dash,
    header_label,
    percentage,
    plain_figure,
)
from budgetlint.normalise.printed.cells import figure, unit_in
from budgetlint.normalise.tables.grids import Line


class Entry(Struct):
    """A row of the form: its label, the labels above it, its cells by header label.

    ``line`` counts the form's printed lines; ``part_of`` is the index of the entry this one is a part of;
    ``unit`` is what the block's caption or the row's label says.
    """

    label: str
    above: tuple[str, ...]
    placed: Placed
    line: int
    first: GridCell
    kind: RowKind = RowKind.DATA
    part_of: int | None = None
    unit: str | None = None


class Reading(Struct):
    """What a form holds: the labels of its columns in printed order, its entries, its worded fields."""

    labels: dict[str, Word | None] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    facts: dict[str, GridCell] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    indicators: int = 0
    scored: bool = False


class _Walker:
    """The state of one walk: the block it is in, and the classes that hold until others are printed."""

    def __init__(self, exact: bool, words: FormWords) -> None:
        self.exact = exact
        self.words = words
        self.reading = Reading()
        self.block: Heading | None = None
        self.classes: dict[str, GridCell] = {}
        self.caption = ""
        self.unit: str | None = None
        self.whole: int | None = None
        self.number = 0

    def take(self, line: Line) -> None:
        """Read one line."""
        cells = printed(line)
        self.number += 1
        if not cells:
            return
        heading = self.words.heading_of([cell.text for cell in line])
        if heading is not None:
            self._open(heading, cells)
        elif mingled_line(cells, self.words):
            self._take_mingled(cells)
        elif not self._take_in_block(line, cells):
            self._take_fields(line, cells)

    def _open(self, heading: Heading, cells: Sequence[GridCell]) -> None:
        self.block, self.classes, self.whole = heading, {}, None
        for label, word in zip(heading.labels, heading.words, strict=True):
            if heading.kind is not Kind.GOALS:
                self.reading.labels.setdefault(label, word)
        units = [unit_in(squeeze(cell.text)) for cell in cells]
        self.unit = next((unit for unit in units if unit is not None and unit.endswith("元")), None)

    def _lost(self, kind: Kind) -> Heading:
        """Return the header of a block that prints none."""
        if self.block is None or self.block.kind is not kind:
            self._open(self.words.usual(kind), ())
        assert self.block is not None
        return self.block

    # -- blocks

    def _take_in_block(self, line: Line, cells: Sequence[GridCell]) -> bool:
        texts = [cell.text for cell in cells]
        if funds_line(texts, self.words):
            return self._take_funds(line, cells)
        if self.whole is not None and no_funds_line(texts, self.words):
            self._add_fund(cells[0], Placed())
            return True
        if self._is_scored_line(texts):
            self._lost(Kind.INDICATORS)
        if self.block is None:
            return False
        match self.block.kind:
            case Kind.GOALS:
                return self._take_goals(line, cells)
            case Kind.PLAN:
                return self._take_plan(line, cells)
            case Kind.SCORED:
                return self._take_scored(cells)
            case Kind.INDICATORS:
                return self._take_indicator(line, cells)
            case Kind.FUNDS:
                return False

    def _is_scored_line(self, texts: Sequence[str]) -> bool:
        """True for an indicator of a sheet whose indicators have lost their header."""
        if self.block is not None and self.block.kind in (Kind.INDICATORS, Kind.SCORED):
            return False
        return any(
            plain_figure(weight) and plain_figure(score) and percentage(deviation)
            for weight, score, deviation in zip(texts, texts[1:], texts[2:], strict=False)
        )

    def _take_funds(self, line: Line, cells: Sequence[GridCell]) -> bool:
        start = next(i for i, cell in enumerate(cells) if figure(cell.text) or dash(cell.text))
        label = cells[start - 1]
        heading = self._lost(Kind.FUNDS)
        if self.unit is None:
            self.unit = next((u for c in cells[:start] if (u := unit_in(squeeze(c.text).rstrip(":")))), None)
        placed = by_position(line, heading, True) if self.exact else None
        if placed is None or not marked(placed, heading) or not holds_all(placed, cells[start:]):
            placed = funds(cells[start:], heading)
        marks = [word for word in (Word.WEIGHT, Word.SCORE) if (name := heading.label(word))]
        for word in marks:
            name = heading.label(word) or ""
            if name in placed.cells and dash(placed.cells[name].text):
                del placed.cells[name]
        self._add_fund(label, placed)
        return True

    def _add_fund(self, label: GridCell, placed: Placed) -> None:
        name = squeeze(label.text).rstrip(":")
        whole = self.whole is None
        above = () if self.whole is None else (self.reading.entries[self.whole].label,)
        kind = RowKind.TOTAL if whole else RowKind.DATA
        entry = Entry(name, above, placed, self.number, label, kind, self.whole, self.unit)
        if whole:
            self.whole = len(self.reading.entries)
        self.reading.entries.append(entry)

    def _take_mingled(self, cells: Sequence[GridCell]) -> None:
        """A header and its first line printed into each other: a figure belongs to the word after the one before it."""
        heading = self._lost(Kind.FUNDS)
        placed = Placed()
        for word, value in pairwise(cells):
            label = header_label(word.text)
            if label in heading.labels and figure(value.text):
                after = heading.labels.index(label) + 1
                placed.put(heading.labels[min(after, len(heading.labels) - 1)], value, False)
        for label in heading.labels:
            if label not in placed.cells:
                placed.put(label, GridCell("", cells[0].place), False)
        funds = (c for c in cells if self.words.fund_label(c.text) and self.words.word_of(c.text) is None)
        name = next(funds, cells[0])
        if self.unit is None:
            self.unit = unit_in(squeeze(name.text).rstrip(":"))
        self._add_fund(name, placed)

    def _take_goals(self, line: Line, cells: Sequence[GridCell]) -> bool:
        assert self.block is not None
        if self.words.lines.of(cells[0].text).names_field or len(cells) > len(self.block.labels) + 1:
            return False
        if len(cells) > len(self.block.labels):
            cells = cells[1:]
        for label, cell in zip(self.block.labels, cells, strict=False):
            self.reading.facts.setdefault(label, cell)
        self.block = None
        return True

    def _take_plan(self, line: Line, cells: Sequence[GridCell]) -> bool:
        assert self.block is not None
        values = [cell for cell in cells if figure(cell.text)]
        if len(values) < len(cells) - 1 or not values:
            return False
        if len(values) == len(self.block.labels):
            placed = Placed(dict(zip(self.block.labels, values, strict=True)))
        else:
            placed = by_position(line, self.block, self.exact) or Placed()
        label = self.block.caption or "支出计划"
        self.reading.entries.append(Entry(label, (), placed, self.number, values[0]))
        self.block = None
        return True

    def _take_scored(self, cells: Sequence[GridCell]) -> bool:
        assert self.block is not None
        found = scored(cells, self.block)
        if found is None or found[0] == 0:
            return False
        before, placed = found
        name = cells[before - 2] if before > 1 else cells[0]
        if before > 1:
            placed.put(self.block.label(Word.STATEMENT), cells[before - 1])
        above = (self.block.caption,) if self.block.caption else ()
        self.reading.entries.append(Entry(squeeze(name.text).rstrip(":"), above, placed, self.number, name))
        self.reading.scored = True
        return True

    # -- indicators

    def _take_indicator(self, line: Line, cells: Sequence[GridCell]) -> bool:
        assert self.block is not None
        heading = self.block
        if self.words.total_label(cells[0].text):
            self._take_total(cells, heading)
            return True
        if all(self.words.class_label(cell.text) for cell in cells):
            levels = heading.all(Word.LEVEL)[:-1]
            self._remember(place_classes(without_caption(cells, heading), levels, self.classes, self.words))
            return True
        weighted = heading.label(Word.WEIGHT) and heading.label(Word.SCORE)
        placed = by_position(line, heading, self.exact) if self.exact or not weighted else None
        if weighted and (placed is None or not marked(placed, heading)):
            placed = self._anchored(without_caption(cells, heading), heading) or placed
        elif placed is None:
            placed = by_count(without_caption(cells, heading), heading, self.words)
        if placed is None:
            return False
        self._inherit(placed, heading)
        self._remember(placed)
        classes = [placed.cells[label] for label in heading.all(Word.LEVEL) if label in placed.cells]
        name = placed.cells.get(heading.all(Word.LEVEL)[-1])
        if name is None:
            return bool(classes)
        above = tuple(squeeze(cell.text) for cell in classes if cell is not name)
        self.reading.entries.append(Entry(name.text.strip(), above, placed, self.number, name))
        self.reading.indicators += 1
        self.reading.scored = self.reading.scored or bool(weighted)
        return True

    def _anchored(self, cells: Sequence[GridCell], heading: Heading) -> Placed | None:
        found = scored(cells, heading)
        if found is None or found[0] == 0:
            return None
        before, figures = found
        placed = described(cells[:before], heading, self.classes, self.words)
        placed.cells |= figures.cells
        placed.unsure |= figures.unsure
        return placed

    def _take_total(self, cells: Sequence[GridCell], heading: Heading) -> None:
        placed, values = Placed(), [cell for cell in cells[1:] if plain_figure(cell.text)]
        weight, score = heading.label(Word.WEIGHT), heading.label(Word.SCORE)
        if len(values) >= 2:
            placed.put(weight, values[0])
            placed.put(score, values[1])
        elif len(values) == 1:
            placed.put(score, values[0], False)
        else:
            blank = GridCell("", cells[0].place)
            placed.put(weight, blank)
            placed.put(score, blank)
        name = header_label(cells[0].text)
        self.reading.entries.append(Entry(name, (), placed, self.number, cells[0], RowKind.TOTAL))
        self.block = None

    def _inherit(self, placed: Placed, heading: Heading) -> None:
        """Take over the classes of the lines above that a merged cell does not repeat."""
        levels = heading.all(Word.LEVEL)[:-1]
        highest = next((i for i, label in enumerate(levels) if label in placed.cells), len(levels))
        for label in levels[:highest]:
            if label in self.classes:
                placed.put(label, self.classes[label], not self.reading.scored or self.exact)

    def _remember(self, placed: Placed) -> None:
        assert self.block is not None
        levels = self.block.all(Word.LEVEL)[:-1]
        for depth, label in enumerate(levels):
            if label in placed.cells and label not in placed.unsure:
                if self.classes.get(label) is not placed.cells[label]:
                    for lower in levels[depth + 1 :]:
                        if lower not in placed.cells:
                            self.classes.pop(lower, None)
                self.classes[label] = placed.cells[label]

    # -- fields

    def _take_fields(self, line: Line, cells: Sequence[GridCell]) -> None:
        if len(cells) == 1:
            self._take_words(cells[0])
            return
        found = fields_of([line], self.words.lines)
        labels = {squeeze(item.label) for item in found}
        first = squeeze(cells[0].text).rstrip(":")
        self.caption = first if first not in labels and not figure(first) else ""
        for item in found:
            if figure(item.value.text) or not item.value.text.strip():
                self.reading.fields.append(replace(item, line=self.number))
            else:
                self.reading.facts.setdefault(item.label, item.value)
        self.block = None

    def _take_words(self, cell: GridCell) -> None:
        """A cell alone on its line: a field printed in one cell, or the words of the caption above it."""
        head, _, rest = cell.text.strip().partition(" ")
        if rest and self.words.lines.of(head).names_field:
            self.reading.facts.setdefault(squeeze(head).rstrip(":"), GridCell(rest.strip(), cell.place))
        elif self.caption and not figure(cell.text):
            self.reading.facts.setdefault(self.caption, cell)


def read_blocks(lines: Sequence[Line], exact: bool, words: FormWords) -> Reading | None:
    """Return what a form holds, None where no inner header (nor a line that needs one) is recognised.

    Args:
        lines: its lines from the top, blank cells included.
        exact: the format states where merged cells are, so that positions can be trusted.
        words: those of forms.
    """
    walker = _Walker(exact, words)
    for line in lines:
        walker.take(parted(line, words.lines))
    return walker.reading if walker.reading.labels else None
