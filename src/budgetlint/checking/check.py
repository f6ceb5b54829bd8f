"""A check written in Python, for what the rule language cannot say; its outcomes count like a rule's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.document import Bundle, Place
from budgetlint.language.syntax import Basis, Scope
from budgetlint.results.findings import Operand, Outcome, Severity, Verdict
from budgetlint.vocabulary import Vocabulary

Run = Callable[[Bundle, Vocabulary], Iterable[Outcome]]


def judged(
    id: str,
    instance: str,
    message: str | None,
    *places: Place,
    operands: tuple[Operand, ...] = (),
    severity: Severity = Severity.WARNING,
) -> Outcome:
    """Return an outcome that fails where there is something to say, and then names its places, else holds."""
    return Outcome(
        id,
        Verdict.FAILS if message else Verdict.HOLDS,
        severity=severity,
        operands=operands,
        instance=instance,
        message=message,
        places=places if message else (),
    )


def once_where_clear(run: Run) -> Run:
    """Let a check that looks through every passage for words count once where it finds none.

    What it finds, what it cannot decide and what holds of printed figures is passed on, each by itself: thousands of
    passages without a doubled word are one thing that holds, not thousands.
    """

    @wraps(run)
    def counted(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
        clear: Outcome | None = None
        found = False
        for outcome in run(bundle, vocabulary):
            if outcome.verdict is Verdict.HOLDS and not outcome.operands:
                clear = outcome
            else:
                found = True
                yield outcome
        if clear is not None and not found:
            yield replace(clear, instance="全文")

    return counted


class PythonCheck(Struct, frozen=True):
    """A check registered through ``register_checks``.

    Attributes:
        id, name, severity, basis, scope: as in a rule's header; the core's own ids begin with BL.
        sentence: what is checked, in Chinese, as the catalogue prints it.
        run: given the bundle and the vocabulary, yields an Outcome for every instance it looked at, also for those
            that hold or cannot be decided. Outcomes carry their own message.
        examples: (name, bundle builder, expected verdict) triples that ``budgetlint test`` runs.
    """

    id: str
    name: str
    severity: Severity
    basis: tuple[Basis, ...]
    sentence: str
    run: Run
    scope: Scope = field(default_factory=Scope)
    examples: tuple[tuple[str, Callable[[], Bundle], str], ...] = ()
