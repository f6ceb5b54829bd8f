"""The words of goals against the figures of their sheet."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.checking.passages import document, failures, named, table

from budgetlint.checking.checks.goals import GOALS_CHECKS
from budgetlint.document import Cell, Role, Table

COLUMNS = {"项目": Role.NAME, "年初预算数": Role.AMOUNT, "指标值": Role.TEXT}


def sheet(goal: str, project: str = "示例补助", value: str = "≥97%") -> Table:
    made = table(
        COLUMNS, ("年度资金总额", "135.00", ""), ("资金发放准确率", "", value), id="t.sheet", key=project
    )
    return replace(made, facts={"项目名称": Cell(project), "预期目标": Cell(goal)})


@pytest.mark.parametrize(
    ("id", "wrong", "right"),
    [
        ("BL811", "16名，人均13860万元，全年共计142万元", "16名，人均13860元，全年共计22.18万元"),
        ("BL812", "为95人发放补差，全年共计148万元", "为95人发放补差，全年共计约135万元"),
        ("BL813", "资金发放准确率达到100%", "资金发放准确率≥97%，群众满意度100%"),
    ],
)
def test_goals(id: str, wrong: str, right: str) -> None:
    check = named(GOALS_CHECKS, id)
    assert len(failures(check, document(tables=(sheet(wrong),)))) == 1
    assert failures(check, document(tables=(sheet(right),))) == []


def test_one_goal_among_others_was_copied() -> None:
    check = named(GOALS_CHECKS, "BL814")
    copied = "专网使用者信息化应用水平逐年提升"
    first = sheet(f"1.保障基层专网节点全年正常运行。\n2.{copied}", "专网维护")
    second = sheet(f"1.依法处理示例区投诉举报案件。\n2.{copied}", "监察经费")
    third = sheet(f"1.按时完成示例区档案整理入库。\n2.{copied}", "档案经费")
    assert len(failures(check, document(tables=(first, second)))) == 1
    assert failures(check, document(tables=(first, second, third))) == []
    assert failures(check, document(tables=(first, replace(first, key="另一单位")))) == []


@pytest.mark.parametrize(("said", "wrong"), [(">3个", 1), (">2个", 0), ("≥3个", 0), ("个数为3", 0)])
def test_bounds(said: str, wrong: int) -> None:
    made = table(COLUMNS, ("示例基地个数", "", "≥3个"), id="t.sheet")
    made = replace(made, facts={"项目名称": Cell("示例补助"), "预期目标": Cell(f"1.示例基地个数{said}")})
    assert len(failures(named(GOALS_CHECKS, "BL815"), document(tables=(made,)))) == wrong
