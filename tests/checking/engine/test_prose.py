"""Figures of prose: agreeing and conflicting mentions, section totals, patterns, other documents."""

from __future__ import annotations

from tests.checking.build import (
    check,
    document,
    mention,
    paragraph,
    pattern,
    reason,
    section,
    table,
    verdict,
    verdicts,
)

from budgetlint.document import MentionRole, Pattern, Section
from budgetlint.language.functions import Function
from budgetlint.results.findings import Reason, Verdict

HOLDS, FAILS, SKIPPED, ROUNDS = Verdict.HOLDS, Verdict.FAILS, Verdict.SKIPPED, Verdict.ROUNDS


def overall(*figures: object, **more: object) -> Section:
    return section("一", "收支总体情况", paragraph("某句", *figures), **more)  # type: ignore[arg-type]


class TestMentions:
    RULE = "检查 章节 收支情况 收入总计 等于 12.30 万元"

    def test_mentions_that_agree_are_one_fact(self) -> None:
        both = overall(mention("收入总计", "12.30 万元"), mention("收入总计", "12.30 万元", at=20))
        (outcome,) = check(self.RULE, both)
        assert outcome.verdict is HOLDS and len(outcome.operands) == 1

    def test_the_most_finely_printed_speaks(self) -> None:
        both = overall(mention("收入总计", "12 万元"), mention("收入总计", "12.30 万元", at=20))
        (outcome,) = check(self.RULE, both)
        assert (outcome.verdict, outcome.operands[0].printed) == (HOLDS, "12.30 万元")

    def test_mentions_that_conflict_decide_nothing(self) -> None:
        for other in ("12.31 万元", "13 万元"):
            both = overall(mention("收入总计", "12.30 万元"), mention("收入总计", other, at=20))
            assert reason(self.RULE, both) is Reason.CONFLICTING_MENTIONS

    def test_other_roles_and_years_are_other_facts(self) -> None:
        figures = (
            mention("收入总计", "12.30 万元", year=2024),
            mention("收入总计", "10.00 万元", MentionRole.PREVIOUS, year=2023, at=20),
            mention("收入总计", "9.00 万元", year=2022, at=40),
            mention("收入总计", "23.00 %", MentionRole.RATE, at=60),
        )
        assert verdict(self.RULE, overall(*figures)) is HOLDS
        assert verdict("检查 第一节 收入总计/上年数 等于 10 万元", overall(*figures)) is HOLDS
        assert verdict("检查 第一节 收入总计/增减率 等于 23%", overall(*figures)) is HOLDS

    def test_the_same_concept_in_another_section_is_another_fact(self) -> None:
        other = section("二", "经费情况", paragraph("", mention("收入总计", "9.00 万元")))
        assert verdict(self.RULE, overall(mention("收入总计", "12.30 万元")), other) is HOLDS
        tie = "检查 第一节 收入总计 等于 第二节 收入总计"
        assert verdict(tie, overall(mention("收入总计", "12.30 万元")), other) is FAILS

    def test_aliases_and_words_nobody_knows(self) -> None:
        assert (
            verdict("检查 第一节 总收入 等于 12.30 万元", overall(mention("收入总计", "12.30 万元"))) is HOLDS
        )
        assert verdict("检查 第一节 某某费 等于 3 万元", overall(mention("某某费", "3 万元"))) is HOLDS
        assert (
            reason("检查 第一节 某费 等于 3 万元", overall(mention("某某费", "3 万元"))) is Reason.MISSING_ROW
        )

    def test_a_printed_name_is_what_the_paragraph_prints(self) -> None:
        known = section("一", "收支总体情况", paragraph("总收入12.30万元", mention("收入总计", "12.30 万元")))
        unknown = overall(mention("某某费", "3 万元"))
        assert verdict("检查 第一节 “总 收入” 等于 12.30 万元", known) is HOLDS
        assert reason("检查 第一节 “收入总计” 等于 12.30 万元", known) is Reason.MISSING_ROW
        assert verdict("检查 章节 收支情况 “某某费” 等于 3 万元", unknown) is HOLDS

    def test_what_a_section_says_goes_before_what_is_below_it(self) -> None:
        def below(*figures: str) -> list[Section]:
            return [
                section(f"（{i}）", f"某事{i}", paragraph("", mention("收入总计", f)), level=2)
                for i, f in enumerate(figures)
            ]

        assert (
            verdict(self.RULE, overall(mention("收入总计", "12.30 万元"), sections=below("9 万元"))) is HOLDS
        )
        assert verdict(self.RULE, overall(sections=below("12.30 万元", "12.30 万元"))) is HOLDS
        assert (
            reason(self.RULE, overall(sections=below("12.30 万元", "9 万元"))) is Reason.AMBIGUOUS_REFERENCE
        )

    def test_each_mention_of_a_concept(self) -> None:
        both = overall(mention("收入总计", "12.30 万元"), mention("收入总计", "10.00 万元", at=20))
        assert verdicts(check("对 每处 收入总计，检查 收入总计 不超过 11 万元", both)) == [FAILS, HOLDS]


