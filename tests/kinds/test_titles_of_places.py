"""Tables as places publish them: lists of units, the basic expenditure in several sheets, sums of an own scheme."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.kinds.tried import BUDGET, FINAL, checked, found, table, undecided

from budgetlint.document import TableState

UNITS = {
    "序号 单位名称": "序号|单位名称\n1|示例市示例区某局本级\n2|示例市示例区某中心",
    "预算单位名称": "序号|预算单位名称|备注\n1|示例市示例区某局本级|\n2|示例市示例区某中心|",
    "代码": "单位代码|单位名称\n101001|示例市示例区某局本级\n101002|示例市示例区某中心",
}


@pytest.mark.parametrize("ending", ["txt", "md"])
@pytest.mark.parametrize("kind", [BUDGET, FINAL], ids=["budget", "final account"])
@pytest.mark.parametrize("units", UNITS.values(), ids=UNITS)
def test_a_list_of_units_is_no_unknown_table(tmp_path: Path, units: str, kind: str, ending: str) -> None:
    lines = [line.split("|") for line in units.splitlines()]
    head = "二、预算单位构成\n\n本部门共有2个单位：\n\n"
    grid = (
        "\n".join(
            ["| " + " | ".join(lines[0]) + " |", "|" + " --- |" * len(lines[0])]
            + ["| " + " | ".join(line) + " |" for line in lines[1:]]
        )
        if ending == "md"
        else "\n".join("\t".join(line) for line in lines)
    )
    report = checked(tmp_path, f"{kind}{head}{grid}\n\n三、其他\n\n无。\n", ending)
    assert "BL114" not in {finding.rule for finding in report.findings}
    assert [each.id for each in report.tables] == ["b.org"]


PARTS = (
    "人员经费(工资福利支出)(按政府预算经济分类)",
    "人员经费(对个人和家庭的补助)(按部门预算经济分类)",
    "公用经费(商品和服务支出)(按政府预算经济分类)",
)


@pytest.mark.parametrize("number", ["", "7、", "表7："])
@pytest.mark.parametrize("part", PARTS)
def test_sheets_of_the_basic_expenditure_have_their_name(tmp_path: Path, part: str, number: str) -> None:
    body = "科目编码|科目名称|合计|工资奖金津补贴|社会保障缴费\n|合计|9.00|6.00|3.00\n2010101|行政运行|9.00|6.00|3.00"
    whole = "科目编码|科目名称|合计|人员经费|公用经费\n|合计|9.00|9.00|\n301|工资福利支出|9.00|9.00|\n30101|基本工资|9.00|9.00|"
    text = table("一般公共预算基本支出表", whole) + table(f"{number}一般公共预算基本支出表--{part}", body)
    tables = checked(tmp_path, BUDGET + text).tables
    assert [each.id for each in tables] == ["b.gpb_basic", "b.basic_detail"]
    assert all(each.state == TableState.FULL.value for each in tables)


TOTALS = (
    "收入||支出|\n项目|{money}|项目|{money}\n一、一般公共预算拨款收入|80.00|一、一般公共服务支出|70.00\n"
    "二、事业收入|10.00|二、教育支出|25.00\n本年收入合计|90.00|本年支出合计|95.00\n上年结转结余|5.00|结转下年支出|0.00\n"
    "{income}|95.00|{expense}|{total}\n"
)


@pytest.mark.parametrize("money", ["预算数", "预算", "金额"])
@pytest.mark.parametrize(
    ("income", "expense"),
    [("收入合计", "支出合计"), ("收入总计", "支出总计"), ("收 入 合 计", "支 出 合 计")],
)
@pytest.mark.parametrize("total", ["95.00", "96.00"])
def test_the_last_sum_of_a_side_is_its_total(
    tmp_path: Path, money: str, income: str, expense: str, total: str
) -> None:
    body = TOTALS.format(money=money, income=income, expense=expense, total=total)
    report = checked(tmp_path, BUDGET + table("收支预算总表", body))
    assert ("CN202" in found(report)) == (total == "96.00")
    assert not undecided(report)


def test_a_sum_before_the_total_is_not_the_total(tmp_path: Path) -> None:
    body = TOTALS.format(money="金额", income="收入总计", expense="支出总计", total="95.00")
    body = body.replace("本年收入合计", "收入合计").replace("本年支出合计", "支出合计")
    assert not found(checked(tmp_path, BUDGET + table("收支预算总表", body)))


@pytest.mark.parametrize("column", ["预算", "预算数", "金额", "合计"])
@pytest.mark.parametrize("total", ["30.00", "31.00"])
def test_a_list_of_economic_classes_with_one_column_is_tied(tmp_path: Path, column: str, total: str) -> None:
    text = table(
        "一般公共预算支出表",
        "科目编码|科目名称|合计|基本支出|项目支出\n合计||40.00|30.00|10.00\n201|一般公共服务支出|40.00|30.00|10.00",
    )
    text += table(
        "一般公共预算基本支出情况表（按经济分类科目）",
        f"部门预算支出经济科目|{column}\n合计|{total}\n[301]工资福利支出|20.00\n[302]商品和服务支出|{float(total) - 20:.2f}",
    )
    report = checked(tmp_path, BUDGET + text)
    assert ("CN308" in found(report)) == (total == "31.00")
    assert not undecided(report)


@pytest.mark.parametrize("column", ["机关运行经费支出", "机关运行经费", "预算数", "合计"])
@pytest.mark.parametrize("said", ["12.00", "13.00"])
def test_the_running_expenses_are_tied_to_prose(tmp_path: Path, column: str, said: str) -> None:
    text = table(
        "一般公共预算机关运行经费支出预算表",
        f"科目编码|科目名称|{column}\n合计||12.00\n302|商品和服务支出|12.00\n30201|办公费|7.00\n30211|差旅费|5.00",
    )
    text += f"一、机关运行经费支出情况说明\n\n2026年本部门机关运行经费预算支出{said}万元。\n"
    assert ("CN430" in found(checked(tmp_path, BUDGET + text))) == (said == "13.00")
