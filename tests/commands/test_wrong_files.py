"""The wrong file, the wrong year, the wrong command: each is named for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import CLEAN

from budgetlint.cli import main


def test_a_misspelt_command_is_named_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chekc", "x"]) == 2
    said = capsys.readouterr().err
    assert "是不是 check" in said and "did you mean check" in said


def test_what_is_no_budget_is_said_to_be_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "notice.txt"
    file.write_text("关于召开示例会议的通知\n\n请各单位按时参加。\n", "utf-8")
    assert main(["check", str(file)]) == 4
    assert "不像" in capsys.readouterr().out


def test_an_earlier_document_of_the_wrong_year_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clean, other = tmp_path / "clean.txt", tmp_path / "other.txt"
    clean.write_text(CLEAN, "utf-8")
    other.write_text(CLEAN.replace("2024", "2021"), "utf-8")
    assert main(["check", str(clean), "--previous", str(other)]) == 2
    out = capsys.readouterr().out
    assert "2021年度部门预算" in out and "2023年度部门预算" in out
