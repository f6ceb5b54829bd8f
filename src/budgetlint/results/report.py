"""What one check of some documents came to: the report that every reporter writes and that decides the exit code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import IntEnum

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.document import Classification, Document, Place, TableState
from budgetlint.results.drawing import Drawing
from budgetlint.results.figures import PrintedFigure
from budgetlint.results.findings import Finding, Outcome, Reason, Severity, Verdict


class Exit(IntEnum):
    """Exit codes of ``budgetlint``; where several apply the order is INTERRUPTED, USAGE, PLUGIN, UNREAD, FINDINGS, CLEAN."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    PLUGIN = 3
    UNREAD = 4
    INTERRUPTED = 130


_WORST_FIRST = (Exit.INTERRUPTED, Exit.USAGE, Exit.PLUGIN, Exit.UNREAD, Exit.FINDINGS)
_SEVERITIES = (Severity.NOTICE, Severity.WARNING, Severity.ERROR)


def worst(codes: Iterable[Exit]) -> Exit:
    """Return the exit code that several ask for together."""
    present = set(codes)
    return next((code for code in _WORST_FIRST if code in present), Exit.CLEAN)


class Problem(Struct, frozen=True):
    """Something that went wrong beside the documents' own figures: a rule, a plugin, a file.

    ``exit`` is the exit code it leads to, ``path`` what it is about (a file, ``file:line``, a plugin's name).
    """

    path: str
    message: str
    exit: Exit


class PackInfo(Struct, frozen=True):
    """A rule pack that took part."""

    name: str
    title: str
    version: str
    letters: tuple[str, ...]
    rules: int


class PluginInfo(Struct, frozen=True):
    """A plugin that was found; ``status`` is ``ok``, ``broken`` (not loaded) or ``failing``."""

    name: str
    version: str
    status: str


class TableSummary(Struct, frozen=True):
    """A table as reports list it: ``rows`` counts printed body lines, ``line`` is where its title stands."""

    id: str | None
    title: str
    state: str
    rows: int
    columns: int
    line: int | None
    key: str | None = None


class Counts(Struct, frozen=True):
    """Outcomes counted by verdict, per instance; ``reasons`` splits up the undetermined ones.

    ``decided`` leaves out the core's own BL checks: nothing of the packs' decided means that nothing was checked.
    """

    holds: int = 0
    rounds: int = 0
    fails: int = 0
    skipped: int = 0
    reasons: Mapping[Reason, int] = field(default_factory=dict)
    decided: int = 0

    @property
    def undetermined(self) -> int:
        """How many outcomes could not be decided."""
        return sum(self.reasons.values())

    def besides(self, holds: int, skipped: int) -> Counts:
        """Return the counts with further instances of rules that hold, or had nothing to check."""
        return replace(
            self, holds=self.holds + holds, skipped=self.skipped + skipped, decided=self.decided + holds
        )

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Counts:
        """Count outcomes."""
        verdicts = dict.fromkeys(Verdict, 0)
        reasons: dict[Reason, int] = {}
        decided = 0
        for outcome in outcomes:
            verdicts[outcome.verdict] += 1
            if outcome.verdict is Verdict.UNDETERMINED:
                reason = outcome.reason or Reason.UNSURE_EXTRACTION
                reasons[reason] = reasons.get(reason, 0) + 1
            elif outcome.verdict is not Verdict.SKIPPED and not outcome.rule.startswith("BL"):
                decided += 1
        return cls(
            verdicts[Verdict.HOLDS],
            verdicts[Verdict.ROUNDS],
            verdicts[Verdict.FAILS],
            verdicts[Verdict.SKIPPED],
            {reason: reasons[reason] for reason in Reason if reason in reasons},
            decided,
        )


class Unchecked(Struct, frozen=True):
    """A printed amount that no check looked at; ``table`` is None for prose."""

    printed: str
    place: Place
    table: str | None


class TableCoverage(Struct, frozen=True):
    """How many amounts one title's tables print, and how many of them some check looked at; None stands for prose."""

    table: str | None
    numbers: int
    looked_at: int


