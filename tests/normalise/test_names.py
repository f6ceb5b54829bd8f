"""The second pass: names of tables, columns and sections, codes taken from labels; nothing invented."""

from __future__ import annotations

from tests.normalise.documents import read

from budgetlint.document import Classification, Document, Role
from budgetlint.normalise import name
from budgetlint.vocabulary import CodeEntry, ColumnTerm, SectionTerm, TableTerm, Vocabulary

WORDS = Vocabulary(
    tables={
        "b.summary": TableTerm(
            "b.summary",
            "收支总表",
            ("预算",),
            ("收支总体情况表",),
            columns=(ColumnTerm("金额", ("预算数",)),),
        )
    },
    sections={"机构设置": SectionTerm("机构设置", ("机构设置情况",))},
    codes={"功能分类科目": (CodeEntry("205", "教育支出", "类"), CodeEntry("20502", "普通教育", "款"))},
)
TEXT = (
    "第一部分 概况\n\n一、机构设置情况\n\n设科室。\n\n2024年收支总体情况表\n单位：万元\n\n"
    "收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、教育收费收入\t3.00\t五、教育支出\t3.00\n总计\t3.00\t总计\t3.00\n"
)


def named(text: str = TEXT) -> Document:
    from msgspec.structs import replace

    return name(replace(read(text), classification=Classification("部门预算", 2024)), WORDS)


def test_tables_columns_and_sections_get_their_names() -> None:
    document = named()
    (table,) = document.tables
    assert (table.id, table.name) == ("b.summary", "收支总表")
    assert [column.name for column in table.columns if column.role is Role.AMOUNT] == ["金额", "金额"]
    assert [section.name for section in document.sections()] == [None, "机构设置"]


def test_a_class_named_by_its_label_takes_its_code_and_says_so() -> None:
    (table,) = named().tables
    codes = {row.label: (row.code, row.code_inferred) for row in table.rows}
    assert codes["五、教育支出"] == ("205", True)
    assert codes["一、教育收费收入"] == (None, False)


def test_a_source_that_bears_the_name_of_a_class_has_no_code() -> None:
    (table,) = named(TEXT.replace("一、教育收费收入", "一、教育")).tables
    codes = {row.label: row.code for row in table.rows}
    assert (codes["一、教育"], codes["五、教育支出"]) == (None, "205")


def test_a_table_nobody_knows_keeps_its_printed_names() -> None:
    (table,) = named("某某情况表\n单位：万元\n\n项目\t某数\n甲\t1.00\n").tables
    assert (table.id, table.name, table.columns[1].name) == (None, None, None)
    assert table.rows[0].cells[1].amount is not None