class TestSections:
    def test_two_sections_of_one_name_are_ambiguous(self) -> None:
        assert (
            reason("检查 章节 收支情况 收入总计 等于 1 万元", overall(), overall())
            is Reason.AMBIGUOUS_REFERENCE
        )

    def test_numbers_count_in_the_explanation_only(self) -> None:
        contents = section("一", "收支总体情况", part="contents")
        glossary = section("一", "名词", paragraph("", mention("收入总计", "9 万元")), part="glossary")
        said = overall(mention("收入总计", "12.30 万元"))
        assert verdict("检查 第一节 收入总计 等于 12.30 万元", contents, said, glossary) is HOLDS

    def test_a_part_is_named_before_the_section(self) -> None:
        def part(number: str, figure: str) -> Section:
            inner = section("一", "某事", paragraph("", mention("收入总计", figure)), level=2)
            return section(number, "某部分", sections=[inner])

        both = part("第二部分", "1 万元"), part("第三部分", "2 万元")
        assert verdict("检查 第三部分 第一节 收入总计 等于 2 万元", *both) is HOLDS
        assert reason("检查 第一节 收入总计 等于 2 万元", *both) is Reason.AMBIGUOUS_REFERENCE

    def test_the_total_is_the_sections_own_concept(self) -> None:
        said = overall(mention("收入总计", "12.30 万元"), mention("人员经费", "3 万元"))
        assert verdict("检查 章节 收支情况 合计 等于 12.30 万元", said) is HOLDS

    def test_else_the_figure_that_is_divided(self) -> None:
        breakdown = pattern("其中", {"总额": "5.00 万元", "各项": "3.00 万元、2.00 万元"})
        said = section(
            "六", "经费情况", paragraph("", mention("人员经费", "3.00 万元"), patterns=[breakdown])
        )
        assert verdict("检查 第六节 合计 等于 5 万元", said) is HOLDS

    def test_else_it_is_ambiguous_and_the_candidates_are_named(self) -> None:
        said = section(
            "六", "经费情况", paragraph("", mention("人员经费", "3 万元"), mention("公用经费", "2 万元"))
        )
        (outcome,) = check("检查 第六节 合计 等于 5 万元", said)
        assert outcome.reason is Reason.AMBIGUOUS_REFERENCE
        assert "人员经费" in outcome.detail["候选"]
        assert (
            reason("检查 第六节 合计 等于 5 万元", section("六", "经费情况", paragraph("无数")))
            is Reason.MISSING_ROW
        )


def spoken(*patterns: Pattern) -> Section:
    return section("一", "收支总体情况", paragraph("某句", patterns=patterns))


class TestPatterns:
    def test_a_share(self) -> None:
        rule = "对 每处 占比，检查 占比 应等于 部分 除以 总额"
        shares = [
            pattern("占比", {"部分": "1.00 万元", "总额": "3.00 万元", "占比": f"{p} %"})
            for p in ("33.33", "33.5", "40.00")
        ]
        assert verdicts(check(rule, spoken(*shares))) == [HOLDS, ROUNDS, FAILS]

    def test_a_rate_from_the_change(self) -> None:
        rule = "对 每处 增减，检查 增减率 应等于 增减额 除以（本年数 减 增减额）"
        right = pattern("增减", {"本年数": "12.00 万元", "增减额": "2.00 万元", "增减率": "20.00 %"})
        down = pattern("增减", {"本年数": "8.00 万元", "增减额": "-2.00 万元", "增减率": "-20.00 %"})
        wrong = pattern("增减", {"本年数": "12.00 万元", "增减额": "2.00 万元", "增减率": "16.67 %"})
        zero = pattern("增减", {"本年数": "2.00 万元", "增减额": "2.00 万元", "增减率": "100.00 %"})
        found = check(rule, spoken(right, down, wrong, zero))
        assert verdicts(found) == [HOLDS, HOLDS, FAILS, Verdict.UNDETERMINED]
        assert found[3].reason is Reason.ZERO_DENOMINATOR

    def test_a_property_that_is_not_printed_is_derived(self) -> None:
        rule = "对 每处 增减，检查 上年数 等于 10 万元"
        derived = pattern("增减", {"本年数": "12.00 万元", "增减额": "2.00 万元"})
        assert verdict(rule, spoken(derived)) is HOLDS
        this_year = pattern("增减", {"上年数": "10.00 万元", "增减额": "2.00 万元"})
        assert verdict("对 每处 增减，检查 本年数 等于 12 万元", spoken(this_year)) is HOLDS
        assert reason(rule, spoken(pattern("增减", {"增减额": "2.00 万元"}))) is Reason.MISSING_ROW

    def test_a_derived_property_is_exact_to_its_operands_precision(self) -> None:
        derived = pattern("增减", {"本年数": "12.00 万元", "增减额": "2.00 万元"})
        assert verdict("对 每处 增减，检查 上年数 等于 10.008 万元", spoken(derived)) is ROUNDS
        assert verdict("对 每处 增减，检查 上年数 等于 10.02 万元", spoken(derived)) is FAILS

    def test_a_breakdown(self) -> None:
        rule = "对 每处 其中，检查 总额 应等于 求和（各项）"
        right = pattern("其中", {"总额": "5.00 万元", "各项": "3.00 万元、2.00 万元"})
        wrong = pattern("其中", {"总额": "6.00 万元", "各项": "3.00 万元、2.00 万元"})
        assert verdicts(check(rule, spoken(right, wrong))) == [HOLDS, FAILS]
        assert reason("对 每处 其中，检查 总额 应等于 各项", spoken(right)) is Reason.AMBIGUOUS_REFERENCE

    def test_words_of_a_pattern(self) -> None:
        up = pattern("增减", {"增减额": "2.00 万元"}, {"方向": "增加"})
        rule = "对 每处 增减 当 方向 等于 “增加” 时，检查 增减额 大于 0"
        assert verdict(rule, spoken(up)) is HOLDS
        assert verdict(rule, spoken(pattern("增减", {"增减额": "2.00 万元"}, {"方向": "减少"}))) is SKIPPED

    def test_the_row_that_a_figure_speaks_of(self) -> None:
        lines = "| 科目编码 | 科目名称 | 合计 |\n| 208 | 社会保障和就业支出 | 5.00 |\n| 2080101 | 行政运行 | 3.00 |"
        done = pattern(
            "完成", {"决算数": "3.00 万元"}, subject="社会保障和就业支出/人力资源和社会保障管理事务/行政运行"
        )
        rule = "对 每处 完成，检查 决算数 等于 表 甲表 对应行 列 合计"
        assert verdict(rule, table(lines), spoken(done)) is HOLDS
        lost = pattern("完成", {"决算数": "3.00 万元"}, subject="社会保障和就业支出/某款/某项")
        assert reason(rule, table(lines), spoken(lost)) is Reason.MISSING_ROW


