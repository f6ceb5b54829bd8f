"""Expressions as texts for every instance of a frame: what cells print, literals, names of codes."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from budgetlint.checking.engine.printed import unit_in
from budgetlint.checking.kernels.frames import Frame
from budgetlint.checking.kernels.leaves import Spot
from budgetlint.checking.kernels.vectors import BLANK, NOTHING, PRINTED, UNDECIDED, WORDS
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import Call, Expression, Ref, Text


class Printed(Struct):
    """A text for every instance, squeezed, with the states of what was read."""

    texts: list[str]
    states: list[int]
    spots: Callable[[int], list[Spot]]


def words(node: Expression, frame: Frame) -> Printed:
    """Return an expression as texts; raises LookupError for what is none, or has no kernel."""
    match node:
        case Text(text=text):
            return Printed([squeeze(text)] * frame.size, [PRINTED] * frame.size, lambda i: [])
        case Ref():
            leaf = frame.leaf(node)

            def spots(i: int) -> list[Spot]:
                spot = leaf.spot(i)
                return [] if spot is None else [spot]

            return Printed(leaf.texts(), [s & ~WORDS for s in leaf.states], spots)
        case Call(function="official-name", arguments=(code,)):
            return _official_names(code, frame)
        case Call(function="unit-in", arguments=(text,)):
            read = words(text, frame)
            return Printed(
                [unit_in(text) for text in read.texts],
                [s & ~BLANK | PRINTED for s in read.states],
                read.spots,
            )
        case _:
            raise LookupError(node)


def _official_names(code: Expression, frame: Frame) -> Printed:
    read = words(code, frame)
    vocabulary, year = frame.world.vocabulary, frame.world.main.document.year
    names = {text: vocabulary.official_name(text, year, frame.certain) for text in set(read.texts)}
    states = [
        s if s & UNDECIDED else NOTHING if names[text] is None else PRINTED
        for s, text in zip(read.states, read.texts, strict=True)
    ]
    return Printed([squeeze(names[text] or "") for text in read.texts], states, read.spots)
