"""Shifted rows go back by the header's sums or by a sister table, once reported; a wrong figure is left alone."""

from __future__ import annotations

from tests.normalise.documents import printed, read, row

from budgetlint.document import Document

HEAD = "科目编码\t\t\t单位代码\t科目名称\t合计\t基本支出\t\t\t项目支出\t\t\n类\t款\t项\t\t\t\t小计\t人员\t公用\t小计\t运转\t特定\n"
RIGHT = (
    "\t\t\t\t合计\t19.00\t10.00\t7.00\t3.00\t9.00\t\t9.00\n"
    "\t\t\t101\t示例局\t19.00\t10.00\t7.00\t3.00\t9.00\t\t9.00\n"
    "201\t03\t01\t\t行政运行\t10.00\t10.00\t7.00\t3.00\t\t\t\n"
    "201\t03\t02\t\t管理事务\t9.00\t\t\t\t9.00\t\t9.00\n"
)
SHIFTED = (
    "\t\t\t\t合计\t19.00\t10.00\t7.00\t3.00\t9.00\t\t9.00\n"
    "\t\t101\t示例局\t19.00\t10.00\t7.00\t3.00\t\t9.00\t\t9.00\n"
    "201\t03\t01\t行政运行\t10.00\t10.00\t7.00\t3.00\t\t\t\t\n"
    "201\t03\t02\t管理事务\t9.00\t\t\t\t\t9.00\t\t9.00\n"
)


def two(right: str = RIGHT, shifted: str = SHIFTED) -> Document:
    return read(f"支出总表\n单位：万元\n\n{HEAD}{right}\n拨款支出表\n单位：万元\n\n{HEAD}{shifted}")


def shape(document: Document, table: int) -> list[tuple[object, ...]]:
    return [
        (line.code, line.path, line.kind, [(cell.text, cell.sure) for cell in line.cells.values()])
        for line in document.tables[table].rows
    ]


def test_a_shifted_table_comes_out_as_its_sister_with_one_notice() -> None:
    document = two()
    assert shape(document, 1) == shape(document, 0)
    assert [(notice.id, dict(notice.facts)) for notice in document.notices] == [
        ("BL101", {"table": "拨款支出表"})
    ]
    assert [table.realigned for table in document.tables] == [False, True]


def test_without_a_sister_the_sums_decide_and_what_they_leave_open_is_unsure() -> None:
    document = read(f"拨款支出表\n单位：万元\n\n{HEAD}{SHIFTED}")
    (table,) = document.tables
    line = row(table, "2010302")
    assert printed(line)[4:7] == ["管理事务", "9.00", ""]
    assert line.cells[5].sure
    assert [line.cells[i].sure for i in (10, 11)] == [False, False]
    assert len(document.notices) == 1


def test_one_wrong_figure_in_a_shifted_row_stays_where_its_sister_has_it() -> None:
    document = two(shifted=SHIFTED.replace("行政运行\t10.00\t10.00", "行政运行\t10.00\t18.00"))
    line = row(document.tables[1], "2010301")
    assert printed(line)[5:9] == ["10.00", "18.00", "7.00", "3.00"]
    assert all(cell.sure for cell in line.cells.values())


def test_a_wrong_figure_in_a_straight_table_is_no_shift() -> None:
    document = two(right=RIGHT.replace("行政运行\t10.00\t10.00", "行政运行\t18.00\t10.00"), shifted=RIGHT)
    assert document.notices == ()
    assert printed(row(document.tables[0], "2010301"))[5:7] == ["18.00", "10.00"]
