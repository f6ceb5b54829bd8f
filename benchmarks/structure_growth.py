"""Measure how structuring and naming grow with a table: eight times the rows, at most ten times the time.

Run: ``uv run python benchmarks/structure_growth.py [--rows 800] [--factor 8]``. Processor time, best of three, with the
garbage collector off, whose share is the process's.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable
from time import process_time

from budgetlint.config import Settings
from budgetlint.normalise import name, structure
from budgetlint.readers.text.plain import READER
from budgetlint.run.opening import open_session


def written(rows: int) -> bytes:
    """A table of expenses by code, in the text layout with one line a row."""
    body = "".join(f"2{n:06d}\t科目{n}\t{n}.10\t{n}.00\t0.10\n" for n in range(rows))
    return f"支出总表\n单位：万元\n\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n{body}".encode()


def seconds(work: Callable[[], object]) -> float:
    """Processor time of the best of three runs."""
    times = []
    for _ in range(3):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)


def main() -> None:
    """Print one line a stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=800)
    parser.add_argument("--factor", type=int, default=8)
    options = parser.parse_args()
    vocabulary = open_session(Settings()).packs.vocabulary_for(None)
    gc.disable()
    stages: dict[str, list[float]] = {"structure": [], "name": []}
    for rows in (options.rows, options.rows * options.factor):
        source = READER.read("表", written(rows))
        document = structure(source)
        stages["structure"].append(seconds(lambda source=source: structure(source)))
        stages["name"].append(seconds(lambda document=document: name(document, vocabulary)))
    for stage, (small, large) in stages.items():
        print(
            f"{stage}: {small * 1000:.0f} ms → {large * 1000:.0f} ms, {large / small:.1f}x for {options.factor}x"
        )


if __name__ == "__main__":
    main()
