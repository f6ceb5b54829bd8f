"""Cites prose in findings: under which heading a figure stands, and the sentence it is printed in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from budgetlint.document import NOWHERE, Document, Paragraph, Place, Section
from budgetlint.results.findings import Operand, Outcome

_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_NUMERAL = re.compile(r"[一二三四五六七八九十百]+")
#: The spot of what a format gives no position for.
_NO_SPOT = NOWHERE.spot
_LONGEST_HEADING, _LONGEST_QUOTE = 30, 80


class Citing:
    """The headings and the prose of one document, by where they stand."""

    def __init__(self, document: Document) -> None:
        self._headings: dict[tuple[object, ...], str] = {}
        self._prose: dict[tuple[object, ...], str] = {}
        for section in document.sections():
            if section.place.spot != _NO_SPOT:
                self._headings.setdefault(section.place.spot, _heading(section))
        for heading, paragraph in _paragraphs(document.root, ""):
            for place in _places(paragraph):
                if place.spot == _NO_SPOT:
                    continue
                self._prose.setdefault(place.spot, paragraph.text)
                if heading:
                    self._headings.setdefault(place.spot, heading)

    def cited(self, outcome: Outcome) -> Outcome:
        """Return an outcome whose places in prose say which section they are in."""
        suggestion = outcome.suggestion
        return replace(
            outcome,
            operands=self._operands(outcome.operands),
            considered=self._operands(outcome.considered),
            places=tuple(self._place(place) for place in outcome.places),
            suggestion=suggestion and replace(suggestion, place=self._place(suggestion.place)),
        )

    def quotes(self, places: Iterable[Place], operands: Sequence[Operand]) -> tuple[str, ...]:
        """Return for each place the sentence of prose that prints an operand there, "" for a place in a table."""
        return tuple(self._quote(place, operands) for place in places)

    def _operands(self, operands: tuple[Operand, ...]) -> tuple[Operand, ...]:
        return tuple(
            operand if operand.place.table else replace(operand, place=self._place(operand.place))
            for operand in operands
        )

    def _place(self, place: Place) -> Place:
        heading = None if place.table else self._headings.get(place.spot)
        return place.within(section=heading) if heading else place

    def _quote(self, place: Place, operands: Sequence[Operand]) -> str:
        text = "" if place.table else self._prose.get(place.spot, "")
        if not text:
            return ""
        figures = [operand.printed for operand in operands if operand.place.spot == place.spot]
        sentences = _SENTENCE.findall(text) or [text]
        chosen = max(sentences, key=lambda sentence: sum(figure in sentence for figure in figures))
        return _shortened(chosen.strip(), next((figure for figure in figures if figure in chosen), ""))


def _paragraphs(section: Section, heading: str) -> Iterator[tuple[str, Paragraph]]:
    for paragraph in section.paragraphs:
        yield heading, paragraph
    for child in section.sections:
        yield from _paragraphs(child, _heading(child))


def _places(paragraph: Paragraph) -> Iterator[Place]:
    yield paragraph.place
    for mention in paragraph.mentions:
        yield mention.place
    for pattern in paragraph.patterns:
        yield pattern.place


def _heading(section: Section) -> str:
    comma = "、" if _NUMERAL.fullmatch(section.number) else " " if section.number else ""
    heading = f"{section.number}{comma}{section.title}".strip()
    return heading if len(heading) <= _LONGEST_HEADING else heading[:_LONGEST_HEADING] + "…"


def _shortened(text: str, figure: str) -> str:
    """Cut a long sentence to what surrounds a figure."""
    if len(text) <= _LONGEST_QUOTE:
        return text
    start = max(0, text.find(figure) - _LONGEST_QUOTE // 2)
    end = start + _LONGEST_QUOTE
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
