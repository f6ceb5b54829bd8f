"""Columns and rows are recognised by path: the longest alias wins, a spanning header stands for its 小计."""

from __future__ import annotations

import pytest

from budgetlint.document import Role
from budgetlint.vocabulary import ColumnTerm, TableTerm, Vocabulary
from budgetlint.vocabulary.labels import label_key, steps_of

COLUMNS = [
    ("b.expense", ("科目编码", "类"), "科目编码"),
    ("b.expense", ("基本支出", "小计"), "基本支出"),
    ("b.expense", ("基本支出", "人员经费", "工资福利支 出"), "工资福利支出"),
    ("b.expense", ("项目支出", "其他 运转 类"), "其他运转类"),
    ("b.expense", ("支出预算", "合计"), "合计"),
    ("b.fiscal", ("支出", "一般公共预算", "其中：财政拨款"), "财政拨款"),
    ("b.fiscal", ("支出", "一般公共预算", "小计"), "一般公共预算"),
    ("b.gpb_basic", ("部门预算支出经济分类科目", "科目编码"), "科目编码"),
    ("b.gpb_basic", ("政府预算支出经济分类科目", "科目编码"), "政府科目编码"),
    ("b.gpb_basic", ("本年一般公共预算基本支出", "合计"), "合计"),
    ("b.project", ("财政拨款结转结余", "一般公共预算"), "结转一般公共预算"),
    ("f.gpb", ("本年支出", "小计"), "合计"),
    ("f.three", ("决算数", "公务用车购置及运行维护费", "小计"), "决算数/公务用车购置及运行费"),
    ("f.three", ("财政拨款“三公”经费", "合计", "预算数"), "预算数/合计"),
    (
        "f.three",
        ("财政拨款“三公”经费", "公务用车购置及运行维护费", "小计", "决算数"),
        "决算数/公务用车购置及运行费",
    ),
    (
        "f.three",
        ("财政拨款“三公”经费", "公务用车购置及运行维护费", "公务用车购置费", "决算数"),
        "决算数/公务用车购置",
    ),
    ("f.three", ("财政拨款“三公”经费", "公务接待费", "决算数"), "决算数/公务接待"),
    ("b.total", ("2024年预算数",), "金额"),
    ("b.expense", ("没有这一列",), None),
]


@pytest.mark.parametrize(("table", "path", "name"), COLUMNS)
def test_columns_of_several_provinces(
    bundled: Vocabulary, table: str, path: tuple[str, ...], name: str | None
) -> None:
    column = bundled.column_of(bundled.tables[table], path)
    assert (column.name if column else None) == name


def test_a_table_nobody_named_still_has_the_common_columns(bundled: Vocabulary) -> None:
    column = bundled.column_of(None, ("功能分类科目", "科目编码"))
    assert column is not None and column.role is Role.CODE


def test_the_tables_own_terms_go_first() -> None:
    own = TableTerm("x", "某表", columns=(ColumnTerm("本表的数", ("数",)),))
    vocabulary = Vocabulary(tables={"x": own}, columns={"通用的数": ColumnTerm("通用的数", ("数",))})
    found = vocabulary.column_of(own, ("数",))
    assert found is not None and found.name == "本表的数"
    elsewhere = vocabulary.column_of(None, ("数",))
    assert elsewhere is not None and elsewhere.name == "通用的数"


def test_canonical_names_go_before_aliases() -> None:
    columns = {"甲": ColumnTerm("甲", ("乙",)), "乙": ColumnTerm("乙")}
    found = Vocabulary(columns=columns).column_named(None, "乙")
    assert found is not None and found.name == "乙"


def test_what_is_compared_of_a_label() -> None:
    assert label_key("（一）其中：“三公”经费 （万元）") == "三公经费"
    assert label_key("因公出国（境）费") == "因公出国(境)费"
    assert steps_of("收入/总 计") == ("收入", "总计")
    assert steps_of("个\\/套") == ("个/套",)


def test_years_in_headers_are_said_in_relation_to_the_document(bundled: Vocabulary) -> None:
    three = bundled.tables["b.three"]
    this, last = (bundled.column_of(three, (f"{year}年预算数", "公务接待费"), 2024) for year in (2024, 2023))
    assert this is not None and last is not None
    assert (this.name, last.name) == ("公务接待", "上年预算数/公务接待")
