"""Waivers: written, renewed, refused, and judged only beside the documents they are about."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

from budgetlint import check
from budgetlint.cli import main
from budgetlint.results.waivers import Waiver, WaiverError, add_waivers, read_waivers

TODAY = date(2024, 6, 1)
NAME = "0123456789ab"


def test_an_expired_waiver_is_renewed_in_place_and_comments_stay(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(f"# 手写\n- fingerprint: {NAME}\n  because: 旧\n  until: 2024-01-01\n", encoding="utf-8")
    assert add_waivers(file, [Waiver(NAME, "续期", date(2030, 1, 1))], TODAY) == (0, 1)
    (entry,) = read_waivers(file).entries
    assert (entry.because, entry.until) == ("续期", date(2030, 1, 1))
    assert "# 手写" in file.read_text(encoding="utf-8")
    assert add_waivers(file, [Waiver(NAME, "不限")], TODAY) == (0, 1)
    assert read_waivers(file).entries[0].until is None
    assert add_waivers(file, [Waiver(NAME, "不限")], TODAY) == (0, 0)


@pytest.mark.parametrize(
    "waiver", [Waiver("xyz", "理由"), Waiver(NAME, "  "), Waiver(NAME, "理由", date(2024, 5, 31))]
)
def test_what_could_waive_nothing_is_refused_and_nothing_is_written(tmp_path: Path, waiver: Waiver) -> None:
    with pytest.raises(WaiverError):
        add_waivers(tmp_path / "waivers.yaml", [waiver], TODAY)
    assert not (tmp_path / "waivers.yaml").exists()


def test_a_wrong_entry_costs_itself_and_names_its_line(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    lines = [
        "- fingerprint: aaaaaaaaaaaa\n  because: ''",
        "- 只有一句话",
        "- fingerprint: bbbbbbbbbbbb\n  because: 理由\n  until: 2027-01-01 10:00:00",
        '- fingerprint: cccccccccccc\n  because: 理由\n  until: "2027-01-01"',
        "- fingerprint: dddddddddddd\n  because: 理由\n  until: 明年",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    waivers = read_waivers(file)
    assert {entry.until for entry in waivers.entries} == {date(2027, 1, 1)} and len(waivers.entries) == 2
    assert [error.file.rpartition(":")[2] for error in waivers.errors][::2] == ["1", "10"]
    assert len(waivers.errors) == 3


@pytest.mark.usefixtures("no_bundled_rules")
class TestTheCommands:
    def test_a_baseline_is_judged_only_beside_its_own_document(
        self, flawed: Path, rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        config, file = tmp_path / "budgetlint.toml", tmp_path / "waivers.yaml"
        config.write_text(f'rules = ["{rules}"]\nwaivers = "{file}"\n', encoding="utf-8")
        assert main(["baseline", str(flawed), "--config", str(config)]) == 0
        assert all(entry.rule and entry.what for entry in read_waivers(file).entries)
        other = tmp_path / "other.txt"
        text = flawed.read_text(encoding="utf-8").replace("2024", "2021").replace("21.00", "20.00")
        other.write_text(text, encoding="utf-8")
        found = {
            str(path): [
                f.rule
                for d in check(path, rules=(str(rules),), waivers=str(file)).documents
                for f in d.findings
            ]
            for path in (flawed, other)
        }
        assert not any("BL302" in ids for ids in found.values())

    def test_a_baseline_of_nothing_says_so(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["baseline", str(tmp_path / "没有.txt"), "--waivers", str(tmp_path / "w.yaml")]) == 4
        assert "没有.txt" in capsys.readouterr().err

    def test_a_named_file_must_be_there(self, clean: Path, tmp_path: Path) -> None:
        report = check(clean, waivers=str(tmp_path / "没有.yaml"))
        assert [problem.path for problem in report.problems] == [str(tmp_path / "没有.yaml")]

    def test_the_file_is_found_in_a_folder_above(
        self, flawed: Path, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: object
    ) -> None:
        (inner := tmp_path / "里" / "外").mkdir(parents=True)
        monkeypatch.chdir(tmp_path)
        options = ["--rules", str(rules), str(flawed)]
        assert main(["check", *options]) == 1
        monkeypatch.chdir(tmp_path)
        (tmp_path / "budgetlint.toml").write_text(f'rules = ["{rules}"]\n', encoding="utf-8")
        assert main(["baseline", str(flawed)]) == 0
        monkeypatch.chdir(inner)
        assert main(["check", str(flawed)]) == 0


def test_a_day_that_does_not_exist_costs_its_own_entry(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(
        "- fingerprint: 0123456789ab\n  because: 甲\n  until: 2024-02-30\n"
        "- fingerprint: 0123456789ac\n  because: 乙\n  until: 2024-02-29\n",
        encoding="utf-8",
    )
    read = read_waivers(file)
    assert [waiver.because for waiver in read.entries] == ["乙"]
    assert [error.file for error in read.errors] == [f"{file}:1"] and "2024-02-30" in read.errors[0].said.en


def test_waivers_that_cannot_be_written_leave_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "waivers.yaml"
    add_waivers(file, [Waiver("0123456789ab", "甲")], date(2024, 1, 1))
    before = file.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(WaiverError) as caught:
        add_waivers(file, [Waiver("0123456789ac", "乙")], date(2024, 1, 1))
    assert "No space" in caught.value.said.zh
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [before]


def test_what_is_wrong_passes_between_processes_whole(tmp_path: Path) -> None:
    (tmp_path / "waivers.yaml").write_text("a: 1\n", encoding="utf-8")
    with pytest.raises(WaiverError) as raised:
        read_waivers(tmp_path / "waivers.yaml")
    again = pickle.loads(pickle.dumps(raised.value))
    assert (again.file, again.said) == (raised.value.file, raised.value.said)
    assert again.message("zh") != again.message("en")
