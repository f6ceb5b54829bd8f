"""A check written in Python, for what the rule language cannot say; its outcomes count like a rule's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from budgetlint.document import Bundle
from budgetlint.findings import Outcome, Severity
from budgetlint.language.syntax import Basis, Scope
from budgetlint.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class PythonCheck:
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
    run: Callable[[Bundle, Vocabulary], Iterable[Outcome]]
    scope: Scope = field(default_factory=Scope)
    examples: tuple[tuple[str, Callable[[], Bundle], str], ...] = ()
