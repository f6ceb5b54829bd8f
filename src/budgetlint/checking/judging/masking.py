"""Makes findings safe to hand on: numbers that identify people are masked in every text a report may print."""

from __future__ import annotations

from msgspec.structs import replace

from budgetlint.checking.checks.sensitive import mask
from budgetlint.document import Place
from budgetlint.results.findings import Finding, Operand, Suggestion

_SHORTEST_ACCOUNT = 12


def masked(finding: Finding) -> Finding:
    """Return a finding without a readable identity, mobile or account number; most come back as they are."""
    message = finding.message
    for operand in finding.operands:
        if mask(operand.printed) != operand.printed:
            message = message.replace(operand.printed, mask(operand.printed))
    return replace(
        finding,
        message=mask(message),
        locations=tuple(masked_place(place) for place in finding.locations),
        operands=tuple(_operand(operand) for operand in finding.operands),
        unsaid=tuple(_operand(operand) for operand in finding.unsaid),
        suggestion=_suggestion(finding.suggestion),
        texts=tuple(mask(text) for text in finding.texts),
    )


def masked_under(text: str, *heads: str) -> str:
    """Return what a cell prints masked, its row and column heads being what says that it is an account number."""
    said = mask(text)
    if said != text or sum(char.isdigit() for char in text) < _SHORTEST_ACCOUNT:
        return said
    for head in heads:
        led = f"{head}："
        if (read := mask(led + text)) != led + text:
            return read[len(led) :]
    return said


def masked_place(place: Place) -> Place:
    """Return a place whose labels are masked; file, page and line stay."""
    labels = tuple(label and mask(label) for label in (place.table, place.row, place.column))
    return place if labels == (place.table, place.row, place.column) else place.labelled(*labels)


def _operand(operand: Operand) -> Operand:
    printed = mask(operand.printed)
    amount = operand.amount if printed == operand.printed else None
    return replace(
        operand, name=mask(operand.name), printed=printed, amount=amount, place=masked_place(operand.place)
    )


def _suggestion(suggestion: Suggestion | None) -> Suggestion | None:
    if suggestion is None:
        return None
    return replace(
        suggestion,
        place=masked_place(suggestion.place),
        printed=mask(suggestion.printed),
        proposed=mask(suggestion.proposed),
        why=mask(suggestion.why),
    )