class TestOtherDocuments:
    RULE = "检查 表 甲表 行 甲 列 合计 等于 {} 表 甲表 行 甲 列 合计"
    NOW, BEFORE = table("| 项目 | 合计 |\n| 甲 | 5.00 |"), table("| 项目 | 合计 |\n| 甲 | 4.00 |")

    def test_last_years(self) -> None:
        now, before = document(self.NOW), document(self.BEFORE, year=2023)
        assert verdict(self.RULE.format("上年文本"), now, others=[before]) is FAILS
        assert reason(self.RULE.format("上年文本"), now) is Reason.MISSING_DOCUMENT
        older = document(self.BEFORE, year=2022)
        assert reason(self.RULE.format("上年文本"), now, others=[older]) is Reason.MISSING_DOCUMENT

    def test_the_budget_of_a_final_account(self) -> None:
        final = document(self.NOW, kind="部门决算")
        budget = document(self.NOW)
        assert verdict(self.RULE.format("年初预算文本"), final, others=[budget]) is HOLDS
        assert reason(self.RULE.format("上年文本"), final, others=[budget]) is Reason.MISSING_DOCUMENT


class TestFunctions:
    def test_a_plugins_function(self) -> None:
        def half(value):  # type: ignore[no-untyped-def]
            if value < 0:
                raise ValueError
            return value / 2

        known = Function("half", "对半", ("number",), "number", half)
        lines = "| 项目 | 合计 | 基本支出 |\n| 甲 | 5.00 | 10.00 |\n| 乙 | 5.00 | -1.00 |"
        found = check(
            "对 表 甲表 的 每一行，检查 列 合计 等于 half（列 基本支出）", table(lines), functions=[known]
        )
        assert found[0].verdict is HOLDS
        assert (found[1].verdict, found[1].reason) == (Verdict.UNDETERMINED, Reason.NOT_A_NUMBER)

    def test_the_absolute_value(self) -> None:
        lines = (
            "| 项目 | 合计 | 基本支出 |\n| 甲 | 2.00 | -2.00 |\n| 乙 | 2.01 | -2.00 |\n| 丙 | 3.00 | 2.00 |"
        )
        found = check("对 表 甲表 的 每一行，检查 列 合计 等于 绝对值（列 基本支出）", table(lines))
        assert verdicts(found) == [HOLDS, FAILS, FAILS]

    def test_a_listed_sum(self) -> None:
        lines = "| 项目 | 合计 | 基本支出 | 项目支出 |\n| 甲 | 3.00 | 2.00 | 1.00 |"
        assert verdict("检查 表 甲表 行 甲 列 合计 等于 列 基本支出、列 项目支出 之和", table(lines)) is HOLDS


def test_a_number_without_its_part_is_the_explanations() -> None:
    overview = section("第一部分", "部门概况", sections=[section("一", "主要职责", level=2)])
    told = section(
        "第二部分",
        "预算情况说明",
        sections=[section("一", "收支总体情况", paragraph("", mention("收入总计", "12.30 万元")), level=2)],
    )
    assert verdict("检查 第一节 收入总计 等于 12.30 万元", overview, told) is HOLDS
