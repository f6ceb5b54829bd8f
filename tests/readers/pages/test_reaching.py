"""A merged cell that a page break cuts is one cell, on whichever page its text is printed."""

from __future__ import annotations

import pytest
from tests.readers.pages.test_pdf import blocks, line, page, texts, words

from budgetlint.document import GridBlock
from budgetlint.readers.pages.glyphs import Glyph
from budgetlint.readers.pages.page import Page
from budgetlint.readers.pages.ruling import Stroke

XS = (60.0, 200.0, 300.0, 400.0)


def half(number: int, project: tuple[str, str], goals: list[str], closed: tuple[bool, bool]) -> Page:
    """Draw a page of a list: project and amount in cells over all rows, a goal a row; ``closed`` above and below."""
    ys = [100.0 + 20 * at for at in range(len(goals) + 1)]
    strokes: list[Stroke] = [line(x, ys[0], x, ys[-1]) for x in XS]
    for at, y in enumerate(ys):
        edge = {0: closed[0], len(ys) - 1: closed[1]}.get(at, False)
        strokes.append(line(XS[0] if edge else XS[2], y, XS[-1], y))
    glyphs: list[Glyph] = words(project[0], 70, 105) + words(project[1], 210, 105)
    for at, goal in enumerate(goals):
        glyphs += words(goal, 310, ys[at] + 5)
    return page(glyphs, strokes, number)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("示例项目", "3.50"), ("示例项目", "3.50")),
        (("示例项目", "3.50"), ("", "")),
        (("", ""), ("示例项目", "3.50")),
    ],
)
def test_a_cell_over_two_pages_is_said_once_where_it_begins(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    (grid,) = blocks(
        half(1, first, ["甲目标", "乙目标"], (True, False)),
        half(2, second, ["丙目标", "丁目标"], (False, True)),
    )
    assert texts(grid) == [
        ["示例项目", "3.50", "甲目标"],
        ["", "", "乙目标"],
        ["", "", "丙目标"],
        ["", "", "丁目标"],
    ]
    assert isinstance(grid, GridBlock) and grid.rows[0][0].row_span == 4


def test_a_cell_over_three_pages_whose_middle_touches_no_rule_stays_in_its_table() -> None:
    middle = half(2, ("", ""), ["丙目标"], (False, False))
    (grid,) = blocks(
        half(1, ("示例项目", "3.50"), ["甲目标", "乙目标"], (True, False)),
        middle,
        half(3, ("", ""), ["丁目标", "戊目标"], (False, True)),
    )
    assert [row[2] for row in texts(grid)] == ["甲目标", "乙目标", "丙目标", "丁目标", "戊目标"]
    assert [row[0] for row in texts(grid)] == ["示例项目", "", "", "", ""]


def test_cells_that_rules_close_stay_two() -> None:
    (grid,) = blocks(
        half(1, ("示例项目", "3.50"), ["甲目标", "乙目标"], (True, True)),
        half(2, ("示例项目", "3.50"), ["丙目标", "丁目标"], (True, True)),
    )
    assert [row[1] for row in texts(grid)] == ["3.50", "", "3.50", ""]
