"""What ``equals`` and its kin mean for printed figures."""

from __future__ import annotations

import pytest
from tests.checking.build import check, mention, paragraph, reason, section, table, verdict, verdicts

from budgetlint.document import MentionRole, TableState
from budgetlint.results.findings import Reason, Severity, Verdict

ROWS = "对 表 甲表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出"


def one_row(total: str, basic: str, project: str, **more: object) -> object:
    lines = f"| 项目 | 合计 | 基本支出 | 项目支出 |\n| 甲 | {total} | {basic} | {project} |"
    return table(lines, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("total", "basic", "project", "expected"),
    [
        ("12.30", "10.00", "2.30", Verdict.HOLDS),
        ("12.31", "10.00", "2.30", Verdict.ROUNDS),
        ("12.32", "10.00", "2.30", Verdict.FAILS),
        ("12.30", "12.30", "", Verdict.HOLDS),
        ("12.30", "12.00", "", Verdict.FAILS),
        ("", "", "", Verdict.SKIPPED),
        ("?12.30", "10.00", "2.30", Verdict.UNDETERMINED),
        ("12.30", "—", "2.30", Verdict.UNDETERMINED),
        ("—", "10.00", "2.30", Verdict.UNDETERMINED),
        ("0.00", "", "", Verdict.HOLDS),
    ],
)
def test_a_row_of_printed_figures(total: str, basic: str, project: str, expected: Verdict) -> None:
    outcomes = check(ROWS, one_row(total, basic, project))
    assert verdicts(outcomes) == [expected]


@pytest.mark.parametrize(
    ("total", "project", "expected"),
    [
        ("12.31", "0.00", Verdict.FAILS),
        ("12.30", "0.00", Verdict.HOLDS),
        ("12.31", "0.01", Verdict.HOLDS),
        ("12.32", "0.01", Verdict.ROUNDS),
    ],
)
def test_a_zero_among_other_parts_explains_no_difference(total: str, project: str, expected: Verdict) -> None:
    (outcome,) = check(ROWS, one_row(total, "12.30", project))
    assert outcome.verdict is expected
    assert expected is not Verdict.FAILS or outcome.severity is Severity.WARNING


def test_a_zero_in_coarse_units_may_be_rounded() -> None:
    assert verdicts(check(ROWS, one_row("13", "12", "0"))) == [Verdict.ROUNDS]


def test_a_blank_cell_is_listed_among_the_operands() -> None:
    (outcome,) = check(ROWS, one_row("12.30", "12.30", ""))
    assert [operand.blank for operand in outcome.operands] == [False, False, True]


def test_a_blank_cell_counts_as_nothing_where_the_rule_says_so() -> None:
    assert reason(f"{ROWS} 空白不按零", one_row("12.30", "12.30", "")) is Reason.BLANK_OPERAND


def test_why_a_cell_has_no_value() -> None:
    assert reason(ROWS, one_row("?12.30", "10.00", "2.30")) is Reason.UNSURE_EXTRACTION
    assert reason(ROWS, one_row("12.30", "—", "2.30")) is Reason.NOT_A_NUMBER
    assert reason(ROWS, one_row("—", "10.00", "2.30")) is Reason.NOT_A_NUMBER


def test_a_blank_total_is_a_warning_with_one_cause_a_column() -> None:
    lines = """
    | 项目 | 合计 | 基本支出 | 项目支出 |
    | 甲 | | 10.00 | 2.30 |
    | 乙 | | 10.00 | 2.31 |
    | 丙 | | 0.01 | |
    | 丁 | | 3.00 | 1.00 |
    | 戊 | | 4.00 | 1.00 |
    """
    outcomes = check(ROWS, table(lines))
    assert verdicts(outcomes) == [Verdict.FAILS] * 5
    assert {outcome.severity for outcome in outcomes} == {Severity.WARNING}
    assert len({outcome.cause for outcome in outcomes}) == 1 and outcomes[0].cause


def test_a_row_the_other_table_does_not_list() -> None:
    here = table("| 科目编码 | 合计 |\n| 208 | 0.00 |\n| 210 | 5.00 |")
    other = table("| 科目编码 | 合计 |\n| 208 | 0.00 |", "乙表")
    rule = "对 表 甲表 的 每一行，检查 列 合计 应等于 表 乙表 对应行 列 合计"
    held, absent = check(rule, here, other)
    assert held.verdict is Verdict.HOLDS
    assert (absent.verdict, absent.reason) == (Verdict.UNDETERMINED, Reason.MISSING_ROW)
    assert verdicts(check(f"{rule} 未列按零", here, other)) == [Verdict.HOLDS, Verdict.FAILS]


