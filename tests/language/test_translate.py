"""Files change their words and layout; names, strings and comments stay."""

from __future__ import annotations

from budgetlint.language.parser import parse_file
from budgetlint.language.translate import format_text, translate_text

TEXT = """# 头一行
规则 AB101 “示例” 级别 错误 依据 勾稽关系  # 算术
  # 逐行
  对 表 示例表 的 每一行 检查 列 因公出国（境）费 等于 列 甲 加 5 万元
# 下一条
规则 AB102 “坏的” 级别
"""


def test_names_and_comments_stay() -> None:
    english = translate_text(TEXT, "en")
    for kept in ("# 头一行", "# 算术", "# 逐行", "# 下一条", "因公出国（境）费", "规则 AB102 “坏的” 级别"):
        assert kept in english
    assert "for each row in table 示例表 check" in english
    assert parse_file(english, "x").rules == parse_file(TEXT, "x").rules


def test_formatting_twice_changes_nothing() -> None:
    once = format_text(TEXT)
    assert format_text(once) == once
    assert translate_text(translate_text(TEXT, "en"), "zh") == once
