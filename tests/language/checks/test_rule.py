"""The static check finds what cannot be right, and lets stand what can."""

from __future__ import annotations

import pytest

from budgetlint.language.checks.rule import check_rule
from budgetlint.language.functions import Function
from budgetlint.language.parser import parse_file, parse_sentence
from budgetlint.vocabulary import ColumnTerm, ConceptTerm, SectionTerm, TableTerm, Vocabulary

COLUMNS = (ColumnTerm("合计"), ColumnTerm("基本支出"), ColumnTerm("项目支出"))
VOCABULARY = Vocabulary(
    tables={"x.out": TableTerm("x.out", "示例支出表", columns=COLUMNS)},
    sections={"示例经费": SectionTerm("示例经费", ("示例经费说明",))},
    concepts={"人员经费": ConceptTerm("人员经费"), "公用经费": ConceptTerm("公用经费")},
    lists={"示例名单": ("甲",)},
    facts=("标题年度",),
    patterns={"占比": ("部分", "总额", "占比")},
)
FUNCTIONS = {"grade": Function("grade", "示例系数", ("number",), "number", lambda x: x)}


@pytest.mark.parametrize(
    "sentence",
    [
        "第六节 合计 等于 人员经费 加 公用经费",
        "对 表 示例支出表 的 每一行，检查 合计 等于 基本支出 加 项目支出",
        "对 每处 占比，检查 占比 等于 部分 除以 总额",
        "设 甲 为 表 示例支出表 行 随便什么 列 合计 检查 甲 大于 0",
        "检查 章节 示例经费说明 存在 且 标题年度 等于 本年度",
        "检查 表 “没有名字的表” 列 “没有名字的列” 存在",
        "对 表 示例支出表 的 每一行，检查 示例系数（列 合计） 大于 0",
    ],
)
def test_sound(sentence: str) -> None:
    assert check_rule(parse_sentence(sentence), VOCABULARY, FUNCTIONS) == []


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("检查 表 示例支出 存在", "示例支出表"),
        ("对 表 示例支出表 的 每一行，检查 列 基本之出 为零", "基本支出"),
        ("检查 章节 示例经非 存在", "示例经费"),
        ("人员经费减公用经费 等于 5 元", "人员经费 减 公用经费"),
        ("对 每处 占比，检查 占笔 为零", "占比"),
        ("对 示例名弹 的 每一项，检查 第一节 存在", "示例名单"),
        ("示例系数据（人员经费 加 公用经费） 大于 5", "示例系数"),
        ("列 合计 存在", ""),
        ("本列 存在", ""),
        ("段落 存在", ""),
        ("检查 求和（下级科目 列 合计） 大于 0", ""),
        ("人员经费 等于 5% 加 3 万元", ""),
        ("第一节 匹配 “(甲)\\1”", ""),
        ("示例系数（人员经费、公用经费） 大于 5", ""),
    ],
)
def test_unsound(sentence: str, meant: str) -> None:
    errors = check_rule(parse_sentence(sentence), VOCABULARY, FUNCTIONS, sentence)
    assert errors
    assert meant in [error.suggestion for error in errors]
    assert all(error.excerpt and error.rule == "CLI001" for error in errors)


@pytest.mark.parametrize(
    "text",
    [
        "规则 AB101 “无依据” 级别 错误 检查 人员经费 存在",
        "规则 ab1 “编号” 级别 错误 依据 勾稽关系 检查 人员经费 存在",
        "规则 AB101 “洞” 级别 错误 依据 勾稽关系 检查 人员经费 存在 说明 “{人员经废}”",
        "规则 AB101 “洞” 级别 错误 依据 勾稽关系 检查 人员经费 存在 说明 “{人员经费.大小}”",
        "规则 AB101 “示例” 级别 错误 依据 勾稽关系 检查 人员经费 存在 示例 通过：人员经费 是 12.30",
        "规则 AB101 “示例” 级别 错误 依据 勾稽关系 检查 人员经费 存在 示例 通过：\n表 示例支出表：\n| 合计 |\n| 12.30 |",
        "规则 AB101 “年度” 级别 错误 依据 勾稽关系 适用于 年度 2024 至 2021 检查 人员经费 存在",
        "规则 AB101 “洞” 级别 错误 依据 勾稽关系 检查 人员经费 存在 说明 “{人员经费} {未收口”",
        "规则 AB101 “类型” 级别 错误 依据 勾稽关系 适用于 公开类型 部门予算 检查 人员经费 存在",
        "规则 AB101 “深” 级别 错误 依据 勾稽关系 检查 人员经费 大于 1" + " 加 1" * 400,
    ],
)
def test_unsound_rules(text: str) -> None:
    (rule,) = parse_file(text, "x.rule").rules
    (error,) = check_rule(rule, VOCABULARY, {}, text)
    assert error.file == "x.rule"


def test_holes_may_name_what_the_rule_reads() -> None:
    text = (
        "规则 AB101 “洞” 级别 错误 依据 勾稽关系 检查 人员经费 存在 "
        "说明 “{人员经费.原文} {人员经费.where} {left} {右} {diff} {容差} {row}”"
    )
    assert check_rule(parse_file(text, "x").rules[0], VOCABULARY) == []
