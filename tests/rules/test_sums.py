"""The bundled rules on sums and codes, on fragments as offices publish them: what is right, and what is said of what is not."""

from __future__ import annotations

from pathlib import Path

import budgetlint
from budgetlint.results.findings import Finding, Severity, Verdict

#: What a fragment lacks is no matter of its sums.
STANDING = ("CN1", "FA1")


def findings(tmp_path: Path, text: str) -> list[Finding]:
    """Return what is said of a made-up document, standing findings of a fragment left out."""
    file = tmp_path / "示例.md"
    file.write_text(text, encoding="utf-8")
    (document,) = budgetlint.check(file).documents
    return [finding for finding in document.findings if not finding.rule.startswith(STANDING)]


def serious(tmp_path: Path, text: str) -> list[str]:
    """Return the rules of the errors and warnings."""
    found = findings(tmp_path, text)
    return [f.rule for f in found if f.severity is not Severity.NOTICE and f.verdict is Verdict.FAILS]


def table(title: str, lines: str, unit: str = "万元") -> str:
    """Return a table of pipe lines under its title."""
    head, *body = lines.strip().splitlines()
    rule = "|" + " --- |" * head.strip("|").count("|") + " --- |"
    return "\n".join(["", title, "", f"单位：{unit}", "", head, rule, *body, ""])


BUDGET = "# 示例市示例局2026年部门预算\n"


def test_two_findings_of_one_kind_are_told_apart(tmp_path: Path) -> None:
    text = (
        "# 示例市示例局2026年部门预算\n\n## 2026年部门预算编制说明\n\n"
        "1、教育支出（205类）教育管理事务（01款）行政运行（01项）110.00万元。2025年执行数为100.00万元，2026年预算安排110.00万元，"
        "比2025年预算执行数增加8.00%。\n\n"
        "2、教育支出（205类）教育管理事务（01款）机关服务（03项）60.00万元。2025年执行数为50.00万元，2026年预算安排60.00万元，"
        "比2025年预算执行数增加30.00%。\n"
    )
    prints = [f.fingerprint for f in findings(tmp_path, text) if f.rule == "CN503"]
    assert len(prints) == len(set(prints)) == 2


def test_a_total_in_yuan_over_cents_rounds(tmp_path: Path) -> None:
    lines = """
| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|  | 合计 | 3,000,000.34 | 3,000,000 | 0.34 |
| 201 | 一般公共服务支出 | 2,100,000.34 | 2,100,000.34 | 0.00 |
| 20126 | 档案事务 | 2,100,000.34 | 2,100,000.34 | 0.00 |
| 2012601 | 行政运行 | 2,100,000.34 | 2,100,000.34 | 0.00 |
| 208 | 社会保障和就业支出 | 900,000.00 | 900,000.00 | 0.00 |
| 20805 | 行政事业单位养老支出 | 900,000.00 | 900,000.00 | 0.00 |
| 2080506 | 机关事业单位职业年金缴费支出 | 900,000.00 | 900,000.00 | 0.00 |
"""
    whole = lines.replace("3,000,000.34 | 3,000,000 | 0.34", "3,000,000.34 | 3,000,000 | 0.00")
    assert "CN201" not in serious(tmp_path, BUDGET + table("部门支出总表", whole, "元"))
    wrong = whole.replace("| 3,000,000 |", "| 3,000,002 |")
    assert "CN201" in serious(tmp_path, BUDGET + table("部门支出总表", wrong, "元"))


def test_figures_cut_by_a_spreadsheet_are_as_exact_as_they_are_printed(tmp_path: Path) -> None:
    lines = """
| 单位编码 | 单位名称 | 合计 | 一般公共预算 | 事业收入 |
|  | 合计 | 731204588.6 | 731204588.6 |  |
| 901001 | 示例市示例局 | 730954077.9 | 730954077.9 |  |
| 901002 | 示例市示例中心 | 250510.72 | 250510.72 |  |
"""
    assert serious(tmp_path, BUDGET + table("部门收入总表", lines, "元")) == []
    wrong = lines.replace("731204588.6 | 731204588.6", "731204589.6 | 731204589.6")
    assert serious(tmp_path, BUDGET + table("部门收入总表", wrong, "元"))


EXPENSE = """
| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|  | 合计 | 95.00 | 95.00 |  |
| 208 | 社会保障和就业支出 | 90.00 | 90.00 |  |
| 20810 | 社会福利 | 90.00 | 90.00 |  |
| 2081005 | 社会福利事业单位 | 90.00 | 90.00 |  |
| 210 | 卫生健康支出 | 5.00 | 5.00 |  |
| 21011 | 行政事业单位医疗 | 5.00 | 5.00 |  |
| 2101102 | 事业单位医疗 | 5.00 | 5.00 |  |
"""


