"""Many uploads through the desk: in a row by one browser, then at once by one each; nothing is lost and memory comes back.

``budgetlint serve`` runs as its user starts it, on a state folder of its own; the uploads go by HTTP as its page sends them.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from msgspec import Struct

_ADDRESS = re.compile(r"http://[^/\s]+/")
_FINGERPRINT = re.compile(r"<code>([0-9a-f]{12})</code>")
_WARM, _SECONDS, _POLL = 20, 300.0, 0.1


class Seen(Struct, frozen=True):
    """What became of the uploads, the server's memory in MB (before, after the first few, at the end), and the folder."""

    lost: tuple[str, ...]
    seconds: float
    memory: tuple[float, float, float]
    kept: int
    megabytes: float
    left: tuple[str, ...]


def uploads(files: Sequence[Path], in_a_row: int, at_once: int) -> Seen:
    """Upload the files in turn to a desk of its own, and return what was seen."""
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder, "state")
        command = [
            sys.executable,
            "-m",
            "budgetlint",
            "serve",
            "--no-browser",
            "--state",
            str(state),
            "--port",
            "0",
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                found = _ADDRESS.search(server.stdout.readline())
                assert found is not None
                return _seen(found[0].rstrip("/"), server.pid, state, files, in_a_row, at_once)
            finally:
                server.terminate()


def _seen(home: str, server: int, state: Path, files: Sequence[Path], in_a_row: int, at_once: int) -> Seen:
    with _browser(home) as browser:
        right = {file: _upload(browser, file) for file in files}
        lost = [f"{file.name}: no result" for file, got in right.items() if got is None]
        first = warm = _memory(server)
        began = time.perf_counter()
        for number in range(in_a_row):
            file = files[number % len(files)]
            if _upload(browser, file) != right[file]:
                lost.append(f"{number} in a row: {file.name}")
            if number + 1 == min(_WARM, in_a_row // 2):
                warm = _memory(server)

        def one(number: int) -> bool:
            with _browser(home) as another:
                return _upload(another, files[number % len(files)]) == right[files[number % len(files)]]

        with ThreadPoolExecutor(max(1, at_once)) as pool:
            lost += [
                f"{number} at once" for number, held in enumerate(pool.map(one, range(at_once))) if not held
            ]
        seconds = time.perf_counter() - began
        last = _memory(server)
        kept = len(list(state.glob("sessions/*/runs/*")))
        megabytes = sum(file.stat().st_size for file in state.rglob("*") if file.is_file()) / 1e6
        browser.post("/forget")
        left = tuple(sorted({str(file.relative_to(state)) for file in state.glob("*")} - {"sessions"}))
    return Seen(tuple(lost), seconds, (first, warm, last), kept, megabytes, left)


def _browser(home: str) -> httpx.Client:
    return httpx.Client(base_url=home, headers={"origin": home}, timeout=_SECONDS, trust_env=False)


def _upload(browser: httpx.Client, file: Path) -> tuple[str, ...] | None:
    """Upload a file and return the findings its page comes to show, None where it shows no result."""
    answer = browser.post("/check", files=[("files", (file.name, file.read_bytes()))])
    run, until = answer.headers.get("location", ""), time.monotonic() + _SECONDS
    while run and time.monotonic() < until:
        page = browser.get(run).text
        if 'class="document"' in page:
            listed = browser.get(f"{run}/list.xlsx")
            return tuple(_FINGERPRINT.findall(page)) if listed.content.startswith(b"PK") else None
        if 'id="progress"' not in page:
            return None
        time.sleep(_POLL)
    return None


def _memory(process: int) -> float:
    """Return the memory a process holds, in MB."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))
