"""A stored number is shown as office programs print it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlint.document.amount import parse_number
from budgetlint.readers.sheets.number_format import displayed

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
    ],
)
def test_shown_as_office_programs_do(value: str, form: str, shown: str) -> None:
    assert displayed(Decimal(value), form) == shown


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4), st.integers(0, 4))
def test_shown_figure_is_the_stored_one_rounded(value: Decimal, places: int) -> None:
    for form in ("#,##0", "0", "#,##0;-#,##0", "0;-0"):
        decimals = "." + "0" * places if places else ""
        sections = [f"{section}{decimals}" for section in form.split(";")]
        read = parse_number(displayed(value, ";".join(sections)))
        assert read is not None and abs(read[0] - value) <= Decimal(1).scaleb(-places) / 2
