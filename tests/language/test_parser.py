"""Both vocabularies give one syntax; a broken rule costs itself only."""

from __future__ import annotations

import pytest

from budgetlint.language.errors import RuleProblem
from budgetlint.language.parser import parse_file, parse_sentence
from budgetlint.language.syntax import Label, Ref, Rule, Slack, Test, TestKind, Text
from budgetlint.results.findings import Severity, Verdict

HEAD = "规则 AB101 “示例” 级别 错误 依据 勾稽关系 "


def one(text: str) -> Rule:
    parsed = parse_file(text, "x.rule")
    assert not parsed.errors, parsed.errors[0].render()
    return parsed.rules[0]


def test_pairs_are_equal(pair: tuple[str, str]) -> None:
    english, chinese = (one(HEAD + sentence) for sentence in pair)
    assert english == chinese


def test_bare_sentence_is_a_rule() -> None:
    rule = parse_sentence("section 六 total equals 人员经费 plus 公用经费")
    assert rule == parse_sentence("第六节 合计 等于 人员经费 加 公用经费")
    assert (rule.id, rule.severity) == ("CLI001", Severity.ERROR)
    assert rule.basis[0].consistency
    assert rule.checks == one(HEAD + "检查 第六节 合计 等于 人员经费 加 公用经费").checks


def test_header_clauses() -> None:
    rule = one(
        "rule AB102 “名称” severity warning basis 《示例法》第一条、consistency replaces CN201 "
        "applies to kind 预算 year is more than 2020 check 甲 exists suggest “改”"
    )
    assert rule.severity is Severity.WARNING
    assert [basis.text for basis in rule.basis] == ["《示例法》第一条", ""]
    assert (rule.replaces, rule.suggest) == ("CN201", "改")
    assert rule.scope.years is not None and rule.scope.years.first == 2021


def test_examples_read_bindings_and_tables() -> None:
    rule = one(
        HEAD + "检查 甲 存在\n示例 不符：列 合计 是 1,200.00 万元，乙 是 空白\n  表 “示例表”：万元\n"
        "  | 项目 | 金额 |\n  |---|---|\n  | 甲 | |\n示例 通过：表 部门支出总表：\n"
    )
    first, second = rule.examples
    assert (first.verdict, second.verdict) == (Verdict.FAILS, Verdict.HOLDS)
    assert first.bindings[0].printed == "1200.00"
    assert first.tables[0].lines == (("项目", "金额"), ("甲", ""))
    assert first.tables[0].unit == "万元"
    assert second.tables[0].lines == ()


def test_messages_belong_to_the_check_before_or_to_the_rule() -> None:
    assert one(HEAD + "检查 甲 存在 检查 乙 存在 说明 “共”").message == "共"
    rule = one(HEAD + "检查 甲 存在 说明 “一” 检查 乙 存在 说明 “二”")
    assert [check.message for check in rule.checks] == ["一", "二"]
    assert rule.message is None


def test_words_behind_or_go_on_with_the_test() -> None:
    body = one(HEAD + "检查 列 甲 为 类 或 款 且 列 乙 存在").checks[0].body
    test = body.parts[0]  # type: ignore[union-attr]
    assert isinstance(test, Test)
    assert (test.kind, test.arguments) == (TestKind.ONE_OF, (Text("类"), Text("款")))


@pytest.mark.parametrize("section", ["第六节", "section 6", "章节 “某某情况”", "上年文本 第三部分 第六节"])
def test_a_section_may_be_asked_for_a_figure_by_its_printed_words(section: str) -> None:
    body = one(HEAD + f"检查 {section} “某 某费” 等于 1 元").checks[0].body
    assert body.left.item == Label("某某费", True)  # type: ignore[union-attr]
    assert body.left.section is not None  # type: ignore[union-attr]


def test_a_string_goes_on_no_other_path() -> None:
    with pytest.raises(RuleProblem):
        parse_sentence("表 部门支出总表 列 合计 “某某” 等于 1 元")


def test_names_strings_and_words_as_labels() -> None:
    body = one(HEAD + "检查 列 【合计】 等于 列 合计").checks[0].body
    assert body.left == body.right  # type: ignore[union-attr]
    item = one(HEAD + "检查 第一节 【合计】 等于 合计").checks[0].body
    assert item.left.item == item.right.item == Label("合计")  # type: ignore[union-attr]
    printed = one(HEAD + "检查 表 “专 项（Ａ）表” 存在").checks[0].body
    assert isinstance(printed, Test) and isinstance(printed.subject, Ref)
    assert printed.subject.table is not None
    assert printed.subject.table.label == Label("专项(A)表", True)


def test_full_width_signs_comments_and_layout() -> None:
    plain = one(HEAD + "检查 甲 等于 (乙 加 12.30 万元) 精确")
    wide = one(
        HEAD.replace(" 级别", "\n#说明\n 级别") + "检查 甲 ＝（乙 ＋ １２．３０ 万元），精确。 # 完\n结束\n"
    )
    assert plain.checks == wide.checks
    assert plain.checks[0].body.slack is Slack.EXACT  # type: ignore[union-attr]


def test_spans_are_places_in_the_file() -> None:
    parsed = parse_file("# 注释\n\n" + HEAD + "\n  检查 甲 存在\n", "x.rule")
    span = parsed.rules[0].checks[0].span
    assert (span.file, span.line, span.column, span.end_column) == ("x.rule", 4, 2, 9)


def test_a_broken_rule_costs_itself_only() -> None:
    text = "\n".join([HEAD + "检查 甲 存在", HEAD + "检查 甲 等与 乙", "rule x", HEAD + "检查 乙 存在 结束"])
    parsed = parse_file(text, "x.rule")
    assert len(parsed.rules) == 2
    assert [error.line for error in parsed.errors] == [2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "说了别的\n" + HEAD + "检查 甲 存在",
        HEAD + "检查 甲 等于 " + "（" * 40 + "1" + "）" * 40,
        HEAD + "检查 甲 等于 “" + "长" * 9000 + "”",
        HEAD + "级别 提醒 检查 甲 存在",
        HEAD + "检查 表 甲 表 乙 存在",
        HEAD + "检查 甲 等于 5 精确 差额不超过 1",
        "规则 AB101 “无级别” 依据 勾稽关系 检查 甲 存在",
        HEAD + "说明 “什么也不查”",
    ],
)
def test_refused(text: str) -> None:
    assert parse_file(text, "x.rule").errors


def test_broken_sentence_raises() -> None:
    with pytest.raises(RuleProblem) as caught:
        parse_sentence("第六节 合计 等于")
    assert caught.value.errors[0].file == "--rule"
