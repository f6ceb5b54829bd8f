"""Names of departments, units and projects: the own one in all its forms, never another's."""

from __future__ import annotations

import pytest
from tests.checking.passages import DEPARTMENT, document, failures, named

from budgetlint.checking.checks.names import NAMES_CHECKS
from budgetlint.document import Cell, Paragraph, Section, Table
from budgetlint.resources import rules_folder
from budgetlint.vocabulary import Vocabulary
from budgetlint.vocabulary.files import load_folder

UNITS = Section(
    "二", "机构设置", 1, "机构设置", paragraphs=(Paragraph("下设：1.示例市种子管理站；2.示例市农机所。"),)
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_folder(rules_folder() / "national")


def sheet(project: str = "示例农田建设补助资金项目经费", unit: str = DEPARTMENT) -> Table:
    facts = {"项目名称": Cell(project), "实施单位": Cell(unit), "部门名称": Cell(DEPARTMENT)}
    return Table("自评表", id="t.sheet", key=f"{project} {unit}", facts=facts)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("结合区政协本部门工作特点，制定措施。", 1),
        ("示例市示例区水利局2024年部门预算收入总计10.00万元。", 1),
        ("结合区农业农村局本部门工作特点，制定措施。", 0),
        (f"{DEPARTMENT}2024年部门预算收入总计10.00万元。", 0),
        ("经区财政局批复，2024年部门预算公开如下。", 0),
        ("本部门由三个单位构成。", 0),
    ],
)
def test_the_subject_is_this_department(text: str, wrong: int, vocabulary: Vocabulary) -> None:
    assert len(failures(named(NAMES_CHECKS, "BL501"), document(text), vocabulary)) == wrong


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("示例市示例区水利局", 1),
        (DEPARTMENT, 0),
        (f"301{DEPARTMENT}", 0),
        (f"{DEPARTMENT}本级", 0),
        ("示例市农机所", 0),
        ("年度预算申请", 0),  # the head of a form's column, no name
    ],
)
def test_heads_of_tables(name: str, wrong: int, vocabulary: Vocabulary) -> None:
    head = Table("部门支出总表", id="b.expense", facts={"部门名称": Cell(name)})
    checked = document(tables=(head,), sections=(UNITS,))
    assert len(failures(named(NAMES_CHECKS, "BL502"), checked, vocabulary)) == wrong


def test_units_of_sheets_are_listed_once_a_name() -> None:
    check = named(NAMES_CHECKS, "BL503")
    tables = (sheet(unit="示例市农机所"), sheet(unit="示例市农机局"), sheet(unit="示例市农机局"), sheet())
    assert len(failures(check, document(tables=tables, sections=(UNITS,)))) == 1
    assert failures(check, document(tables=tables)) == []
    shorter = Section(
        "二", "机构设置", 1, "机构设置", paragraphs=(Paragraph("下设：1.种子管理站；2.农机所。"),)
    )
    assert failures(check, document(tables=(sheet(unit="示例市种子管理站"),), sections=(shorter,))) == []


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("主要原因是示例农田建设补贴资金项目经费未支付。", 1),
        ("主要原因是示例农田建设补助资金项目经费未支付。", 0),
        ("主要原因是示例农村公路养护经费未支付。", 0),
        ("主要原因是示例农田建设（补助资金）项目经费未支付。", 0),
    ],
)
def test_a_project_bears_one_name(said: str, wrong: int) -> None:
    assert len(failures(named(NAMES_CHECKS, "BL504"), document(said, tables=(sheet(),)))) == wrong


def test_the_full_name() -> None:
    check = named(NAMES_CHECKS, "BL505")
    assert len(failures(check, document("农业农村局部门的主要职责是"))) == 1
    assert failures(check, document("水利局部门的主要职责是", f"{DEPARTMENT}部门的主要职责是")) == []
