"""Results come in the order of the tasks, and a process that dies takes no other task along."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from budgetlint.run.pool import Died, Tell, spread

pytestmark = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="processes cannot be forked here"
)


def _answers(function: Callable[[int, Tell], int], tasks: Sequence[int], jobs: int) -> list[int | Died]:
    answers = dict(spread(function, tasks, jobs))
    return [answers[number] for number in range(len(tasks))]


def _late_first(task: int, tell: Tell) -> int:
    time.sleep(0.02 if task < 3 else 0.0)
    return task * task


@pytest.mark.parametrize("jobs", [1, 2, 5, 100])
def test_results_stand_in_the_order_of_the_tasks(jobs: int) -> None:
    assert _answers(_late_first, range(20), jobs) == [n * n for n in range(20)]


@pytest.mark.parametrize("poison", [{0}, {5}, {19}, {3, 4, 5}, set(range(20))])
def test_a_killed_process_costs_its_own_task(poison: set[int]) -> None:
    def work(task: int, tell: Tell) -> int:
        if task in poison:
            os.kill(os.getpid(), signal.SIGKILL)
        return task

    results = _answers(work, range(20), 3)
    assert results == [Died("signal 9") if task in poison else task for task in range(20)]


def test_a_death_is_seen_though_a_grandchild_holds_the_pipe_open(tmp_path: Path) -> None:
    ended = tmp_path / "ended"

    def work(task: int, tell: Tell) -> int:
        if task == 1:
            if os.fork() == 0:
                time.sleep(15)
                ended.touch()
                os._exit(0)
            os._exit(7)
        return task

    assert _answers(work, range(4), 2) == [0, Died("exit 7"), 2, 3]
    assert not ended.exists()


def test_what_the_function_raises_is_raised_here() -> None:
    def work(task: int, tell: Tell) -> int:
        raise LookupError(task) if task == 2 else ValueError(task)

    with pytest.raises((LookupError, ValueError)):
        _answers(work, range(4), 2)


def test_no_worker_outlives_its_parent() -> None:
    code = (
        "import os, signal\n"
        "from budgetlint.run.pool import spread\n"
        "def work(task, tell):\n"
        "    print(os.getpid(), flush=True)\n"
        "    if task == 5: os.kill(parent, signal.SIGKILL)\n"
        "parent = os.getpid()\n"
        "list(spread(work, range(100000), 3))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False
    )
    workers = {int(line) for line in done.stdout.split()}
    assert workers and done.returncode == -signal.SIGKILL
    for _ in range(50):
        left = {worker for worker in workers if os.path.exists(f"/proc/{worker}")}
        if not left:
            return
        time.sleep(0.1)
    assert not left


def test_what_a_task_tells_is_heard_before_its_answer() -> None:
    def work(task: int, tell: Tell) -> int:
        tell(("begins", task))
        return task

    for jobs in (1, 3):
        said: list[object] = []
        for number, answer in spread(work, range(6), jobs, said.append):
            assert ("begins", number) in said and answer == number
        assert len(said) == 6


def test_a_process_that_works_too_long_is_ended() -> None:
    def work(task: int, tell: Tell) -> int:
        while task == 1:
            signal.pause()
        return task

    assert dict(spread(work, range(4), 2, patience=1.0)) == {
        0: 0,
        1: Died("signal 9", late=True),
        2: 2,
        3: 3,
    }


def test_all_is_done_here_where_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.popen_fork.Popen.__init__", refused)
    assert _answers(_late_first, range(5), 3) == [n * n for n in range(5)]
