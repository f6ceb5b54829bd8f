"""``fmt --check`` and ``--diff`` change nothing and say what would change."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlint.cli import main

LOOSE = "规则 ZZ101 “示例” 级别 错误 依据 勾稽关系 检查 人员经费 大于 0\n"


@pytest.mark.parametrize(("option", "shown"), [("--check", "a.rule"), ("--diff", "+++")])
def test_what_would_change_is_told_and_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, shown: str
) -> None:
    file = tmp_path / "a.rule"
    file.write_text(LOOSE, "utf-8")
    assert main(["fmt", option, str(file)]) == 1
    assert shown in capsys.readouterr().out and file.read_text("utf-8") == LOOSE
    assert main(["fmt", "--write", str(file)]) == 0
    assert main(["fmt", option, str(file)]) == 0
    assert capsys.readouterr().out == ""