def test_unlisted_as_zero_never_stands_for_a_table_or_a_column() -> None:
    here = table("| 科目编码 | 合计 |\n| 210 | 5.00 |")
    other = table("| 科目编码 | 合计 |\n| 208 | 0.00 |", "乙表")
    lost = table("| 科目编码 | 合计 |", "乙表", state=TableState.MISSING)
    rule = "对 表 甲表 的 每一行，检查 列 合计 应等于 表 乙表 对应行 列 {} 未列按零"
    assert reason(rule.format("项目支出"), here, other) is Reason.MISSING_COLUMN
    assert reason(rule.format("合计"), here, lost) is Reason.MISSING_TABLE
    assert reason(rule.format("合计"), here) is Reason.MISSING_TABLE


def test_the_same_figure_twice_is_one_fact() -> None:
    printed = one_row("12.31", "10.00", "2.30")
    rule = "对 表 甲表 的 每一行，检查 列 合计 {} 列 合计 加 列 项目支出 减 列 项目支出"
    assert verdict(rule.format("等于"), printed) is Verdict.HOLDS
    assert (
        verdict("对 表 甲表 的 每一行，检查 列 合计 加 列 合计 等于 列 合计 乘 2", printed) is Verdict.HOLDS
    )


def test_unknown_units_compare_within_one_table_only() -> None:
    here, other = (
        one_row("12.30", "10.00", "2.30", unit=None),
        one_row("12.30", "", "", unit=None, title="乙表"),
    )
    assert verdict(ROWS, here) is Verdict.HOLDS
    across = "对 表 甲表 的 每一行，检查 列 合计 应等于 表 乙表 对应行 列 合计"
    assert reason(across, here, other) is Reason.UNKNOWN_UNIT
    ratio = "对 表 甲表 的 每一行，检查 列 基本支出 除以 表 乙表 对应行 列 合计 小于 1"
    assert reason(ratio, here, other) is Reason.UNKNOWN_UNIT


def test_yuan_compare_with_wan_yuan() -> None:
    yuan = one_row("123046", "", "", unit="元", title="乙表")
    rule = "对 表 甲表 的 每一行，检查 列 合计 应等于 表 乙表 对应行 列 合计"
    assert verdict(rule, one_row("12.30", "", ""), yuan) is Verdict.HOLDS
    assert verdict(rule, one_row("12.31", "", ""), yuan) is Verdict.FAILS
    other_way = "对 表 乙表 的 每一行，检查 列 合计 应等于 表 甲表 对应行 列 合计"
    assert verdict(other_way, one_row("12.30", "", ""), yuan) is Verdict.HOLDS


def test_percentages_compare_with_ratios() -> None:
    lines = "| 项目 | 金额 | 总额 | 占比 |\n| 甲 | 1.00 | 3.00 | {} |"
    rule = "对 表 甲表 的 每一行，检查 列 占比 应等于 列 金额 除以 列 总额"
    assert verdict(rule, table(lines.format("33.33"))) is Verdict.HOLDS
    assert verdict(rule, table(lines.format("33.40"))) is Verdict.ROUNDS
    assert verdict(rule, table(lines.format("35.00"))) is Verdict.FAILS
    assert (
        verdict("对 表 甲表 的 每一行，检查 列 占比 应等于 33.33%", table(lines.format("33.33")))
        is Verdict.HOLDS
    )


def test_a_denominator_that_may_be_zero() -> None:
    lines = "| 项目 | 金额 | 总额 | 占比 |\n| 甲 | 1.00 | {} | 33.33 |"
    rule = "对 表 甲表 的 每一行，检查 列 占比 应等于 列 金额 除以 列 总额"
    for printed in ("0.00", "", "0"):
        assert reason(rule, table(lines.format(printed))) is Reason.ZERO_DENOMINATOR


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("不超过", [Verdict.HOLDS, Verdict.HOLDS, Verdict.ROUNDS, Verdict.FAILS]),
        ("小于", [Verdict.HOLDS, Verdict.ROUNDS, Verdict.ROUNDS, Verdict.FAILS]),
        ("不少于", [Verdict.FAILS, Verdict.HOLDS, Verdict.HOLDS, Verdict.HOLDS]),
        ("大于", [Verdict.FAILS, Verdict.ROUNDS, Verdict.HOLDS, Verdict.HOLDS]),
        ("不等于", [Verdict.HOLDS, Verdict.FAILS, Verdict.ROUNDS, Verdict.HOLDS]),
        ("精确等于", [Verdict.FAILS, Verdict.HOLDS, Verdict.FAILS, Verdict.FAILS]),
    ],
)
def test_the_other_relations(relation: str, expected: list[Verdict]) -> None:
    rule = f"对 表 甲表 的 每一行，检查 列 合计 {relation} 列 基本支出 加 列 项目支出"
    found = [verdict(rule, one_row(total, "10.00", "2.30")) for total in ("12.10", "12.30", "12.31", "12.50")]
    assert found == expected


