"""What a formula says: cells by 行次 and 栏次, sums of them, relations between sums, and conditions."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from budgetlint.said import Said


class Range(Struct, frozen=True):
    """Every number from ``first`` to ``last``; without bounds every one there is (各行, 各栏)."""

    first: int | None = None
    last: int | None = None


#: One number, each of several, or None: each there is, where the other coordinate is named.
Number: TypeAlias = "int | Range | None"


class Cell(Struct, frozen=True):
    """A cell of a form by its 行次 and 栏次; ``form`` is the number of another form, "" for the formula's own."""

    row: Number = None
    column: Number = None
    form: str = ""


class Term(Struct, frozen=True):
    """A cell added or subtracted."""

    sign: int
    cell: Cell


#: A sum of cells; no terms is zero.
Side: TypeAlias = "tuple[Term, ...]"


class Relation(Struct, frozen=True):
    """``left relation right``; ``relation`` is one of = ≠ ≥ ≤ > <."""

    left: Side
    relation: str
    right: Side


class Field(Struct, frozen=True):
    """A condition on a field of the form's head: 报表小类 = or ≠ one of some values."""

    name: str
    equal: bool
    values: tuple[str, ...]


class Formula(Struct, frozen=True):
    """One relation that must hold, and the conditions (all of them) under which it must."""

    relation: Relation
    conditions: tuple[Relation | Field, ...] = ()


class Unreadable(Exception):
    """A formula, or a part of one, that cannot be taken over; ``said`` is the reason."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.said = Said(zh, en)
