"""Time the pool: what a task costs beside its own work, what several processes gain, what a death costs.

Run: ``uv run python benchmarks/pool.py [--jobs 2]``. Ratios count, not times; nothing is asserted.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from examples.content.budget import budget

from budgetlint import check
from budgetlint.run.pool import Died, Tell, spread

EMPTY_TASKS, DOCUMENTS, POISON = 20_000, 40, 7


def nothing(task: int, tell: Tell | None = None) -> int:
    return task


def killed_once(task: int, tell: Tell | None = None) -> int:
    if task == POISON:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def answered_by_the_library(jobs: int) -> int:
    """How many of 100 tasks the standard library's pool answers when one task kills its process."""
    answered = 0
    with ProcessPoolExecutor(jobs) as pool:
        for future in [pool.submit(killed_once, task) for task in range(100)]:
            try:
                future.result()
                answered += 1
            except BrokenProcessPool:
                continue
    return answered


def documents(folder: Path) -> list[str]:
    """Write as many budgets of different departments, each in its own folder."""
    files = []
    for number in range(DOCUMENTS):
        file = folder / str(number) / "预算.txt"
        file.parent.mkdir(parents=True)
        file.write_text(budget().replace("某局", f"第{number}局"), encoding="utf-8")
        files.append(str(file))
    return files


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    jobs = parser.parse_args().jobs
    taken = seconds(lambda: list(spread(nothing, range(EMPTY_TASKS), jobs)))
    print(f"an empty task: {taken / EMPTY_TASKS * 1e6:.0f} µs")
    results = dict(spread(killed_once, range(100), jobs))
    print(
        f"one death: {sum(not isinstance(one, Died) for one in results.values())} of 100 answered, {results[POISON]}"
    )
    print(f"one death, concurrent.futures: {answered_by_the_library(jobs)} of 100 answered")
    with tempfile.TemporaryDirectory() as name:
        files = documents(Path(name))
        check(files[:1])
        alone = seconds(lambda: check(files))
        shared = seconds(lambda: check(files, jobs=jobs))
    print(
        f"{DOCUMENTS} documents: {alone:.1f} s alone, {shared:.1f} s with {jobs}: {alone / shared:.2f} times as fast"
    )


if __name__ == "__main__":
    main()
