"""What contradicts a table that was read without confidence is 无法核对, not 不符."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from budgetlint.document import Bundle, Place
from budgetlint.document.keys import cause_of
from budgetlint.results.findings import Outcome, Reason, Verdict


def doubted(outcomes: Sequence[Outcome], bundle: Bundle) -> list[Outcome]:
    """Return the outcomes with the failures that read a doubtful table turned to UNDETERMINED(unsure-extraction).

    What agrees stays: figures put into wrong columns do not agree by accident. A total that lacks parts, and a subject
    that was not found, are failures of the reading as often as of the document; and so is what the document lacks as a
    whole, which has no place to point to.
    """
    doubtful = {
        (table.place.path, table.title)
        for document in (bundle.document, *bundle.others)
        for table in document.tables
        if table.unsure
    }
    return [_judged(outcome, doubtful) for outcome in outcomes] if doubtful else list(outcomes)


def _judged(outcome: Outcome, doubtful: set[tuple[str, str]]) -> Outcome:
    if outcome.verdict is not Verdict.FAILS:
        return outcome
    places = (*outcome.places, *(operand.place for operand in outcome.operands))
    title = next((place.table for place in places if _within(place, doubtful)), None)
    if title is None and places:
        return outcome
    return replace(
        outcome,
        verdict=Verdict.UNDETERMINED,
        reason=Reason.UNSURE_EXTRACTION,
        cause=cause_of("layout", title or ""),
        message=None,
        suggestion=None,
    )


def _within(place: Place, doubtful: set[tuple[str, str]]) -> bool:
    return place.table is not None and (place.path, place.table) in doubtful
