"""What a comparison held against what: its two sides as they are built up, so that no message has to guess."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from budgetlint.document import Amount
from budgetlint.document.keys import FactKey


class Part(Struct, frozen=True):
    """A printed figure in a sum: which one, and how often it is added (−1: taken away)."""

    fact: FactKey
    coefficient: Decimal


class Sum(Struct, frozen=True):
    """Figures added up and taken away, and a number the rule itself gives; one figure alone is a sum, too."""

    parts: tuple[Part, ...] = ()
    constant: Amount | None = None


class Operation(Struct, frozen=True):
    """Two sides multiplied or divided (``times``, ``divided by``), or added up where they are no mere sums."""

    operator: str
    left: Side
    right: Side


class Quoted(Struct, frozen=True):
    """A text: what the cell prints, or what the rule asks for (``fact`` is None)."""

    text: str
    fact: FactKey | None = None


Side: TypeAlias = "Sum | Operation | Quoted"


class Comparison(Struct, frozen=True):
    """One comparison that was decided.

    Attributes:
        relation: what the rule demands (the value of its ``Relation``).
        left, right: how either side is built up; every figure is named by its fact among the outcome's operands.
        left_value, right_value: what either side comes to, None for texts.
        difference, tolerance: as in Outcome.
    """

    relation: str
    left: Side
    right: Side
    left_value: Amount | None = None
    right_value: Amount | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
