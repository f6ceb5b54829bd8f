"""What evaluation passes around: facts read from the tree, the values built of them, and failures with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct, field

from budgetlint.document import NOWHERE, Amount, Dimension, Place
from budgetlint.document.keys import CauseKey, FactKey, TableKey, cause_of
from budgetlint.language.syntax import Operator
from budgetlint.results.findings import Operand, Reason

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
#: A section or a whole document is quoted by its beginning.
LONGEST_QUOTE = 160


class Fact(Struct, frozen=True):
    """One table cell, one figure of prose (agreeing mentions), or one fact of the document.

    ``value`` and ``quantum`` are what arithmetic uses: money in 元, percentages as ratios (48.01 % → 0.4801), counts
    as printed and exact; ``printed`` the text; ``table`` the identity of the table, which an unknown unit needs;
    ``called`` what people call it where several facts of a check go by one name (各项: 一般公共服务支出).
    """

    name: str
    identity: FactKey
    printed: str
    amount: Amount | None = None
    value: Decimal = ZERO
    quantum: Decimal = ZERO
    dimension: Dimension = Dimension.UNKNOWN
    place: Place = NOWHERE
    table: TableKey | None = None
    blank: bool = False
    sure: bool = True
    called: str = ""

    def operand(self, coefficient: Decimal = ZERO) -> Operand:
        """Return the fact as people are shown it."""
        printed = self.printed
        if self.amount is None and len(printed) > LONGEST_QUOTE:
            printed = printed[:LONGEST_QUOTE] + "…"
        return Operand(
            self.name, printed, self.amount, coefficient, self.place, self.identity, self.blank, self.called
        )


class Undetermined(Exception):
    """A reference that cannot be resolved, or a value that cannot be decided.

    ``cause`` identifies what is missing across rules (the table b.income), so that it is reported once.
    """

    def __init__(
        self, reason: Reason, cause: CauseKey, place: Place = NOWHERE, candidates: tuple[str, ...] = ()
    ) -> None:
        super().__init__(reason.value, str(cause))
        self.reason = reason
        self.cause = cause
        self.place = place
        self.candidates = candidates


def about(kind: str, fact: Fact) -> CauseKey:
    """Return the cause that one fact is, named by what the rule calls it."""
    return cause_of(kind, fact.name, apart=fact.identity)


class NothingToCheck(Exception):
    """No rows to aggregate, or not one operand printed: the instance is SKIPPED."""


class Linear(Struct, frozen=True):
    """Σ k·fact + constant. ``dimension`` is the constant's, None for a plain number, which fits everything."""

    terms: dict[FactKey, Decimal] = field(default_factory=dict)
    constant: Decimal = ZERO
    dimension: Dimension | None = None

    def plus(self, other: Linear, sign: Decimal = ONE) -> Linear:
        """Return self + sign·other, repeated facts merged."""
        terms = dict(self.terms)
        for fact, coefficient in other.terms.items():
            terms[fact] = terms.get(fact, ZERO) + sign * coefficient
        return Linear(
            {f: k for f, k in terms.items() if k},
            self.constant + sign * other.constant,
            self.dimension or other.dimension,
        )

    @classmethod
    def total(cls, parts: Iterable[Linear]) -> Linear:
        """Return the sum of many linear forms, repeated facts merged."""
        terms: dict[FactKey, Decimal] = {}
        constant, dimension = ZERO, None
        for part in parts:
            for fact, coefficient in part.terms.items():
                terms[fact] = terms.get(fact, ZERO) + coefficient
            constant += part.constant
            dimension = dimension or part.dimension
        return cls({f: k for f, k in terms.items() if k}, constant, dimension)

    def scaled(self, factor: Decimal) -> Linear:
        """Return factor·self."""
        return Linear({f: k * factor for f, k in self.terms.items()}, self.constant * factor, self.dimension)

    @property
    def exact(self) -> bool:
        """True for a constant."""
        return not self.terms


class Nonlinear(Struct, frozen=True):
    """A product or quotient of quantities that hold figures on both sides."""

    operator: Operator
    left: Quantity
    right: Quantity


Quantity: TypeAlias = "Linear | Nonlinear"


class Words(Struct, frozen=True):
    """A text value; ``blank`` where nothing is printed."""

    text: str
    blank: bool = False

    @property
    def absent(self) -> bool:
        """True where only dashes are printed: there is no such figure."""
        return bool(self.text) and not self.text.strip("—–－―-/")
