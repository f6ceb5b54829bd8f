"""Checks documents into a store: what it knows is passed over, what is finished is written, a killed run goes on later."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.bureau.earlier import earlier_of
from budgetlint.bureau.identity import Hashes, document_key, stamp_of
from budgetlint.bureau.rows import FileId, Row, document_row, figure_rows, finding_rows
from budgetlint.bureau.schema import DOCUMENTS, FIGURES, FINDINGS
from budgetlint.bureau.store import Store
from budgetlint.document import ReadError
from budgetlint.results.findings import Severity
from budgetlint.results.report import DocumentReport, Exit, Problem, worst
from budgetlint.run.checkup import Checkup
from budgetlint.run.gather import Input
from budgetlint.run.session import Session
from budgetlint.run.stages import Told, silent

#: A batch is written after so many documents, figures or seconds: what a kill may lose.
_DOCUMENTS, _FIGURES, _SECONDS = 64, 50_000, 5.0


class Season(Struct):
    """What came of a run into a store: only counts, whatever its size.

    ``kept`` documents were checked now, ``known`` files were checked before; the rest counts what was checked now.
    """

    kept: int = 0
    known: int = 0
    unread: int = 0
    unchecked: int = 0
    errors: int = 0
    warnings: int = 0
    notices: int = 0
    problems: tuple[Problem, ...] = ()
    passed_over: tuple[str, ...] = ()

    def exit_code(self) -> Exit:
        """Return the exit code: as a report's, but that findings stand in the store."""
        codes = [problem.exit for problem in self.problems]
        if self.unread or self.unchecked or not (self.kept or self.known):
            codes.append(Exit.UNREAD)
        return worst([*codes, Exit.FINDINGS if self.errors else Exit.CLEAN])


def check_into(
    session: Session, store: Store, paths: Iterable[str], *, again: bool = False, told: Told = silent
) -> Season:
    """Check documents into a store.

    Args:
        session: opened; its documents' figures are kept whatever its settings say.
        store: open.
        paths: as :meth:`budgetlint.run.session.Session.check` takes them.
        again: check also what the store knows.
        told: is told of every step.

    Broken off by Ctrl-C it keeps what was finished.

    Raises:
        StoreError: the store of earlier documents is none.
    """
    clerk, checkup = _ready(session, store, again, told)
    try:
        checkup.check(paths)
    finally:
        clerk.write()
    store.compact()
    season = clerk.season
    season.problems = (*session.problems, *checkup.problems)
    season.passed_over = tuple(dict.fromkeys(checkup.passed_over))
    return season


def check_batches_into(
    session: Session,
    store: Store,
    batches: Sequence[Sequence[Input]],
    left_out: frozenset[str] = frozenset(),
    *,
    again: bool = False,
) -> Season:
    """Check documents of batches into a store, as one machine of several.

    Args:
        left_out: paths that are not to be checked.
        again: check also what the store knows.
    """
    clerk, checkup = _ready(session, store, again, silent)
    clerk.left_out = left_out
    try:
        checkup.check_batches(batches)
    finally:
        clerk.write()
    clerk.season.problems = (*session.problems, *checkup.problems)
    return clerk.season


def keep_unread(
    session: Session, store: Store, batches: Sequence[Sequence[Input]], paths: Iterable[str], season: Season
) -> None:
    """Keep files of batches as unread: whatever checked them ended (BL911)."""
    clerk, _ = _ready(session, store, True, silent)
    wanted = set(paths)
    for batch in batches:
        clerk.settled(dict(enumerate(batch)))
        for given in batch:
            if given.path in wanted:
                why = ReadError("BL911", given.path)
                clerk.keep([given], session.broken_off((given.path,), why, why))
    clerk.write()
    add_counts(season, counts_of(clerk.season))


#: The counts of a season, in the order in which they are sent from machine to machine.
_COUNTS = ("kept", "known", "unread", "unchecked", "errors", "warnings", "notices")


def counts_of(season: Season) -> tuple[int, ...]:
    """Return the counts of a season."""
    return tuple(getattr(season, name) for name in _COUNTS)


def add_counts(season: Season, counts: Iterable[int]) -> None:
    """Add the counts of a part of a run."""
    for name, count in zip(_COUNTS, counts, strict=False):
        setattr(season, name, getattr(season, name) + count)


def _ready(session: Session, store: Store, again: bool, told: Told) -> tuple[_Clerk, Checkup]:
    session.settings = replace(session.settings, figures=True)
    clerk = _Clerk(store, stamp_of(session), {} if again else None)
    return clerk, Checkup(session, told, clerk, earlier_of(session.settings))


class _Clerk:
    """Writes finished reports into the store, batch by batch, and knows what it holds already."""

    def __init__(
        self, store: Store, stamp: str, known: Mapping[frozenset[tuple[str, str]], Row] | None
    ) -> None:
        self._store = store
        self._stamp = stamp
        self._known = store.known(stamp) if known is None else known
        self._hashes = Hashes()
        self._files: dict[str, FileId] = {}
        self._group = ""
        self._rows: dict[str, list[Row]] = {DOCUMENTS: [], FINDINGS: [], FIGURES: []}
        self._written_at = time.monotonic()
        self.season = Season()
        self.left_out: frozenset[str] = frozenset()

    def settled(self, inputs: Mapping[int, Input]) -> dict[int, str | None]:
        """Return the files that belong to documents the store holds, where their whole batch is what it was."""
        found = {number: self._hashes.of(given) for number, given in inputs.items()}
        self._files = {file.path: file for file in found.values()}
        contents = sorted((file.path, file.sha256) for file in found.values())
        self._group = hashlib.sha256(repr(contents).encode()).hexdigest()[:16]
        numbers = {(file.path, file.sha256): number for number, file in found.items()}
        settled: dict[int, str | None] = {}
        for files, row in self._known.items():
            if row["neighbours"] == self._group and files <= numbers.keys():
                settled |= {numbers[file]: row["department"] for file in files}
        self.season.known += len(settled)
        return settled | {number: None for number, given in inputs.items() if given.path in self.left_out}

    def keep(self, files: Sequence[Input], report: DocumentReport) -> None:
        """Add a report to the batch, and write it when it is large or old enough."""
        read = [self._files[given.path] for given in files]
        key, at = document_key(read), datetime.now(timezone.utc).replace(microsecond=0)
        row = document_row(report, read, key, "", self._stamp, at)
        self._rows[DOCUMENTS].append({**row, "neighbours": self._group})
        self._rows[FINDINGS] += finding_rows(report, key, "")
        self._rows[FIGURES] += figure_rows(report, key, "")
        self._count(report)
        old = time.monotonic() - self._written_at > _SECONDS
        if old or len(self._rows[DOCUMENTS]) >= _DOCUMENTS or len(self._rows[FIGURES]) >= _FIGURES:
            self.write()

    def write(self) -> None:
        """Write what is not written yet."""
        if self._rows[DOCUMENTS]:
            self._store.add(self._rows)
            self._rows = {DOCUMENTS: [], FINDINGS: [], FIGURES: []}
        self._written_at = time.monotonic()

    def _count(self, report: DocumentReport) -> None:
        season, weighed = self.season, [finding.severity for finding in report.open_findings]
        season.kept += 1
        season.unread += not report.read
        season.unchecked += report.read and not report.counts.decided
        season.errors += weighed.count(Severity.ERROR)
        season.warnings += weighed.count(Severity.WARNING)
        season.notices += weighed.count(Severity.NOTICE)
