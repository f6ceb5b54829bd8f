"""A check written in Python, for what the rule language cannot say; its outcomes count like a rule's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.document import Bundle, Place
from budgetlint.language.syntax import Basis, Scope
from budgetlint.results.findings import Operand, Outcome, Severity, Verdict
from budgetlint.said import Wording
from budgetlint.vocabulary import Vocabulary

Run = Callable[[Bundle, Vocabulary], Iterable[Outcome]]

#: The basis of whatever a document says twice.
CONSISTENCY = (Basis(consistency=True),)


class PythonCheck(Struct, frozen=True):
    """A check registered through ``register_checks``; :func:`check` makes one of a function.

    Attributes:
        id, severity, basis, scope: as in a rule's header; the core's own ids begin with BL.
        name, sentence: what the check is called, and what is checked, as the catalogue prints it: a text, or ``Said``
            for both languages.
        run: given the bundle and the vocabulary, yields an Outcome for every instance it looked at, also for those
            that hold or cannot be decided. Outcomes carry their own message.
        examples: the file of its examples that ``budgetlint test`` runs: texts, each under a line 【通过】, 【不符】 or
            【无法核对】; None for the core's own, which stand in ``rules/checks/ID.txt``.
    """

    id: str
    name: Wording
    severity: Severity
    basis: tuple[Basis, ...]
    sentence: Wording
    run: Run
    scope: Scope = field(default_factory=Scope)
    examples: Path | None = None

    def judged(
        self,
        instance: str,
        message: Wording | None,
        *places: Place,
        operands: tuple[Operand, ...] = (),
        severity: Severity | None = None,
    ) -> Outcome:
        """Return an outcome that fails where there is something to say, and then names its places, else holds."""
        return Outcome(
            self.id,
            Verdict.FAILS if message else Verdict.HOLDS,
            severity=severity or self.severity,
            operands=operands,
            instance=instance,
            message=message,
            places=places if message else (),
        )


def check(
    id: str,
    name: Wording,
    severity: Severity,
    sentence: Wording,
    *,
    basis: tuple[Basis, ...] = CONSISTENCY,
    scope: Scope | None = None,
    once: bool = False,
) -> Callable[[Run], PythonCheck]:
    """Declare the function below to be a check; its name then stands for the check, whose ``judged`` it yields.

    Args:
        id, name, severity, sentence, basis, scope: as in :class:`PythonCheck`.
        once: the check looks through every passage for words and counts once where it finds none.
    """

    def declared(run: Run) -> PythonCheck:
        return PythonCheck(id, name, severity, basis, sentence, _once(run) if once else run, scope or Scope())

    return declared


def _once(run: Run) -> Run:
    """Let what holds of passages without a figure count once: thousands of them are one thing that holds.

    What the check finds, what it cannot decide and what holds of printed figures is passed on, each by itself.
    """

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
