"""The SARIF 2.1.0 report, for code hosts and editors; places without a line point at the file."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, TextIO
from urllib.parse import quote

from budgetlint.document import Place
from budgetlint.reporters.jsontext import dump
from budgetlint.results.findings import Finding, Severity
from budgetlint.results.report import Exit, Problem, Report
from budgetlint.results.wording import labels

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write the report as one SARIF run."""
    findings = [finding for document in report.documents for finding in document.findings]
    names = {finding.rule: finding.name for finding in findings}
    rules = sorted(names)
    run = {
        "tool": {
            "driver": {
                "name": "budgetlint",
                "version": report.version,
                "rules": [{"id": rule, "shortDescription": {"text": names[rule]}} for rule in rules],
            }
        },
        "results": [_result(finding, rules.index(finding.rule)) for finding in findings],
        "invocations": [
            {
                "executionSuccessful": not any(problem.exit is not Exit.CLEAN for problem in report.problems),
                "toolExecutionNotifications": [_notification(problem) for problem in report.problems],
            }
        ],
    }
    dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, stream)


def _result(finding: Finding, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(place) for place in finding.locations[:1]],
        "relatedLocations": [_location(place) for place in finding.locations[1:]],
        "partialFingerprints": {"budgetlint/v1": finding.fingerprint},
    }
    if finding.waived is not None:
        because = finding.waived.because
        result["suppressions"] = [{"kind": "external", "justification": because}]
    return result


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(PurePath(place.path).as_posix())}}
    if place.line is not None:
        physical["region"] = {"startLine": place.line, "endLine": place.end_line or place.line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if within := labels(place):
        location["logicalLocations"] = [{"fullyQualifiedName": within}]
    return location


def _notification(problem: Problem) -> dict[str, Any]:
    return {"level": "error", "message": {"text": f"{problem.path}: {problem.message}"}}
