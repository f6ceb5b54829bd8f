"""The mistakes people make in rules are named where they stand, and what is advised works when it is typed in."""

from __future__ import annotations

from functools import lru_cache

import pytest

from budgetlint.language.reading import read_rules
from budgetlint.resources import rules_folder
from budgetlint.vocabulary import Vocabulary, load_folder

HEAD = "规则 MX101 “示例”\n级别 错误\n依据 勾稽关系\n"
BODY = "检查 人员经费 大于 0"


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    return load_folder(rules_folder() / "national")


#: What is written, a piece of what is said about it, and what is advised ("" for none).
MISTAKES = [
    ("捡查 公用经费 大于 0", "捡查", "检查"),
    ("检查 公用经费 应当等 人员经费", "应当等", "等于"),
    ("检查 表 部门收支总裱 存在", "部门收支总裱", "部门收支总表"),
    ("对 表 部门收入总表 的 每一行，检查 列 合汁 大于 0 元", "合汁", "合计"),
    ("检查 章节 机关运行经弗 存在", "机关运行经弗", "机关运行经费"),
    ("检查 公用经废 大于 0", "公用经废", "公用经费"),
    ("对 每处 占比，检查 部份 大于 0", "部份", "部分"),
    ("检查 表 示例经费明细表 存在", "示例经费明细表", ""),
    ("检查 公用经费 大于 0 完", "完", "结束"),
    ("检查 公用经费减人员经费 大于 0", "空格", "公用经费 减 人员经费"),
    ("检查第七节合计等于公用经费加人员经费", "空格", "检查 第七节 合计 等于 公用经费 加 人员经费"),
    ("第七节合计=公用经费+人员经费", "空格", "检查 第七节 合计"),
    ("检查 第七节合计=公用经费+人员经费", "空格", "第七节 合计"),
    ("检查 公用经费 大于 8 万", "“万”", "万元"),
    ("检查 公用经费 大于 8 wan", "wan", "wan yuan"),
    ("检查 公用经费 大于 8", "没有单位", "8 万元"),
    ("检查 第七节 合计 大于 60%", "百分数", ""),
    ("设 丙 为 丁\n设 丁 为 丙\n检查 丙 大于 0", "先设后用", ""),
    ("检查 第七节 匹配 “(甲)\\1”", "RE2", ""),
    ("检查 第七节 匹配 “19[0-9”", "RE2", ""),
    ("检查 公用经费 大于 0 说明 “{右边}”", "右边", ""),
    ("检查 公用经费 等于 “乙", "引号", ""),
    ("检查 公用经费 / 人员经费 大于 0", "除以", ""),
    ("检查 求和（表 部门支出总表 列 基本支出 大于 0", "括号", "） 大于"),
    ("检查 求和（ 表 部门支出总表 列 基本支出 大于 0", "括号", "） 大于"),
    (
        f"{BODY}\n示例 通过：人员经费 是 1 万元；表 部门支出总表：万元\n| 科目名称 | 基本支初 |\n| 甲 | 1.00 |",
        "基本支初",
        "",
    ),
    (f"{BODY}\n示例 合格：人员经费 是 1 万元", "合格", "通过"),
    (f"适用于 年度 2023年以后\n{BODY}", "年度写成", "不早于 2023"),
    (f"适用于 公开类型 部门决算书\n{BODY}", "部门决算书", "部门决算"),
    ("对 每一行 的 表 部门收入总表，检查 列 合计 大于 0 元", "先写表", "表 部门收入总表 的 每一行"),
    ("检查 公用经费 大于 0 且 公用经费 不 超过 9 万元", "“不”", "不超过"),
    ("检查 公用经费 大于 八万元", "阿拉伯数字", "8 万元"),
    ("检查 公用经费 大于零", "空格", "大于 0"),
    ("检查 公用经费 应该等于 人员经费", "应该等于", "等于"),
    ("对 表 部门支出总表 的 每一行，检查 列 科目编码 属于 经济科目", "经济科目", None),
    ("检查 列 基本支出 大于 0 元", "前面写 表", ""),
    ("检查 求合（表 部门支出总表 列 基本支出） 大于 0 元", "求合", "求和"),
    ("检查 公用经费 equls 人员经费", "equls", "equals"),
    ("check section seven total is more than 0", "序号写数字", "7"),
    ("检查 总计 等于 8 万元", "总计", ""),
    ("检查 公用经费 存在 和 人员经费 存在", "和", "且"),
    ("检查 公用经费 必须是 8 万元", "必须是", "等于"),
]


@pytest.mark.parametrize(("body", "said", "advised"), MISTAKES)
def test_a_mistake_is_named_and_the_advice_works(body: str, said: str, advised: str | None) -> None:
    text = HEAD + body
    read = read_rules(text, "x.rule", vocabulary())
    assert not read.rules and read.errors
    error = read.errors[0]
    assert any(said in one.zh for one in read.errors)
    assert error.line > 3 and error.excerpt.endswith("^")
    if advised is not None:
        assert error.suggestion == advised
    if error.suggestion:
        lines = text.split("\n")
        line = lines[error.line - 1]
        at = error.column - 1
        lines[error.line - 1] = line[:at] + error.suggestion + line[at + error.width :]
        assert read_rules("\n".join(lines), "x.rule", vocabulary()).errors == ()


@pytest.mark.parametrize(
    ("text", "said", "column"),
    [
        ("规则 mx7 “示例” 级别 错误 依据 勾稽关系 检查 人员经费 大于 0", "大写字母", 4),
        ("规则 MX101 “示例” 级别 重大 依据 勾稽关系 检查 人员经费 大于 0", "疑点", 18),
        ("规则 MX101 “示例” 级别 错误 检查 人员经费 大于 0", "依据", 1),
        ("规则 MX101 “示例” 级别 错误 依据 勾稽关系", "检查", 4),
    ],
)
def test_what_a_rule_lacks_is_said(text: str, said: str, column: int) -> None:
    (error,) = read_rules(text, "x.rule", vocabulary()).errors
    assert said in error.zh and error.column == column


@pytest.mark.parametrize(
    "body",
    [
        "检查 公用经费 ＝ 人员经费 ＋ 0",
        "检查 第7节 合计 大于 0",
        "检查 公用经费 大于 8 千元",
        "对 每处 占比，检查 占比 等于 部分 除以 总额",
        "对 表 部门支出总表 的 每一行，检查 行数（下级科目） 大于 1 或 列 合计 大于 1 万元",
    ],
)
def test_what_is_no_mistake_is_read(body: str) -> None:
    read = read_rules(HEAD + body, "x.rule", vocabulary())
    assert read.errors == () and len(read.rules) == 1


def test_errors_stand_in_the_order_of_the_file() -> None:
    text = (
        (HEAD + "检查 人员经废 大于 0\n")
        + (HEAD + "捡查 人员经费 大于 0\n")
        + (HEAD + "检查 表 甲乙丙 存在\n")
    )
    lines = [error.line for error in read_rules(text, "x.rule", vocabulary()).errors]
    assert lines == sorted(lines) and len(lines) == 3
