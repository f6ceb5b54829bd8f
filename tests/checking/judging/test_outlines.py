"""Sums of rows without codes: levels that are printed, but not all of them told apart, are read by what adds up."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlint.config import Settings
from budgetlint.results.report import DocumentReport
from budgetlint.run.opening import open_session

HEAD = "2024年示例市示例区某局部门预算\n\n部门支出总表\n\n单位：万元\n\n科目名称\t合计\t项目支出\n"
#: 款 and 项 stand equally far to the right, as a converter leaves them.
ROWS = (
    ("合计", 6719.98),
    ("一般公共服务支出", 6701.98),
    ("  社会工作事务", 1.98),
    ("  其他社会工作事务支出", 1.98),
    ("  其他一般公共服务支出", 6700),
    ("  其他一般公共服务支出", 6700),
    ("国防支出", 18),
    ("  国防动员", 18),
    ("  交通战备", 18),
)


def checked(tmp_path: Path, changed: dict[int, float]) -> DocumentReport:
    lines = [
        f"{name}\t{changed.get(at, value):.2f}\t{changed.get(at, value):.2f}\n"
        for at, (name, value) in enumerate(ROWS)
    ]
    file = tmp_path / "预算.txt"
    file.write_text(HEAD + "".join(lines), encoding="utf-8")
    (document,) = open_session(Settings(select=("CN220",))).check([str(file)]).documents
    return document


def test_a_class_that_is_the_sum_of_its_groups_alone_holds(tmp_path: Path) -> None:
    found = checked(tmp_path, {})
    assert (found.counts.fails, found.counts.undetermined) == (0, 0)
    assert found.counts.holds > 0


@pytest.mark.parametrize("changed", [{1: 6791.98}, {2: 2.98, 3: 2.98}, {6: 81}])
def test_what_no_reading_makes_is_no_pass(tmp_path: Path, changed: dict[int, float]) -> None:
    found = checked(tmp_path, changed)
    assert found.counts.fails + found.counts.undetermined > 0
