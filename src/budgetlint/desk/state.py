"""What the desk keeps, under one folder that its owner can delete: for every session its runs and its waivers."""

from __future__ import annotations

import pickle
import re
import secrets
import shutil
import time
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec import json as msgspec_json
from msgspec.structs import replace

from budgetlint.desk.names import Upload
from budgetlint.desk.work import RESULT, Result
from budgetlint.resources import version
from budgetlint.results.report import DocumentReport, Report
from budgetlint.results.waivers import WaiverError, read_waivers, waive

_NAME = re.compile(r"[0-9a-f]{32}")
_RUN = re.compile(r"\d{17}-[0-9a-f]{8}")
_MOST_RUNS = 60


class Made(Struct, frozen=True):
    """What is known of a run before its result: its files, when it was made (seconds), its language, and by which version."""

    files: tuple[Upload, ...]
    at: float
    language: str = "zh"
    version: str = ""


class Run:
    """One upload with what came of it."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder

    @property
    def made(self) -> Made:
        """What was uploaded."""
        return msgspec_json.decode((self.folder / "made.json").read_bytes(), type=Made)

    @property
    def ready(self) -> bool:
        """Tell whether there is a result; one of another version cannot be read."""
        return (self.folder / RESULT).is_file() and self.made.version == version()

    def result(self) -> Result:
        """Return the result; it was written by the desk's own process."""
        found: Result = pickle.loads((self.folder / RESULT).read_bytes())
        return found


class Session:
    """What one user has uploaded; nobody else sees it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waivers = folder / "waivers.yaml"

    def new_run(self, busy: Collection[str] = ()) -> Run:
        """Make room for an upload, and let go of the oldest ones beyond what is kept, but of none that is under way."""
        name = f"{time.time_ns() // 100:017d}"[:17] + f"-{secrets.token_hex(4)}"
        folder = self.folder / "runs" / name
        folder.mkdir(parents=True)
        for run in list(self.runs())[_MOST_RUNS:]:
            if run.name not in busy:
                shutil.rmtree(run.folder, ignore_errors=True)
        return Run(name, folder)

    def run(self, name: str) -> Run | None:
        """Return a run by its name, None where this session has none of that name."""
        if not _RUN.fullmatch(name):
            return None
        folder = self.folder / "runs" / name
        return Run(name, folder) if (folder / "made.json").is_file() else None

    def runs(self) -> Iterator[Run]:
        """Yield the runs, the newest first."""
        folder = self.folder / "runs"
        names = sorted((path.name for path in folder.iterdir()), reverse=True) if folder.is_dir() else []
        yield from (run for name in names if (run := self.run(name)) is not None)

    def waived(self, report: Report) -> Report:
        """Return a report with this session's waivers laid over it as they are now."""
        try:
            entries = read_waivers(self.waivers).entries
        except WaiverError:
            entries = ()
        documents = tuple(
            replace(document, findings=waive(document.findings, entries, date.today())[0])
            for document in report.documents
        )
        return replace(report, documents=documents)

    def before(self, run: Run, document: DocumentReport) -> tuple[Run, DocumentReport] | None:
        """Return the same unit's document of the same year and kind in an earlier upload, the latest such."""
        for other in self.runs():
            if other.name >= run.name or not other.ready:
                continue
            for earlier in other.result().report.documents:
                if earlier.read and earlier.called == document.called:
                    return other, earlier
        return None

    def forget(self) -> None:
        """Delete everything of this session."""
        shutil.rmtree(self.folder, ignore_errors=True)


class State:
    """The desk's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def session(self, name: str | None) -> tuple[str, Session]:
        """Return a session by the secret name its browser keeps, a new one where the name is none."""
        if name is None or not _NAME.fullmatch(name):
            name = secrets.token_hex(16)
        return name, Session(self.folder / "sessions" / name)
