"""Groups what could not be decided: one notice a cause, whatever number of rows and rules it keeps from being checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from budgetlint.document.keys import CauseKey, cause_of, cause_said
from budgetlint.results.findings import Outcome, Reason, Verdict

#: So many missing things are named in one message.
_MOST_NAMED = 12
_NO_TABLE = "table"


def by_cause(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """Group what could not be decided by its cause, by rule and reason where no cause is known.

    Figures that cannot be read in the rows of one table have one cause for a rule.
    """
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.verdict is Verdict.UNDETERMINED:
            groups[_cause(outcome)].append(outcome)
    return groups


def _cause(outcome: Outcome) -> str:
    cause = cause_said(outcome.cause)
    if cause is None or cause.apart is not None:
        table = next((place.table for place in outcome.places if place.table), str(cause or ""))
        return f"{outcome.rule}:{outcome.reason}:{table}"
    return str(cause)


def together(kept: Mapping[str, Sequence[Outcome]]) -> Iterator[list[Outcome]]:
    """Yield the groups; all tables that the document does not print are one."""
    absent: list[Outcome] = []
    for group in kept.values():
        cause = cause_said(group[0].cause)
        if cause is not None and cause.kind == _NO_TABLE and group[0].reason is Reason.MISSING_TABLE:
            absent += group
        else:
            yield list(group)
    if absent:
        yield absent


def standing_for(group: Sequence[Outcome]) -> Outcome:
    """Return the first outcome of a group, with the names of what the others lack and with their places.

    A table that is not printed has no place; what a check read before it missed the table is none.
    """
    first = group[0]
    places = dict.fromkeys(place for outcome in group for place in outcome.places)
    if first.reason is Reason.MISSING_TABLE:
        places = {place: None for place in places if place.row is None}
    causes = dict.fromkeys(_named(cause) for o in group if (cause := cause_said(o.cause)) is not None)
    if len(causes) < 2:
        return replace(first, places=tuple(places))
    named = [" ".join(cause.words) for cause in causes if cause.words]
    listed = "、".join(named[:_MOST_NAMED]) + ("…" if len(named) > _MOST_NAMED else "")
    return replace(first, cause=cause_of(next(iter(causes)).kind, listed), places=tuple(places))


def _named(cause: CauseKey) -> CauseKey:
    return replace(cause, apart=None)
