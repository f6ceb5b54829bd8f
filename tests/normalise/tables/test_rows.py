"""Rows: codes, kinds, and the tree that codes, numbering, 其中 and subtotals give."""

from __future__ import annotations

from tests.normalise.documents import only, row

from budgetlint.document import Row, RowKind, Table


def parent(table: Table, name: str) -> str | None:
    above = row(table, name).parent
    return None if above is None else table.rows[above].label


def named(table: Table, kind: RowKind) -> list[str]:
    return [line.label for line in table.rows if line.kind is kind]


def codes(rows: tuple[Row, ...]) -> list[str | None]:
    return [line.code for line in rows]


HEAD = "支出表\n单位：万元\n\n"


def test_parts_of_a_code_are_joined_and_repeated_digits_are_not() -> None:
    table = only(
        HEAD + "科目编码\t\t\t科目名称\t合计\n类\t款\t项\t\t\n201\t\t\t甲\t1.00\n201\t03\t\t乙\t1.00\n"
        "201\t20103\t2010301\t丙\t1.00\n\t20104\t\t丁\t1.00\n201\t5\t\t戊\t1.00\n"
    )
    assert codes(table.rows) == ["201", "20103", "2010301", "20104", "20105"]


def test_a_row_may_print_only_its_own_part_of_the_code() -> None:
    table = only(
        HEAD + "科目编码\t\t\t科目名称\t合计\n类\t款\t项\t\t\n\t\t\t合计\t3.00\n201\t\t\t甲\t3.00\n"
        "\t03\t\t乙\t2.00\n\t\t01\t丙\t2.00\n\t04\t\t丁\t1.00\n\t\t99\t戊\t1.00\n"
    )
    assert codes(table.rows) == [None, "201", "20103", "2010301", "20104", "2010499"]


def test_codes_nest_by_prefix() -> None:
    table = only(
        HEAD + "科目编码\t科目名称\t合计\n\t合计\t1.00\n201\t类\t1.00\n20103\t款\t1.00\n2010301\t项\t1.00\n"
    )
    assert [line.level for line in table.rows] == [0, 0, 1, 2]
    assert parent(table, "2010301") == "款"
    assert row(table, "2010301").path == ("类", "款", "项")
    assert named(table, RowKind.TOTAL) == ["合计"]


def test_unit_rows_are_the_parents_of_what_follows() -> None:
    table = only(
        HEAD
        + "科目编码\t单位代码\t科目名称\t合计\n\t\t合计\t3.00\n\t101\t示例局\t2.00\n2010301\t\t行政运行\t2.00\n"
        "\t102\t示例中心\t1.00\n2010350\t\t事业运行\t1.00\n"
    )
    assert named(table, RowKind.SUBTOTAL) == ["示例局", "示例中心"]
    assert parent(table, "2010301") == "示例局"
    assert parent(table, "2010350") == "示例中心"


def test_subtotals_stand_before_or_after_their_details() -> None:
    before = only(HEAD + "项目\t金额\n合计\t3.00\n甲局小计\t3.00\n纸\t1.00\n笔\t2.00\n")
    after = only(HEAD + "项目\t金额\n纸\t1.00\n笔\t2.00\n甲局小计\t3.00\n合计\t3.00\n")
    assert parent(before, "笔") == parent(after, "纸") == "甲局小计"


def test_numbering_nests_and_counts_anew_under_a_row_of_its_own() -> None:
    table = only(
        HEAD + "项目\t金额\n一、本年收入\t3.00\n（一）拨款\t3.00\n其中：基本\t2.00\n本年收入合计\t3.00\n"
        "年初结转和结余\t1.00\n一、拨款结转\t1.00\n一、本年收入\t0.50\n总计\t4.00\n"
    )
    assert parent(table, "（一）拨款") == "一、本年收入"
    assert parent(table, "其中：基本") == "（一）拨款"
    assert table.rows[6].path == ("年初结转和结余", "一、本年收入")
    assert named(table, RowKind.TOTAL) == ["本年收入合计", "总计"]
    assert named(table, RowKind.AMONG) == ["其中：基本"]


def test_what_is_indented_under_among_belongs_to_it() -> None:
    table = only(
        HEAD
        + "项目\t金额\n二、公务用车费\t3.00\n    其中：购置费\t1.00\n        运行费\t2.00\n三、接待费\t1.00\n"
    )
    assert named(table, RowKind.AMONG) == ["其中：购置费", "运行费"]
    assert parent(table, "运行费") == "二、公务用车费"
    assert parent(table, "三、接待费") is None


