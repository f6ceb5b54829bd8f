"""However a text is mutilated, its structure is read: no crash, and every printed row keeps its cells."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.normalise.documents import read

LINES = [
    "第一部分 概况",
    "",
    "一、职责",
    "",
    "（一）收入情况。",
    "",
    "预算01表",
    "",
    "2024年支出总表",
    "",
    "部门名称：示例局",
    "",
    "单位：万元",
    "",
    "科目编码\t\t\t单位代码\t科目名称\t合计\t基本支出\t\t项目支出",
    "类\t款\t项\t\t\t\t小计\t人员\t",
    "栏次\t\t\t\t\t1\t2\t3\t4",
    "\t\t\t\t合计\t9.00\t5.00\t5.00\t4.00",
    "\t\t\t101\t示例局\t9.00\t5.00\t5.00\t4.00",
    "201\t03\t01\t\t行政运行\t5.00\t5.00\t5.00\t",
    "",
    "\t项目编码",
    "\t甲",
    "收入\t\t支出\t",
    "项目\t金额\t项目\t金额",
    "一、拨款\t3.00\t五、教育支出\t3.00",
    "其中：基金\t\t\t",
    "甲局小计\t3.00\t\t",
    "注：本表无数据。",
    "一级指标\t二级指标\t三级指标\t指标值",
    "201      示例      1.00     2.00",
    "| 甲 | 1 |",
    "|---|---|",
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(LINES), max_size=40), st.integers(0, 5))
def test_no_order_of_lines_breaks_the_reading(lines: list[str], cut: int) -> None:
    text = "\n".join(lines)[cut:] + "\n结尾。"
    for table in read(text).tables:
        assert table.lines >= 0
        for index, row in enumerate(table.rows):
            assert set(row.cells) <= set(range(len(table.columns)))
            assert row.parent is None or row.parent != index
            assert row.path[-1] == row.label
