"""A cluster of processes on this machine fills the same store as one process, whatever dies on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")
pytest.importorskip("distributed")

from budgetlint.bureau import cluster as clusters
from budgetlint.bureau.cluster import check_on_cluster
from budgetlint.bureau.season import check_into
from budgetlint.bureau.store import Store, StoreError, open_store
from budgetlint.config import Settings
from budgetlint.run.opening import open_session

pytestmark = pytest.mark.cluster

#: Kills whatever process checks a document of this name, as a fault of a library would.
POISON = """
import os, sys
from pathlib import Path
import budgetlint.run.session as session
whole = session.Session.examined
def examined(self, files, *more, **named):
    if "毒" in files[0]:
        os.kill(os.getpid(), 9)
    return whole(self, files, *more, **named)
session.Session.examined = examined
"""


@pytest.fixture
def folder(tmp_path: Path, clean: Path, flawed: Path) -> Path:
    made = tmp_path / "文本"
    for number in range(3):
        unit = made / f"单位{number}"
        unit.mkdir(parents=True)
        for source, name in ((clean, "预算"), (flawed, "草稿")):
            text = source.read_text(encoding="utf-8").replace("某局", f"第{number}局")
            (unit / f"{name}.txt").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Start a scheduler and two workers as people do, and end them."""
    file = tmp_path / "scheduler.json"
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
    }
    log = (tmp_path / "log").open("wb")

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", *arguments, "--scheduler-file", str(file)]
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    started = [
        start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    ]
    try:
        for name in ("w1", "w2"):
            started.append(
                start(
                    "distributed.cli.dask_worker",
                    "--nthreads",
                    "1",
                    "--no-nanny",
                    "--no-dashboard",
                    "--name",
                    name,
                )
            )
        yield _written_address(file)
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()
        log.close()


def _written_address(file: Path) -> str:
    """Wait for the scheduler to write where it listens: the file is there before its content."""
    ends = time.monotonic() + 60
    while True:
        try:
            address: str = json.loads(file.read_text(encoding="utf-8"))["address"]
            return address
        except (OSError, ValueError):
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)


def session() -> Any:
    return open_session(Settings(select=("CN201",)))


