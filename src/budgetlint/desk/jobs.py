"""Runs jobs in processes of their own, a few at once, each with an end to its time; what they tell is kept for who asks."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from msgspec import json as msgspec_json

from budgetlint.desk.work import Job

_RUNNING, _DONE, _FAILED = "running", "done", "failed"
_MOST_TOLD, _SHOWN_ERROR = 5_000, 2_000


class Running:
    """A job under way or ended: what it told so far, and how it ended."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.state = "waiting"
        self.error = ""
        self._changed = threading.Condition()

    def tell(self, said: dict[str, Any]) -> None:
        """Keep what the job told."""
        with self._changed:
            if len(self.told) < _MOST_TOLD:
                self.told.append(said)
            self._changed.notify_all()

    def turn(self, state: str, error: str = "") -> None:
        """Change the state."""
        with self._changed:
            self.state, self.error = state, error
            self._changed.notify_all()

    @property
    def ended(self) -> bool:
        """Tell whether nothing more will be told."""
        return self.state in (_DONE, _FAILED)

    def wait(self, seconds: float) -> bool:
        """Wait until the job ended; tell whether it did."""
        with self._changed:
            return self._changed.wait_for(lambda: self.ended, seconds)


class Jobs:
    """All jobs of a desk."""

    def __init__(self, at_once: int | None = None, seconds: float = 600.0) -> None:
        self._pool = ThreadPoolExecutor(at_once or max(1, os.cpu_count() or 1), thread_name_prefix="desk")
        self._seconds = seconds
        self._processes: set[subprocess.Popen[bytes]] = set()

    def start(self, job: Job) -> Running:
        """Begin a job as soon as there is room."""
        running = Running()
        self._pool.submit(self._guarded, job, running)
        return running

    async def finished(self, job: Job, seconds: float) -> bool:
        """Do a job and tell whether it succeeded in so much time."""
        running = self.start(job)
        await asyncio.to_thread(running.wait, seconds)
        return running.state == _DONE

    def close(self) -> None:
        """End everything that is under way."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in list(self._processes):
            process.kill()

    def _guarded(self, job: Job, running: Running) -> None:
        try:
            self._work(job, running)
        except Exception as error:
            running.turn(_FAILED, f"{type(error).__name__}: {error}")

    def _work(self, job: Job, running: Running) -> None:
        folder = Path(job.folder)
        file = folder / f"job-{job.what}.json"
        file.write_bytes(msgspec_json.encode(job))
        # What it says on stderr goes to a file: an unread pipe would stop it.
        with (folder / "errors.txt").open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "budgetlint.desk.worker", str(file)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=folder,
            )
        self._processes.add(process)
        running.turn(_RUNNING)
        out_of_time = threading.Event()

        def end() -> None:
            out_of_time.set()
            process.kill()

        timer = threading.Timer(self._seconds, end)
        timer.start()
        try:
            assert process.stdout is not None
            for line in process.stdout:
                running.tell(json.loads(line))
            code = process.wait()
        finally:
            timer.cancel()
            process.kill()
            process.wait()
            self._processes.discard(process)
        if code == 0:
            running.turn(_DONE)
        elif out_of_time.is_set():
            running.turn(_FAILED, "time")
        else:
            said = (folder / "errors.txt").read_text("utf-8", "replace").strip()
            running.turn(_FAILED, said[-_SHOWN_ERROR:].rpartition("\n")[2] or f"exit {code}")
