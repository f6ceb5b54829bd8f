"""Headers as printers leave them: with the total in their lowest row, moved to the left, with rows that number columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.kinds.tried import BUDGET, FINAL, checked, found, table, undecided

BODY = """
{head}
201|||一般公共服务支出|90.00|73.37|16.63
201|06||财政事务|90.00|73.37|16.63
201|06|01|行政运行|90.00|73.37|16.63
221|||住房保障支出|6.33|6.33|
221|02||住房改革支出|6.33|6.33|
221|02|01|住房公积金|6.33|6.33|
"""

#: Headers whose lowest row carries the total, with the total in its place.
WITH_TOTAL = {
    "类 款 项 合计": "项目||||本年支出合计|基本支出|项目支出\n支出功能分类||||||\n科目编码|||科目名称|||\n类|款|项|合计|{total}|79.70|16.63",
    "two rows": "科目编码|||科目名称|本年支出合计|基本支出|项目支出\n类|款|项|合计|{total}|79.70|16.63",
    "总计": "科目编码|||科目名称|本年支出合计|基本支出|项目支出\n类|款|项|总计|{total}|79.70|16.63",
    "numbers between": "科目编码|||科目名称|本年支出合计|基本支出|项目支出\n类|款|项|栏次|1|2|3\n类|款|项|合计|{total}|79.70|16.63",
    "a row of its own": "科目编码|||科目名称|本年支出合计|基本支出|项目支出\n类|款|项||||\n|||合计|{total}|79.70|16.63",
}


@pytest.mark.parametrize("ending", ["txt", "md"])
@pytest.mark.parametrize("head", WITH_TOTAL.values(), ids=WITH_TOTAL)
def test_a_total_in_the_header_is_added_up(tmp_path: Path, head: str, ending: str) -> None:
    def text(total: str) -> str:
        return FINAL + table("支出决算表", BODY.format(head=head.format(total=total)), ending=ending)

    assert not found(checked(tmp_path, text("96.33"), ending))
    assert "CN201" in found(checked(tmp_path, text("96.63"), ending))


PROSE = (
    "三、支出预算总体情况说明\n\n2026年支出合计500.0万元，其中：基本支出{basic}万元；项目支出200.0万元。\n\n"
)
ROWS = """
||||合计|500.0|300.0|250.0|20.0|30.0||200.0||200.0
208|01|01||行政运行|300.0|300.0|250.0|20.0|30.0||||
208|01|02||一般行政管理事务|200.0||||||200.0||200.0
"""
#: Lowest header rows that moved, all to the left or cut of their blanks.
MOVED = {
    "from the fourth column": "类|款|项|工资福利支出|对个人和家庭的补助|商品和服务支出||资本性支出",
    "without a gap": "类|款|项|工资福利支出|对个人和家庭的补助|商品和服务支出|资本性支出",
    "by one": "类|款|项||||工资福利支出|对个人和家庭的补助|商品和服务支出|资本性支出",
    "by two": "类|款|项|||工资福利支出|对个人和家庭的补助|商品和服务支出|资本性支出",
    "in its place": "类|款|项|||||工资福利支出|对个人和家庭的补助|商品和服务支出|资本性支出",
}


@pytest.mark.parametrize("row", MOVED.values(), ids=MOVED)
def test_a_header_row_that_moved_is_put_back(tmp_path: Path, row: str) -> None:
    top = "科目编码|||单位代码|单位（科目名称）|合计|基本支出||||{}项目支出|||".format(
        "|" if row == MOVED["in its place"] else ""
    )
    middle = "||||||小计|人员经费||公用经费||小计|其他运转类|特定目标类"
    grid = table("2026年部门支出总体情况表", "\n".join((top, middle, row, ROWS.strip())))
    sound = checked(tmp_path, BUDGET + PROSE.format(basic="300.0") + grid)
    assert not found(sound) and not undecided(sound)
    wrong = checked(tmp_path, BUDGET + PROSE.format(basic="300.0") + grid.replace("200.0", "220.0"))
    assert "CN406" in found(wrong) or "CN211" in found(wrong)


EMPTY = "\n{numbers}\n合计|\n\n备注：2026年不安排国有资本经营预算支出，本表无数据。\n\n"
ONE_COLUMN = {"stars": "**|1", "甲": "甲|1", "栏次": "栏次|1", "one star": "*|1"}


@pytest.mark.parametrize("ending", ["txt", "md"])
@pytest.mark.parametrize("numbers", ONE_COLUMN.values(), ids=ONE_COLUMN)
def test_the_number_of_a_column_is_no_figure(tmp_path: Path, numbers: str, ending: str) -> None:
    grid = table("国有资本经营预算支出表", f"功能分类科目名称|项目支出\n{numbers}\n合计|", ending=ending)
    note = "备注：2026年不安排国有资本经营预算支出，本表无数据。\n"
    report = checked(tmp_path, BUDGET + grid + note, ending)
    assert not found(report)
    assert report.coverage is not None and not report.coverage.numbers
    wrong = table("国有资本经营预算支出表", f"功能分类科目名称|项目支出\n{numbers}\n合计|9.00", ending=ending)
    assert "BL432" in found(checked(tmp_path, BUDGET + wrong + note, ending))


NUMBERED = {
    "stars": "**|**|1|2|3",
    "甲 乙": "甲|乙|1|2|3",
    "栏次": "栏次||1|2|3",
    "from the first": "1|2|3|4|5",
    "sums": "||1=2+3|2|3",
    "dashes": "——|——|1|2|3",
}


@pytest.mark.parametrize("ending", ["txt", "md"])
@pytest.mark.parametrize("numbers", NUMBERED.values(), ids=NUMBERED)
def test_rows_of_column_numbers_are_no_rows(tmp_path: Path, numbers: str, ending: str) -> None:
    body = (
        f"科目编码|科目名称|合计|基本支出|项目支出\n{numbers}\n|合计|9.00|5.00|4.00\n"
        "201|一般公共服务支出|9.00|5.00|4.00\n20103|政府办公厅（室）及相关机构事务|9.00|5.00|4.00\n"
        "2010301|行政运行|5.00|5.00|\n2010302|一般行政管理事务|{}||4.00"
    )
    report = checked(tmp_path, BUDGET + table("部门支出总表", body.format("4.00"), ending=ending), ending)
    assert not found(report) and report.tables[0].rows == 5
    assert found(
        checked(tmp_path, BUDGET + table("部门支出总表", body.format("4.50"), ending=ending), ending)
    )
