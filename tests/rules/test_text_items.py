"""What prose says of an item is compared with its row: in all, or of the part (基本支出, 项目支出) it speaks of."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetlint
from budgetlint.results.findings import Verdict

TABLE = """
一般公共预算支出表

单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
|  | 合计 | 100.00 | 60.00 | 40.00 |
| 205 | 教育支出 | 3.00 |  | 3.00 |
| 213 | 农林水支出 | 97.00 | 60.00 | 37.00 |
"""
HEAD = "示例市示例局2026年部门预算\n\n四、一般公共预算拨款支出\n\n一般公共预算拨款支出100.00万元。具体情况如下：\n\n"


def failing(tmp_path: Path, prose: str) -> list[str]:
    path = tmp_path / "示例.txt"
    path.write_text(HEAD + prose + TABLE, encoding="utf-8")
    (document,) = budgetlint.check(path).documents
    return [
        str(f.message) for f in document.findings if f.rule.startswith("CN421") and f.verdict is Verdict.FAILS
    ]


SAID = "（二）项目支出：项目支出40.00万元，主要是专项业务费，其中：教育支出3.00万元，用于培训。农林水支出{}万元，用于防汛。\n"


@pytest.mark.parametrize(
    "prose",
    [
        SAID,
        "2.项目支出40.00万元，其中：教育支出3.00万元；农林水支出{}万元。\n",
        "（一）项目支出。项目支出40.00万元，包括教育支出3.00万元、农林水支出{}万元。\n",
        "（一）基本支出：基本支出60.00万元。\n\n（二）项目支出：40.00万元，其中：教育支出3.00万元、农林水支出{}万元。\n",
    ],
)
def test_under_the_head_of_projects_an_item_is_its_projects(tmp_path: Path, prose: str) -> None:
    assert failing(tmp_path, prose.format("37.00")) == []


@pytest.mark.parametrize("printed", ["97.00", "38.00"])
def test_an_item_that_is_not_its_projects_is_said_with_what_the_table_prints(
    tmp_path: Path, printed: str
) -> None:
    (said,) = failing(tmp_path, SAID.format(printed))
    assert "37.00" in said and "项目支出" in said


def test_under_the_head_of_basic_expenditure_an_item_is_that(tmp_path: Path) -> None:
    assert failing(tmp_path, "（一）基本支出：基本支出60.00万元，其中：农林水支出60.00万元。\n") == []
