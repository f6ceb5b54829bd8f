"""Header rows fold into one path a column, whatever they merge, shift or leave out."""

from __future__ import annotations

import pytest
from tests.normalise.documents import only, paths, printed

HEAD = "支出表\n单位：万元\n\n"
SPANNED = (
    "科目编码\t\t\t科目名称\t合计\t基本支出\t\t\t项目支出\n"
    "\t\t\t\t\t小计\t人员经费\t公用经费\t\n"
    "类\t款\t项\t\t\t\t\t\t\n"
    "201\t01\t01\t行政运行\t3.00\t3.00\t2.00\t1.00\t\n"
)
WANTED = [
    "科目编码/类",
    "科目编码/款",
    "科目编码/项",
    "科目名称",
    "合计",
    "基本支出/小计",
    "基本支出/人员经费",
    "基本支出/公用经费",
    "项目支出",
]


def test_merged_cells_are_blanks_to_the_right_and_below() -> None:
    table = only(HEAD + SPANNED)
    assert paths(table) == WANTED
    assert table.rows[0].code == "2010101"


def test_a_parent_printed_one_column_early_stands_over_its_own_subtotal() -> None:
    shifted = (
        "科目名称\t合计\t基本支出\t\t项目支出\t\t\n"
        "\t\t小计\t公用经费\t\t小计\t特定目标类\n"
        "\t\t\t商品服务\t资本性\t\t\n"
        "合计\t6.00\t3.00\t2.00\t1.00\t3.00\t3.00\n"
    )
    assert paths(only(HEAD + shifted))[2:] == [
        "基本支出/小计",
        "基本支出/公用经费/商品服务",
        "基本支出/公用经费/资本性",
        "项目支出/小计",
        "项目支出/特定目标类",
    ]


def test_rows_that_list_a_merged_cell_once_are_laid_over_the_row_below() -> None:
    cells = [
        ["序号", "科目", "本年收入", "上年结转"],
        ["", "编码", "名称", "小计", "拨款", "其他", ""],
        ["栏次", "1", "2", "3", "4", "5", "6"],
        ["1", "201", "一般公共服务支出", "3.00", "2.00", "1.00", ""],
    ]
    text = "收入总表\n" + "\n".join("".join(f"\t{cell}\n" for cell in line) for line in cells)
    assert paths(only(text)) == [
        "序号",
        "科目/编码",
        "科目/名称",
        "本年收入/小计",
        "本年收入/拨款",
        "本年收入/其他",
        "上年结转",
    ]


def test_a_third_row_pushed_to_the_left_is_put_back() -> None:
    pushed = (
        "科目名称\t合计\t人员经费\t\t公用经费\t\n"
        "工资\t补助\t商品\t资本\t\t\n"
        "行政运行\t4.00\t1.00\t1.00\t1.00\t1.00\n"
    )
    assert paths(only(HEAD + pushed))[2:] == [
        "人员经费/工资",
        "人员经费/补助",
        "公用经费/商品",
        "公用经费/资本",
    ]


@pytest.mark.parametrize("numbers", ["栏次\t\t1\t2", "\t\t1\t2", "\t栏次\t1\t2=3+4"])
def test_a_row_that_numbers_the_columns_is_no_body(numbers: str) -> None:
    table = only(f"{HEAD}科目编码\t科目名称\t合计\t基本支出\n{numbers}\n201\t甲\t1.00\t1.00\n")
    assert table.lines == 1
    assert printed(table.rows[0]) == ["201", "甲", "1.00", "1.00"]


def test_a_header_repeated_after_a_page_break_is_dropped() -> None:
    head = "科目编码\t科目名称\t本年支出\t\n\t\t合计\t基本支出\n"
    table = only(f"{HEAD}{head}201\t甲\t1.00\t1.00\n\n{head}202\t乙\t2.00\t2.00\n")
    assert [line.code for line in table.rows] == ["201", "202"]
    assert table.lines == 2


def test_code_levels_may_stand_beside_the_column_numbers() -> None:
    table = only(
        f"{HEAD}项目\t\t\t\t本年支出\t\n科目编码\t\t\t科目名称\t合计\t基本支出\n类\t款\t项\t栏次\t1\t2\n"
        "合计\t\t\t\t3.00\t3.00\n2010101\t\t\t行政运行\t3.00\t3.00\n"
    )
    assert paths(table)[:4] == ["项目/科目编码/类", "项目/科目编码/款", "项目/科目编码/项", "项目/科目名称"]
    assert [line.code for line in table.rows] == [None, "2010101"]


