"""Titles, numbers, departments and units printed as rows of a grid stand over its table; no table is dropped."""

from __future__ import annotations

import pytest
from tests.normalise.documents import grid, paths, read_blocks

INCOME = "项目|预算数\n一、一般公共预算|3.00\n合计|3.00"
EXPENSE = "科目编码|科目名称|合计\n201|一般公共服务支出|3.00\n合计||3.00"


def told(*blocks: object) -> list[tuple[str, str | None, str | None, int]]:
    """Return title, number, unit and rows of every table."""
    return [(t.title, t.number, t.unit, len(t.rows)) for t in read_blocks(*blocks).tables]  # type: ignore[arg-type]


def test_every_grid_with_its_title_inside_is_a_table_of_its_own() -> None:
    first, second = f"收支预算总表\n单位：万元\n{INCOME}", f"支出预算总表\n单位：元\n{EXPENSE}"
    third = "收入预算总表\n单位：万元\n科目编码|科目名称|合计|拨款\n201|一般公共服务支出|3.00|3.00"
    assert told(grid(first), grid(second), grid(third)) == [
        ("收支预算总表", None, "万元", 2),
        ("支出预算总表", None, "元", 2),
        ("收入预算总表", None, "万元", 1),
    ]


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("预算02表 收入总表\n||金额单位：万元", "预算02表"),
        ("表2 收入总表\n单位：万元", "表2"),
        ("公开02表\n收入总表\n单位：万元", "公开02表"),
        ("收入总表\n公开02表\n部门：示例市示例区某局||单位：万元", "公开02表"),
        ("||\n|附表2　收入总表|\n||金额单位：万元", "附表2"),
        ("预算表12 收入总表\n单位：万元", "预算表12"),
    ],
)
def test_number_department_and_unit_may_stand_anywhere_over_the_header(head: str, number: str) -> None:
    assert told(grid(f"{head}\n{EXPENSE}")) == [("收入总表", number, "万元", 2)]


def test_tables_one_under_another_in_one_grid_are_cut_at_their_titles() -> None:
    text = f"收支总表\n单位：万元\n{INCOME}\n支出总表\n单位：万元\n{EXPENSE}"
    document = read_blocks(grid(text))
    assert [table.title for table in document.tables] == ["收支总表", "支出总表"]
    assert paths(document.tables[0])[:2] == ["项目", "预算数"]
    assert paths(document.tables[1]) == ["科目编码", "科目名称", "合计"]


def test_a_row_that_ends_as_a_title_does_is_none_where_nothing_heads_a_table_under_it() -> None:
    text = "项目名称|金额\n制作宣传品及统计报表|1.00\n年度财务报表|\n印制工作表|2.00"
    assert [(t.title, len(t.rows)) for t in read_blocks("项目支出表", "单位：万元", grid(text)).tables] == [
        ("项目支出表", 3)
    ]


def test_a_title_said_over_the_grid_and_in_it_is_said_once() -> None:
    document = read_blocks("一、支出总表", "支出总表", grid(f"支出总表\n单位：万元\n{EXPENSE}"))
    assert [table.title for table in document.tables] == ["支出总表"]


def test_a_grid_without_title_goes_on_with_the_one_before() -> None:
    more = "202|外交支出|1.00\n203|国防支出|2.00"
    (table,) = read_blocks(grid(f"支出总表\n单位：万元\n{EXPENSE}"), grid(more)).tables
    assert [row.code for row in table.rows] == ["201", None, "202", "203"]


def test_a_grid_of_other_columns_without_title_is_listed_and_not_dropped() -> None:
    other = "采购品目|数量|金额|备注\nA 货物|2|3.00|\n合计||3.00|"
    first, second = read_blocks(grid(f"支出总表\n单位：万元\n{EXPENSE}"), grid(other)).tables
    assert (first.title, len(first.rows)) == ("支出总表", 2)
    assert (second.title, paths(second)) == ("", ["采购品目", "数量", "金额", "备注"])
