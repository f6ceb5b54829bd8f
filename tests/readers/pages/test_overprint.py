"""Texts printed over one another are read one by one."""

from __future__ import annotations

import pytest
from tests.readers.pages.test_pdf import words

from budgetlint.readers.pages.glyphs import Glyph, lines_of

FORM, SET = "（三）示例部门项目绩效目标表", "政策与用途一览"


@pytest.mark.parametrize("shift", [5.0, 13.0, 20.0, 37.0])
@pytest.mark.parametrize("first", [True, False])
def test_a_title_over_another_is_two_titles(shift: float, first: bool) -> None:
    texts = [words(FORM, 90, 30), words(SET, 120 + shift, 30)]
    drawn = texts[0] + texts[1] if first else texts[1] + texts[0]
    assert sorted(line.text for line in lines_of(drawn)) == sorted([FORM, SET])


@pytest.mark.parametrize(
    "glyphs",
    [
        words("示例市示例局2026年部门预算", 90, 30),
        words("示例", 90, 30) + words("预算", 130, 30),
        words("预算", 130, 30) + words("示例", 90, 30),
        words("示例预算", 90, 30) + words("示例预算", 90.5, 30),
    ],
    ids=["one text", "two pieces", "drawn from the right", "bold by printing twice"],
)
def test_one_text_stays_one_line(glyphs: list[Glyph]) -> None:
    assert len(lines_of(glyphs)) == 1


def test_an_indentation_wider_than_its_room_parts_no_word() -> None:
    indent = words("\u3000\u3000\u3000", 60, 30)
    (line,) = lines_of(indent + words("办公用房", 86, 30))
    assert line.text == "办公用房"
