"""Tables are found under the names provinces print, and never under a shorter name's table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlint.vocabulary import TableTerm, TitleWords, Vocabulary

BUDGET = {
    "2024年部门收支总体情况表": "b.total",
    "收支预算总表": "b.total",
    "示例市示例区示例局2024年部门收支总表": "b.total",
    "2024年度示例区示例委员会收支总表": "b.total",
    "预算 01 表 2024 年部门收支预算表": "b.total",
    "附表2-1：二〇二四年部门收入预算表": "b.income",
    "2024年部门支出总体情况表（汇总）": "b.expense",
    "部门支出预算总表（续表）": "b.expense",
    "表四 财政拨款收支总体情况表": "b.fiscal",
    "财政拨款收支总表（按功能分类科目）": "b.fiscal",
    "一般公共预算支出情况表": "b.gpb",
    "财政拨款支出表（功能科目）": "b.fiscal_expense",
    "2024年部门综合预算一般公共预算基本支出明细表（按支出功能分类科目）": "b.gpb_basic_func",
    "一般公共预算项目支出预算表": "b.gpb_project",
    "政府性基金预算“三公”经费支出预算表": "b.fund_three",
    "财政专户管理资金预算支出表": "b.account",
    "一般公共预算当年拨款支出预算表": "b.gpb",
    "# **2024年一般公共预算财政拨款基本支出预算表**": "b.gpb_basic",
    "示例局2024年一般公共预算基本支出明细表（按经济分类）": "b.gpb_basic",
    "2024年一般公共预算支出经济分类情况表": "b.gpb_econ",
    "一般公共预算支出经济分类表": "b.gpb_econ",
    "一般公共预算基本支出预算表（政府经济分类）": "b.gpb_basic_gov",
    "2024年“三公”经费财政拨款支出预算表": "b.three",
    "一般公共预算财政拨款“三公”经费支出预算表": "b.three",
    "政府性基金预算拨款支出情况表": "b.fund",
    "国有资本经营预算财政拨款支出预算表": "b.soe",
    "部门（单位）整体支出绩效目标申报表": "b.perf_dept",
    "3、某某专项经费绩效目标表": "b.perf_proj",
}
ACCOUNT = {
    "公开01表 收入支出决算总表": "f.total",
    "2023年度收支决算总表": "f.total",
    "收入支出决算表": "f.total",
    "支出决算总表": "f.expense",
    "财政拨款收入支出决算表": "f.fiscal",
    "一般公共预算财政拨款支出决算表": "f.gpb",
    "一般公共预算财政拨款基本支出决算明细表": "f.gpb_basic",
    "国有资本经营预算财政拨款收入支出决算表": "f.soe",
    "部门预算项目支出绩效自评表": "f.x_self",
}
NO_TABLE = [
    "政府采购情况说明",
    "某某资金明细表",
    "社会保险基金支出表",
    "三公经费变动分析表",
    "",
    "2024年",
    "收支",
]


@pytest.mark.parametrize(("title", "id"), BUDGET.items())
def test_budget_titles_of_many_provinces(bundled: Vocabulary, title: str, id: str) -> None:
    table = bundled.table_titled(title, "预算")
    assert table is not None and table.id == id


@pytest.mark.parametrize(("title", "id"), ACCOUNT.items())
def test_final_account_titles_of_many_provinces(bundled: Vocabulary, title: str, id: str) -> None:
    table = bundled.table_titled(title, "部门决算")
    assert table is not None and table.id == id


@pytest.mark.parametrize("title", NO_TABLE)
def test_other_titles_are_no_canonical_table(bundled: Vocabulary, title: str) -> None:
    assert bundled.table_titled(title, "预算") is None


def test_the_kind_decides_between_namesakes(bundled: Vocabulary) -> None:
    budget, account = bundled.table_titled("收支总表", "预算"), bundled.table_titled("收支总表", "决算")
    assert budget is not None and account is not None
    assert (budget.id, account.id) == ("b.total", "f.total")


def test_a_title_that_says_决算_is_no_budget_table(bundled: Vocabulary) -> None:
    table = bundled.table_titled("支出决算表", "预算")
    assert table is not None and table.id == "f.expense"


@given(name=st.sampled_from(sorted(BUDGET)), year=st.integers(2015, 2035))
def test_the_year_never_matters(bundled: Vocabulary, name: str, year: int) -> None:
    for printed in (name.replace("2024", str(year)), name.replace("2024年", "")):
        table = bundled.table_titled(printed, "预算")
        assert table is not None and table.id == BUDGET[name]


def test_every_name_and_alias_finds_its_own_table(bundled: Vocabulary) -> None:
    for table in bundled.tables.values():
        for alias in (table.name, *(alias for alias in table.aliases if "…" not in alias)):
            found = bundled.table_titled(alias, table.kinds[0])
            assert found is not None and found.id == table.id, alias


def test_a_skeleton_that_two_tables_share_names_neither() -> None:
    tables = {id: TableTerm(id, name, ("预算",)) for id, name in (("x", "甲部门表"), ("y", "甲单位表"))}
    vocabulary = Vocabulary(tables=tables, titles=TitleWords(filler=("部门", "单位")))
    assert vocabulary.table_titled("甲表", "预算") is None
    exact = vocabulary.table_titled("甲单位表", "预算")
    assert exact is not None and exact.id == "y"
