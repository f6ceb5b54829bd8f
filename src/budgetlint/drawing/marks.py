"""Where findings stand in a drawing: the figures they accuse, those they compare, and whole lines and blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from budgetlint.document import NOWHERE, Place
from budgetlint.document.keys import FactKey, figure_of
from budgetlint.results.drawing import Figure, Mark
from budgetlint.results.findings import Finding

_Key = tuple[object, ...]
#: A line of a table by its block and number, -1 for the block as a whole.
Line = tuple[int, int]


def key_of(place: Place) -> _Key:
    """Return what tells two places apart: every coordinate a format knows, names aside."""
    return (*place.spot, place.grid_column, place.path)


_NO_PLACE = key_of(NOWHERE)[:-1]


class Spots(Struct):
    """What is drawn at which place of the file."""

    figures: dict[_Key, list[int]] = field(default_factory=dict)
    lines: dict[_Key, Line] = field(default_factory=dict)
    spans: list[tuple[str, int, int, int]] = field(default_factory=list)

    def at(self, place: Place) -> Line | None:
        """Return the line or block that stands at a place: the very one, else the one around its line of text."""
        found = self.lines.get(key_of(place)) or self.lines.get(
            key_of(place.within(grid_column=None, cell=None))
        )
        if found is not None or place.line is None:
            return found
        around = [
            (last - first, block)
            for path, first, last, block in self.spans
            if path == place.path and first <= place.line <= last
        ]
        return (min(around)[1], -1) if around else None


def marks_of(
    findings: Sequence[Finding],
    spots: Spots,
    numbers: Mapping[FactKey, Sequence[int]],
    figures: Sequence[Figure],
) -> Iterator[Mark]:
    """Yield a mark for every finding, in their order."""
    for finding in findings:
        suspects, compared, lines = _targets(finding, spots, numbers, figures)
        blocks = tuple(dict.fromkeys(block for block, line in lines if line < 0))
        places = [
            *((figures[n].block, n) for n in (*suspects, *compared)),
            *((block, 0) for block, _ in lines),
        ]
        yield Mark(
            suspects,
            compared,
            blocks,
            tuple(line for line in lines if line[1] >= 0),
            ((figures[suspects[0]].block, suspects[0]) if suspects else min(places, default=None)),
        )


def _targets(
    finding: Finding, spots: Spots, numbers: Mapping[FactKey, Sequence[int]], figures: Sequence[Figure]
) -> tuple[tuple[int, ...], tuple[int, ...], list[Line]]:
    suggestion = finding.suggestion
    suspects: list[int] = []
    compared: list[int] = []
    for operand in finding.operands:
        accused = (
            suggestion is not None
            and key_of(operand.place) == key_of(suggestion.place)
            and operand.printed == suggestion.printed
        )
        for number in numbers.get(figure_of(operand.fact), ()):
            (suspects if accused else compared).append(number)
    if suggestion is not None and not suspects:
        there = spots.figures.get(key_of(suggestion.place), ())
        suspects += [number for number in there if figures[number].text == suggestion.printed]
    lines: list[Line] = []
    told = set(suspects) | set(compared)
    for place in finding.locations:
        if key_of(place)[:-1] == _NO_PLACE:
            continue
        here = spots.figures.get(key_of(place), ())
        if len(here) == 1 and place.table is not None:
            compared += [number for number in here if number not in told]
        elif not told.intersection(here) and (line := spots.at(place)) is not None:
            lines.append(line)
    unsuspected = dict.fromkeys(number for number in compared if number not in suspects)
    return tuple(dict.fromkeys(suspects)), tuple(unsuspected), list(dict.fromkeys(lines))
