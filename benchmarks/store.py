"""The bars of the store: checking into it, a second run over what is known, and the overview of a made-up province.

Run: ``uv run python -m benchmarks.store province [--documents 100000] [--figures 500] [--findings 5] [--keep DIR]`` or
``uv run python -m benchmarks.store check [--documents 1000] [--jobs 2]``. Processor and wall time and the highest memory
of a process of its own are printed; nothing of a real document is used.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.season import documents_in

AT = datetime(2024, 3, 1, tzinfo=timezone.utc)
#: Documents written into one part.
PART = 2_000
KINDS = ("部门预算", "单位预算", "部门决算", "单位决算")
RULES = tuple((f"CN{number}", f"示例检查{number}") for number in range(201, 261))


def province(folder: Path, documents: int, figures: int, findings: int) -> None:
    """Write a province straight into a store, part by part."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from budgetlint.bureau.schema import schemas
    from budgetlint.bureau.store import new_batch, open_store

    open_store(str(folder), create=True)
    shapes = schemas()
    page = pa.Table.from_pylist([_figure(number) for number in range(figures)], schema=shapes["figures"])
    for first in range(0, documents, PART):
        batch = new_batch()
        numbers = range(first, min(first + PART, documents))
        rows = [_document(number, batch, figures, findings) for number in numbers]
        told = [_finding(number, at, batch) for number in numbers for at in range(findings)]
        printed = pa.concat_tables([page] * len(rows))
        keys = pa.array([row["document"] for row in rows for _ in range(figures)])
        printed = printed.set_column(0, "batch", pa.repeat(batch, len(keys))).set_column(1, "document", keys)
        for table, made in (
            ("figures", printed),
            ("findings", pa.Table.from_pylist(told, schema=shapes["findings"])),
            ("documents", pa.Table.from_pylist(rows, schema=shapes["documents"])),
        ):
            (folder / table).mkdir(exist_ok=True)
            pq.write_table(made, folder / table / f"{batch}.parquet", compression="zstd")


def _document(number: int, batch: str, figures: int, findings: int) -> dict[str, Any]:
    unit = number // 4
    return {
        "batch": batch,
        "document": f"{number:032x}",
        "path": f"示例市{unit % 13}/{unit}/{number}.pdf",
        "files": [{"path": f"{number}.pdf", "sha256": f"{number:064x}"}],
        "stamp": "0" * 16,
        "checked_at": AT,
        "unit": f"示例市示例区第{unit}局",
        "department": f"示例市示例区第{unit // 5 * 5}局",
        "kind": KINDS[number % 4],
        "year": 2024,
        "region": f"示例省/示例市{unit % 13}",
        "read": number % 500 != 0,
        "decided": 100 if number % 300 else 0,
        "undetermined": number % 7,
        "numbers": figures,
        "verified": figures * (number % 100) // 100,
        "contradicted": 1,
        "errors": findings // 2,
        "warnings": findings - findings // 2,
        "notices": 0,
    }


def _finding(number: int, at: int, batch: str) -> dict[str, Any]:
    rule, name = RULES[(number * 7 + at * 11) % len(RULES)]
    return {
        "batch": batch,
        "document": f"{number:032x}",
        "rule": rule,
        "name": name,
        "severity": "error" if at % 2 else "warning",
        "verdict": "fails",
        "message": f"“合计”{number}.00万元与其下各科目之和 {number + at}.00万元相差 {at}.00万元",
        "fingerprint": f"{number * 8 + at:012x}",
        "waived": False,
        "page": at + 1,
    }


def _figure(number: int) -> dict[str, Any]:
    return {
        "unit": "",
        "year": 2024,
        "table": f"b.table{number // 50}",
        "title": f"示例表{number // 50}",
        "row": f"合计/科目{number}",
        "column": "合计",
        "printed": f"{number}.25",
        "value": Decimal(number) * 10_000 + 2_500,
        "unit_printed": "万元",
        "state": "verified",
        "page": number // 50 + 1,
    }


def measured(name: str, arguments: Sequence[str]) -> float:
    """Run a command of budgetlint in a process of its own and print what it took; return the wall time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    command = [
        sys.executable,
        "-c",
        "import sys; from budgetlint.cli import main; sys.exit(main())",
        *arguments,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"{name}: exit {done.returncode}, {wall:.1f} s, processor {spent:.1f} s, highest {after.ru_maxrss // 1024} MB"
    )
    print(f"  {done.stdout.strip() or done.stderr.strip()}"[:300])
    return wall


def main() -> None:
    """Print one line a command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("province", "check"))
    parser.add_argument("--documents", type=int, default=0)
    parser.add_argument("--figures", type=int, default=500)
    parser.add_argument("--findings", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", metavar="DIR", help="where the province is made, and left")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        if options.what == "province":
            store = Path(options.keep) if options.keep else work / "store"
            if not (store / "documents").is_dir():
                province(store, options.documents or 100_000, options.figures, options.findings)
            measured("overview text", ["overview", str(store)])
            measured("overview html", ["overview", str(store), "--format", f"html:{work / 'o.html'}"])
            measured("overview xlsx", ["overview", str(store), "--format", f"xlsx:{work / 'o.xlsx'}"])
            return
        documents_in(work / "documents", options.documents or 1_000)
        found = {}
        for jobs in (1, options.jobs):
            asked = [
                "check",
                str(work / "documents"),
                "--store",
                str(work / f"store{jobs}"),
                "--jobs",
                str(jobs),
            ]
            found[jobs] = measured(f"check, {jobs} processes", asked)
        again = measured("the same again", asked)
        print(
            f"{found[1] / found[options.jobs]:.2f}x by {options.jobs} processes; {found[options.jobs] / again:.0f}x again"
        )


if __name__ == "__main__":
    main()
