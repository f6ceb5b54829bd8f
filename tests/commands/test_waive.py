"""Waivers are taken back one by one, and the expired ones all at once; what is not there changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlint.cli import main
from budgetlint.results.waivers import read_waivers

KEPT, EXPIRED = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "waivers.yaml"
    file.write_text(
        f"# 第一条\n- fingerprint: {KEPT}\n  because: 已核实\n"
        f"- fingerprint: {EXPIRED}\n  because: 等待批复\n  until: 2020-01-31\n",
        encoding="utf-8",
    )
    return file


def names(file: Path) -> list[str]:
    return [waiver.fingerprint for waiver in read_waivers(file).entries]


def test_a_waiver_is_taken_back(file: Path) -> None:
    assert main(["unwaive", EXPIRED, "--waivers", str(file)]) == 0
    assert names(file) == [KEPT]
    assert "# 第一条" in file.read_text(encoding="utf-8")


def test_one_that_is_not_there_changes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    assert main(["unwaive", KEPT, "cccccccccccc", "--waivers", str(file)]) == 2
    assert "cccccccccccc" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_pruning_takes_out_what_expired(file: Path) -> None:
    for _ in range(2):
        assert main(["waive", "--prune", "--waivers", str(file)]) == 0
        assert names(file) == [KEPT]


def test_a_waiver_still_needs_its_reason(file: Path) -> None:
    assert main(["waive", KEPT, "--waivers", str(file)]) == 2
    assert names(file) == [KEPT, EXPIRED]
