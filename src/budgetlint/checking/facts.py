"""What evaluation passes around: facts read from the tree, the values built of them, and failures with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from budgetlint.document import NOWHERE, Amount, Dimension, Place
from budgetlint.findings import Operand, Reason

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Fact:
    """One table cell, one figure of prose (agreeing mentions), or one fact of the document.

    ``value`` and ``quantum`` are what arithmetic uses: money in 元, percentages as ratios (48.01 % → 0.4801), counts
    as printed and exact; ``printed`` the text; ``table`` the identity of the table, which an unknown unit needs.
    """

    name: str
    identity: str
    printed: str
    amount: Amount | None = None
    value: Decimal = ZERO
    quantum: Decimal = ZERO
    dimension: Dimension = Dimension.UNKNOWN
    place: Place = NOWHERE
    table: str = ""
    blank: bool = False
    sure: bool = True

    def operand(self, coefficient: Decimal = ZERO) -> Operand:
        """Return the fact as people are shown it."""
        return Operand(self.name, self.printed, self.amount, coefficient, self.place, self.identity, self.blank)


class Undetermined(Exception):
    """A reference that cannot be resolved, or a value that cannot be decided.

    ``cause`` identifies what is missing across rules (``table:b.income``), so that it is reported once.
    """

    def __init__(self, reason: Reason, cause: str, place: Place = NOWHERE, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(reason.value, cause)
        self.reason = reason
        self.cause = cause
        self.place = place
        self.candidates = candidates


class NothingToCheck(Exception):
    """No rows to aggregate, or not one operand printed: the instance is SKIPPED."""


@dataclass(slots=True)
class Linear:
    """Σ k·fact + constant, with the dimension its sum has (UNKNOWN until a fact tells)."""

    terms: dict[str, Decimal] = field(default_factory=dict)
    constant: Decimal = ZERO
    constant_dimension: Dimension | None = None

    def plus(self, other: Linear, sign: Decimal = ONE) -> Linear:
        """Return self + sign·other, repeated facts merged."""
        terms = dict(self.terms)
        for fact, coefficient in other.terms.items():
            terms[fact] = terms.get(fact, ZERO) + sign * coefficient
        dimension = self.constant_dimension if self.constant else other.constant_dimension
        return Linear(
            {f: k for f, k in terms.items() if k},
            self.constant + sign * other.constant,
            dimension or self.constant_dimension or other.constant_dimension,
        )

    def scaled(self, factor: Decimal) -> Linear:
        """Return factor·self."""
        return Linear({f: k * factor for f, k in self.terms.items()}, self.constant * factor, self.constant_dimension)


@dataclass(frozen=True, slots=True)
class Words:
    """A text value with the facts it was read from (several where a whole section was)."""

    text: str
    facts: tuple[Fact, ...] = ()
    present: bool = True
