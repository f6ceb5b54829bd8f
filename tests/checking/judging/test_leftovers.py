"""A sum of named parts that misses its total by a further part the table prints holds; another difference fails."""

from __future__ import annotations

import pytest
from tests.checking.build import check, table

from budgetlint.results.findings import Outcome, Verdict

ROW = "对 表 甲表 的 每一行，检查 列 合计 等于 列 基本支出 加 列 项目支出"
COLUMN = "检查 表 甲表 行 总额 列 合计 等于 表 甲表 行 子项 列 合计 加 表 甲表 行 丑项 列 合计"


def only(outcomes: list[Outcome]) -> Outcome:
    (outcome,) = outcomes
    return outcome


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [
        ("10.00 | 5.00 | 3.00 | 2.00 | ", Verdict.HOLDS),
        ("10.00 | 5.00 | 3.00 | 1.50 | 0.50", Verdict.HOLDS),
        ("10.00 | 5.00 | 3.00 | 1.99 | ", Verdict.ROUNDS),
        ("10.00 | 5.00 | 3.00 | 1.00 | ", Verdict.FAILS),
        ("10.00 | 5.00 | 3.00 | | ", Verdict.FAILS),
        ("6.00 | 5.00 | 3.00 | 2.00 | ", Verdict.FAILS),
        ("8.00 | 5.00 | 3.00 | 2.00 | ", Verdict.HOLDS),
    ],
)
def test_columns_the_rule_does_not_name(figures: str, verdict: Verdict) -> None:
    lines = f"| 科目名称 | 合计 | 基本支出 | 项目支出 | 某某支出 | 又一支出 |\n| 甲 | {figures} |"
    outcome = only(check(ROW, table(lines)))
    assert outcome.verdict is verdict


def test_the_further_part_stands_among_the_operands() -> None:
    lines = "| 科目名称 | 合计 | 基本支出 | 项目支出 | 某某支出 |\n| 甲 | 10.00 | 5.00 | 3.00 | 2.00 |"
    outcome = only(check(ROW, table(lines)))
    assert [operand.printed for operand in outcome.operands] == ["10.00", "5.00", "3.00", "2.00"]
    assert (
        sum(operand.coefficient * operand.amount.value for operand in outcome.operands if operand.amount) == 0
    )


def test_parts_of_a_named_column_are_no_further_parts() -> None:
    lines = "| 科目名称 | 合计 | 基本支出/小计 | 基本支出/人员经费 | 项目支出 |\n| 甲 | 10.00 | 5.00 | 2.00 | 3.00 |"
    assert only(check(ROW, table(lines))).verdict is Verdict.FAILS


@pytest.mark.parametrize(("further", "verdict"), [("2.00", Verdict.HOLDS), ("1.00", Verdict.FAILS)])
def test_rows_the_rule_does_not_name(further: str, verdict: Verdict) -> None:
    lines = f"| 科目名称 | 合计 |\n| 总额 | 10.00 |\n| 子项 | 5.00 |\n| 丑项 | 3.00 |\n| 寅项 | {further} |"
    assert only(check(COLUMN, table(lines))).verdict is verdict


def test_another_table_explains_nothing() -> None:
    first = table("| 科目名称 | 合计 | 某某支出 |\n| 甲 | 10.00 | 2.00 |")
    other = table("| 科目名称 | 合计 | 基本支出 |\n| 甲 | 5.00 | 3.00 |", title="乙表")
    sentence = "检查 表 甲表 行 甲 列 合计 等于 表 乙表 行 甲 列 合计 加 表 乙表 行 甲 列 基本支出"
    assert only(check(sentence, first, other)).verdict is Verdict.FAILS


def test_parts_beside_a_total_under_one_header() -> None:
    lines = "| 科目名称 | 支出/合计 | 支出/基本支出 | 支出/项目支出 | 支出/某某支出 |\n| 甲 | 10.00 | 5.00 | 3.00 | 2.00 |"
    assert only(check(ROW, table(lines))).verdict is Verdict.HOLDS


LEVELS = """
| 科目编码 | 科目名称 | 合计 |
| 302 | 商品和服务支出 | 7.50 |
| 30201 | 办公费 | 6.00 |
| 30204 | 手续费 | 0.50 |
| 30211 | 差旅费 | 1.00 |
| 310 | 资本性支出 | 9.80 |
| 31002 | 办公设备购置 | 6.80 |
| 31003 | 专用设备购置 | 1.50 |
"""
OF_CODES = "对 表 甲表 的 每一行 当 列 科目编码 匹配 “^...$” 时，检查 列 合计 等于 求和（下级科目 列 合计）"


def test_rows_under_another_row_explain_nothing() -> None:
    first, second = check(OF_CODES, table(LEVELS))
    assert (first.verdict, second.verdict) == (Verdict.HOLDS, Verdict.FAILS)


def test_a_column_that_other_rows_do_not_add_is_no_further_part() -> None:
    lines = (
        "| 科目名称 | 合计 | 基本支出 | 项目支出 | 某某支出 |\n| 甲 | 8.00 | 5.00 | 3.00 | 4.00 |\n"
        "| 乙 | 7.00 | 2.00 | 3.00 | 2.00 |"
    )
    assert [o.verdict for o in check(ROW, table(lines))] == [Verdict.HOLDS, Verdict.FAILS]


def test_a_row_that_other_columns_do_not_add_is_no_further_part() -> None:
    sentence = COLUMN.replace("列 合计", "本列").replace(
        "检查", "对 表 甲表 的 每一行 的 每一金额列 当 列 科目名称 等于 “总额” 时，检查"
    )
    lines = "| 科目名称 | 合计 | 预算数 |\n| 总额 | 10.00 | 8.00 |\n| 子项 | 5.00 | 5.00 |\n| 丑项 | 3.00 | 3.00 |\n| 寅项 | 2.00 | 1.00 |"
    verdicts = [o.verdict for o in check(sentence, table(lines))]
    assert verdicts == [Verdict.FAILS, Verdict.HOLDS]