def test_within_replaces_the_tolerance() -> None:
    rule = f"{ROWS} 误差不超过 0.5 万元"
    found = [verdict(rule, one_row(total, "10.00", "2.30")) for total in ("12.80", "12.81", "11.80", "11.79")]
    assert found == [Verdict.HOLDS, Verdict.FAILS, Verdict.HOLDS, Verdict.FAILS]


def test_not_one_operand_printed_is_skipped_also_against_a_number() -> None:
    assert (
        verdict("对 表 甲表 的 每一行，检查 列 基本支出 应等于 0", one_row("1.00", "", "")) is Verdict.SKIPPED
    )


def test_words_never_pass_for_a_figure() -> None:
    lines = "| 项目 | 合计 | 备注 |\n| 甲 | 12.30 | 见附件 |"
    assert reason("对 表 甲表 的 每一行，检查 列 合计 等于 列 备注", table(lines)) is Reason.NOT_A_NUMBER
    assert verdict("对 表 甲表 的 每一行，检查 列 备注 等于 “见附件”", table(lines)) is Verdict.HOLDS
    assert verdict("对 表 甲表 的 每一行，检查 列 合计 等于 “12.30”", table(lines)) is Verdict.HOLDS
    assert verdict("对 表 甲表 的 每一行，检查 列 备注 不等于 “见附件”", table(lines)) is Verdict.FAILS
    assert reason("对 表 甲表 的 每一行，检查 列 备注 小于 “见附件”", table(lines)) is Reason.NOT_A_NUMBER


def test_a_table_that_is_missing_lost_or_has_no_such_column() -> None:
    lost = table("| 项目 | 合计 |", state=TableState.MISSING)
    rule = "检查 表 甲表 行 甲 列 合计 等于 1 万元"
    assert reason(rule) is Reason.MISSING_TABLE
    assert reason(rule, lost) is Reason.MISSING_TABLE
    assert reason("检查 表 甲表 行 乙 列 合计 等于 1 万元", one_row("1", "", "")) is Reason.MISSING_ROW
    assert (
        reason("检查 表 甲表 行 甲 列 资本性支出 等于 1 万元", one_row("1", "", "")) is Reason.MISSING_COLUMN
    )


class TestPrecisionInAColumn:
    """Programs drop trailing zeros, so amounts take the finest step of their column."""

    SAME = "检查 表 甲表 行 甲 列 合计 等于 表 甲表 行 丙 列 合计"
    OTHER = "检查 表 甲表 行 甲 列 合计 等于 表 乙表 行 甲 列 合计"

    def test_the_finest_step_printed_in_the_column(self) -> None:
        lines = "| 项目 | 合计 |\n| 甲 | 12.5 |\n| 乙 | 3.27 |"
        assert (
            verdict(self.OTHER, table(lines), table("| 项目 | 合计 |\n| 甲 | 12.46 |", "乙表"))
            is Verdict.FAILS
        )

    def test_a_coarser_cell_that_keeps_a_zero_gives_every_cell_its_own_digits(self) -> None:
        lines = "| 项目 | 合计 |\n| 甲 | 12.5 |\n| 乙 | 3.27 |\n| 丙 | 4.0 |"
        assert (
            verdict(self.OTHER, table(lines), table("| 项目 | 合计 |\n| 甲 | 12.46 |", "乙表"))
            is Verdict.HOLDS
        )

    def test_a_total_printed_finer_than_its_parts_refines_only_itself(self) -> None:
        lines = "| 项目 | 合计 |\n| 合计 | 15.77 |\n| 甲 | 12.5 |\n| 乙 | 3.3 |"
        assert (
            verdict(self.OTHER, table(lines), table("| 项目 | 合计 |\n| 甲 | 12.46 |", "乙表"))
            is Verdict.HOLDS
        )
        rule = "对 表 甲表 的 每一行 当 列 项目 等于 “合计” 时，检查 列 合计 等于 求和（下级科目 列 合计）"
        assert verdict(rule, table(lines)) is Verdict.ROUNDS

    def test_figures_of_other_units_in_the_column_do_not_count(self) -> None:
        lines = "| 项目 | 合计 |\n| 甲 | 12.5 |\n| 乙 | 99.999% |\n| 丙 | 30001元 |"
        assert (
            verdict(self.OTHER, table(lines), table("| 项目 | 合计 |\n| 甲 | 12.46 |", "乙表"))
            is Verdict.HOLDS
        )


