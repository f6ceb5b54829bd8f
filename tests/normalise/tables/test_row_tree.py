"""Rows without codes nest by where their words stand: levels in columns of their own, names that come again."""

from __future__ import annotations

import pytest
from tests.normalise.documents import only

from budgetlint.document import Table

HEAD = "采购表\n\n单位：万元\n\n"


def listed(header: str, *rows: str) -> Table:
    rule = "|".join("---" for _ in header.split("|")[1:-1])
    return only(HEAD + f"{header}\n|{rule}|\n" + "".join(f"{row}\n" for row in rows))


def levels(table: Table) -> list[int]:
    return [row.level for row in table.rows]


def test_words_further_right_are_a_level_lower() -> None:
    table = listed(
        "| 品目大类 | 专项 | 经济科目 | 物品名称 | 组织形式 | 总计 |",
        "| 一、货物 |  |  |  |  | 10.00 |",
        "|  | 购置费 | 办公设备购置 |  |  | 7.00 |",
        "|  |  |  | 台式机 | 分散 | 4.00 |",
        "|  |  |  | 打印机 | 分散 | 3.00 |",
        "|  | 会议 | 会议费 |  |  | 3.00 |",
        "|  |  |  | 印刷品 | 分散 | 3.00 |",
        "| 二、服务 |  |  |  |  | 5.00 |",
        "|  | 会议 | 会议费 |  |  | 5.00 |",
    )
    assert levels(table) == [0, 1, 2, 2, 1, 2, 0, 1]
    assert table.rows[3].path == ("一、货物", "办公设备购置", "打印机")


def test_a_unit_printed_once_over_its_projects_is_no_level() -> None:
    table = listed(
        "| 单位名称 | 项目名称 | 金额 | 备注 |",
        "| 示例市示例局 | 示例项目甲 | 10.00 |  |",
        "|  | 示例项目乙 | 7.00 | 续建 |",
        "|  | 示例项目丙 | 4.00 |  |",
    )
    assert levels(table) == [0, 0, 0]


def test_a_unit_stands_under_the_unit_whose_code_its_own_begins_with() -> None:
    table = listed(
        "| 单位代码 | 单位(项目)名称 | 金额 |",
        "|  | 合计 | 21.00 |",
        "| 122 | 示例市示例局 | 21.00 |",
        "| 122001 | 示例市示例局（本级） | 21.00 |",
        "|  | 示例项目甲 | 10.00 |",
        "|  | 示例项目乙 | 7.00 |",
        "|  | 示例项目丙 | 4.00 |",
    )
    assert levels(table) == [0, 0, 1, 2, 2, 2]


@pytest.mark.parametrize("times", [3, 5])
def test_projects_of_one_unit_whose_name_each_row_prints_stand_beside_each_other(times: int) -> None:
    rows = [f"| 示例市示例局（本级） | 示例项目{at} | {at + 1}.50 | 目标 |" for at in range(times)]
    table = listed("| 单位名称 | 项目名称 | 预算数 | 绩效目标 |", *rows)
    assert levels(table) == [0] * times


def test_an_item_named_again_stands_under_the_head_it_comes_below() -> None:
    table = listed(
        "| 项目 | 金额 |",
        "| 司法 | 3.00 |",
        "| 行政运行 | 3.00 |",
        "| 监狱 | 4.00 |",
        "| 行政运行 | 4.00 |",
    )
    assert table.rows[3].parent == 2
