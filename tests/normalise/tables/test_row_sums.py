"""Rows: parts whose indentation was lost, found by what adds up."""

from __future__ import annotations

import pytest
from tests.normalise.documents import only, row

HEAD = "收支表\n\n单位：万元\n\n| 项目 | 金额 |\n|---|---|\n"


def parents(*rows: str) -> dict[str, str | None]:
    """Return by label the label of the row above it."""
    table = only(HEAD + "".join(f"| {line.replace(' ', ' | ')} |\n" for line in rows))
    labels = [one.label for one in table.rows]
    return {one.label: None if one.parent is None else labels[one.parent] for one in table.rows}


def test_what_goes_on_after_其中_is_a_part_though_nothing_indents_it() -> None:
    found = parents("合计 10.00", "接待费 2.00", "用车费 8.00", "其中：购置费 3.00", "运行费 5.00")
    assert found["运行费"] == found["其中：购置费"] == "用车费"
    assert found["用车费"] != "用车费" and found["接待费"] == found["用车费"]


def test_one_part_of_as_many_digits_stands_under_the_row_before_it() -> None:
    found = parents("拨款 1006.81", "一般预算 1006.81", "其他 20.00", "小计 1026.81")
    assert found == {"拨款": "小计", "一般预算": "拨款", "其他": "小计", "小计": None}


@pytest.mark.parametrize(
    "rows",
    [
        ("合计 18.00", "接待费 2.00", "用车费 8.00", "购置费 3.00", "运行费 5.00"),
        ("合计 11.00", "接待费 2.00", "用车费 8.00", "购置费 3.00", "运行费 5.00"),
        ("合计 20.00", "甲 20.00", "乙 20.00"),
    ],
    ids=["all rows add up", "no reading adds up", "a round figure twice"],
)
def test_rows_stay_beside_each_other(rows: tuple[str, ...]) -> None:
    assert set(parents(*rows).values()) == {None}


def test_every_amount_column_must_add_up() -> None:
    table = only(
        "收支表\n\n单位：万元\n\n| 项目 | 上年 | 本年 |\n|---|---|---|\n"
        "| 合计 | 10.00 | 19.00 |\n| 接待费 | 2.00 | 2.00 |\n| 用车费 | 8.00 | 8.00 |\n"
        "| 购置费 | 3.00 | 4.00 |\n| 运行费 | 5.00 | 5.00 |\n"
    )
    assert row(table, "运行费").parent is None
