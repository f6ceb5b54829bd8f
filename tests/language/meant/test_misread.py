"""Errors say where, what was expected in the author's words, and what was probably meant."""

from __future__ import annotations

import pytest

from budgetlint.language.errors import caret_under, display_width
from budgetlint.language.meant.guess import spaced_form
from budgetlint.language.parser import parse_file

HEAD = "规则 AB101 “示例” 级别 错误 依据 勾稽关系\n"


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        ("检查 列 合计 等与 列 基本支出", "等于"),
        ("检查 列 合计等于列 基本支出", "合计 等于 列"),
        ("检查 列 年度 等于 5", "【年度】"),
        ("chekc 甲 存在", "check"),
        ("检查 列 合计 应等鱼 列 基本支出", "等于"),
        ("检查 列 合计 必须等于 列 基本支出", "等于"),
        ("检查 甲 存在 和 乙 存在", "且"),
        ("表 甲 的 每一行，检查 列 乙 存在", "对 表"),
        ("第一节 合计 等于 0", "检查 第一节"),
        ("对 表 甲 的 每一行，当 列 乙 存在，列 丙 存在", "检查 列"),
        ("如果 甲 存在，检查 乙 存在", "那么 检查"),
        ("检查 “没有使用” 甲 存在", ""),
        ("检查 列 合计 等于 530 万", "万元"),
        ("检查 列 合计 必须是 530 万元", "等于"),
        ("检查 甲 存在 且 不包含 “乙”", ""),
        ("检查 最大值（ 第一节 甲, 第一节 乙 ） 大于 0", "、第一节"),
    ],
)
def test_suggestions(body: str, meant: str) -> None:
    (error,) = parse_file(HEAD + body, "x.rule").errors
    assert error.suggestion == meant


def test_the_caret_is_under_the_word_that_was_misread() -> None:
    (error,) = parse_file(HEAD + "检查 列 合计 应等鱼 列 基本支出", "x.rule").errors
    assert (error.line, error.column) == (2, 9)


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
