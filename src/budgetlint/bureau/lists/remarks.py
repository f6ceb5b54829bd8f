"""What holding a store against a list came to: remarks on units, and how much of the list could be compared at all."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from msgspec import Struct

from budgetlint.results.findings import Severity
from budgetlint.said import Said


class Kind(str, Enum):
    """What a remark is about."""

    MISSING = "missing"
    LATE = "late"
    NAME = "name"
    TWICE = "twice"
    UNLISTED = "unlisted"
    DIFFERS = "differs"
    UNDECIDED = "undecided"
    ROW = "row"


#: In the order in which people are told, with what they are called.
KINDS = {
    Kind.DIFFERS: Said("公开数和批复数不一致", "published differs from approved"),
    Kind.MISSING: Said("没有找到公开文本", "no published document found"),
    Kind.LATE: Said("公开晚了", "published late"),
    Kind.TWICE: Said("公开了两份", "published twice"),
    Kind.NAME: Said("名称不一致", "names that differ"),
    Kind.UNLISTED: Said("名单上没有", "not in the list"),
    Kind.UNDECIDED: Said("无法核对", "could not be compared"),
    Kind.ROW: Said("读不懂的行", "rows that fit nothing"),
}


class Remark(Struct, frozen=True):
    """One thing to look at.

    Attributes:
        unit: whom it is about, as the list or the document calls it.
        message: with every figure it states as printed.
        places: cells and pages it was read from, as people look them up.
        document: key of the document it is about, "" without.
    """

    kind: Kind
    severity: Severity
    unit: str
    message: Said
    places: tuple[str, ...] = ()
    document: str = ""


class Compared(Struct, frozen=True):
    """A list held against the store: nothing it says is left out of the counts.

    Attributes:
        file: the list.
        rows: rows of it that are about a unit.
        agreed: of those, how many had nothing to remark.
        undecided: of those, how many could not be compared.
        remarks: what there is to look at, gravest kinds first.
    """

    file: str
    rows: int
    agreed: int
    undecided: int
    remarks: tuple[Remark, ...]


def sorted_remarks(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return remarks in the order people are told them."""
    order = list(KINDS)
    return tuple(sorted(remarks, key=lambda one: (order.index(one.kind), one.unit, one.places)))
