"""Errors say where, what was expected in the author's words, and what was probably meant."""

from __future__ import annotations

import pytest

from budgetlint.language.errors import caret_under, display_width
from budgetlint.language.misread import spaced_form
from budgetlint.language.parser import parse_file

HEAD = "规则 AB101 “示例” 级别 错误 依据 勾稽关系\n"


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        ("检查 列 合计 等与 列 基本支出", "等于"),
        ("检查 列 合计等于列 基本支出", "合计 等于 列"),
        ("检查 列 年度 等于 5", "【年度】"),
        ("chekc 甲 存在", "check"),
    ],
)
def test_suggestions(body: str, meant: str) -> None:
    (error,) = parse_file(HEAD + body, "x.rule").errors
    assert error.suggestion == meant


@pytest.mark.parametrize(
    "body", ["检查 甲 等于 “乙", "检查 甲 不 乙", "检查 甲 / 乙 等于 1", "检查 【甲 存在", "检查"]
)
def test_error_has_a_place_and_both_languages(body: str) -> None:
    (error,) = parse_file(HEAD + body, "x.rule").errors
    assert error.line == 2
    assert error.zh and error.en and error.zh != error.en
    assert error.excerpt.splitlines()[0] == body


def test_expected_words_are_the_authors() -> None:
    (error,) = parse_file("规则 AB101 “示例” 级别 大", "x.rule").errors
    assert "错误" in error.zh and "疑点" in error.zh
    assert "error" in error.en and "warning" in error.en


def test_caret_stands_under_chinese_text() -> None:
    line, carets = caret_under("检查 甲", 3).splitlines()
    assert display_width(line[:3]) == carets.index("^") == 5
    assert len(carets) - carets.index("^") == 2


def test_spaced_form() -> None:
    assert spaced_form("人员经费减公用经费") == "人员经费 减 公用经费"
    assert spaced_form("基本支出") == ""
