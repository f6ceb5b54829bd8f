"""What a clip path cuts off is not printed, and not read."""

from __future__ import annotations

import pytest
from tests.readers.pages.made_pages import page_with, pikepdf, ruled, saved, shown

from budgetlint.document import GridBlock, ParagraphBlock
from budgetlint.readers.pages.pdf import READER


def clipped(box: tuple[float, float, float, float], content: str) -> str:
    left, bottom, right, top = box
    return f"q {left} {bottom} {right - left} {top - bottom} re W n\n{content}Q\n"


def read(content: str) -> list[str]:
    document = pikepdf.new()
    page_with(document, content)
    said = []
    for block in READER.source("页.pdf", saved(document)).blocks:
        if isinstance(block, ParagraphBlock):
            said.append(block.text)
        elif isinstance(block, GridBlock):
            said += [cell.text for row in block.rows for cell in row if cell.text]
    return said


def test_the_lines_of_a_cell_outside_its_page_are_not_read() -> None:
    table = ruled([60, 200, 340], [500, 520, 540])
    shows = shown("项目", 70, 525) + shown("3.50", 210, 525) + shown("甲", 70, 505) + shown("4.50", 210, 505)
    cut = shown("被裁去的一行", 70, 480) + shown("又一行", 70, 560)
    assert read(table + clipped((60, 500, 340, 540), shows + cut)) == ["项目", "3.50", "甲", "4.50"]


@pytest.mark.parametrize("box", [(0, 0, 600, 800), (60, 498, 340, 540), (65, 500, 600, 520)])
def test_what_a_clip_path_shows_is_read(box: tuple[float, float, float, float]) -> None:
    assert read(clipped(box, shown("示例文字", 70, 505))) == ["示例文字"]


def test_the_innermost_of_two_clip_paths_decides() -> None:
    inner = clipped((60, 490, 340, 520), shown("看得见", 70, 505) + shown("看不见", 70, 600))
    assert read(clipped((0, 0, 600, 800), inner)) == ["看得见"]


def test_a_clip_path_within_a_form_is_measured_in_the_form() -> None:
    document = pikepdf.new()
    page = page_with(document, "q 0.5 0 0 0.5 300 400 cm /X Do Q\n")
    form = pikepdf.Stream(
        document, clipped((60, 490, 340, 520), shown("看得见", 70, 505) + shown("看不见", 70, 600)).encode()
    )
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox, form.Resources = [0, 0, 600, 800], page.Resources
    page.Resources.XObject = pikepdf.Dictionary(X=document.make_indirect(form))
    blocks = READER.source("页.pdf", saved(document)).blocks
    assert [block.text for block in blocks if isinstance(block, ParagraphBlock)] == ["看得见"]
