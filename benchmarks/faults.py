"""End processes at random moments of a run, fill its disk, close its output, stop its child: what is lost, what is left.

Run: ``uv run python benchmarks/faults.py [--times 50] [--documents 24] [--only reader,worker,parent,pipe,disk,stopped]
[--seed 1]``. Linux only. ``lost`` are documents that neither were checked nor are named as unread, ``beyond`` those
unread beside the one in hand, ``left`` processes that outlived the run by two seconds, ``waited`` runs that did not end.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("docx/*.docx"))
PROGRAM = [sys.executable, "-c", "import sys; from budgetlint.cli import main; sys.exit(main())"]
FAULTS = ("reader", "worker", "parent", "pipe", "disk", "stopped")
WAITED = 180


def documents(folder: Path, number: int) -> None:
    """Write so many documents, each in a folder of its own."""
    for at in range(number):
        (folder / f"{at:04}").mkdir()
        source = EXAMPLES[at % len(EXAMPLES)]
        (folder / f"{at:04}" / source.name).write_bytes(source.read_bytes())


def descendants(pid: int) -> list[list[int]]:
    """Return the children of a process, their children, and so on."""
    levels, above = [], [pid]
    while above:
        below: list[int] = []
        for one in above:
            for file in Path(f"/proc/{one}/task").glob("*/children"):
                try:
                    below += map(int, file.read_text().split())
                except OSError:
                    continue
        levels.append(below)
        above = below
    return levels[:-1]


def alive(group: int) -> int:
    """Return how many processes of a group are there and no zombies."""
    found = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, pgrp = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        found += int(pgrp) == group and state != "Z"
    return found


def struck(running: subprocess.Popen[bytes], fault: str, chance: random.Random) -> bool:
    """Do to a run what is to be done, at a random moment; False where it was over by then."""
    moment = time.monotonic() + chance.uniform(0.3, 4.0)
    level = {"reader": 1, "stopped": 1, "worker": 0}.get(fault, -1)
    while running.poll() is None:
        if time.monotonic() >= moment:
            levels = descendants(running.pid)
            found = [running.pid] if level < 0 else levels[level] if len(levels) > level else []
            if found:
                try:
                    os.kill(chance.choice(found), signal.SIGSTOP if fault == "stopped" else signal.SIGKILL)
                except ProcessLookupError:
                    continue
                return True
        time.sleep(0.001)
    return False


def once(folder: Path, fault: str, chance: random.Random, number: int) -> Counter[str]:
    """Return what came of one run with one fault."""
    out = folder.parent / "out.json"
    config = folder.parent / "budgetlint.toml"
    config.write_text("read-seconds = 5\n", encoding="utf-8")
    command = [*PROGRAM, "check", str(folder), "--jobs", "2", "--config", str(config)]
    command += ["--format", "json" if fault == "pipe" else f"json:{out}"]
    out.write_text("{}", encoding="utf-8")
    limit = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))) if fault == "disk" else None
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=limit
    )
    counts: Counter[str] = Counter(runs=1)
    assert running.stdout is not None
    try:
        if fault == "pipe":
            running.stdout.read(chance.randrange(1, 2_000))
            running.stdout.close()
        elif fault != "disk":
            counts["struck"] += struck(running, fault, chance)
        # The output ends when the last that holds it has ended.
        if fault != "pipe":
            running.stdout.read()
        running.wait(WAITED)
    except subprocess.TimeoutExpired:
        counts["waited"] += 1
    time.sleep(0.1)
    for _ in range(20):
        if not alive(running.pid):
            break
        time.sleep(0.1)
    counts["left"] += alive(running.pid)
    if alive(running.pid):
        os.killpg(running.pid, signal.SIGKILL)
    if fault in ("reader", "worker", "stopped"):
        found = json.loads(out.read_bytes())["documents"]
        unread = [one for one in found if not one["verdicts"]["holds"]]
        counts["lost"] += number - len(found)
        counts["beyond"] += max(0, len(unread) - 1)
    elif fault in ("parent", "disk"):
        content = out.read_text(encoding="utf-8")
        counts["lost"] += content != "{}" and not json.loads(content)["documents"]
    counts["files"] += sum(path.name.startswith(".budgetlint") for path in folder.parent.iterdir())
    for path in folder.parent.glob(".budgetlint*"):
        path.unlink()
    return counts


def main() -> None:
    """Print a line a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--documents", type=int, default=24)
    parser.add_argument("--only", default=",".join(FAULTS))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    columns = ("runs", "struck", "lost", "beyond", "left", "waited", "files")
    print(f"| fault | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "documents"
        folder.mkdir()
        documents(folder, options.documents)
        for fault in options.only.split(","):
            chance = random.Random(f"{options.seed}/{fault}")
            counts: Counter[str] = Counter()
            for _ in range(options.times):
                counts += once(folder, fault, chance, options.documents)
            print(f"| {fault} | {' | '.join(str(counts[column]) for column in columns)} |", flush=True)


if __name__ == "__main__":
    main()