def rows(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return what a store holds, but for when and in which batch it was written; of one path the last check."""
    from budgetlint.bureau.query import connected

    with connected(store) as connection:
        held = {}
        for table in ("documents", "findings", "figures"):
            found = connection.sql(f"SELECT * EXCLUDE (batch) FROM {table}").to_arrow_table().to_pylist()
            for row in found:
                row.pop("checked_at", None)
            held[table] = sorted(found, key=repr)
        return held


def test_a_cluster_fills_the_same_store_as_one_process(
    tmp_path: Path, folder: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "LEAST", 2)
    monkeypatch.setattr("budgetlint.run.checkup.batches", _each_folder)
    alone = open_store(str(tmp_path / "一"), create=True)
    check_into(session(), alone, [str(folder)])
    shared = open_store(str(tmp_path / "二"), create=True)
    season = check_on_cluster(session(), shared, [str(folder)], address)
    assert (season.kept, season.known, season.problems) == (6, 0, ())
    assert rows(shared) == rows(alone)
    assert check_on_cluster(session(), shared, [str(folder)], address).known == 6


def test_a_worker_killed_in_the_middle_loses_nothing(
    tmp_path: Path, folder: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "LEAST", 2)
    monkeypatch.setattr("budgetlint.run.checkup.batches", _each_folder)
    alone = open_store(str(tmp_path / "一"), create=True)
    check_into(session(), alone, [str(folder)])
    shared = open_store(str(tmp_path / "二"), create=True)
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2)
        workers = list(client.run(os.getpid).values())
    killed: list[int] = []

    def told(step: object) -> None:
        if not killed:
            killed.append(workers[0])
            os.kill(workers[0], signal.SIGKILL)

    season = check_on_cluster(session(), shared, [str(folder)], address, told=told)
    assert killed and season.kept + season.known >= 6
    assert rows(shared) == rows(alone)


def test_the_document_a_process_dies_of_is_found_and_kept_as_unread(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a scheduler: what is halved and how it ends does not depend on one."""
    monkeypatch.setattr("budgetlint.run.checkup.batches", _each_folder)
    (folder / "单位1" / "预算.txt").rename(folder / "单位1" / "毒.txt")
    (tmp_path / "sitecustomize.py").write_text(POISON, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    shared = open_store(str(tmp_path / "库"), create=True)
    with _inline(monkeypatch):
        season = check_on_cluster(session(), shared, [str(folder)], "local:1")
    held = rows(shared)["documents"]
    assert {row["path"].rpartition("/")[2] for row in held if not row["read"]} == {"毒.txt"}
    assert len(held) == 6 and season.unread == 1
    assert [
        row["rule"]
        for row in rows(shared)["findings"]
        if row["document"] in {one["document"] for one in held if not one["read"]}
    ] == ["BL911"]


def test_a_machine_that_would_check_otherwise_is_refused(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = open_store(str(tmp_path / "库"), create=True)
    monkeypatch.setattr(clusters, "stamp_of", lambda session: "another")
    with _inline(monkeypatch), pytest.raises(StoreError) as told:
        check_on_cluster(session(), shared, [str(folder)], "local:1")
    assert "another" in told.value.said.zh


def test_a_cluster_that_is_not_there(tmp_path: Path, folder: Path) -> None:
    from budgetlint.cli import main

    store = str(tmp_path / "库")
    assert main(["check", str(folder), "--cluster", "local:1"]) == 2
    assert main(["check", str(folder), "--store", store, "--cluster", "nonsense"]) == 2


def _each_folder(groups: list[str]) -> Iterator[list[int]]:
    for group in dict.fromkeys(groups):
        yield [number for number, one in enumerate(groups) if one == group]


class _inline:
    """Runs tasks here, one after another, each in its process all the same."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch

    def __enter__(self) -> None:
        from contextlib import contextmanager

        from budgetlint.bureau.shipping import shipped

        class Client:
            def nthreads(self) -> dict[str, int]:
                return {"w": 1}

            def submit(self, function: Any, task: bytes, **_: Any) -> Any:
                return Future(shipped(task))

        class Future:
            def __init__(self, answer: bytes) -> None:
                self._answer = answer

            def result(self) -> bytes:
                return self._answer

            def release(self) -> None:
                pass

        class Running(list):  # type: ignore[type-arg]
            add = list.append

            def __iter__(self) -> Any:
                while self:
                    yield self.pop(0)

        @contextmanager
        def client(address: str) -> Iterator[Client]:
            yield Client()

        self._patch.setattr(clusters, "_client", client)
        self._patch.setattr("distributed.as_completed", Running)

    def __exit__(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("when", ["between two answers", "while it waits for one"])
def test_a_scheduler_killed_in_the_middle_is_said_and_the_run_goes_on_later(
    tmp_path: Path, folder: Path, address: str, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    monkeypatch.setattr(clusters, "LEAST", 2)
    monkeypatch.setattr("budgetlint.run.checkup.batches", _each_folder)
    shared = open_store(str(tmp_path / "库"), create=True)
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2)
        scheduler = client.run_on_scheduler(os.getpid)
    killed: list[int] = []

    def kill(step: object = None) -> None:
        if not killed:
            killed.append(scheduler)
            os.kill(scheduler, signal.SIGKILL)

    if when == "while it waits for one":
        threading.Timer(1.0, kill).start()
    with pytest.raises(StoreError) as said:
        check_on_cluster(session(), shared, [str(folder)], address, told=kill)
    assert killed and address in said.value.said.zh
    held = {row["path"] for row in rows(shared)["documents"]}
    assert len(held) < 6
    check_into(session(), shared, [str(folder)])
    assert len(rows(shared)["documents"]) == 6
