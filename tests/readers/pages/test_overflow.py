"""A row too low for its text shows the next line half: the line belongs to the row, not to the one below."""

from __future__ import annotations

import pytest
from tests.readers.pages.test_pdf import blocks, line, page, texts, words

from budgetlint.readers.pages.glyphs import Glyph
from budgetlint.readers.pages.ruling import Stroke

XS = (60.0, 140.0, 200.0, 260.0)
TOP, HEIGHT = 100.0, 16.0


def drawn(*rows: list[tuple[str, float]]) -> list[list[str]]:
    """Read a table of rows of 16 points; a row's first cell is lines, each with how far below the row's top it begins."""
    ys = [TOP + HEIGHT * at for at in range(len(rows) + 1)]
    strokes: list[Stroke] = [line(x, ys[0], x, ys[-1]) for x in XS] + [line(XS[0], y, XS[-1], y) for y in ys]
    glyphs: list[Glyph] = []
    for at, row in enumerate(rows):
        for text, down in row:
            glyphs += words(text, XS[0] + 2, ys[at] + down)
        glyphs += words(f"{at + 1}.00", XS[1] + 2, ys[at] + 3) + words(f"{at + 5}.00", XS[2] + 2, ys[at] + 3)
    (grid,) = blocks(page(glyphs, strokes))
    return texts(grid)


WRAPPED = [("其他示例公共设施", -1.0), ("支出", 10.0)]


@pytest.mark.parametrize(
    ("rows", "labels"),
    [
        ([WRAPPED, [("示例运行", 3.0)]], ["其他示例公共设施支出", "示例运行"]),
        (
            [[("示例运行", 3.0)], WRAPPED, [("示例管理", 3.0)]],
            ["示例运行", "其他示例公共设施支出", "示例管理"],
        ),
        ([WRAPPED, WRAPPED, [("示例管理", 3.0)]], ["其他示例公共设施支出"] * 2 + ["示例管理"]),
        ([WRAPPED, []], ["其他示例公共设施支出", ""]),
        ([[("示例运行", 3.0)], [("其他示例公共设施", 3.0)]], ["示例运行", "其他示例公共设施"]),
        (
            [[("其他示例公共设施", 3.0)], [("其他示例公共事业", 3.0)]],
            ["其他示例公共设施", "其他示例公共事业"],
        ),
    ],
    ids=[
        "first row",
        "between others",
        "twice",
        "nothing below",
        "no line cut",
        "full lines that no edge cuts",
    ],
)
def test_a_line_cut_by_the_edge_goes_back_to_its_row(
    rows: list[list[tuple[str, float]]], labels: list[str]
) -> None:
    assert [row[0] for row in drawn(*rows)] == labels


def test_the_first_line_of_centred_text_that_begins_above_its_row() -> None:
    rows = [[("示例运行", 3.0)], [("其他示例公共设施", -7.0), ("支出", 4.0)]]
    assert [row[0] for row in drawn(*rows)] == ["示例运行", "其他示例公共设施支出"]
