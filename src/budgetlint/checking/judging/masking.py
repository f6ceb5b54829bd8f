"""Makes findings safe to hand on: numbers that identify people are masked in every text a report may print."""

from __future__ import annotations

from msgspec.structs import replace

from budgetlint.checking.checks.sensitive import mask
from budgetlint.document import Place
from budgetlint.results.findings import Finding, Operand, Suggestion


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
        suggestion=_suggestion(finding.suggestion),
        texts=tuple(mask(text) for text in finding.texts),
    )


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
