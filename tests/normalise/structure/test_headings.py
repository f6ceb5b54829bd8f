"""The national vocabulary knows the headings that departments of several provinces print."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from budgetlint.vocabulary import Vocabulary, load_folder

HEADINGS = {
    "收支总体情况": [
        "收入支出预算总体情况说明",
        "关于2024年收支预算情况的总体说明",
        "2023年度收入支出决算总体情况说明",
        "部门预算收支增减变化情况说明",
    ],
    "收入总体情况": ["收入预算总体情况说明", "关于2024年收入预算情况说明", "收入决算情况说明"],
    "支出总体情况": ["支出预算总体情况说明", "关于2024年支出预算情况说明", "支出决算情况说明"],
    "财政拨款收支总体情况": ["财政拨款收入支出决算总体情况说明", "关于2024年财政拨款收支预算情况的总体说明"],
    "一般公共预算支出": [
        "一般公共预算支出预算情况说明",
        "一般公共预算财政拨款支出决算情况说明",
        "关于2024年一般公共预算当年拨款情况说明",
    ],
    "一般公共预算基本支出": ["一般公共预算基本支出预算情况说明", "一般公共预算财政拨款基本支出决算情况说明"],
    "三公经费": [
        "“三公”经费支出总体情况说明",
        "一般公共预算“三公”经费支出预算情况说明",
        "“三公”经费财政拨款支出决算总体情况说明",
        "财政拨款“三公”经费预算情况及增减变化原因",
    ],
    "政府性基金": [
        "政府性基金预算财政拨款收入支出决算总体情况说明",
        "政府性基金支出预算情况说明",
        "政府性基金预算财政拨款收入支出决算情况说明",
    ],
    "国有资本经营预算": ["国有资本经营支出预算情况说明", "国有资本经营预算财政拨款支出决算情况说明"],
    "机关运行经费": [
        "机关运行经费安排情况",
        "行政(事业)单位机构运转经费支出预算情况",
        "机关运行经费支出情况说明",
    ],
    "政府采购": ["政府采购支出预算情况", "政府采购支出情况说明", "政府采购情况"],
    "国有资产占用": ["国有资产占用情况说明", "国有资产占有使用情况", "国有资产信息"],
    "预算绩效": ["预算绩效情况说明", "绩效目标设置情况", "部门整体绩效目标"],
    "专项转移支付": ["专项转移支付项目情况", "部门主管专项资金预算安排情况及绩效目标"],
}


@cache
def vocabulary() -> Vocabulary:
    return load_folder(Path(__file__).parents[3] / "rules" / "national")


@pytest.mark.parametrize(
    ("name", "heading"), [(name, h) for name, headings in HEADINGS.items() for h in headings]
)
def test_headings(name: str, heading: str) -> None:
    term = vocabulary().section_titled(heading)
    assert term is not None and term.name == name


def test_concepts_of_sections_are_concepts() -> None:
    known = vocabulary().concepts
    assert all(term.concept in known for term in vocabulary().sections.values() if term.concept)


def test_no_alias_names_two_concepts() -> None:
    owners: dict[str, str] = {}
    for term in vocabulary().concepts.values():
        for alias in (term.name, *term.aliases):
            assert owners.setdefault(alias, term.name) == term.name, alias
