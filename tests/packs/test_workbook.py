"""Rules in a spreadsheet: the same rules both ways, errors at their sheet and cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from budgetlint.cli import main
from budgetlint.config import Settings
from budgetlint.language.syntax import Rule
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

COMMENTED = """\
# 年初集体商定
规则 ZZ001 “合计等于基本支出加项目支出”
  级别 错误
  依据 勾稽关系
  # 项目支出可以为空
  对 表 部门支出总表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出
  说明 “{左}与{右}不符”
  示例 通过：合计 是 12.00 万元，基本支出 是 10.00 万元，项目支出 是 2.00 万元
  示例 不符：
    表 部门支出总表：万元
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
    | 201 | 一般公共服务支出 | 13.00 | 10.00 | 2.00 |
结束
"""


def opened(file: Path) -> tuple[Session, tuple[Rule, ...]]:
    session = open_session(Settings(rules=(str(file),)))
    return session, next(pack.rules for pack in session.packs.packs if pack.source.pack.folder == file)


def test_rules_go_into_a_workbook_and_come_back(tmp_path: Path) -> None:
    source, book, back = tmp_path / "own.rule", tmp_path / "规则.xlsx", tmp_path / "back.rule"
    source.write_text(COMMENTED, encoding="utf-8")
    assert main(["rules", "--rules", str(source), "--export", str(book)]) == 0
    session, rules = opened(book)
    assert session.problems == [] and rules == opened(source)[1]
    comments = [row[-1] for row in openpyxl.load_workbook(book).active.values][1]
    assert comments == "年初集体商定\n项目支出可以为空"
    assert main(["rules", "--rules", str(book), "--export", str(back)]) == 0
    assert opened(back)[1] == rules
    assert main(["test", str(book)]) == 0


def typed(file: Path, **cells: Any) -> None:
    """Type a sheet as people do: a title above the heading, the columns in an order of their own."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "本局规则"
    sheet.append(["示例区某局自查规则"])
    sheet.append([])
    heads = {
        "检查": "check",
        "编号": "id",
        "名称": "name",
        "依据": "basis",
        "级别": "severity",
        "备注": "comment",
    }
    heads |= {"通过样例": "holds", "不符样例": "fails"}
    sheet.append(list(heads))
    said = {
        "id": "ZZ001",
        "name": "合计等于两列之和",
        "severity": "错误",
        "basis": "勾稽关系",
        "check": "对 表 部门支出总表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出",
        "holds": "合计 是 12.00 万元，基本支出 是 10.00 万元，项目支出 是 2.00 万元",
        "fails": "合计 是 13.00 万元，基本支出 是 10.00 万元，项目支出 是 2.00 万元",
        "comment": "随便写",
    } | cells
    sheet.append([said.get(key) for key in heads.values()])
    book.save(file)


def problems(file: Path) -> list[tuple[str, str]]:
    session = open_session(Settings(rules=(str(file),)))
    return [(problem.path, problem.message) for problem in session.problems]


def test_a_sheet_typed_by_hand_is_read(tmp_path: Path, flawed: Path) -> None:
    file = tmp_path / "规则.xlsx"
    typed(file)
    assert problems(file) == []
    assert main(["check", "--rules", str(file), "--select", "ZZ", str(flawed)]) == 1


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        ({"check": "对 表 部门支出总表 的 每一行，捡查 列 合计 应等于 列 基本支出"}, "A4"),
        ({"check": "检查 表 部门支岀总表 列 合计 应等于 5 万元"}, "A4"),
        ({"severity": "严重"}, "E4"),
        ({"id": "mx019"}, "B4"),
        ({"holds": "合计 乱写"}, "G4"),
    ],
)
def test_an_error_names_its_sheet_and_cell(tmp_path: Path, cells: dict[str, str], cell: str) -> None:
    file = tmp_path / "规则.xlsx"
    typed(file, **cells)
    ((place, _),) = problems(file)
    assert place == f"{file}!本局规则!{cell}"


def test_what_is_no_sheet_of_rules_is_said(tmp_path: Path) -> None:
    file = tmp_path / "预算表.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["科目编码", "合计"])
    book.save(file)
    assert len(problems(file)) == 1
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"no workbook")
    assert len(problems(broken)) == 1
