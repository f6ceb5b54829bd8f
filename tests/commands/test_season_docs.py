"""The page for reviewers is true: its commands, run one after another as they stand there, do what they say."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from shutil import copy

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")
pytest.importorskip("docx")
pytest.importorskip("openpyxl")

import openpyxl

from budgetlint.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "审核季.md"


def test_the_commands_of_the_page_work(
    tmp_path: Path, clean: Path, flawed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "公开文本"
    folder.mkdir()
    for file in (clean, flawed):
        copy(file, folder)
    # Last year's season was checked the same way.
    last = tmp_path / "上年公开文本"
    last.mkdir()
    (last / "预算.txt").write_text(
        clean.read_text(encoding="utf-8").replace("2024", "2023"), encoding="utf-8"
    )
    assert main(["check", str(last), "--store", "上年结果库"]) == 1
    unit = "示例市示例区某局"
    _book(
        "名单.xlsx", ["单位名称", "类别", "批复日期", "公开日期"], [unit, "部门", "2024-03-06", "2024-04-06"]
    )
    _book("批复.xlsx", ["单位名称", "科目编码", "列", "金额（万元）"], [unit, "2010102", "合计", 22])
    commands = re.findall(r"^budgetlint (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) >= 9
    for command in commands:
        expected = 1 if command.startswith("check") else 0
        assert main(shlex.split(command)) == expected, command
    assert "晚 11 天" in Path("总览.html").read_text(encoding="utf-8")
    assert [file.stem for file in Path("意见书").iterdir()] == [unit]
    assert all(Path(file).stat().st_size for file in ("整改台账.xlsx", "抽样.xlsx", "问题.csv", "总览.xlsx"))


def _book(file: str, *rows: list[object]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(file)
