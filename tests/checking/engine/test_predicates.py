"""Every test word of the language, on cells, rows, tables and sections."""

from __future__ import annotations

import pytest
from tests.checking.build import check, document, paragraph, reason, section, table, verdict, verdicts

from budgetlint.document import Table
from budgetlint.results.findings import Reason, Severity, Verdict

HOLDS, FAILS, SKIPPED = Verdict.HOLDS, Verdict.FAILS, Verdict.SKIPPED
EACH = "对 表 甲表 的 每一行，检查 "

LINES = """
| 序号 | 科目编码 | 科目名称 | 合计 | 备注 |
| 1 | 208 | 社会保障和就业支出 | 12.00 | 优秀率 |
| 2 | 20801 | 人力资源和社会保障管理事务 | 0.00 | ≤300万元 |
| 3 | 2080101 | 行政运行 | 1.50 | 95% |
"""
TABLE = table(LINES)


def of(first: str, second: str) -> object:
    return table(f"| 项目 | 合计 | 备注 |\n| 甲 | {first} | {second} |\n| 乙 | 1.00 | 句 |")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("列 合计 存在", [HOLDS, HOLDS, HOLDS]),
        ("列 合计 不存在", [FAILS, FAILS, FAILS]),
        ("列 合计 为零", [FAILS, HOLDS, FAILS]),
        ("列 合计 不为零", [HOLDS, FAILS, HOLDS]),
        ("列 合计 为空", [FAILS, FAILS, FAILS]),
        ("列 备注 包含 “率”", [HOLDS, FAILS, FAILS]),
        ("列 备注 不包含 “率”", [FAILS, HOLDS, HOLDS]),
        ("列 备注 以“优”开头", [HOLDS, FAILS, FAILS]),
        ("列 备注 以“率”结尾", [HOLDS, FAILS, FAILS]),
        ("列 备注 相同于 “优秀率”", [HOLDS, FAILS, FAILS]),
        ("列 备注 匹配 “^[≤<]?[0-9]+”", [FAILS, HOLDS, HOLDS]),
        ("列 科目编码 属于 功能分类科目", [HOLDS, HOLDS, HOLDS]),
        ("列 科目名称 等于 标准名称（列 科目编码）", [HOLDS, HOLDS, HOLDS]),
        ("科目级次（列 科目编码） 为 类 或 款", [HOLDS, HOLDS, FAILS]),
        ("级次（列 科目编码） 不超过 2", [HOLDS, HOLDS, FAILS]),
        ("长度（列 科目编码） 等于 3", [HOLDS, FAILS, FAILS]),
        ("列 序号 序号连续", [SKIPPED, HOLDS, HOLDS]),
        ("列 科目编码 不重复", [HOLDS, HOLDS, HOLDS]),
    ],
)
def test_on_the_cells_of_a_row(condition: str, expected: list[Verdict]) -> None:
    assert verdicts(check(EACH + condition, TABLE)) == expected


def test_a_number_and_a_unit_inside_words() -> None:
    rule = "检查 表 甲表 行 20801 列 备注 存在 且 数值（表 甲表 行 20801 列 备注） 不超过 {}"
    assert verdict(rule.format("300 万元"), TABLE) is HOLDS
    assert verdict(rule.format("299 万元"), TABLE) is FAILS
    assert verdict("检查 取单位（表 甲表 行 20801 列 备注） 等于 “万元”", TABLE) is HOLDS
    assert reason("检查 数值（表 甲表 行 208 列 备注） 等于 1", TABLE) is Reason.NOT_A_NUMBER


def test_blank_cells() -> None:
    blank = of("", "")
    first = "检查 表 甲表 行 甲 列 {} {}"
    expected = {
        ("合计", "存在"): FAILS,
        ("合计", "缺失"): HOLDS,
        ("合计", "为空"): HOLDS,
        ("合计", "不为空"): FAILS,
        ("合计", "为零"): HOLDS,
        ("合计", "为整数"): SKIPPED,
        ("备注", "以“率”结尾"): SKIPPED,
        ("备注", "包含 “率”"): FAILS,
        ("备注", "不包含 “率”"): HOLDS,
        ("备注", "属于 表格清单"): SKIPPED,
    }
    assert {key: verdict(first.format(*key), blank) for key in expected} == expected


def test_a_dash_is_neither_blank_nor_zero() -> None:
    dash = of("—", "")
    assert verdict("检查 表 甲表 行 甲 列 合计 为空", dash) is FAILS
    assert reason("检查 表 甲表 行 甲 列 合计 为零", dash) is Reason.NOT_A_NUMBER


def test_an_unsure_cell_decides_nothing() -> None:
    for condition in ("存在", "为零", "为空"):
        assert reason(f"检查 表 甲表 行 甲 列 合计 {condition}", of("?1.00", "")) is Reason.UNSURE_EXTRACTION


