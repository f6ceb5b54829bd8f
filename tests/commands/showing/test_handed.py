"""A list of problems that comes back says what is mended, what stands and what is new."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.conftest import CLEAN

from budgetlint import check
from budgetlint.cli import main
from budgetlint.reporters import xlsx
from budgetlint.results.report import Exit

ONE = CLEAN.replace("行政管理事务\t20.00", "行政管理事务\t21.00")


def _listed(folder: Path, text: str) -> Path:
    (folder / "预算.txt").write_text(text, encoding="utf-8")
    made = folder / "清单.xlsx"
    with made.open("wb") as stream:
        xlsx.write(check([folder / "预算.txt"]), stream, "zh")
    return made


def _told(folder: Path, made: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    main(["check", str(folder / "预算.txt"), "--list", str(made), "--format", "json"])
    return capsys.readouterr().err.splitlines()


def test_what_was_mended_is_told_with_what_was_written_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = _listed(tmp_path, ONE)
    book = load_workbook(made)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for row in sheet.iter_rows() for cell in row}
    row = next(cell.row for line in sheet.iter_rows() for cell in line if str(cell.value).startswith("CN201"))
    sheet.cell(row, heads["处理情况"]).value = "预算科已改"
    book.save(made)
    (tmp_path / "预算.txt").write_text(CLEAN, encoding="utf-8")
    lines = _told(tmp_path, made, capsys)
    mended = [line for line in lines if line.startswith("  已改") and "CN201" in line]
    assert mended and "预算科已改" in mended[0]


def test_what_was_not_on_the_list_is_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = _listed(tmp_path, CLEAN)
    (tmp_path / "预算.txt").write_text(ONE, encoding="utf-8")
    lines = _told(tmp_path, made, capsys)
    assert any(line.startswith("  新出现") and "CN201" in line for line in lines)
    kept = [line for line in lines if line.startswith("  仍在")]
    assert all("CN201" not in line for line in kept)


def test_a_file_that_is_no_list_is_refused_before_anything_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _listed(tmp_path, CLEAN)
    code = main(["check", str(tmp_path / "预算.txt"), "--list", str(tmp_path / "预算.txt")])
    told = capsys.readouterr()
    assert code == Exit.USAGE and "预算.txt" in told.err and not told.out
