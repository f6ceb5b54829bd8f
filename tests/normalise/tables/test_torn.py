"""Digits that a narrow cell broke off belong to the figure above them; a row of small figures is a row."""

from __future__ import annotations

import pytest

from budgetlint.document import GridCell
from budgetlint.normalise.tables.torn import with_torn_joined


def lines(*rows: str) -> list[tuple[GridCell, ...]]:
    return [tuple(map(GridCell, row.split("|"))) for row in rows]


def shown(*rows: str, breaks: tuple[int, ...] = ()) -> tuple[list[str], set[int]]:
    found, moved = with_torn_joined(lines(*rows), breaks)
    return ["|".join(cell.text for cell in line) for line in found], moved


def test_digits_go_back_to_their_figures_and_breaks_move_with_the_lines() -> None:
    found = shown(
        "合计|370,219.2|1.00|", "|5||", "甲|299,901.0|262,703.2|7.10", "|2|0|", "乙|1.00||", breaks=(2, 4)
    )
    assert found == (["合计|370,219.25|1.00|", "甲|299,901.02|262,703.20|7.10", "乙|1.00||"], {1, 2})


@pytest.mark.parametrize(
    "rest",
    [
        "|5|6|",  # one of them is below a whole figure
        "乙|5||",
        "||5|",
        "|5.0||",
        "|521||",
    ],
)
def test_what_may_be_a_row_stays_one(rest: str) -> None:
    rows = ("合计|370,219.2|1.00|", rest)
    assert shown(*rows) == (list(rows), set())