def test_integers_are_told_in_printed_units() -> None:
    lines = "| 项目 | 数量 |\n| 甲 | 3 |\n| 乙 | 2.5 |"
    assert verdicts(check(EACH + "列 数量 为整数", table(lines))) == [HOLDS, FAILS]


def test_repeated_and_broken_numbers_name_both_rows() -> None:
    lines = "| 序号 | 项目 | 合计 |\n| 1 | 甲 | 1 |\n| 2 | 乙 | 1 |\n| 4 | 丙 | 1 |\n| 4 | 甲 | 1 |"
    broken = check(EACH + "列 序号 序号连续", table(lines))
    assert verdicts(broken) == [SKIPPED, HOLDS, FAILS, FAILS]
    assert [o.printed for o in broken[2].operands] == ["2", "4"]
    repeated = check(EACH + "列 项目 不重复", table(lines))
    assert verdicts(repeated) == [HOLDS, HOLDS, HOLDS, FAILS]
    assert len(repeated[3].operands) == 2
    assert verdict("检查 表 甲表 列 项目 不重复", table(lines)) is FAILS
    assert verdict("检查 表 甲表 列 序号 序号连续", table(lines)) is FAILS


def test_chinese_numerals_run_on() -> None:
    whole = document(contents=[("一、", "甲"), ("二、", "乙"), ("四、", "丙")])
    assert verdicts(check("对 目录 的 每一项，检查 标题 不等于 “乙”", whole)) == [HOLDS, FAILS, HOLDS]


class TestPlaces:
    def test_rows(self) -> None:
        assert verdict("检查 表 甲表 行 208 存在", TABLE) is HOLDS
        assert verdict("检查 表 甲表 行 210 存在", TABLE) is FAILS
        assert verdict("检查 表 甲表 行 210 缺失", TABLE) is HOLDS
        assert verdict("检查 有 表 甲表 行 208", TABLE) is HOLDS
        assert verdict("检查 没有 表 甲表 行 208", TABLE) is FAILS

    def test_sections(self) -> None:
        prose = section("一", "收支总体情况", paragraph("本年收入增加，主要原因是人员增加。"))
        assert verdict("检查 有 章节 收支情况", prose) is HOLDS
        assert verdict("检查 有 章节 没有的情况", prose) is FAILS
        assert verdict("检查 章节 收支情况 包含 “主要原因”", prose) is HOLDS
        assert verdict("检查 第一节 不包含 “XX”", prose) is HOLDS
        assert reason("检查 章节 没有的情况 包含 “甲”", prose) is Reason.MISSING_SECTION

    def test_the_words_of_a_section_include_its_subsections(self) -> None:
        below = section("（一）", "某事", paragraph("某句在此。"), level=2)
        assert verdict("检查 第一节 包含 “某句”", section("一", "收支总体情况", sections=[below])) is HOLDS

    def test_a_searched_section_is_quoted_by_the_sentence_found(self) -> None:
        long = "本年工作有序推进，各项任务如期完成。" * 10
        prose = section("一", "收支总体情况", paragraph(long), paragraph(f"{long}此处留有XX字样。{long}"))
        for text in ("检查 第一节 不包含 “XX”", "检查 全文 不包含 “XX”", "检查 全文 不包含 “YY” 或 “XX”"):
            (failed,) = check(text, prose)
            assert failed.verdict is FAILS
            assert [operand.printed for operand in failed.operands] == ["此处留有XX字样。"]
            assert "未见" not in failed.detail
        for text in ("检查 第一节 包含 “火星”", "检查 全文 匹配 “20[0-9]{2}级”"):
            (failed,) = check(text, prose)
            assert failed.verdict is FAILS
            assert failed.detail["未见"] in ("第一节", "全文")
            assert not any(operand.printed for operand in failed.operands)

    def test_paragraphs(self) -> None:
        prose = section("一", "收支总体情况", paragraph("甲句"), paragraph("乙句XX"))
        assert verdicts(check("对 第一节 的 每一段，检查 段落 不包含 “XX”", prose)) == [HOLDS, FAILS]
        assert verdicts(check("对 章节 收支情况 的 每一段，检查 段落 匹配 “^甲”", prose)) == [HOLDS, FAILS]

    def test_items_of_a_named_list(self) -> None:
        assert verdicts(check("对 表格清单 的 每一项，检查 名称 等于 “甲表”", TABLE)) == [HOLDS, FAILS]