def test_three_lists_side_by_side_under_two_headers() -> None:
    table = only(
        f"{HEAD}收入\t\t支出\t\t\t\n项目\t决算数\t按功能分类\t决算数\t按支出性质\t决算数\n"
        "一、拨款\t3.00\t一、教育支出\t3.00\t一、基本支出\t3.00\n总计\t3.00\t总计\t3.00\t总计\t3.00\n"
    )
    assert [line.path for line in table.rows[:3]] == [
        ("收入", "一、拨款"),
        ("支出", "一、教育支出"),
        ("按支出性质", "一、基本支出"),
    ]


def test_parents_listed_once_stand_over_equal_halves_of_the_row_below() -> None:
    half = "合计\t因公出国费\t公务用车费\t\t接待费"
    row = "\t".join(["9.00", "1.00", "6.00", "4.00", "2.00"] * 2)
    table = only(
        f"{HEAD}2023年预算数\t2024年预算数\n{half}\t{half}\n\t\t购置\t运行\t\t\t\t购置\t运行\t\n".replace(
            "9.00", "9.00"
        )
        + row
        + "\n"
    )
    assert paths(table)[5] == "2024年预算数/合计"
    assert paths(table)[8] == "2024年预算数/公务用车费/运行"


def test_three_header_rows_that_list_each_merged_cell_once() -> None:
    cells = (
        ["科目编码", "单位（科目名称）", "合计", "基本支出", "项目支出"],
        ["类", "款", "项", "", "", "小计", "人员经费", "公用经费", "小计", "特定目标类"],
        ["", "", "", "", "", "", "工资福利支出", "对个人的补助", "商品和服务支出", "资本性支出", "", ""],
        ["201", "01", "01", "行政运行", "9.00", "7.00", "4.00", "1.00", "1.50", "0.50", "2.00", "2.00"],
    )
    table = only(HEAD + "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in cells) + "\n")
    assert paths(table)[3:] == [
        "单位(科目名称)",
        "合计",
        "基本支出/小计",
        "基本支出/人员经费/工资福利支出",
        "基本支出/人员经费/对个人的补助",
        "基本支出/公用经费/商品和服务支出",
        "基本支出/公用经费/资本性支出",
        "项目支出/小计",
        "项目支出/特定目标类",
    ]


def test_a_total_beside_the_lowest_header_line_is_no_column_of_codes() -> None:
    empty = "项目\t\t本年支出\t\t\n科目编码\t科目名称\t\t\t\n合计\t\t小计\t基本支出\t项目支出\n\t\t\t\t\n\t\t\t\t\n"
    assert paths(only(HEAD + empty))[:2] == ["项目/科目编码", "项目/科目名称"]


FORM = (
    "收入\t\t\t支出\t\t\n项目\t行次\t决算数\t项目\t行次\t决算数\n{}\n"
    "一、财政拨款收入\t1\t8.00\t一、教育支出\t32\t8.00\n总计\t31\t8.00\t总计\t64\t8.00\n"
)


def test_rows_and_columns_keep_the_numbers_a_form_prints() -> None:
    table = only(HEAD + FORM.format("栏次\t\t1\t栏次\t\t2"))
    assert [column.number for column in table.columns] == [None, None, 1, None, None, 2]
    assert [line.number for line in table.rows] == [1, 32, 31, 64]


@pytest.mark.parametrize("line", ["栏次\t1\t2", "栏次\t\t1\t栏次\t\t1"])
def test_a_line_of_numbers_that_does_not_tell_their_columns_gives_none(line: str) -> None:
    assert {column.number for column in only(HEAD + FORM.format(line)).columns} == {None}


def test_the_numbers_of_a_list_are_no_row_numbers() -> None:
    table = only(HEAD + "序号\t项目名称\t金额\n1\t甲项目\t3.00\n2\t乙项目\t4.00\n")
    assert {line.number for line in table.rows} == {None}


def test_a_long_list_of_words_has_its_first_line_for_a_header() -> None:
    rows = "".join(f"表{at}\t示例支出{at}表\t{'是' if at == 3 else ''}\t\n" for at in range(1, 12))
    table = only("报表目录\n\n报表\t报表名称\t是否空表\t表格为空的理由\n" + rows)
    assert paths(table) == ["报表", "报表名称", "是否空表", "表格为空的理由"]
    assert len(table.rows) == 11
