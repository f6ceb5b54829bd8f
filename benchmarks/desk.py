"""The desk's bars on one document: the report's size and making against the check, an upload against the command line.

``python benchmarks/desk.py FILE`` prints what was measured beside each bar; exit 1 where one does not hold. With
``--many FILE FILE`` the files go up in turn instead, 200 times in a row and 20 at once (``--in-a-row``, ``--at-once``).
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from desk_uploads import uploads
from msgspec import json

from budgetlint.config import Settings
from budgetlint.desk.names import Upload
from budgetlint.desk.work import Job
from budgetlint.reporters import html
from budgetlint.run.opening import open_session

_MEGABYTES, _SHARE, _RATIO = 3.0, 1 / 3, 1.3
#: What a server may hold beyond what it held after the first few uploads, in MB.
_MORE = 20.0


def many(files: list[Path], in_a_row: int, at_once: int) -> int:
    """Upload the files many times, and print what was lost and what the server holds."""
    seen = uploads(files, in_a_row, at_once)
    first, warm, last = seen.memory
    print(
        f"{in_a_row} in a row and {at_once} at once in {seen.seconds:.0f} s; {len(seen.lost)} lost {seen.lost[:5]}"
    )
    print(
        f"memory of the server, MB: {first:.1f} after the first, {warm:.1f} after a few, {last:.1f} at the end"
    )
    print(f"state: {seen.kept} runs kept, {seen.megabytes:.1f} MB; beside the sessions {list(seen.left)}")
    return 0 if _said("memory more, MB", last - warm, _MORE) and not seen.lost else 1


def main(file: Path) -> int:
    """Measure and print."""
    began = perf_counter()
    report = open_session(Settings(draw=True)).check([str(file)])
    checked = perf_counter() - began
    stream = io.StringIO()
    began = perf_counter()
    html.write(report, stream, "zh")
    made = perf_counter() - began
    size = len(stream.getvalue().encode()) / 1e6
    commanded = _seconds([sys.executable, "-m", "budgetlint", "check", str(file), "--format", "json"])
    uploaded = _upload(file)
    held = [
        _said("report, MB", size, _MEGABYTES),
        _said("report made / checked", made / checked, _SHARE),
        _said("upload / command line", uploaded / commanded, _RATIO),
    ]
    print(f"checked {checked:.2f} s, made {made:.2f} s, command {commanded:.2f} s, upload {uploaded:.2f} s")
    return 0 if all(held) else 1


def _upload(file: Path) -> float:
    """Return how long the desk's own process works on an upload."""
    with tempfile.TemporaryDirectory() as folder:
        stored = Path(folder, f"0{file.suffix}")
        stored.write_bytes(file.read_bytes())
        job = Path(folder, "job.json")
        job.write_bytes(json.encode(Job("check", folder, (Upload(file.name, stored.name),))))
        return _seconds([sys.executable, "-m", "budgetlint.desk.worker", str(job)])


def _seconds(command: list[str]) -> float:
    began = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return perf_counter() - began


def _said(what: str, measured: float, bar: float) -> bool:
    print(f"{what:24} {measured:6.2f}  bar {bar:5.2f}  {'holds' if measured <= bar else 'DOES NOT HOLD'}")
    return measured <= bar


def _told() -> argparse.Namespace:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("files", nargs="+", type=Path)
    told.add_argument("--many", action="store_true")
    told.add_argument("--in-a-row", type=int, default=200)
    told.add_argument("--at-once", type=int, default=20)
    return told.parse_args()


if __name__ == "__main__":
    given = _told()
    raise SystemExit(many(given.files, given.in_a_row, given.at_once) if given.many else main(given.files[0]))