class TestLogic:
    ROW = of("5.00", "句")

    def verdict(self, condition: str) -> Verdict:
        return verdict("检查 " + condition, self.ROW)  # type: ignore[arg-type]

    YES, NO = "表 甲表 行 甲 列 合计 等于 5 万元", "表 甲表 行 甲 列 合计 等于 6 万元"
    UNKNOWN = "表 乙表 行 甲 列 合计 等于 6 万元"
    VOID = "求和（表 甲表 列 合计 当 列 合计 大于 99 万元） 等于 0"
    NEAR = "表 甲表 行 甲 列 合计 等于 表 甲表 行 乙 列 合计 加 4.004 万元"

    def test_and_is_the_worst_or_the_best(self) -> None:
        order = [(self.NO, FAILS), (self.UNKNOWN, Verdict.UNDETERMINED), (self.YES, HOLDS)]
        for i, (a, worst) in enumerate(order):
            for b, best in order[i:]:
                assert self.verdict(f"{a} 且 {b}") is worst
                assert self.verdict(f"{a} 或 {b}") is best
                assert self.verdict(f"{b} 且 {a}") is worst
                assert self.verdict(f"{b} 或 {a}") is best

    def test_skipped_parts_do_not_count(self) -> None:
        assert self.verdict(f"{self.VOID} 且 {self.YES}") is HOLDS
        assert self.verdict(f"{self.VOID} 或 {self.NO}") is FAILS
        assert self.verdict(f"{self.VOID} 且 {self.VOID}") is SKIPPED

    def test_rounds_stands_between(self) -> None:
        assert self.verdict(self.NEAR) is Verdict.ROUNDS
        assert self.verdict(f"{self.NEAR} 且 {self.YES}") is Verdict.ROUNDS
        assert self.verdict(f"{self.NEAR} 或 {self.YES}") is HOLDS
        assert self.verdict(f"{self.NEAR} 且 {self.UNKNOWN}") is Verdict.UNDETERMINED

    def test_not_moves_inward(self) -> None:
        assert self.verdict(f"并非 （{self.YES} 且 {self.NO}）") is HOLDS
        assert self.verdict(f"并非 （{self.YES} 或 {self.NO}）") is FAILS
        assert self.verdict(f"并非 {self.UNKNOWN}") is Verdict.UNDETERMINED
        assert self.verdict("并非 表 甲表 行 甲 列 合计 不超过 9 万元") is FAILS

    def test_if_then(self) -> None:
        assert self.verdict(f"如果 {self.YES} 那么 {self.NO}") is FAILS
        assert self.verdict(f"如果 {self.NO} 那么 {self.NO}") is SKIPPED
        assert self.verdict(f"如果 {self.UNKNOWN} 那么 {self.YES}") is Verdict.UNDETERMINED
        assert self.verdict(f"如果 {self.VOID} 那么 {self.NO}") is SKIPPED

    def test_conditions_are_decided_on_the_printed_values(self) -> None:
        assert self.verdict(f"如果 {self.NEAR} 那么 {self.NO}") is SKIPPED
        near = self.NEAR + " 误差不超过 0.01 万元"
        assert self.verdict(f"如果 {near} 那么 {self.NO}") is FAILS
        zero = table("| 项目 | 合计 |\n| 甲 | 0.00 |\n| 乙 | 0.01 |")
        rule = "对 表 甲表 的 每一行 当 列 合计 大于 0 时，检查 列 合计 等于 9 万元"
        assert verdicts(check(rule, zero)) == [FAILS]

    def test_a_blank_operand_does_not_select_the_row(self) -> None:
        lines = "| 项目 | 合计 | 基本支出 |\n| 甲 | | 1.00 |\n| 乙 | 2.00 | 1.00 |"
        for condition in (
            "列 合计 不超过 9 万元",
            "列 合计 不超过 9 万元 且 列 基本支出 存在",
            "并非 列 合计 大于 9 万元",
        ):
            rule = f"对 表 甲表 的 每一行 当 {condition} 时，检查 列 合计 等于 列 基本支出"
            assert verdicts(check(rule, table(lines))) == [FAILS]

    def test_a_question_without_an_answer_selects_nothing(self) -> None:
        lines = "| 科目编码 | 科目名称 | 合计 |\n| | 合计 | 1.00 |\n| 208 | 甲 | 1.00 |"
        rule = "对 表 甲表 的 每一行 当 级次（列 科目编码） 不超过 2 且 列 合计 存在 时，检查 列 合计 等于 9 万元"
        assert verdicts(check(rule, table(lines))) == [FAILS]


class TestAMissingTable:
    """A required table that is not found is an error only where nothing unnamed could be that table."""

    @staticmethod
    def severity(*tables: Table) -> Severity:
        (outcome,) = check("检查 表 乙表 存在", *tables)
        assert outcome.verdict is FAILS
        return outcome.severity

    def test_beside_recognised_tables(self) -> None:
        assert self.severity(TABLE) is Severity.ERROR

    def test_beside_a_table_nobody_named(self) -> None:
        assert self.severity(TABLE, table(LINES, title="某某情况表")) is Severity.WARNING

    def test_in_a_document_without_tables(self) -> None:
        assert self.severity() is Severity.WARNING
