"""Check many documents in one run: the memory of the process that leads it should not grow with their number.

Run: ``uv run python benchmarks/many.py [--number 300,3000] [--jobs 2] [--whole]``. Each number runs in a process of its
own, all documents in one folder; the highest memory of the leading process is printed, and its growth. With ``--jobs 2,1``
each number runs with two processes and with one, and whether the reports are the same byte by byte is printed. The documents
are short and few rules are asked for, unless ``--whole`` takes the example budgets with all rules, which takes hours.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHORT = "示例市示例区第{number}局2024年部门预算\n\n一、部门职责\n\n负责示例工作。\n\n部门支出总表\n单位：万元\n\n项目\t合计\n"
CODE = """
import sys
from pathlib import Path
from budgetlint.config import Settings
from budgetlint.reporters.json import write
from budgetlint.run.opening import open_session
jobs, whole, folder = int(sys.argv[1]), sys.argv[2] == "whole", sys.argv[3]
settings = Settings(jobs=jobs, select=() if whole else ("BL1",))
report = open_session(settings).check([folder])
with open(Path(folder).parent / "report.json", "w", encoding="utf-8") as stream:
    write(report, stream, "zh")
status = Path("/proc/self/status").read_text()
print(len(report.documents), next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def documents(folder: Path, number: int, whole: bool) -> None:
    example = next((ROOT / "examples" / "text").glob("*2024年部门预算.txt")).read_text(encoding="utf-8")
    for at in range(number):
        rows = "".join(f"项目{row}\t{(at * 31 + row * 7) % 1000}.00\n" for row in range(20))
        text = example.replace("某局", f"第{at}局") if whole else SHORT.format(number=at) + rows
        (folder / f"{at:05}.txt").write_text(text, encoding="utf-8")


def main() -> None:
    """Print one line a number."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", default="300,3000")
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args()
    first = 0
    for number in map(int, options.number.split(",")):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "documents"
            folder.mkdir()
            documents(folder, number, options.whole)
            reports: set[bytes] = set()
            for jobs in options.jobs.split(","):
                began = time.monotonic()
                command = [sys.executable, "-c", CODE, jobs, "whole" if options.whole else "", str(folder)]
                done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
                found, kilobytes = map(int, done.stdout.split())
                first = first or kilobytes
                growth = f"{kilobytes / first:.2f} times the first"
                seconds = f"{time.monotonic() - began:.0f} s"
                print(
                    f"{found} documents, {jobs} processes: {kilobytes / 1024:.0f} MB, {growth}, {seconds}",
                    flush=True,
                )
                reports.add(sha256((folder.parent / "report.json").read_bytes()).digest())
            if "," in options.jobs:
                print(
                    f"{number}: {'the same report' if len(reports) == 1 else 'DIFFERENT reports'}", flush=True
                )


if __name__ == "__main__":
    main()
