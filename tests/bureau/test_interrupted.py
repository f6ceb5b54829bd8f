"""Whatever ends a run into a store, nothing that was written is lost, and the same command goes on from there."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from budgetlint.bureau.schema import DOCUMENTS, FIGURES
from budgetlint.bureau.season import check_into
from budgetlint.bureau.store import Store, open_store
from budgetlint.config import Settings
from budgetlint.results.report import Exit
from budgetlint.run.opening import open_session

pytestmark = pytest.mark.cluster

#: Writes every document at once, and then goes on slowly enough to be killed between two.
SLOWLY = """
import sys, time
import budgetlint.bureau.season as season
from budgetlint.cli import main
season._DOCUMENTS = 1
write = season._Clerk.write
def slow(self):
    write(self)
    time.sleep(0.1)
season._Clerk.write = slow
sys.exit(main())
"""
MANY = 6


@pytest.fixture
def folder(tmp_path: Path, clean: Path) -> Path:
    made = tmp_path / "文本"
    made.mkdir()
    text = clean.read_text(encoding="utf-8")
    for number in range(MANY):
        (made / f"{number}.txt").write_text(text.replace("某局", f"第{number}局"), encoding="utf-8")
    return made


def arguments(folder: Path, store: Path) -> list[str]:
    return ["check", str(folder), "--store", str(store), "--select", "CN201", "--jobs", "1"]


def started(program: str, given: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *given],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def documents(store: Store) -> list[str]:
    return sorted(store.read(DOCUMENTS, ["path"]).column("path").to_pylist())


def gone_on(folder: Path, store: Path) -> tuple[int, int]:
    """Run the same once more, here, and return how many documents were checked and how many were known."""
    season = check_into(open_session(Settings(select=("CN201",))), open_store(str(store)), [str(folder)])
    return season.kept, season.known


def test_a_run_that_is_killed_goes_on_where_it_was(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "库"
    process = started(SLOWLY, arguments(folder, store))
    written = store / DOCUMENTS
    while process.poll() is None and len(list(written.glob("*.parquet"))) < 2:
        time.sleep(0.02)
    process.kill()
    process.communicate()
    held = len(documents(open_store(str(store))))
    assert process.returncode == -signal.SIGKILL and 2 <= held < MANY
    # Those of a folder are checked as one batch: it is whole, or it is checked again as a whole.
    kept, known = gone_on(folder, store)
    assert kept + known == MANY
    assert len(set(documents(open_store(str(store))))) == MANY


def test_a_full_disk_is_said_and_nothing_written_is_lost(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "库"
    assert gone_on_from_nothing(folder, store, 2) == 2
    before = documents(open_store(str(store)))

    def no_room() -> None:
        # A file that may not grow ends a write as a full disk does.
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))

    done = subprocess.run(
        [sys.executable, "-m", "budgetlint", *arguments(folder, store)],
        capture_output=True,
        text=True,
        preexec_fn=no_room,
        env={**os.environ, "PYTHONUTF8": "1", "BUDGETLINT_CACHE": str(tmp_path / "cache")},
        check=False,
    )
    assert done.returncode == Exit.PLUGIN and "Traceback" not in done.stderr
    assert str(store) in done.stderr
    assert documents(open_store(str(store))) == before
    gone_on(folder, store)
    assert len(set(documents(open_store(str(store))))) == MANY


def gone_on_from_nothing(folder: Path, store: Path, number: int) -> int:
    some = sorted(folder.iterdir())[:number]
    session = open_session(Settings(select=("CN201",)))
    return check_into(session, open_store(str(store), create=True), map(str, some)).kept


def test_two_runs_at_once_into_one_store(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "库"
    open_store(str(store), create=True)
    both = [started(SLOWLY, arguments(folder, store)) for _ in range(2)]
    for process in both:
        process.communicate()
    assert [process.returncode for process in both] == [Exit.CLEAN, Exit.CLEAN]
    whole = open_store(str(store))
    assert len(set(documents(whole))) == MANY
    assert gone_on(folder, store) == (0, MANY)
    # Whoever asks sees each document once, however often it was checked.
    from budgetlint.bureau.query import connected

    with connected(whole) as connection:
        ((seen, figures),) = connection.execute(
            "SELECT (SELECT count(*) FROM 文本), (SELECT count(*) FROM 数字)"
        ).fetchall()
    once = open_store(str(tmp_path / "一次"), create=True)
    check_into(open_session(Settings(select=("CN201",))), once, [str(folder)])
    assert (seen, figures) == (MANY, len(once.read(FIGURES, ["printed"])))
