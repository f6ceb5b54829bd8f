"""Last year's document of a unit is found in last year's store; what cannot be used is said and never guessed."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from tests.conftest import CLEAN

from budgetlint.bureau.earlier import earlier_of
from budgetlint.bureau.season import Season, check_into
from budgetlint.bureau.store import open_store
from budgetlint.cli import main
from budgetlint.config import Settings
from budgetlint.results.report import Exit, Report
from budgetlint.run.opening import open_session

#: It fails where, and only where, last year's document is read: the totals are equal.
GROWN = "检查 表 部门支出总表 行 合计 列 合计 应等于 上年文本 表 部门支出总表 行 合计 列 合计 加 10.00 万元"


def written(folder: Path, name: str, year: int, unit: str = "某局", note: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    text = CLEAN.replace("2024", str(year)).replace("某局", unit)
    file.write_text(text.replace("负责示例工作", f"负责示例工作{note}"), encoding="utf-8")
    return file


def stored(store: Path, *paths: Path, **settings: object) -> Season:
    session = open_session(Settings(**settings))  # type: ignore[arg-type]
    return check_into(session, open_store(str(store), create=True), map(str, paths))


def compared(store: Path, *paths: Path) -> Report:
    settings = Settings(select=("CLI",), rule_texts=(GROWN,), previous_store=str(store))
    return open_session(settings).check(map(str, paths), earlier=earlier_of(settings))


def test_each_unit_is_held_against_its_own_last_year(tmp_path: Path) -> None:
    before = [written(tmp_path / "2023", f"{unit}.txt", 2023, unit) for unit in ("甲局", "乙局")]
    stored(tmp_path / "store", *before)
    this = [written(tmp_path / "2024", f"{unit}.txt", 2024, unit) for unit in ("甲局", "乙局", "丙局")]
    report = compared(tmp_path / "store", *this)
    assert [one.counts.fails for one in report.documents] == [1, 1, 0]
    # Nothing of the third is in the store: that is told, and is no pass.
    assert report.documents[2].counts.undetermined == 1
    assert not report.problems


def test_last_year_s_files_may_lie_in_an_archive(tmp_path: Path) -> None:
    file = written(tmp_path / "2023", "甲.txt", 2023)
    with ZipFile(tmp_path / "2023.zip", "w") as archive:
        archive.write(file, "公开/甲.txt")
    stored(tmp_path / "store", tmp_path / "2023.zip")
    report = compared(tmp_path / "store", written(tmp_path / "2024", "甲.txt", 2024))
    assert report.documents[0].counts.fails == 1


@pytest.mark.parametrize("harm", ["gone", "changed", "two"])
def test_what_cannot_be_used_is_a_problem(tmp_path: Path, harm: str) -> None:
    file = written(tmp_path / "2023", "甲.txt", 2023)
    files = [file, written(tmp_path / "2023b", "乙.txt", 2023, note="二")] if harm == "two" else [file]
    stored(tmp_path / "store", *files)
    if harm == "gone":
        file.unlink()
    if harm == "changed":
        file.write_text(file.read_text(encoding="utf-8") + "补充。\n", encoding="utf-8")
    report = compared(tmp_path / "store", written(tmp_path / "2024", "甲.txt", 2024))
    assert report.documents[0].counts.fails == 0 and report.documents[0].counts.undetermined == 1
    (problem,) = report.problems
    assert problem.exit is Exit.UNREAD and file.name in problem.message


def test_into_a_store_it_counts_as_another_way_to_check(tmp_path: Path) -> None:
    stored(tmp_path / "before", written(tmp_path / "2023", "甲.txt", 2023))
    this = written(tmp_path / "2024", "甲.txt", 2024)
    first = stored(tmp_path / "store", this, rule_texts=(GROWN,))
    assert first.kept == 1
    with_store = {"rule_texts": (GROWN,), "previous_store": str(tmp_path / "before")}
    second = stored(tmp_path / "store", this, **with_store)
    assert second.kept == 1 and second.errors == first.errors + 1
    assert stored(tmp_path / "store", this, **with_store).known == 1
    # A further document there may be what this one is compared with.
    stored(tmp_path / "before", written(tmp_path / "2023", "乙.txt", 2023, "乙局"))
    assert stored(tmp_path / "store", this, **with_store).kept == 1


def test_a_folder_that_is_no_store_is_refused(
    tmp_path: Path, clean: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["check", str(clean), "--previous-store", str(empty)]) == Exit.USAGE
    assert str(empty) in capsys.readouterr().err
    code = main(["check", str(clean), "--previous-store", str(empty), "--store", str(tmp_path / "s")])
    assert code == Exit.USAGE
