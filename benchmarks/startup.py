"""Time whole processes against ``python -c pass``: ``--version``, a first check and later checks of documents.

Run: ``uv run python benchmarks/startup.py [DOCUMENT…]`` (without documents: the examples, and the corpus if it is
there). What counts is the ratio of processor time, children included; wall-clock ratios stand beside it. ``first``
is a check with an empty cache, which compiles every pack; ``later`` finds the compiled packs. Byte code is cached as
for any installed program.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
SUFFIXES = (".txt", ".docx", ".xlsx", ".html", ".pdf", ".ofd")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process takes, in seconds of processor and of wall-clock time."""

    processor: float
    wall: float

    def line(self, name: str, unit: Cost) -> str:
        """Say what was run, how long it took, and how many times the unit that is."""
        ratios = f"{self.processor / unit.processor:7.1f}x {self.wall / unit.wall:7.1f}x"
        return f"{name:<52} {self.processor * 1000:7.0f} ms {ratios}"


def cost_of(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Run a process once."""
    before, start = _processor(), time.perf_counter()
    subprocess.run(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return Cost(_processor() - before, time.perf_counter() - start)


def _processor() -> float:
    """Seconds of processor time that ended child processes have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def best(run: Callable[[], Cost], samples: int) -> Cost:
    """Return the least of some runs, processor and wall-clock time each for itself."""
    costs = [run() for _ in range(samples)]
    return Cost(min(cost.processor for cost in costs), min(cost.wall for cost in costs))


def documents(named: Sequence[str]) -> list[str]:
    """Return the documents to check: those named, else the examples and the corpus."""
    folders = [folder for folder in (ROOT / "examples", CORPUS) if folder.is_dir()]
    found = [str(file) for folder in folders for file in sorted(folder.iterdir()) if file.suffix in SUFFIXES]
    return list(named) or found


def main() -> None:
    """Print one line a process."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("documents", nargs="*")
    parser.add_argument("--samples", type=int, default=5)
    options = parser.parse_args()
    files = documents(options.documents)
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPYCACHEPREFIX": f"{folder}/code", "BUDGETLINT_CACHE": f"{folder}/packs"}
        program = [sys.executable, "-c", "import sys; from budgetlint.cli import main; sys.exit(main())"]

        def run(*command: str, samples: int = options.samples) -> Cost:
            return best(lambda: cost_of(command, environment), samples)

        def first(file: str) -> Cost:
            with tempfile.TemporaryDirectory() as empty:
                return cost_of([*program, "check", file], {**environment, "BUDGETLINT_CACHE": empty})

        unit = run(sys.executable, "-c", "pass", samples=40)
        print(f"{'':<52} {'processor':>10} {'':>7}  {'wall':>7}")
        print(unit.line("python -c pass", unit))
        run(*program, "--version", samples=1)
        print(run(*program, "--version").line("budgetlint --version", unit))
        for number, file in enumerate(files):
            if number == 0:
                print(best(lambda: first(files[0]), 2).line(f"first  {Path(file).name}", unit))
            run(*program, "check", file, samples=1)
            print(run(*program, "check", file).line(f"later  {Path(file).name}", unit))


if __name__ == "__main__":
    main()
