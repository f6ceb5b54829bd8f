"""When a row that a table leaves out may be taken for zero (未列按零), and when the table says nothing of it."""

from __future__ import annotations

import pytest
from tests.checking.build import reason, table, verdict

from budgetlint.document import Table
from budgetlint.results.findings import Reason, Verdict

DIVIDED = table("| 科目编码 | 科目名称 | 合计 |\n| 208 | 某 | 5.00 |\n| 20801 | 某 | 5.00 |", "乙表")
COARSE = table("| 科目编码 | 科目名称 | 合计 |\n| 208 | 社会保障和就业支出 | 50.00 |", "乙表")
FINE = table("| 科目编码 | 科目名称 | 合计 |\n| 2080101 | 行政运行 | 50.00 |", "乙表")
UNCODED = table("| 科目名称 | 合计 |\n| 行政运行 | 30.00 |\n| 离退休 | 20.00 |", "乙表")
ZEROS = table("| 科目名称 | 合计 |\n| 某项 | 0.00 |\n| 另一项 | |", "乙表")
UNTOTALLED = table("| 科目编码 | 科目名称 | 合计 |\n| 208 | 某 | 30.00 |\n| 210 | 另 | 20.00 |", "乙表")


def asked(row: str) -> str:
    return f"检查 表 “乙表” 行 {row} 列 合计 等于 0 未列按零"


@pytest.mark.parametrize(
    ("row", "there"),
    [("211", COARSE), ("20805", DIVIDED), ("208", ZEROS)],
)
def test_a_row_the_table_would_list_is_zero(row: str, there: Table) -> None:
    assert verdict(asked(row), there) is not Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("row", "there"), [("2080101", COARSE), ("208", FINE), ("208", UNCODED), ("合计", UNTOTALLED)]
)
def test_a_table_of_other_levels_says_nothing_of_a_row(row: str, there: Table) -> None:
    assert reason(asked(row), there) is Reason.MISSING_ROW


def test_a_table_without_a_total_says_nothing_of_its_whole() -> None:
    assert reason("检查 表 “乙表” 列 合计 等于 50 万元 未列按零", UNTOTALLED) is Reason.MISSING_ROW
