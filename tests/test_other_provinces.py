"""Final accounts of made-up offices, worded and laid out as other provinces do: right ones are clean, a changed figure is found."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from budgetlint import Severity, check
from budgetlint.config import Settings
from budgetlint.results.report import DocumentReport
from budgetlint.run.opening import open_session

FOLDER = Path(__file__).parent / "fixtures" / "各省决算"
#: The tables that every final account has to publish, by canonical id.
REQUIRED = {
    "f.total", "f.income", "f.expense", "f.fiscal", "f.gpb", "f.gpb_basic", "f.three", "f.fund", "f.soe",
}  # fmt: skip
#: A figure of prose or of a table that a careful reader holds against another: file, and the words around it.
FIGURES = [
    ("收支分开说明-附表在后", r"收、支总计均为([\d.]+)万元"),
    ("收支分开说明-附表在后", r"公用经费([\d.]+)万元，主要包括"),
    ("收支逐项说明-元表", r"年初结转和结余([\d.]+)万元，为以前年度"),
    ("收支逐项说明-元表", r"商品和服务支出([\d.]+)万元，主要"),
    ("三公分行列示-含实物量", r"公务用车运行维护支出([\d.]+)万元"),
    ("三公分行列示-含实物量", r"3．公务接待费\t7\t[\d.,]+\t[\d.,]+\t([\d.,]+)"),
    ("预决算差异率-类款项分列", r"预决算差异率-?([\d.]+)%，主要原因是：年中追加。"),
    ("机构运行信息表", r"年末结转结余([\d.]+)万元。本年收入"),
    ("机构运行信息表", r"农林水支出[\d.]+万元，占([\d.]+)%"),
    ("医院-结余分配", r"结余分配([\d.]+)万元，年末"),
    ("医院-结余分配", r"2101102事业单位医疗([\d.]+)万元"),
    ("三公会议培训一表", r"培训费支出预算([\d.]+)万元"),
    ("三公会议培训一表", r"收入、支出总计各(?:增加|减少)([\d.]+)万元.*人员经费变化"),
    ("十三张表", r"支出决算([\d.]+)万元（其中：一般公共预算支出"),
    ("十三张表", r"机关运行经费支出决算([\d.]+)万元"),
]


def serious(report: DocumentReport) -> list[str]:
    return [f.rule for f in report.findings if f.severity is not Severity.NOTICE]


@cache
def text_of(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def changed(name: str, words: str) -> str:
    """Return a document with the first digit of a figure changed."""
    match = re.search(words, text_of(name))
    assert match is not None
    at = match.start(1)
    digit = str(int(match[1][0]) % 9 + 1)
    return text_of(name)[:at] + digit + text_of(name)[at + 1 :]


@pytest.mark.parametrize("name", sorted({name for name, _ in FIGURES}))
def test_a_right_final_account_is_clean(name: str) -> None:
    path = FOLDER / f"{name}.txt"
    (report,) = check(path).documents
    assert serious(report) == []
    tables = {table.id for table in open_session(Settings()).read(str(path)).tables}
    assert tables >= REQUIRED


@pytest.mark.parametrize(("name", "words"), FIGURES)
def test_a_changed_figure_is_found(name: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.txt"
    file.write_text(changed(name, words), encoding="utf-8")
    (report,) = check(file).documents
    assert serious(report)
