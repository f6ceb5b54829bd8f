"""A printed figure as it is kept: what it is of, its exact value, where it stands and what the checks said of it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from budgetlint.document import Place

VERIFIED, CONTRADICTED, UNCHECKED = "verified", "contradicted", "unchecked"


class PrintedFigure(Struct, frozen=True):
    """One figure of a table or of prose.

    Attributes:
        table, title: canonical id and printed title of the table, "" for prose.
        section: the chapter a figure of prose stands in, "" for tables.
        row: labels of the row from the top down, joined by ``/``; in prose what the figure is of.
        code: the row's code, "" without.
        column: printed header from the top down, joined by ``/``; in prose the figure's role (value, share, change …).
        printed: as printed.
        value: exact, in 元 for money, else as printed; None where it must not be repeated.
        unit: as printed, "" where nothing says it.
        state: one of the constants above.
        place: where it stands.
        column_name: the canonical column, "" where the vocabulary does not know it, and in prose.
        row_kind: what the row is (data, total, subtotal, among), "" in prose.
    """

    table: str
    title: str
    section: str
    row: str
    code: str
    column: str
    printed: str
    value: Decimal | None
    unit: str
    state: str
    place: Place
    column_name: str = ""
    row_kind: str = ""
