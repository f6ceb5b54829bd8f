"""Every character of a page is read, whatever its font draws for it."""

from __future__ import annotations

from tests.readers.pages.made_pages import page_with, pikepdf, ruled, saved, shown, without_ink

from budgetlint.document import GridBlock
from budgetlint.readers.pages.pdf import READER


def test_a_lone_character_without_ink_is_read() -> None:
    document = pikepdf.new()
    empty = without_ink(document, "出合计 ")
    lone = "BT /E 10 Tf 105 625 Td <01> Tj ET BT /E 10 Tf 130 625 Td <04> Tj ET\n"
    content = ruled([100, 200, 300], [600, 620, 660]) + shown("行政事业单位养老支", 105, 640) + lone
    content += shown("60.00", 205, 640) + "BT /E 10 Tf 105 605 Td <0203> Tj ET\n" + shown("60.00", 205, 605)
    page_with(document, content, E=empty)
    (grid,) = READER.read("页.pdf", saved(document)).blocks
    assert isinstance(grid, GridBlock)
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["行政事业单位养老支出", "60.00"],
        ["合计", "60.00"],
    ]
