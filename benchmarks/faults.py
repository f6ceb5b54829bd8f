"""End processes at random moments of a run, fill its disk, close its output, stop its child: what is lost, what is left.

Run: ``uv run python benchmarks/faults.py [--times 50] [--documents 24] [--only reader,worker,parent,pipe,…] [--seed 1]``.
Linux only. ``lost`` are documents that neither were checked nor are named as unread (after Ctrl-C: runs that neither
report what was done nor say that they were interrupted, and documents reported otherwise than by a whole run),
``beyond`` those unread beside the one in hand, ``left`` processes that outlived the run by two seconds, ``waited`` runs
that did not end.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("docx/*.docx"))
#: An old document only LibreOffice reads; the fault ``office`` kills the parent while it does.
OLD = "旧.doc"
PROGRAM = [sys.executable, "-c", "import sys; from budgetlint.cli import main; sys.exit(main())"]
FAULTS = ("reader", "worker", "parent", "interrupt", "office", "pipe", "disk", "stopped")
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


def alive(group: int, folder: Path) -> list[int]:
    """Return the processes of a group, and those at work in a folder, that are no zombies."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            state, _, pgrp = (process / "stat").read_text().rpartition(")")[2].split()[:3]
            names_it = str(folder).encode() in (process / "cmdline").read_bytes()
        except OSError:
            continue
        if state != "Z" and (int(pgrp) == group or names_it):
            found.append(int(process.name))
    return found


def told_wrongly(found: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Tell whether an interrupted run does not say so, or says of a document other than the whole run."""
    known = {one["path"]: one for one in whole["documents"]}
    said = any("Ctrl-C" in one["message"] for one in found["errors"])
    return not said or any(one["verdicts"] != known[one["path"]]["verdicts"] for one in found["documents"])


def named(pid: int) -> set[str]:
    """Return the programs that run below a process, without what follows a dot."""
    names = set()
    for child in itertools.chain.from_iterable(descendants(pid)):
        with suppress(OSError):
            names.add(Path(f"/proc/{child}/comm").read_text().strip().partition(".")[0])
    return names


def struck(running: subprocess.Popen[bytes], fault: str, chance: random.Random) -> bool:
    """Do to a run what is to be done, at a random moment; False where it was over by then."""
    moment = time.monotonic() + chance.uniform(0.3, 4.0)
    level = {"reader": 1, "stopped": 1, "worker": 0}.get(fault, -1)
    kind = {"stopped": signal.SIGSTOP, "interrupt": signal.SIGINT}.get(fault, signal.SIGKILL)
    while running.poll() is None:
        if time.monotonic() >= moment:
            levels = descendants(running.pid)
            found = [running.pid] if level < 0 else levels[level] if len(levels) > level else []
            if found and (fault != "office" or "soffice" in named(running.pid)):
                try:
                    # A terminal sends Ctrl-C to every process of the run.
                    (os.killpg if fault == "interrupt" else os.kill)(chance.choice(found), kind)
                except ProcessLookupError:
                    continue
                return True
        time.sleep(0.001)
    return False


def command_of(folder: Path, fault: str) -> list[str]:
    """Return the command of a run that a fault is to strike; its report goes to ``out.json`` beside the folder."""
    config = folder.parent / "budgetlint.toml"
    config.write_text("read-seconds = 5\n", encoding="utf-8")
    report = "json" if fault == "pipe" else f"json:{folder.parent / 'out.json'}"
    inputs = [str(folder)]
    if fault == "office":
        (folder.parent / OLD).write_bytes(rb"{\rtf1\ansi 2024}")
        inputs = ["--convert", str(folder.parent / OLD), *inputs]
    return [*PROGRAM, "check", *inputs, "--jobs", "2", "--config", str(config), "--format", report]


def once(folder: Path, fault: str, chance: random.Random, whole: dict[str, Any]) -> Counter[str]:
    """Return what came of one run with one fault; ``whole`` is the report of a run with none."""
    out, temporary, number = folder.parent / "out.json", folder.parent / "tmp", len(whole["documents"])
    out.write_text("{}", encoding="utf-8")
    temporary.mkdir(exist_ok=True)
    limit = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))) if fault == "disk" else None
    running = subprocess.Popen(
        command_of(folder, fault), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        preexec_fn=limit, env={**os.environ, "TMPDIR": str(temporary)},
    )  # fmt: skip
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
    for _ in range(20):
        time.sleep(0.1)
        if not alive(running.pid, temporary):
            break
    for left in alive(running.pid, temporary):
        counts["left"] += 1
        with suppress(ProcessLookupError):
            os.kill(left, signal.SIGKILL)
    if fault in ("reader", "worker", "stopped"):
        found = json.loads(out.read_bytes())["documents"]
        unread = [one for one in found if not one["verdicts"]["holds"]]
        counts["lost"] += number - len(found)
        counts["beyond"] += max(0, len(unread) - 1)
    elif fault == "interrupt" and running.returncode == 130:
        counts["lost"] += told_wrongly(json.loads(out.read_bytes()), whole)
    elif fault in ("parent", "office", "disk"):
        content = out.read_text(encoding="utf-8")
        counts["lost"] += content != "{}" and not json.loads(content)["documents"]
    shutil.rmtree(temporary, ignore_errors=True)
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
        subprocess.run(command_of(folder, "none"), stdout=subprocess.DEVNULL, check=False)
        whole = json.loads((folder.parent / "out.json").read_bytes())
        for fault in options.only.split(","):
            chance = random.Random(f"{options.seed}/{fault}")
            counts: Counter[str] = Counter()
            for _ in range(options.times):
                counts += once(folder, fault, chance, whole)
            print(f"| {fault} | {' | '.join(str(counts[column]) for column in columns)} |", flush=True)


if __name__ == "__main__":
    main()
