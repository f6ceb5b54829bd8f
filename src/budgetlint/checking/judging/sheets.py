"""Tells sheets of one title apart in findings: which of the many 项目自评表 a figure stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from budgetlint.document import NOWHERE, Document, Place, Table
from budgetlint.results.findings import Finding, Operand

_LONGEST_KEY = 40


class Sheets:
    """Where the sheets of a document stand that share their title with another one, and what tells them apart."""

    def __init__(self, document: Document, lang: str) -> None:
        self._named: dict[tuple[object, ...], str] = {}
        alike = Counter(table.title for table in document.tables)
        seen: Counter[str] = Counter()
        for table in document.tables:
            if alike[table.title] == 1:
                continue
            seen[table.title] += 1
            name = _name(table, seen[table.title], lang)
            for place in _places(table):
                if place.spot != NOWHERE.spot:
                    self._named.setdefault((place.path, *place.spot), name)

    def named(self, finding: Finding) -> Finding:
        """Return a finding whose places in one of many like sheets name the sheet."""
        if not self._named:
            return finding
        suggestion = finding.suggestion
        return replace(
            finding,
            locations=tuple(self._place(place) for place in finding.locations),
            operands=self._operands(finding.operands),
            unsaid=self._operands(finding.unsaid),
            suggestion=suggestion and replace(suggestion, place=self._place(suggestion.place)),
        )

    def _operands(self, operands: tuple[Operand, ...]) -> tuple[Operand, ...]:
        return tuple(replace(operand, place=self._place(operand.place)) for operand in operands)

    def _place(self, place: Place) -> Place:
        name = self._named.get((place.path, *place.spot)) if place.table else None
        return place.within(table=f"{place.table}{name}") if name else place


def _name(table: Table, number: int, lang: str) -> str:
    key = table.key or ""
    if len(key) > _LONGEST_KEY:
        key = key[:_LONGEST_KEY] + "…"
    if lang == "en":
        return f" (no. {number}{f': {key}' if key else ''})"
    return f"（第{number}张{f'：{key}' if key else ''}）"


def _places(table: Table) -> Iterator[Place]:
    yield table.place
    for fact in table.facts.values():
        yield fact.place
    for row in table.rows:
        yield row.place
        for cell in row.cells.values():
            yield cell.place
