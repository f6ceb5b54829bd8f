"""The passes over what rules and checks came to, in their order: the same for documents and for examples."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.checking.case import Case
from budgetlint.checking.checks import miscoded
from budgetlint.checking.judging import doubt, drift, leftovers, outlines, secrecy, tails
from budgetlint.results.findings import Outcome, Reason, Verdict
from budgetlint.vocabulary import Vocabulary


class Judging(Struct, frozen=True):
    """What the passes need to know beside the outcomes.

    Attributes:
        case: the document that was checked.
        vocabulary: what its names mean.
        outcomes_of: returns what the same rules and checks come to on another case, before any pass.
        checks: ids of the checks in Python among them; what says more than one equation is theirs to weigh.
        asked: rules whose 无法核对 for want of another document is said; None for all.
    """

    case: Case
    vocabulary: Vocabulary
    outcomes_of: Callable[[Case], list[Outcome]]
    checks: Collection[str] = ()
    asked: Collection[str] | None = None


Pass: TypeAlias = Callable[[Judging, Sequence[Outcome]], list[Outcome]]


def judged(judging: Judging) -> list[Outcome]:
    """Check a case and return its outcomes after all passes."""
    return _passed(judging, PASSES)


def judged_again(judging: Judging) -> list[Outcome]:
    """Check a case with one thing changed: as before, but that nothing is explained by further changes."""
    return _passed(judging, PASSES[:-1])


def _passed(judging: Judging, passes: Sequence[Pass]) -> list[Outcome]:
    outcomes = judging.outcomes_of(judging.case)
    for each in passes:
        outcomes = each(judging, outcomes)
    return outcomes


def completed(judging: Judging, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """A rule's sum that holds once the table's own further parts are added holds."""
    own, others = _apart(judging, outcomes)
    return [*leftovers.completed(own, judging.case.index), *others]


def outlined(judging: Judging, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """A sum of rows without codes holds where any reading of the rows makes it, and is doubtful where most fail."""
    own, others = _apart(judging, outcomes)
    return [*outlines.outlined(own, judging.case.index), *others]


def settled(judging: Judging, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """What fails in a table whose columns drifted is 无法核对."""
    own, others = _apart(judging, outcomes)
    return [*drift.settled(own), *others]


def tailed(judging: Judging, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """A difference of one last unit that rounding may have left is no slip."""
    return tails.tailed(outcomes)


def softened(judging: Judging, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """What secret items that are said to be left out may explain is doubtful at most."""
    return secrecy.softened(outcomes, judging.case)


def set_aside(judging: Judging, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """What a pack's rule says of another document where none was named was asked by nobody.

    Its reason stays, so that what was not compared can be counted.
    """
    asked = judging.asked
    if asked is None:
        return list(outcomes)
    return [
        replace(outcome, verdict=Verdict.SKIPPED, cause="")
        if outcome.reason is Reason.MISSING_DOCUMENT and outcome.rule not in asked
        else outcome
        for outcome in outcomes
    ]


def was_set_aside(outcome: Outcome) -> bool:
    """Tell whether an outcome compares with a document that nobody named."""
    return outcome.verdict is Verdict.SKIPPED and outcome.reason is Reason.MISSING_DOCUMENT


def doubted(judging: Judging, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """What contradicts a table that was read without confidence is 无法核对."""
    return doubt.doubted(outcomes, judging.case)


def explained(judging: Judging, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """What one slip of a code explains is one failure that names the slip."""
    if miscoded.ID not in judging.checks:
        return list(outcomes)

    def again(mended: Case) -> list[Outcome]:
        return judged_again(replace(judging, case=mended))

    return miscoded.settled(judging.case, list(outcomes), judging.vocabulary, again)


def _apart(judging: Judging, outcomes: Sequence[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    """Divide outcomes into those of rules and those of checks in Python."""
    own: list[Outcome] = []
    others: list[Outcome] = []
    for outcome in outcomes:
        (others if outcome.rule in judging.checks else own).append(outcome)
    return own, others


PASSES: tuple[Pass, ...] = (completed, outlined, settled, tailed, softened, set_aside, doubted, explained)
