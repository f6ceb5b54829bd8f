"""``try``, ``explain ID FILE``, ``names`` and ``parse --names`` show what rules read and may say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import CLEAN

from budgetlint.cli import main


@pytest.fixture
def clean(tmp_path: Path) -> str:
    file = tmp_path / "clean.txt"
    file.write_text(CLEAN, "utf-8")
    return str(file)


def test_a_sentence_is_followed(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["try", clean, "检查 表 部门支出总表 存在", "--format", "json"]) == 0
    (traced,) = json.loads(capsys.readouterr().out)
    assert traced["checks"][0]["counts"] and traced["checks"][0]["names"][0]["kind"] == "table"


def test_a_sentence_that_cannot_be_read_ends_in_2(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["try", clean, "捡查 表 部门支出总表 存在"]) == 2
    assert "是不是要写：检查" in capsys.readouterr().out


def test_names_list_tables_with_ids(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "部门支出总表", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed and all(table["id"] == "b.expense" and table["pack"] for table in listed)


def test_an_unknown_table_ends_in_2() -> None:
    assert main(["names", "没有这张表"]) == 2


def test_the_names_of_a_document_are_listed(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", clean, "--names"]) == 0
    assert capsys.readouterr().out.strip()
