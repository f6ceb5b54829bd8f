"""Figures of two cells one under another are two rows; one figure that its narrow cell breaks is not."""

from __future__ import annotations

import pytest
from tests.readers.pages.test_pdf import blocks, line, page, texts, words

from budgetlint.readers.pages.ruling import Stroke

XS = (60.0, 140.0, 172.0, 204.0, 300.0)


def drawn(upper: str, lower: str, right: str) -> list[list[str]]:
    """Read a table of two rows; in the second two narrow cells hold two lines, beside a cell of one line."""
    ys = [100.0, 120.0, 160.0]
    strokes: list[Stroke] = [line(x, ys[0], x, ys[-1]) for x in XS] + [line(XS[0], y, XS[-1], y) for y in ys]
    glyphs = words("示例支出", XS[0] + 2, 105) + words("示例运行", XS[0] + 2, 135)
    for x, text in zip(XS[1:4], ("1.00", "2.00", right), strict=True):
        glyphs += words(text, x + 1, 105)
    glyphs += words(right, XS[3] + 1, 135)
    for x in XS[1:3]:
        glyphs += words(upper, x + 1, 128) + words(lower, x + 1, 142)
    (grid,) = blocks(page(glyphs, strokes))
    return texts(grid)


@pytest.mark.parametrize(("upper", "lower"), [("13.4", "1"), ("0.0", "0"), ("0.", "00")])
def test_a_figure_broken_in_two_cells_is_one_row(upper: str, lower: str) -> None:
    found = drawn(upper, lower, "903.85")
    assert [row[0] for row in found] == ["示例支出", "示例运行"]
    assert found[1][1:] == [upper + lower, upper + lower, "903.85"]


@pytest.mark.parametrize(("upper", "lower"), [("1.25", "3.50"), ("12.5", "3.0"), ("7", "9")])
def test_figures_that_stand_by_themselves_are_rows(upper: str, lower: str) -> None:
    found = drawn(upper, lower, "903.85")
    assert len(found) == 3
    assert {row[1] for row in found[1:]} == {upper, lower}
