"""The report for people: what stands where, what it should agree with, and what nobody could check."""

from __future__ import annotations

from typing import TextIO

from budgetlint.report import Report
from budgetlint.reporters.reporter import Reporter


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write the report in Chinese, or in English where asked."""
    for document in report.documents:
        stream.write(f"{document.path}\n")
        for finding in document.findings:
            place = finding.locations[0] if finding.locations else None
            line = f":{place.line}" if place and place.line else ""
            stream.write(f"  {finding.severity.value} {finding.rule} {document.path}{line} {finding.message}\n")
    for problem in report.problems:
        stream.write(f"{problem.path}: {problem.message}\n")


REPORTER = Reporter("text", ".txt", write)
