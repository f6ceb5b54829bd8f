"""Notes of empty tables, unit lines, and rows above a code."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.checking.passages import document, failures, named, table

from budgetlint.checking.checks.table_states import TABLE_STATE_CHECKS
from budgetlint.document import Column, Paragraph, Role, Table, TableState
from budgetlint.vocabulary import Vocabulary

SUBJECTS = Vocabulary(lists={"空表事项": ("政府性基金", "三公")})
EMPTY = Table("政府性基金预算支出表", id="b.fund", state=TableState.EMPTY_WITHOUT_NOTE)
COLUMNS = {"科目名称": Role.NAME, "合计": Role.AMOUNT}


@pytest.mark.parametrize(
    ("empty", "text", "wrong"),
    [
        (EMPTY, "本部门没有使用政府性基金预算拨款安排的支出。", 0),
        (EMPTY, "本部门没有国有资本经营预算拨款安排的支出。", 1),
        (replace(EMPTY, state=TableState.EMPTY_WITH_NOTE), "", 0),
        (replace(EMPTY, state=TableState.FULL), "", 0),
    ],
)
def test_an_empty_table_is_explained(empty: Table, text: str, wrong: int) -> None:
    check = named(TABLE_STATE_CHECKS, "BL431")
    assert len(failures(check, document(text, tables=(empty,)), SUBJECTS)) == wrong


@pytest.mark.parametrize(
    ("listed", "mark", "reason", "wrong"),
    [
        ("政府性基金收支表", "是", "不涉及", 0),
        ("示例局2024年政府性基金收支表", "空表", "", 0),
        ("政府性基金收支表", "", "没有此项支出", 0),
        ("政府性基金收支表", "", "", 1),
        ("政府性基金收支表", "否", "", 1),
        ("国有资本经营收支表", "是", "不涉及", 1),
    ],
)
def test_the_list_of_the_tables_may_say_that_one_is_empty(
    listed: str, mark: str, reason: str, wrong: int
) -> None:
    columns = dict.fromkeys(("报表名称", "是否空表", "空表理由"), Role.TEXT)
    contents = table(columns, (listed, mark, reason), ("部门收支总表", "", ""), id="b.contents")
    empty = replace(EMPTY, title="2024年政府性基金收支表")
    check = named(TABLE_STATE_CHECKS, "BL431")
    assert len(failures(check, document("支出5.00万元。", tables=(contents, empty)))) == wrong


@pytest.mark.parametrize(("figure", "wrong"), [("5.00", 1), ("0.00", 0)])
def test_a_table_called_empty_is_empty(figure: str, wrong: int) -> None:
    check = named(TABLE_STATE_CHECKS, "BL432")
    noted = table(COLUMNS, ("合计", figure), notes=(Paragraph("注：本表无数据。"),))
    assert len(failures(check, document(tables=(noted,)))) == wrong


def test_a_table_of_amounts_says_its_unit() -> None:
    check = named(TABLE_STATE_CHECKS, "BL433")
    said = table(COLUMNS, ("合计", "5.00"), id="b.expense")
    silent = replace(said, rows=(), columns=(Column(("合计",), "合计", Role.AMOUNT),))
    assert failures(check, document(tables=(said,))) == []
    assert len(failures(check, document(tables=(silent,)))) == 1
    assert failures(check, document(tables=(replace(silent, unit="万元"),))) == []


def coded(*codes: str) -> Table:
    made = table(COLUMNS, *((code, "1.00") for code in codes))
    return replace(made, rows=tuple(replace(row, code=row.label) for row in made.rows))


def test_every_level_stands_under_the_one_above() -> None:
    check = named(TABLE_STATE_CHECKS, "BL434")
    whole = ("201", "20101", "2010101", "2010102", "208", "20801", "2080101")
    assert failures(check, document(tables=(coded(*whole),))) == []
    assert len(failures(check, document(tables=(coded(*whole, "2080501"),)))) == 1
    assert failures(check, document(tables=(coded("2010101", "2080101"),))) == []