class Coverage(Struct, frozen=True):
    """How many printed amounts took part in a check that reached a verdict, and how many in one that failed.

    ``unchecked`` lists those that took part in none, where it was asked for; ``tables`` says the same by table.
    """

    numbers: int
    verified: int
    contradicted: int
    unchecked: tuple[Unchecked, ...] = ()
    tables: tuple[TableCoverage, ...] = ()


class DocumentReport(Struct, frozen=True):
    """What was found in one document; ``read`` is False where it could not be read at all.

    ``review`` is what no machine can decide and people must check before the document is published. ``files`` are
    the files the document was read from where there are several, that of ``path`` first. ``uncompared`` counts the
    packs' checks against an earlier document that were left out because none was given. ``drawing`` is the document as drawn, where the run was asked to keep it.
    ``recognised`` is False where no main table has a name and one may be among what was read: whatever holds then,
    the document was not checked.
    """

    path: str
    classification: Classification = field(default_factory=Classification)
    tables: tuple[TableSummary, ...] = ()
    counts: Counts = field(default_factory=Counts)
    findings: tuple[Finding, ...] = ()
    coverage: Coverage | None = None
    read: bool = True
    title: str = ""
    review: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    uncompared: int = 0
    recognised: bool = True
    drawing: Drawing | None = None
    figures: tuple[PrintedFigure, ...] = ()

    @property
    def called(self) -> str:
        """Who published the document, its year and kind: its name in waivers, whatever its file is called."""
        known = self.classification
        said = (known.unit or known.department, known.year, known.kind)
        return " ".join(str(part) for part in said if part) if said[0] else self.path

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings nobody waived."""
        return tuple(finding for finding in self.findings if finding.waived is None)


class Report(Struct, frozen=True):
    """The whole report; the same documents, packs and version give the same report.

    ``documents`` may lie on the disk: each time one is asked for it is made anew. ``passed_over`` names the files in folders and archives that are of no kind anything here reads.
    """

    version: str
    packs: tuple[PackInfo, ...] = ()
    plugins: tuple[PluginInfo, ...] = ()
    documents: Sequence[DocumentReport] = ()
    problems: tuple[Problem, ...] = ()
    passed_over: tuple[str, ...] = ()

    def exit_code(self, fail_on: Iterable[str] = ("error",)) -> Exit:
        """Return the exit code.

        Args:
            fail_on: severities (the lowest counts, and everything above it) and ``undetermined``.
        """
        return worst(self._codes(frozenset(fail_on)))

    def _codes(self, fail_on: frozenset[str]) -> Iterable[Exit]:
        yield from (problem.exit for problem in self.problems)
        named = [severity for severity in _SEVERITIES if severity.value in fail_on]
        failing = _SEVERITIES[_SEVERITIES.index(named[0]) :] if named else (Severity.ERROR,)
        if not self.documents:
            yield Exit.UNREAD
        for document in self.documents:
            if not document.read or not document.counts.decided or not document.recognised:
                yield Exit.UNREAD
            if any(finding.severity in failing for finding in document.open_findings):
                yield Exit.FINDINGS
            if "undetermined" in fail_on and document.counts.undetermined:
                yield Exit.FINDINGS


def recognises(document: Document, main: Collection[str]) -> bool:
    """Tell whether one of the main tables, given by their ids, has a name; if not, whether none may hide in a document.

    None can where the document says its kind and no table in it stays without a name: it is prose.
    """
    if any(table.id in main for table in document.tables):
        return True
    unnamed = any(
        table.id is None and table.state is not TableState.MISSING and table.lines
        for table in document.tables
    )
    return document.kind is not None and not unnamed


def summarise_tables(document: Document) -> tuple[TableSummary, ...]:
    """List a document's tables as reports show them."""
    return tuple(
        TableSummary(
            table.id,
            table.title,
            table.state.value,
            table.lines,
            len(table.columns),
            table.place.line,
            table.key,
        )
        for table in document.tables
    )