def test_a_code_of_no_class_is_one_finding_at_the_code(tmp_path: Path) -> None:
    assert serious(tmp_path, BUDGET + table("部门支出总表", EXPENSE)) == []
    for wrong in ("7101102", "9101102", "71102"):
        text = BUDGET + table("部门支出总表", EXPENSE.replace("2101102", wrong))
        found = [f for f in findings(tmp_path, text) if f.severity is not Severity.NOTICE]
        assert [(f.rule, f.severity) for f in found] == [("BL715", Severity.ERROR)]


def test_the_first_three_items_of_most_groups_have_known_names(tmp_path: Path) -> None:
    lines = """
| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|  | 合计 | 9.00 | 9.00 |  |
| 201 | 一般公共服务支出 | 9.00 | 9.00 |  |
| 20126 | 档案事务 | 9.00 | 9.00 |  |
| 2012602 | {} | 9.00 | 9.00 |  |
"""
    right, wrong = (lines.format(name) for name in ("一般行政管理事务", "机关服务"))
    assert serious(tmp_path, BUDGET + table("部门支出总表", right)) == []
    (rule,) = serious(tmp_path, BUDGET + table("部门支出总表", wrong))
    assert rule in ("CN701.1", "BL715")


def test_a_code_has_the_name_of_its_year(tmp_path: Path) -> None:
    lines = """
| 科目编码 | 科目名称 | 合计 |
|  | 合计 | 9.00 |
| 303 | 对个人和家庭的补助 | 9.00 |
| 30302 | 退休费 | 4.00 |
| 30311 | 住房公积金 | 5.00 |
"""
    basic = table("一般公共预算基本支出表", lines)
    assert serious(tmp_path, "# 示例市示例局2017年部门预算\n" + basic) == []
    assert serious(tmp_path, BUDGET + basic) == ["CN702"]


def test_an_offices_own_codes_are_named_one_by_one_and_taken_for_no_others(tmp_path: Path) -> None:
    lines = """
| 科目编码 | 科目名称 | 合计 |
|  | 合计 | 6.00 |
| 302 | 商品和服务支出 | 6.00 |
| 30211 | 慰问费 | 1.00 |
| 30212 | 文体活动费 | 2.00 |
| 30214 | 走访费 | 3.00 |
"""
    none = "| 合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 |\n| 0.00 | 0.00 | 0.00 | 0.00 |"
    text = BUDGET + table("一般公共预算基本支出表", lines) + table("一般公共预算“三公”经费支出表", none)
    assert serious(tmp_path, text) == ["CN702"] * 3


def test_unit_codes_of_three_digits_are_no_classes(tmp_path: Path) -> None:
    whole = """
| 项目 | 预算数 | 项目 | 预算数 |
| 一、财政拨款 | 10.00 | 一、教育支出 | 4.00 |
| 二、其他收入 | 0.00 | 二、社会保障和就业支出 | 6.00 |
| 本年收入合计 | 10.00 | 本年支出合计 | 10.00 |
| 收入总计 | 10.00 | 支出总计 | 10.00 |
"""
    units = """
| 单位编码 | 单位名称 | 合计 | 财政拨款 | 事业收入 |
|  | 合计 | 10.00 | 10.00 |  |
| 205 | 示例市示例局 | 10.00 | 10.00 |  |
| 205001 | 示例市示例局 | 7.00 | 7.00 |  |
| 205003 | 示例市示例中心 | 3.00 | 3.00 |  |
"""
    assert serious(tmp_path, BUDGET + table("部门收支总表", whole) + table("部门支出总表", units)) == []


def test_carried_over_money_within_the_lines_of_the_total_table(tmp_path: Path) -> None:
    whole = """
| 项目 | 预算数 | 项目 | 预算数 |
| 一、一般公共预算资金 | {} | 一、教育支出 | {} |
| 合计 | {} | 合计 | {} |
"""
    fiscal = """
| 项目 | 预算数 | 项目 | 总计 | 一般公共预算 | 政府性基金预算 |
| 一、本年收入 | 70.00 | 一、本年支出 | 90.00 | 90.00 |  |
| （一）一般公共预算资金 | 70.00 | （一）教育支出 | 90.00 | 90.00 |  |
| 二、上年结转 | 20.00 | 二、结转下年 |  |  |  |
| （一）一般公共预算拨款 | 20.00 |  |  |  |  |
| 收入合计 | 90.00 | 支出合计 | 90.00 | 90.00 |  |
"""
    second = table("财政拨款收支总体情况表", fiscal)
    right, wrong = (
        table("部门收支总体情况表", whole.format(*[figure] * 4)) + second for figure in ("90.00", "96.00")
    )
    assert serious(tmp_path, BUDGET + right) == []
    assert "CN309.1" in serious(tmp_path, BUDGET + wrong)


