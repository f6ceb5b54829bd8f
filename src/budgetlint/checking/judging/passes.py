"""The passes over what rules and checks came to, in their order: the same for documents and for examples."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.checking.case import Case
from budgetlint.checking.checks import miscoded
from budgetlint.checking.judging import doubt, drift, leftovers, outlines, secrecy, tails
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document.keys import among
from budgetlint.results.findings import Outcome, Reason, Verdict
from budgetlint.vocabulary import Vocabulary


class Judging(Struct, frozen=True):
    """What the passes need to know beside the outcomes.

    Attributes:
        case: the document that was checked.
        vocabulary: what its names mean.
        ledger_of: returns what the same rules and checks come to on a case, before any pass.
        checks: ids of the checks in Python among them; what says more than one equation is theirs to weigh.
        asked: rules whose 无法核对 for want of another document is said; None for all.
    """

    case: Case
    vocabulary: Vocabulary
    ledger_of: Callable[[Case], Ledger]
    checks: Collection[str] = ()
    asked: Collection[str] | None = None


Pass: TypeAlias = Callable[[Judging, Ledger], Ledger]


def judged(judging: Judging) -> Ledger:
    """Check a case and return what it came to after all passes."""
    return _passed(judging, PASSES)


def judged_again(judging: Judging) -> Ledger:
    """Check a case with one thing changed: as before, but that nothing is explained by further changes."""
    return _passed(judging, PASSES[:-1])


def _passed(judging: Judging, passes: Sequence[Pass]) -> Ledger:
    ledger = judging.ledger_of(judging.case)
    for each in passes:
        ledger = each(judging, ledger)
    return ledger


def completed(judging: Judging, ledger: Ledger) -> Ledger:
    """A rule's sum that holds once the table's own further parts are added holds."""
    return _of_rules(judging, ledger, lambda own: leftovers.completed(own, judging.case.index))


def outlined(judging: Judging, ledger: Ledger) -> Ledger:
    """A sum of rows without codes holds where any reading of the rows makes it, and is doubtful where most fail."""
    return _of_rules(judging, ledger, lambda own: outlines.outlined(own, judging.case.index))


def settled(judging: Judging, ledger: Ledger) -> Ledger:
    """What fails in a table whose columns drifted is 无法核对."""
    return _of_rules(judging, ledger, drift.settled)


def tailed(judging: Judging, ledger: Ledger) -> Ledger:
    """A difference of one last unit that rounding may have left is no slip."""
    return replace(ledger, outcomes=tails.tailed(ledger.outcomes, ledger, judging.case.index))


def softened(judging: Judging, ledger: Ledger) -> Ledger:
    """What secret items that are said to be left out may explain is doubtful at most."""
    return replace(ledger, outcomes=secrecy.softened(ledger.outcomes, judging.case))


def set_aside(judging: Judging, ledger: Ledger) -> Ledger:
    """What a pack's rule says of another document where none was named was asked by nobody.

    Its reason stays, so that what was not compared can be counted.
    """
    asked = judging.asked
    if asked is None:
        return ledger
    outcomes = [
        replace(outcome, verdict=Verdict.SKIPPED, cause="")
        if outcome.reason is Reason.MISSING_DOCUMENT and outcome.rule not in asked
        else outcome
        for outcome in ledger.outcomes
    ]
    return replace(ledger, outcomes=outcomes)


def was_set_aside(outcome: Outcome) -> bool:
    """Tell whether an outcome compares with a document that nobody named."""
    return outcome.verdict is Verdict.SKIPPED and outcome.reason is Reason.MISSING_DOCUMENT


def doubted(judging: Judging, ledger: Ledger) -> Ledger:
    """What contradicts a table that was read without confidence is 无法核对."""
    return replace(ledger, outcomes=doubt.doubted(ledger.outcomes, judging.case))


def explained(judging: Judging, ledger: Ledger) -> Ledger:
    """What one slip of a code explains is one failure that names the slip."""
    if miscoded.ID not in judging.checks:
        return ledger

    def again(mended: Case) -> Ledger:
        return judged_again(replace(judging, case=mended))

    return miscoded.settled(judging.case, ledger, judging.vocabulary, again)


def _of_rules(
    judging: Judging, ledger: Ledger, weigh: Callable[[Sequence[Outcome]], Sequence[Outcome]]
) -> Ledger:
    """Weigh the outcomes of rules beside what holds of the checks that fail; checks in Python have weighed theirs."""
    own: list[Outcome] = []
    others: list[Outcome] = []
    for outcome in ledger.outcomes:
        (others if outcome.rule in judging.checks else own).append(outcome)
    failing = {(o.rule, o.check, among(o.instance)) for o in own if o.verdict is Verdict.FAILS}
    if not failing:
        return ledger
    holding = [held.outcome() for key in failing for held in ledger.held_among(*key)]
    weighed = weigh([*own, *holding])[: len(own)]
    return replace(ledger, outcomes=[*weighed, *others])


PASSES: tuple[Pass, ...] = (completed, outlined, settled, tailed, softened, set_aside, doubted, explained)
