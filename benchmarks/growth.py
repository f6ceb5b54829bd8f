"""Measure how every stage grows with a table: 1, 4 and 16 times the rows, sound and with a wrong total.

Run: ``uv run python benchmarks/growth.py [--rows 100] [--times 3]``. Processor time of each stage, which other work on
the machine hardly changes, the least of some runs. Where a table is sound no stage may grow faster than linear-logarithmic, where its total is wrong
none faster than quadratic; the ``power`` is that of the step from 4 to 16 times (1 is linear, 2 quadratic).
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from pathlib import Path

from budgetlint.config import Settings
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session
from budgetlint.run.stages import STAGES, Step

FACTORS = (1, 4, 16)
KINDS = ("codes", "list")


def written(kind: str, rows: int, wrong: bool) -> str:
    """Return a table of expenses by code, or a list of numbered income, whose total is right or wrong."""
    figures = [(n * 7919) % 90_000 + 1 for n in range(rows)]
    total = sum(figures) + (1_234 if wrong else 0)
    title = "示例市示例区某局2024年部门预算\n\n"
    if kind == "codes":
        body = "".join(f"2{n:06d}\t科目{n}\t{f}\t{f}\t0\n" for n, f in enumerate(figures))
        head = "部门支出总表\n单位：元\n\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        return f"{title}{head}\t合计\t{total}\t{sum(figures)}\t0\n{body}"
    body = "".join(f"{n}、收入{n}\t{f}\n" for n, f in enumerate(figures, 1))
    return f"{title}部门收入总表\n单位：元\n\n项目\t预算数\n{body}本年收入合计\t{total}\n"


def seconds_of(session: Session, path: Path, times: int) -> dict[str, float]:
    """Return the least processor time of every stage, in seconds."""
    best: dict[str, float] = dict.fromkeys(STAGES, math.inf)
    begun: dict[str, float] = {}

    def told(step: Step) -> None:
        now = time.process_time()
        if step.seconds is None:
            begun[step.stage] = now
        elif step.stage in begun:
            best[step.stage] = min(best[step.stage], now - begun[step.stage])

    for _ in range(times):
        session.check([str(path)], told)
    return best


def main() -> None:
    """Print one line a stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    session = open_session(Settings())
    print("| table | total | stage |" + "".join(f" {options.rows * f} rows |" for f in FACTORS) + " power |")
    print("|---|---|---|" + "---|" * (len(FACTORS) + 1))
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "表.txt"
        for kind in KINDS:
            for wrong in (False, True):
                found = []
                for factor in FACTORS:
                    path.write_text(written(kind, options.rows * factor, wrong), encoding="utf-8")
                    found.append(seconds_of(session, path, options.times))
                for stage in STAGES[:-1]:
                    times = [one[stage] for one in found]
                    power = math.log(times[-1] / times[-2], FACTORS[-1] / FACTORS[-2])
                    shown = "".join(f" {one * 1000:.0f} ms |" for one in times)
                    print(
                        f"| {kind} | {'wrong' if wrong else 'right'} | {stage} |{shown} {power:.1f} |",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
