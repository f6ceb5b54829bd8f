"""List numbers in every Chinese form of Word's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlint.readers.word.counting import counted, formatted


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        (
            "chineseCountingThousand",
            {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一百", 110: "一百一十"},
        ),
        ("chineseCounting", {10: "十", 21: "二十一", 99: "九十九", 100: "一○○"}),
        ("ideographDigital", {9: "九", 10: "一〇", 11: "一一", 20: "二〇"}),
        ("japaneseCounting", {10: "十", 20: "二十", 100: "百", 111: "百十一"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 12: "壹拾贰", 30: "叁拾", 100: "壹佰"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
        ("ideographZodiacTraditional", {1: "甲子", 2: "乙丑", 11: "甲戌", 60: "癸亥", 61: "甲子"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalEnclosedFullstop", {3: "⒊"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉"}),
        ("decimalFullWidth", {10: "１０"}),
        ("decimalZero", {7: "07", 12: "12"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa"}),
        ("upperRoman", {4: "IV", 40: "XL", 99: "XCIX"}),
        ("noSuchForm", {5: "5"}),
    ],
)
def test_a_number_is_written_as_word_prints_it(form: str, shown: dict[int, str]) -> None:
    assert {number: formatted(number, form) for number in shown} == shown


@given(st.integers(1, 9999))
def test_counted_numbers_are_told_apart(number: int) -> None:
    text = counted(number)
    assert text != counted(number + 1) and not text.endswith("〇")
