"""Reports of one line a finding: for editors and terminals (concise), for the checks of a code host (github)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from budgetlint.document import NOWHERE
from budgetlint.results.findings import Finding, Severity
from budgetlint.results.report import DocumentReport, Report
from budgetlint.results.wording import labels, position

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def write_concise(report: Report, stream: TextIO, language: str) -> None:
    """Write ``file:line:column: ID message``; where a format knows no line, its page or cell and the labels."""
    for document, finding in _open(report):
        stream.write(f"{_place(document, finding, language)}: {finding.rule} {_one_line(finding.message)}\n")
    for problem in report.problems:
        stream.write(f"{problem.path}: {_one_line(problem.message)}\n")


def write_github(report: Report, stream: TextIO, language: str) -> None:
    """Write workflow commands, which GitHub shows beside the file."""
    for document, finding in _open(report):
        place = finding.locations[0] if finding.locations else NOWHERE
        facts = [f"file={_property(place.path or document.path)}"]
        if place.line is not None:
            facts += [f"line={place.line}", f"endLine={place.end_line or place.line}"]
        facts.append(f"title={_property(f'{finding.rule} {finding.name}')}")
        where = labels(place)
        text = f"{where}: {finding.message}" if where else finding.message
        stream.write(f"::{_COMMANDS[finding.severity]} {','.join(facts)}::{_data(text)}\n")
    for problem in report.problems:
        stream.write(f"::error title={_property(problem.path)}::{_data(problem.message)}\n")


def _open(report: Report) -> Iterator[tuple[DocumentReport, Finding]]:
    for document in report.documents:
        for finding in document.open_findings:
            yield document, finding


def _place(document: DocumentReport, finding: Finding, language: str) -> str:
    place = finding.locations[0] if finding.locations else NOWHERE
    path = place.path or document.path
    if place.line is not None:
        return f"{path}:{place.line}:1"
    named = " ".join(part for part in (position(place, language), labels(place)) if part)
    return f"{path}: {named}" if named else path


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
