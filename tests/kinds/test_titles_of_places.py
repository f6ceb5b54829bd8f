"""Tables as places publish them: lists of units, the basic expenditure in several sheets, sums of an own scheme."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.kinds.tried import BUDGET, FINAL, checked, table

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
