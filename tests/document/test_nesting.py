"""A row nests under the row whose code begins its own; a row printed again, only where it is its own and only item."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetlint.document import Amount, Cell, Row
from budgetlint.document.nesting import parents_by_code


def line(code: str, label: str, figure: int, words: str = "") -> Row:
    money = Cell(str(figure), Amount(Decimal(figure), "元", Decimal(1)))
    return Row(0, 0, label, (label,), {0: Cell(code), 1: Cell(label), 2: Cell(words), 3: money}, code=code)


def parents(*rows: Row) -> list[int | None]:
    found = parents_by_code(rows, range(len(rows)))
    return [found[at] for at in range(len(rows))]


def test_a_group_printed_again_is_its_own_only_item() -> None:
    rows = [line("208", "甲", 9), line("20801", "乙", 9), line("2080101", "丙", 9)]
    assert parents(*rows, line("219", "丁", 2), line("21999", "戊", 2), line("21999", "戊", 2))[3:] == [
        None,
        3,
        4,
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [line("2080101", "丙", 20, "办公费"), line("2080101", "丙", 20, "劳务费")],
        [line("2080101", "丙", 20), line("2080101", "丙", 20)],
        [line("20801", "乙", 20, "办公费"), line("20801", "乙", 20, "劳务费"), line("2080201", "丙", 1)],
        [line("30101", "乙", 20), line("30101", "乙", 20), line("30102", "丙", 1)],
    ],
    ids=["two classes of one item", "two units", "two classes of one group", "the deepest level of the list"],
)
def test_rows_of_one_figure_that_are_two_stay_beside_each_other(rows: list[Row]) -> None:
    assert set(parents(*rows)) == {None}