def test_a_row_with_a_note_in_brackets_is_the_row(tmp_path: Path) -> None:
    lines = """
| 项目 | 预算数 | 项目 | 预算数 |
| 一、一般公共预算拨款收入 | 50.00 | 一、教育支出 | 58.00 |
| 二、事业收入（不含教育收费） | 8.00 |  |  |
| 本年收入合计 | 58.00 | 本年支出合计 | 58.00 |
| 收入总计 | 58.00 | 支出总计 | 58.00 |
"""
    said = "\n一、收入预算情况说明\n\n2026年收入预算58.00万元，其中：一般公共预算拨款收入50.00万元，事业收入{}万元。\n"
    assert serious(tmp_path, BUDGET + table("收支总表", lines) + said.format("8.00")) == []
    assert serious(tmp_path, BUDGET + table("收支总表", lines) + said.format("9.00"))


def test_levels_of_a_table_without_codes_are_told_by_what_adds_up(tmp_path: Path) -> None:
    lines = """
| 采购大类 | 项目名称 | 采购组织形式 | 一般公共预算 | 合计 |
| 合计 |  |  | 30.00 | 30.00 |
| 货物 |  |  | 20.00 | 20.00 |
| 示例市示例局 |  |  | 20.00 | 20.00 |
|  | 计算机 | 集中采购 | 12.00 | 12.00 |
|  | 打印机 | 集中采购 | 8.00 | 8.00 |
| 服务 |  |  | 10.00 | 10.00 |
| 示例市示例局 |  |  | 10.00 | 10.00 |
|  | 印刷 | 集中采购 | 10.00 | 10.00 |
"""
    assert serious(tmp_path, BUDGET + table("政府采购支出表", lines)) == []
    flat = "| 项目名称 | 合计 |\n| 合计 | 35.00 |\n| 复印纸 | 10.00 |\n| 计算机 | 20.00 |"
    assert serious(tmp_path, BUDGET + table("政府采购支出表", flat)) == ["CN220"]


def test_the_rest_under_a_heading_is_no_class(tmp_path: Path) -> None:
    whole = """
| 项目 | 行次 | 金额 | 项目 | 行次 | 金额 |
| 一、财政拨款收入 | 1 | 90.00 | 一、教育支出 | 11 | 80.00 |
|  |  |  | 二、其他支出 | 12 | 10.00 |
| 本年收入合计 | 2 | 90.00 | 本年支出合计 | 13 | 90.00 |
| 年初结转和结余 | 3 | 5.00 | 结余分配 | 14 | 5.00 |
|  |  |  | 其他 | 15 | 5.00 |
| 总计 | 4 | 95.00 | 总计 | 16 | 95.00 |
"""
    expense = """
| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|  | 合计 | 90.00 | 80.00 | 10.00 |
| 205 | 教育支出 | 80.00 | 80.00 |  |
| 20501 | 教育管理事务 | 80.00 | 80.00 |  |
| 2050101 | 行政运行 | 80.00 | 80.00 |  |
| 229 | 其他支出 | 10.00 |  | 10.00 |
| 22999 | 其他支出 | 10.00 |  | 10.00 |
| 2299999 | 其他支出 | 10.00 |  | 10.00 |
"""
    head = "# 示例市示例局2024年度部门决算\n"
    text = head + table("收入支出决算总表", whole) + table("支出决算表", expense)
    assert [rule for rule in serious(tmp_path, text) if rule.startswith(("FA303", "BL426"))] == []


def test_secret_items_that_are_said_to_be_left_out_make_a_doubt_at_most(tmp_path: Path) -> None:
    lacking = EXPENSE.replace(
        "| 2081005 | 社会福利事业单位 | 90.00 | 90.00 |", "| 2081005 | 社会福利事业单位 | 70.00 | 70.00 |"
    )
    note = "\n注：涉密事项按规定不予公开。\n"
    for text, severity in ((lacking, Severity.ERROR), (lacking + note, Severity.WARNING)):
        found = [f for f in findings(tmp_path, BUDGET + table("部门支出总表", text)) if f.rule == "CN201"]
        assert [f.severity for f in found] == [severity]


def test_a_group_printed_once_more_as_its_own_item(tmp_path: Path) -> None:
    lines = """
| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|  | 合计 | 8.00 | 6.00 | 2.00 |
| 205 | 教育支出 | 6.00 | 6.00 |  |
| 20501 | 教育管理事务 | 6.00 | 6.00 |  |
| 2050101 | 行政运行 | 6.00 | 6.00 |  |
| 219 | 援助其他地区支出 | 2.00 |  | 2.00 |
| 21999 | 其他支出 | 2.00 |  | 2.00 |
| 21999 | 其他支出 | 2.00 |  | 2.00 |
"""
    text = BUDGET + table("部门支出总表", lines) + table("一般公共预算支出表", lines)
    assert serious(tmp_path, text) == []
    wrong = lines.replace("| 219 | 援助其他地区支出 | 2.00 |", "| 219 | 援助其他地区支出 | 3.00 |")
    assert "CN201" in serious(tmp_path, BUDGET + table("部门支出总表", wrong))
