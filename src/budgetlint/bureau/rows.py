"""Rows of the store made of one document's report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from budgetlint.bureau.schema import storable
from budgetlint.document import Place
from budgetlint.results.findings import Finding, Severity
from budgetlint.results.report import DocumentReport

Row = dict[str, Any]


class FileId(Struct, frozen=True):
    """A file by its content: its path as people know it, the SHA-256 of its bytes, and how many there are."""

    path: str
    sha256: str
    size: int = 0


def document_row(
    report: DocumentReport, files: Sequence[FileId], document: str, batch: str, stamp: str, at: datetime
) -> Row:
    """Return the row of a document.

    Args:
        files: those it was read from.
        document: its key, made of its files' contents.
        stamp: what it was checked with (version, packs, settings).
        at: when.
    """
    weighed = [finding.severity for finding in report.open_findings]
    covered = report.coverage
    return {
        "batch": batch,
        "document": document,
        "path": report.path,
        "files": [{"path": file.path, "sha256": file.sha256} for file in files],
        "stamp": stamp,
        "checked_at": at,
        **_known(report),
        "title": report.title,
        "format": report.path.rpartition(".")[2].lower(),
        "bytes": sum(file.size for file in files),
        "read": report.read,
        "holds": report.counts.holds,
        "rounds": report.counts.rounds,
        "fails": report.counts.fails,
        "skipped": report.counts.skipped,
        "undetermined": report.counts.undetermined,
        "decided": report.counts.decided,
        "reasons": [
            {"reason": reason.value, "number": number} for reason, number in report.counts.reasons.items()
        ],
        "numbers": covered.numbers if covered else 0,
        "verified": covered.verified if covered else 0,
        "contradicted": covered.contradicted if covered else 0,
        "errors": weighed.count(Severity.ERROR),
        "warnings": weighed.count(Severity.WARNING),
        "notices": weighed.count(Severity.NOTICE),
        "waived": len(report.findings) - len(weighed),
        "tables": [{"id": t.id, "title": t.title, "state": t.state} for t in report.tables],
        "neighbours": None,
    }


def finding_rows(report: DocumentReport, document: str, batch: str) -> Iterator[Row]:
    """Yield a row a finding, in the report's order."""
    for finding in report.findings:
        place = finding.locations[0] if finding.locations else None
        suggestion = finding.suggestion
        yield {
            "batch": batch,
            "document": document,
            "rule": finding.rule,
            "name": finding.name,
            "severity": finding.severity.value,
            "verdict": finding.verdict.value,
            "reason": finding.reason.value if finding.reason else None,
            "message": finding.message,
            "fingerprint": finding.fingerprint,
            "waived": finding.waived is not None,
            "printed": suggestion.printed if suggestion else _printed(finding),
            "proposed": suggestion.proposed if suggestion else None,
            "difference": storable(finding.difference),
            **_labels(place),
            **_position(place),
            "basis": "；".join(finding.basis),
        }


def figure_rows(report: DocumentReport, document: str, batch: str) -> Iterator[Row]:
    """Yield a row a printed figure."""
    known = _known(report)
    for figure in report.figures:
        yield {
            "batch": batch,
            "document": document,
            **known,
            "table": figure.table or None,
            "title": figure.title or None,
            "section": figure.section or None,
            "row": figure.row,
            "code": figure.code or None,
            "column": figure.column,
            "printed": figure.printed,
            "value": storable(figure.value),
            "unit_printed": figure.unit or None,
            "state": figure.state,
            **_position(figure.place),
            "column_name": figure.column_name or None,
            "row_kind": figure.row_kind or None,
        }


def _known(report: DocumentReport) -> Row:
    known = report.classification
    return {
        "unit": known.unit or known.department,
        "department": known.department,
        "kind": known.kind,
        "year": known.year,
        "region": known.region,
    }


def _printed(finding: Finding) -> str | None:
    return finding.operands[0].printed if finding.operands else None


def _labels(place: Place | None) -> Row:
    named = ("table", "row", "column", "section")
    return {name: getattr(place, name) if place else None for name in named}


def _position(place: Place | None) -> Row:
    named = ("page", "line", "sheet", "cell")
    return {name: getattr(place, name) if place else None for name in named}
