"""The inside of the real forms, against a careful auditor's reading of them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from budgetlint.document import Document, Row, RowKind, Table
from budgetlint.document.text import squeeze
from budgetlint.normalise import structure
from budgetlint.readers.text.plain import READER

SHARED = Path(__file__).resolve().parents[3] / "shared"
JIYUAN, HAIGANG, LUOYANG = (
    "jiyuan-2023-final-accounts",
    "qinhuangdao-haigang-2024-budget",
    "luoyang-jianxi-2024-budget",
)
#: Sheets whose header and first line are printed into each other: the auditor took the figures from another line.
MINGLED = 2

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the corpus is not here"),
]


@cache
def document(name: str) -> Document:
    path = SHARED / "corpus" / f"{name}.txt"
    return structure(READER.read(path.name, path.read_bytes()))


def gold(name: str, word: str) -> list[dict[str, Any]]:
    tables = json.loads((SHARED / "gold" / f"{name}.json").read_text("utf-8"))["tables"]
    return [table for table in tables if word in table["name"]]


def printed(table: Table, row: Row | None, *labels: str) -> str | None:
    """Return what a row prints under the first of some column labels."""
    for index, column in enumerate(table.columns):
        if row is not None and column.label in labels and index in row.cells:
            return row.cells[index].text or None
    return None


def row_with(table: Table, words: str) -> Row | None:
    return next((row for row in table.rows if words in squeeze(row.label)), None)


def self_evaluations() -> list[Table]:
    return [table for table in document(JIYUAN).tables if "实施单位" in table.facts]


def indicators(table: Table) -> list[Row]:
    return [row for row in table.rows if printed(table, row, "三级指标")]


def test_every_self_evaluation_sheet_is_read() -> None:
    sheets, expected = self_evaluations(), gold(JIYUAN, "自评表")
    assert len(sheets) == len(expected) == 40
    for sheet, known in zip(sheets, expected, strict=True):
        assert sheet.lines == len(indicators(sheet)) == known["rows"], known["name"]
        assert squeeze(sheet.facts["实施单位"].text) == known["key_cells"]["实施单位"]


def test_the_funds_of_self_evaluation_sheets_are_right() -> None:
    wrong = []
    for sheet, known in zip(self_evaluations(), gold(JIYUAN, "自评表"), strict=True):
        funds, total = row_with(sheet, "资金总额"), row_with(sheet, "总分")
        for name in ("年初预算数", "全年预算数", "全年执行数", "执行率"):
            if printed(sheet, funds, name) != known["key_cells"][name]:
                wrong.append(known["name"])
        assert printed(sheet, total, "得分") == known["key_cells"]["总分"], known["name"]
    assert len(set(wrong)) == MINGLED


def test_weight_score_and_deviation_of_every_indicator_are_right() -> None:
    """The sums are the auditor's: with weight, score and deviation anchored wrongly they would not come out."""
    read = 0
    for sheet in self_evaluations():
        labels = {column.label: i for i, column in enumerate(sheet.columns)}
        deviation = labels.get("偏差度", labels.get("偏差率", -1))
        for row in indicators(sheet):
            cells = [row.cells[i] for i in (labels["分值"], labels["得分"], deviation)]
            assert all(cell.sure and cell.amount is not None for cell in cells)
            assert cells[2].text.endswith("%")
            read += 1
    assert read >= 320


def test_goal_sheets_have_their_project_budget_and_indicators() -> None:
    sheets = [table for table in document(HAIGANG).tables if "项目编码" in table.facts]
    expected = gold(HAIGANG, "绩效目标表")
    assert len(sheets) == len(expected) == 24
    for sheet, known in zip(sheets, expected, strict=True):
        assert sheet.lines == len(indicators(sheet)) == known["rows"]
        assert sheet.facts["项目编码"].text == known["key_cells"]["项目编码"]
        assert printed(sheet, row_with(sheet, "预算数"), "金额") == known["key_cells"]["预算数"]
        assert printed(sheet, row_with(sheet, "支出计划"), "12月底") == "100%"


def test_the_list_of_goals_gives_amounts_by_unit_and_project() -> None:
    (table,) = [t for t in document(LUOYANG).tables if "绩效目标汇总表" in t.title]
    (known,) = gold(LUOYANG, "绩效目标汇总表")
    assert table.lines == known["rows"]
    units = {row.code: printed(table, row, "资金总额") for row in table.rows if row.kind is RowKind.SUBTOTAL}
    assert units == known["key_cells"]
    projects = [row for row in table.rows if row.kind is RowKind.DATA]
    assert all(row.code and printed(table, row, "资金总额") and row.parent is not None for row in projects)
    unsure = [row for row in table.rows if any(not cell.sure for cell in row.cells.values())]
    assert len(unsure) <= len(table.rows) // 10