def test_rough_figures_are_coarse_and_a_notice_at_most() -> None:
    prose = section("一", "收支总体情况", paragraph("", mention("收入总计", "约1200 万元")))
    rule = "检查 章节 收支情况 收入总计 等于 表 甲表 行 甲 列 合计"
    (outcome,) = check(rule, prose, one_row("1150.00", "", ""))
    assert outcome.verdict in (Verdict.HOLDS, Verdict.ROUNDS)
    (outcome,) = check(rule, prose, one_row("1000.00", "", ""))
    assert (outcome.verdict, outcome.severity) == (Verdict.FAILS, Severity.NOTICE)


def test_an_unlikely_rounding_is_marked() -> None:
    lines = "| 项目 | 合计 |\n| 合计 | {} |\n" + "".join(f"| 第{i}项 | 1.00 |\n" for i in range(50))
    rule = "对 表 甲表 的 每一行 当 列 项目 等于 “合计” 时，检查 列 合计 等于 求和（下级科目 列 合计）"
    (likely,), (unlikely,) = (
        check(rule, table(lines.format("50.03"))),
        check(rule, table(lines.format("50.12"))),
    )
    assert (likely.verdict, likely.unlikely) == (Verdict.ROUNDS, False)
    assert (unlikely.verdict, unlikely.unlikely) == (Verdict.ROUNDS, True)


def test_figures_of_prose_against_a_table() -> None:
    prose = section("一", "收支总体情况", paragraph("", mention("收入总计", "12.30 万元")))
    rule = "检查 第一节 收入总计 等于 表 甲表 行 甲 列 合计"
    assert verdict(rule, prose, one_row("12.30", "", "")) is Verdict.HOLDS
    assert verdict(rule, prose, one_row("12.31", "", "")) is Verdict.FAILS
    other = section("一", "收支总体情况", paragraph("", mention("收入总计", "12.30 万元", MentionRole.RATE)))
    assert reason(rule, other, one_row("12.30", "", "")) is Reason.MISSING_ROW


@pytest.mark.parametrize(
    ("sentence", "decided"),
    [
        ("第一节 收入总计 等于 530", False),
        ("第一节 收入总计 等于 530 万元", True),
        ("第一节 收入总计 大于 0", True),
        ("第一节 收入总计 加 1 等于 531 万元", False),
        ("第一节 收入总计 等于 6%", False),
        ("第一节 支出总计 等于 6", False),
        ("第一节 支出总计 等于 6%", True),
        ("第一节 支出总计 除以 2 等于 3%", True),
        ("第一节 收入总计 除以 第一节 收入总计 等于 1", True),
    ],
)
def test_a_bare_number_is_neither_money_nor_a_percentage(sentence: str, decided: bool) -> None:
    prose = section(
        "一", "收支总体情况", paragraph("", mention("收入总计", "530.00 万元"), mention("支出总计", "6.00 %"))
    )
    (outcome,) = check(f"检查 {sentence}", prose)
    assert (outcome.reason is not Reason.UNKNOWN_UNIT) is decided


@pytest.mark.parametrize(
    ("unit", "total", "expected", "severity"),
    [
        ("元", "120.01", Verdict.FAILS, Severity.WARNING),
        ("元", "121.00", Verdict.FAILS, Severity.ERROR),
        ("万元", "120.000001", Verdict.FAILS, Severity.WARNING),
        ("万元", "120.01", Verdict.ROUNDS, Severity.ERROR),
    ],
)
def test_amounts_printed_to_the_fen_hide_no_rounding(
    unit: str, total: str, expected: Verdict, severity: Severity
) -> None:
    places = len(total.partition(".")[2])
    parts = (f"{100:.{places}f}", f"{20:.{places}f}")
    (outcome,) = check(ROWS, one_row(total, *parts, unit=unit))
    assert (outcome.verdict, outcome.severity) == (expected, severity)
