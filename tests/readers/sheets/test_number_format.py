"""A stored number is shown as office programs print it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlint.document.amount import parse_number
from budgetlint.readers.sheets.number_format import BUILT_IN, displayed, text_shown

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        ("1764.8", "General", "1764.8"),
        ("1764.8000000000002", "General", "1764.8"),
        ("0.1", "General", "0.1"),
        ("1764.8", "0.00", "1764.80"),
        ("1764.805", "#,##0.00", "1,764.81"),
        ("-0.001", "0.00", "0.00"),
        ("1234567", "#,##0", "1,234,567"),
        ("0.7231", "0.00%", "72.31%"),
        ("1764.8", ACCOUNTING, "1,764.80"),
        ("-1764.8", ACCOUNTING, "-1,764.80"),
        ("0", ACCOUNTING, "-"),
        ("-5", "0.00;[Red](0.00)", "(5.00)"),
        ("5", '0.00"万元"', "5.00万元"),
        ("12345678", "0.00,", "12345.68"),
        ("5", ";;;", ""),
        ("45292", 'yyyy"年"m"月"d"日"', "2024年1月1日"),
        ("45292.5", "yyyy/m/d h:mm", "2024/1/1 12:00"),
        ("201", "000000", "000201"),
        ("0.5", "#.##", ".5"),
        ("3", "#.##", "3."),
        ("12345678", "0!.0000", "1234.5678"),
        ("1234567", '[>=10000]0!.0,"万";0', "123.5万"),
        ("1234", '[>=10000]0!.0,"万";0', "1234"),
        ("5", '[=0]"";#,##0.00', "5.00"),
        ("0", '[=0]"";#,##0.00', ""),
        ("-44.4", "0.00;[Red]0.00", "-44.40"),
        ("-44.4", "0.00;[红色](0.00)", "(44.40)"),
        ("-44.4", "0.00;0.00", "44.40"),
        ("1764.8", "G/通用格式", "1764.8"),
        ("12345.678", "0.00E+00", "1.23E+04"),
        ("123456789012", "General", "123456789012"),
        ("0.5", "# ?/?", "0.5"),
        ("5", "0,000", "0,005"),
        ("1234567.891", "#,##0.##", "1,234,567.89"),
        ("1234567891", "#,##0.00,,", "1,234.57"),
        ("12345678", '0\\.0,"万"', "1234.6万"),
        ("46000", '0\\.0,"万"', "4.6万"),
        ("0", "0.00E+00", "0.00E+00"),
        ("46000", "##0.0E+0", "46.0E+3"),
        ("999960", "##0.0E+0", "1.0E+6"),
        ("0", "0.00;-0.00;@", "0.00"),
        ("-5", "0.00;@", "-5.00"),
        ("5", '@"号"', "5"),
        ("1234", "[$-804]#,##0.00", "1,234.00"),
        ("-5", "[$￥-804]#,##0.00", "-￥5.00"),
        ("-5", "[<0]0.00;0.0", "5.00"),
        ("-5", "[>100]0.0;0.00", "-5.00"),
        ("1234", "[DBNum1]", "一千二百三十四"),
        ("1234.5", "[DBNum2][$-804]General", "壹仟贰佰叁拾肆.伍"),
        ("10050010", '[DBNum2]0"元"', "壹仟零伍万零壹拾元"),
        ("-20", "[DBNum1]0", "-二十"),
        ("200000001", "[DBNum1]#,##0", "二亿〇一"),
        ("12.5", "[DBNum3]0.00", "１２.５０"),
        ("46000", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二五年十二月九日"),
        ("46010", '[DBNum1]m"月"d"日"', "十二月十九日"),
        ("46000", "[$-804]dddd", "星期二"),
        ("46000", "d-mmm", "9-Dec"),
        ("46000", "[$-F800]dddd, mmmm dd, yyyy", "2025年12月9日"),
        ("46000.75", "[$-804]AM/PM h:mm", "下午 6:00"),
    ],
)
def test_shown_as_office_programs_do(value: str, form: str, shown: str) -> None:
    assert displayed(Decimal(value), form) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (5, ["¥1,235", "¥-1,235"]),
        (6, ["¥1,235", "¥-1,235"]),
        (7, ["¥1,234.50", "¥-1,234.50"]),
        (8, ["¥1,234.50", "¥-1,234.50"]),
        *[(at, ["1903年5月", "1903年5月"]) for at in (27, 36, 50, 52, 57)],
        *[(at, ["5月18日", "5月18日"]) for at in (28, 29, 51, 53, 54, 58)],
        (31, ["1903年5月18日", "1903年5月18日"]),
        (32, ["12时00分", "12时00分"]),
        *[(at, ["下午12时00分", "下午12时00分"]) for at in (34, 55)],
    ],
)
def test_formats_named_by_number_are_those_of_excel_in_chinese(number: int, shown: list[str]) -> None:
    other = Decimal("-1234.5") if number < 9 else Decimal("1234.5")
    assert [displayed(value, BUILT_IN[number]) for value in (Decimal("1234.5"), other)] == shown


@pytest.mark.parametrize(
    ("text", "form", "shown"),
    [
        ("甲", "General", "甲"),
        ("甲", "0.00", "甲"),
        ("甲", ACCOUNTING, "甲"),
        ("甲", ";;;", ""),
        ("甲", '0;-0;0;"文"', "文"),
        ("12", '"第"@"号"', "第12号"),
        ("甲", "0.00;@", "甲"),
    ],
)
def test_a_text_is_shown_by_the_section_for_texts(text: str, form: str, shown: str) -> None:
    assert text_shown(text, form).strip() == shown


@given(st.integers(0, 10**14))
def test_numbers_in_chinese_are_told_apart_and_hold_no_digit(number: int) -> None:
    text = displayed(Decimal(number), "[DBNum1]0")
    assert text != displayed(Decimal(number + 1), "[DBNum1]0")
    assert not any(char.isdigit() and char.isascii() for char in text)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4), st.integers(0, 4))
def test_shown_figure_is_the_stored_one_rounded(value: Decimal, places: int) -> None:
    for form in ("#,##0", "0", "#,##0;-#,##0", "0;-0"):
        decimals = "." + "0" * places if places else ""
        sections = [f"{section}{decimals}" for section in form.split(";")]
        read = parse_number(displayed(value, ";".join(sections)))
        assert read is not None and abs(read[0] - value) <= Decimal(1).scaleb(-places) / 2
