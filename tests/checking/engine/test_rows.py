"""Which rows, columns and sheets a rule means."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.checking import build
from tests.checking.build import (
    check,
    document,
    mention,
    paragraph,
    reason,
    section,
    table,
    verdict,
    verdicts,
)
from tests.normalise.documents import only

from budgetlint.document import Table, TableState
from budgetlint.results.findings import Reason, Verdict
from budgetlint.vocabulary import CodeEntry

HOLDS, FAILS, SKIPPED = Verdict.HOLDS, Verdict.FAILS, Verdict.SKIPPED

TREE = table(
    """
    | 科目编码 | 科目名称 | 合计 | 基本支出 |
    | | 合计 | 60.00 | 40.00 |
    | 208 | 社会保障和就业支出 | 50.00 | 35.00 |
    | 20801 | 人力资源和社会保障管理事务 | 50.00 | 35.00 |
    | 2080101 | 行政运行 | 30.00 | 30.00 |
    | 2080199 | 其他人力资源事务支出 | 20.00 | 5.00 |
    | 210 | 卫生健康支出 | 10.00 | 5.00 |
    """
)
LEAVES = table(
    """
    | 科目编码 | 科目名称 | 合计 |
    | 2080101 | 行政运行 | 30.00 |
    | 2080199 | 其他人力资源事务支出 | 20.00 |
    | 210 | 卫生健康支出 | 10.00 |
    """,
    "乙表",
)
SIDES = table(
    """
    | 项目 | 收入:金额 | 项目 | 支出:金额 |
    | 一般公共预算拨款 | 50.00 | 基本支出 | 40.00 |
    | 其中：专项 | 5.00 | 项目支出 | 20.00 |
    | 上年结转 | 10.00 | | |
    | 总计 | 60.00 | 总计 | 60.00 |
    """,
    "丙表",
)


def sheet(key: str, total: str, score: str = "90.00") -> Table:
    return table(
        f"| 项目 | 金额 | 得分 |\n| 合计 | {total} | {score} |\n| 甲 | {total} | {score} |", "单表", key=key
    )


class TestWhichRows:
    def test_each_row_is_every_row_that_prints_a_figure(self) -> None:
        lines = """
        | 项目 | 合计 | 基本支出 |
        | 合计 | 3.00 | 3.00 |
        | 甲单位小计 | 3.00 | 3.00 |
        | 甲 | 3.00 | 3.00 |
        | 其中：乙 | 1.00 | 1.00 |
        | 说明 | | |
        """
        outcomes = check("对 表 甲表 的 每一行，检查 列 合计 等于 列 基本支出", table(lines))
        assert verdicts(outcomes) == [HOLDS] * 4

    def test_sum_and_count_take_leaf_rows_only(self) -> None:
        assert verdict("检查 求和（表 甲表 列 合计） 等于 60 万元", TREE) is HOLDS
        assert verdict("检查 行数（表 甲表） 等于 3", TREE) is HOLDS
        lines = "| 项目 | 合计 |\n| 甲小计 | 5.00 |\n| 子 | 2.00 |\n| 丑 | 3.00 |\n| 其中：寅 | 1.00 |\n| 合计 | 5.00 |"
        assert verdict("检查 求和（表 甲表 列 合计） 等于 5 万元", table(lines)) is HOLDS

    def test_a_where_inside_an_aggregate_speaks_of_its_own_rows(self) -> None:
        assert verdict("检查 求和（表 甲表 列 合计 当 列 合计 不少于 20 万元） 等于 50 万元", TREE) is HOLDS
        rule = "对 表 甲表 的 每一行 当 列 科目编码 等于 “20801” 时，检查 求和（下级科目 列 合计 当 列 基本支出 大于 10 万元） 等于 {} 万元"
        assert verdict(rule.format(30), TREE) is HOLDS
        assert verdict(rule.format(50), TREE) is FAILS

    def test_nothing_to_sum_is_skipped(self) -> None:
        assert verdict("检查 求和（表 甲表 列 合计 当 列 合计 大于 900 万元） 等于 0", TREE) is SKIPPED
        rule = "对 表 甲表 的 每一行 当 列 科目编码 等于 “210” 时，检查 列 合计 等于 求和（下级科目 列 合计）"
        assert verdict(rule, TREE) is SKIPPED

    def test_no_row_selected_is_no_pass(self) -> None:
        assert (
            verdict("对 表 甲表 的 每一行 当 列 合计 大于 900 万元 时，检查 列 合计 等于 0", TREE) is SKIPPED
        )

    def test_the_largest_and_the_smallest(self) -> None:
        assert verdict("检查 最大值（表 甲表 列 合计） 等于 30 万元", TREE) is HOLDS
        assert verdict("检查 最小值（表 甲表 列 合计） 等于 10 万元", TREE) is HOLDS

    def test_a_sum_over_one_side_of_a_table(self) -> None:
        assert verdict("检查 求和（表 丙表 列 收入/金额） 等于 60 万元", SIDES) is HOLDS
        assert verdict("检查 求和（表 丙表 列 支出/金额） 等于 60 万元", SIDES) is HOLDS


class TestChildren:
    RULE = "对 表 甲表 的 每一行，检查 列 合计 等于 求和（下级科目 列 合计）"

    def test_rows_whose_code_a_code_begins_with_none_between(self) -> None:
        found = verdicts(check(self.RULE, TREE))
        assert found == [HOLDS, HOLDS, HOLDS, SKIPPED, SKIPPED, SKIPPED]

    def test_among_rows_are_never_summed(self) -> None:
        lines = "| 项目 | 合计 |\n| 合计 | 5.00 |\n| 甲 | 5.00 |\n| 其中：乙 | 1.00 |"
        assert verdicts(check(self.RULE, table(lines))) == [HOLDS, SKIPPED, SKIPPED]

    def test_a_subtotal_is_the_parent_of_its_details(self) -> None:
        lines = "| 项目 | 合计 |\n| 甲小计 | 5.00 |\n| 子 | 2.00 |\n| 丑 | 3.01 |"
        assert verdicts(check(self.RULE, table(lines)))[0] is Verdict.ROUNDS

    def test_the_row_of_the_unit_heads_codes_in_place_of_a_total(self) -> None:
        lines = "| 科目编码 | 科目名称 | 合计 |\n| | 示例局（本级） | 5.00 |\n| 208 | 甲类 | 2.00 |\n| 210 | 乙类 | 3.00 |"
        assert verdicts(check(self.RULE, table(lines)))[0] is HOLDS
        assert verdict("检查 表 甲表 行 合计 列 合计 等于 5 万元", table(lines)) is HOLDS
        assert verdict("检查 表 甲表 列 合计 等于 5 万元", table(lines)) is HOLDS
        assert verdict("检查 求和（表 甲表 列 合计） 等于 5 万元", table(lines)) is HOLDS
        two = lines + "\n| | 示例中心 | 4.00 |\n| 208 | 甲类 | 4.00 |"
        assert reason("检查 表 甲表 行 合计 列 合计 等于 5 万元", table(two)) is Reason.MISSING_ROW

    def test_every_amount_column_at_once(self) -> None:
        rule = "对 表 甲表 的 每一行 的 每一金额列，检查 本列 等于 求和（下级科目 本列）"
        found = check(rule, TREE)
        assert [o.verdict for o in found if o.verdict is not SKIPPED] == [HOLDS] * 6
        assert len({o.instance for o in found}) == 12


class TestSameRow:
    def test_the_row_with_the_same_code(self) -> None:
        rule = "对 表 乙表 的 每一行，检查 列 合计 等于 表 甲表 对应行 列 合计"
        assert verdicts(check(rule, TREE, LEAVES)) == [HOLDS] * 3

    def test_in_an_aggregate_the_nearest_descendants_where_the_code_is_not_printed(self) -> None:
        rule = "对 表 甲表 的 每一行 当 列 科目编码 存在 时，检查 列 合计 等于 求和（表 乙表 对应行 列 合计）"
        assert verdicts(check(rule, TREE, LEAVES)) == [HOLDS] * 5

    def test_a_unit_s_number_is_no_class_s(self) -> None:
        here = table("| 科目编码 | 科目名称 | 合计 |\n| 208 | 甲类 | 2.00 |")
        other = table("| 科目编码 | 科目名称 | 合计 |\n| 208 | 示例局 | 9.00 |", "乙表")
        rule = "对 表 甲表 的 每一行，检查 列 合计 等于 表 乙表 对应行 列 合计"
        assert verdict(rule, here, other) is FAILS
        units = replace(other, columns=(replace(other.columns[0], name="单位代码"), *other.columns[1:]))
        assert reason(rule, here, units) is Reason.MISSING_ROW

    def test_the_total_answers_to_the_total(self) -> None:
        other = table("| 项目 | 合计 |\n| 总计 | 60.00 |\n| 甲 | 60.00 |", "乙表")
        rule = "对 表 甲表 的 每一行 当 列 科目名称 等于 “合计” 时，检查 列 合计 等于 表 乙表 对应行 列 合计"
        assert verdict(rule, TREE, other) is HOLDS

    def test_the_label_where_neither_has_codes(self) -> None:
        here = table("| 项目 | 合计 |\n| 一、甲 | 1.00 |\n| （二）乙 | 2.00 |")
        other = table("| 项目 | 合计 |\n| 乙 | 2.00 |\n| 甲 | 1.00 |", "乙表")
        rule = "对 表 甲表 的 每一行，检查 列 合计 等于 表 乙表 对应行 列 合计"
        assert verdicts(check(rule, here, other)) == [HOLDS, HOLDS]

    def test_several_rows_under_one_code_are_ambiguous_outside_an_aggregate(self) -> None:
        other = table("| 科目编码 | 合计 |\n| 210 | 4.00 |\n| 210 | 6.00 |", "乙表")
        here = table("| 科目编码 | 合计 |\n| 210 | 10.00 |")
        rule = "对 表 甲表 的 每一行，检查 列 合计 等于 {}"
        assert reason(rule.format("表 乙表 对应行 列 合计"), here, other) is Reason.AMBIGUOUS_REFERENCE
        assert verdict(rule.format("求和（表 乙表 对应行 列 合计）"), here, other) is HOLDS


class TestRows:
    @pytest.mark.parametrize("row", ["208", "社会保障和就业支出", "“社会保障和就业支出”"])
    def test_by_code_label_or_print(self, row: str) -> None:
        assert verdict(f"检查 表 甲表 行 {row} 列 合计 等于 50 万元", TREE) is HOLDS

    def test_by_path_where_labels_repeat(self) -> None:
        assert verdict("检查 表 丙表 行 收入/总计 等于 表 丙表 行 支出/总计", SIDES) is HOLDS
        assert reason("检查 表 丙表 行 总计 等于 60 万元", SIDES) is Reason.AMBIGUOUS_REFERENCE

    def test_without_numbering_and_among(self) -> None:
        assert verdict("检查 表 丙表 行 专项 等于 5 万元", SIDES) is HOLDS

    def test_the_candidates_are_named(self) -> None:
        (outcome,) = check("检查 表 丙表 行 总计 等于 60 万元", SIDES)
        assert "总计" in outcome.detail["候选"]

    def test_total_alone_is_the_figure_of_the_whole(self) -> None:
        one_column = table("| 项目 | 金额 |\n| 合计 | 3.00 |\n| 甲 | 3.00 |")
        assert verdict("检查 表 甲表 合计 等于 3 万元", one_column) is HOLDS
        assert verdict("检查 表 甲表 合计 等于 60 万元", TREE) is HOLDS
        rule = "对 表 甲表 的 每一行，检查 列 金额 不超过 表 甲表 合计"
        assert verdicts(check(rule, table("| 项目 | 金额 |\n| 合计 | 3.00 |\n| 甲 | 4.00 |"))) == [
            HOLDS,
            FAILS,
        ]


class TestColumns:
    def test_a_spanning_header_stands_for_its_subtotal(self) -> None:
        lines = "| 项目 | 基本支出/小计 | 基本支出/人员经费 | 项目支出/小计 |\n| 甲 | 5.00 | 5.00 | 1.00 |"
        assert verdict("检查 表 甲表 行 甲 列 基本支出 等于 5 万元", table(lines)) is HOLDS
        assert verdict("检查 表 甲表 行 甲 列 基本支出/小计 等于 5 万元", table(lines)) is HOLDS
        assert reason("检查 表 甲表 行 甲 列 小计 等于 5 万元", table(lines)) is Reason.AMBIGUOUS_REFERENCE

    def test_a_path_need_not_be_whole_but_ends_in_the_leaf(self) -> None:
        lines = "| 项目 | 支出/基本支出/人员经费 | 收入/基本支出/人员经费 |\n| 甲 | 5.00 | 6.00 |"
        assert verdict("检查 表 甲表 行 甲 列 支出/人员经费 等于 5 万元", table(lines)) is HOLDS
        assert (
            reason("检查 表 甲表 行 甲 列 支出/基本支出 等于 5 万元", table(lines)) is Reason.MISSING_COLUMN
        )
        assert (
            reason("检查 表 甲表 行 甲 列 人员经费 等于 5 万元", table(lines)) is Reason.AMBIGUOUS_REFERENCE
        )

    def test_the_only_amount_column_may_be_left_out(self) -> None:
        assert verdict("检查 表 丙表 行 上年结转 等于 10 万元", SIDES) is HOLDS
        two = table("| 项目 | 预算数 | 决算数 |\n| 甲 | 1.00 | 2.00 |")
        assert reason("检查 表 甲表 行 甲 等于 1 万元", two) is Reason.AMBIGUOUS_REFERENCE


class TestSheets:
    def test_outside_for_each_they_are_ambiguous(self) -> None:
        assert (
            reason("检查 表 单表 行 甲 列 金额 等于 1 万元", sheet("子", "1"), sheet("丑", "2"))
            is Reason.AMBIGUOUS_REFERENCE
        )

    def test_inside_for_each_row_and_column_are_the_current_sheets(self) -> None:
        rule = "对 每张表 单表，检查 行 合计 列 金额 等于 行 甲 列 金额"
        assert verdicts(check(rule, sheet("子", "1"), sheet("丑", "2"))) == [HOLDS, HOLDS]
        rule = "对 每张表 单表 的 每一行，检查 列 金额 等于 表 单表 行 合计 列 金额"
        assert verdicts(check(rule, sheet("子", "1"), sheet("丑", "2"))) == [HOLDS] * 4

    def test_aggregates_over_sheets(self) -> None:
        sheets = (sheet("子", "1.00", "91.00"), sheet("丑", "2.00", "95.00"), sheet("寅", "", ""))
        assert verdict("检查 最小值（每张表 单表 行 合计 列 得分） 等于 91 万元", *sheets) is HOLDS
        assert verdict("检查 求和（每张表 单表 行 合计 列 金额） 等于 3 万元", *sheets) is HOLDS
        assert verdict("检查 行数（每张表 单表） 等于 3", *sheets) is HOLDS

    def test_a_where_over_sheets_is_asked_of_each(self) -> None:
        sheets = (sheet("子", "1.00", "91.00"), sheet("丑", "2.00", "95.00"))
        rule = "检查 求和（每张表 单表 行 合计 列 金额 当 行 合计 列 得分 大于 92 万元） 等于 2 万元"
        assert verdict(rule, *sheets) is HOLDS

    def test_no_sheet_is_never_a_pass(self) -> None:
        assert verdict("对 每张表 单表，检查 行 合计 列 金额 等于 1 万元") is SKIPPED
        assert verdict("检查 求和（每张表 单表 行 合计 列 金额） 等于 0") is SKIPPED


class TestCompletion:
    """A name without a locator hangs on the nearest one to its left; under a quantifier on what that is at."""

    def test_on_a_section(self) -> None:
        prose = section(
            "六",
            "经费情况",
            paragraph(
                "",
                mention("人员经费", "3 万元"),
                mention("公用经费", "2 万元"),
                mention("基本支出", "5 万元"),
            ),
        )
        assert verdict("检查 第六节 基本支出 等于 人员经费 加 公用经费", prose) is HOLDS

    def test_on_a_table_and_row(self) -> None:
        lines = (
            "| 项目 | 合计 | 基本支出 | 项目支出 |\n| 甲 | 5.00 | 3.00 | 2.00 |\n| 乙 | 6.00 | 3.00 | 3.00 |"
        )
        assert verdict("检查 表 甲表 行 甲 列 合计 等于 列 基本支出 加 列 项目支出", table(lines)) is HOLDS
        assert (
            verdict("检查 表 甲表 行 甲 列 合计 等于 行 乙 列 基本支出 加 列 项目支出", table(lines)) is FAILS
        )
        assert verdict("检查 表 甲表 行 甲 列 合计 小于 行 乙 列 合计", table(lines)) is HOLDS

    def test_a_bare_name_after_a_table_is_its_row_or_column(self) -> None:
        one = table("| 项目 | 金额 |\n| 基本支出 | 5.00 |\n| 人员经费 | 5.00 |")
        assert verdict("检查 表 甲表 基本支出 等于 人员经费", one) is HOLDS

    def test_a_locator_binds_its_own_path_only(self) -> None:
        other = table("| 项目 | 合计 |\n| 甲 | 5.00 |", "乙表")
        here = table("| 项目 | 合计 | 基本支出 |\n| 甲 | 5.00 | 5.00 |")
        rule = "对 表 甲表 的 每一行，检查 表 乙表 对应行 列 合计 等于 列 基本支出"
        assert verdict(rule, here, other) is HOLDS

    def test_facts_of_the_document(self) -> None:
        assert verdict("检查 标题年度 等于 本年度 且 单位名称 等于 “示例市示例区某局”", document()) is HOLDS
        assert verdict("检查 标题年度 等于 上年度", document()) is FAILS
        prose = section("一", "收支总体情况", paragraph("某句"))
        assert verdict("检查 第一节 不包含 “别句” 且 标题年度 等于 本年度", prose) is HOLDS


def test_a_lost_table_is_not_empty_and_an_empty_one_is_not_lost() -> None:
    lost = table("| 项目 | 合计 |", state=TableState.MISSING)
    assert verdict("检查 表 甲表 缺失", lost) is HOLDS
    assert verdict("检查 表 甲表 存在", lost) is FAILS
    assert verdict("检查 表 甲表 为空", lost) is FAILS
    empty = table("| 项目 | 合计 |\n| 甲 | 0.00 |", state=TableState.EMPTY_WITHOUT_NOTE)
    assert verdict("检查 表 甲表 为空", empty) is HOLDS
    assert verdict("检查 表 甲表 缺失", empty) is FAILS
    assert verdict("检查 表 甲表 缺失") is HOLDS
    assert verdicts(check("对 每张表 检查 表 空表 缺失", lost, empty)) == [HOLDS, HOLDS]


@pytest.mark.parametrize(("other", "expected"), [("住房保障支出", [HOLDS]), ("行政运行", [])])
def test_uncoded_classes_beside_their_items_are_no_parts_of_one_total(
    other: str, expected: list[Verdict], monkeypatch: pytest.MonkeyPatch
) -> None:
    classes = {"功能分类科目": (CodeEntry("213", "农林水支出"), CodeEntry("221", "住房保障支出"))}
    monkeypatch.setattr(build, "VOCABULARY", replace(build.VOCABULARY, codes=classes))
    sums = "对 表 “支出表” 的 每一行，检查 列 合计 应等于 求和（下级科目 列 合计）"
    flat = only(f"支出表\n单位：万元\n\n科目名称\t合计\n合计\t9.00\n农林水支出\t7.00\n{other}\t2.00\n")
    assert [v for v in verdicts(check(sums, flat)) if v is not SKIPPED] == expected


_FORM = (
    "收入支出表\n财决01表\n单位：万元\n\n项目\t行次\t预算数\t决算数\t项目\t行次\t预算数\t决算数\n栏次\t\t1\t2\t栏次\t\t3\t4\n"
    "一、拨款收入\t1\t8.00\t9.00\t一、教育支出\t32\t8.00\t9.00\n总计\t31\t8.00\t9.00\t总计\t{}\t8.00\t9.00\n"
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("检查 表 “财决01表” 行次 31 栏次 2 等于 表 “收入支出表” 行次 64 栏次 4", [HOLDS]),
        ("检查 表 “财决01表” 行次 31 栏次 2 等于 表 “财决01表” 行次 1 栏次 1", [FAILS]),
        (
            "对 每张表 “财决01表” 的 每一行 的 每一金额列，当 数值（列 行次） 等于 31，检查 本列 等于 行次 64 本列",
            [HOLDS, HOLDS],
        ),
        ("对 每张表 “财决01表” 的 每一行，当 有 栏次 4，检查 栏次 4 大于 栏次 3", [HOLDS, HOLDS]),
        ("检查 表 “财决01表” 行次 31 栏次 4 等于 0", [Verdict.UNDETERMINED]),
        ("检查 表 “财决01表” 行次 5 栏次 1 等于 0", [Verdict.UNDETERMINED]),
        ("对 每张表 “财决02表”，检查 行次 5 栏次 1 等于 0", [SKIPPED]),
    ],
)
def test_rows_and_columns_by_the_numbers_they_print(sentence: str, expected: list[Verdict]) -> None:
    found = verdicts(check(sentence, only(_FORM.format(64))))
    assert [v for v in found if v is not SKIPPED] == [v for v in expected if v is not SKIPPED]


def test_where_both_sides_print_one_number_the_column_tells_which_row_is_meant() -> None:
    twice = only(_FORM.format(31))
    assert verdict("检查 表 “财决01表” 行次 31 栏次 2 等于 9 万元", twice) is HOLDS
    own = "对 每张表 “财决01表” 的 每一行 的 每一金额列，检查 本列 不大于 行次 31 本列"
    assert {v for v in verdicts(check(own, twice))} == {HOLDS}
    both = "检查 表 “财决01表” 行次 31 列 决算数 等于 0"
    assert reason(both, twice) is Reason.AMBIGUOUS_REFERENCE
