"""What is wrong with rule files, as data for editors: file, line and column of every error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from budgetlint.cli import main

pytestmark = pytest.mark.usefixtures("no_bundled_rules")


def test_errors_are_given_as_data(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(rules), "--format", "json"]) == 0
    sound = json.loads(capsys.readouterr().out)
    assert sound == {"rules": 1, "problems": []}
    file = rules / "own.rule"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("级别", "级另", 1), encoding="utf-8")
    assert main(["validate", str(rules), "--format", "json"]) == 2
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    line = next(n for n, said in enumerate(text.splitlines(), 1) if "级别" in said)
    assert (problem["file"], problem["line"]) == (str(file), line)
    assert problem["column"] and "级另" in problem["message"]