def test_a_subtotal_as_far_right_as_the_row_of_which_is_no_part_of_it() -> None:
    table = only(
        HEAD + "项目\t金额\n一、人员经费\t3.00\n    其中：工资\t2.00\n    小计\t3.00\n二、公用经费\t1.00\n"
    )
    assert named(table, RowKind.AMONG) == ["其中：工资"]
    assert named(table, RowKind.SUBTOTAL) == ["小计"]
    assert parent(table, "小计") is None


def test_a_total_may_have_no_label() -> None:
    table = only(HEAD + "类型\t项目名称\t合计\n\t\t3.00\n特定目标类\t甲\t1.00\n特定目标类\t乙\t2.00\n")
    assert table.rows[0].kind is RowKind.TOTAL


def test_of_several_code_groups_the_first_is_the_rows() -> None:
    table = only(
        HEAD
        + "部门经济科目\t\t政府经济科目\t\t合计\n科目编码\t科目名称\t科目编码\t科目名称\t\n30101\t基本工资\t50101\t工资奖金\t1.00\n"
    )
    assert (table.rows[0].code, table.rows[0].label) == ("30101", "基本工资")


def test_indentation_under_a_numbered_row_nests() -> None:
    table = only(
        HEAD
        + "项目\t金额\n一、基本支出\t3.00\n      人员经费\t2.00\n      公用经费\t1.00\n二、项目支出\t1.00\n"
    )
    assert parent(table, "公用经费") == "一、基本支出"
    assert parent(table, "二、项目支出") is None


def test_a_numbered_total_is_a_row_of_its_list() -> None:
    table = only(
        HEAD + "项目\t金额\n一、三公经费支出\t——\n（一）支出合计\t3.00\n1.接待费\t3.00\n总计\t3.00\n"
    )
    assert parent(table, "1.接待费") == "（一）支出合计"
    assert named(table, RowKind.TOTAL) == ["总计"]


def test_a_footers_figure_belongs_to_the_total_that_spans_the_blocks_before_it() -> None:
    table = only(
        "基本支出表\n单位：万元\n\n人员经费\t\t\t公用经费\t\t\t\t\t\n"
        "科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\n"
        "301\t工资福利支出\t7.00\t302\t商品和服务支出\t2.00\t310\t资本性支出\t1.00\n"
        "人员经费合计\t\t7.00\t公用经费合计\t\t\t\t\t3.00\n"
    )
    total = row(table, "公用经费合计")
    assert [str(cell.amount.value) for cell in total.cells.values() if cell.amount] == ["30000.00"]
    assert len([line for line in table.rows if line.line == total.line]) == 2


def test_codes_may_stand_in_the_labels() -> None:
    table = only(
        HEAD
        + "功能科目名称\t合计\n合计\t3.00\n[208]社会保障和就业支出\t3.00\n[20805]行政事业单位养老支出\t3.00\n"
        "[2080501]行政单位离退休\t1.00\n[2080505]机关事业单位基本养老保险缴费支出\t2.00\n"
    )
    assert row(table, "2080505").label == "机关事业单位基本养老保险缴费支出"
    assert parent(table, "2080505") == "行政事业单位养老支出"


def test_numbers_that_begin_a_label_now_and_then_are_no_codes() -> None:
    table = only(HEAD + "项目\t合计\n100人以上企业补贴\t3.00\n培训\t3.00\n会议\t3.00\n")
    assert [line.code for line in table.rows] == [None, None, None]


def test_rows_that_come_again_without_numbers_stand_under_the_head_before_them() -> None:
    table = only(
        "财政拨款收支总表\n单位：万元\n项目\t金额\n一、本年收入\t9.00\n一般公共预算拨款\t7.00\n政府性基金预算拨款\t2.00\n"
        "二、上年结转\t3.00\n一般公共预算拨款\t2.00\n政府性基金预算拨款\t1.00\n收入总计\t12.00\n"
    )
    under = [line.label for line in table.rows if line.path[:-1] == ("二、上年结转",)]
    assert under == ["一般公共预算拨款", "政府性基金预算拨款"]


def test_rows_that_begin_further_right_stand_under_the_row_of_one_word() -> None:
    table = only(
        "政府采购预算表\n单位：万元\n类别\t项目名称\t金额\n合计\t\t9.00\n货物类\t\t4.00\n\t电脑\t4.00\n服务类\t\t5.00\n"
        "\t物业管理\t5.00\n"
    )
    assert [line.path for line in table.rows if line.level] == [("货物类", "电脑"), ("服务类", "物业管理")]
