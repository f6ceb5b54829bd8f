"""Reports for other programs: JUnit XML for test runners, GitLab's code quality, a CSV for spreadsheets."""

from __future__ import annotations

import csv
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from budgetlint.document import NOWHERE
from budgetlint.reporters.jsontext import dump
from budgetlint.reporters.records import entries
from budgetlint.reporters.words import Words
from budgetlint.results.findings import Finding, Severity
from budgetlint.results.report import DocumentReport, Report
from budgetlint.results.wording import in_file

_GRAVES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTICE: "info"}
#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEADS = (
    ("文本", "document"),
    ("单位", "unit"),
    ("级别", "severity"),
    ("规则", "rule"),
    ("名称", "name"),
    ("位置", "place"),
    ("说明", "message"),
    ("依据", "basis"),
    ("状态", "state"),
    ("标识", "id"),
)


def write_junit(report: Report, stream: TextIO, language: str) -> None:
    """Write a suite a document: errors are failures, everything else passes with its words; unread ones are errors."""
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="budgetlint">\n')
    for document in report.documents:
        _suite(document, stream, language)
    if report.problems:
        stream.write(
            f'<testsuite name="budgetlint" tests="{len(report.problems)}" errors="{len(report.problems)}">\n'
        )
        for problem in report.problems:
            stream.write(
                f"<testcase name={_attribute(problem.path)}><error message={_attribute(problem.message)}/></testcase>\n"
            )
        stream.write("</testsuite>\n")
    stream.write("</testsuites>\n")


def _suite(document: DocumentReport, stream: TextIO, language: str) -> None:
    found = document.open_findings
    failures = 0 if not document.read else sum(f.severity is Severity.ERROR for f in found)
    errors = 0 if document.read else len(found)
    held = document.counts.holds + document.counts.rounds
    stream.write(
        f'<testsuite name={_attribute(document.path)} tests="{len(found) + 1}" failures="{failures}" errors="{errors}">\n'
    )
    name = f"{held} checks hold" if language == "en" else f"通过 {held} 项"
    stream.write(f"<testcase classname={_attribute(document.path)} name={_attribute(name)}/>\n")
    for finding in found:
        stream.write(_case(document, finding, language))
    stream.write("</testsuite>\n")


def _case(document: DocumentReport, finding: Finding, language: str) -> str:
    kind = "failure" if document.read else "error"
    place = finding.locations[0] if finding.locations else NOWHERE
    where = in_file(place, language) if place != NOWHERE else document.path
    name = f"{finding.rule} {finding.name} {finding.fingerprint}".strip()
    head = f"<testcase classname={_attribute(document.path)} name={_attribute(name)}>"
    body = _clean(f"{where}\n{finding.message}")
    if document.read and finding.severity is not Severity.ERROR:
        return f"{head}<system-out>{escape(body)}</system-out></testcase>\n"
    said = _attribute(finding.message)
    return (
        f"{head}<{kind} type={_attribute(finding.rule)} message={said}>{escape(body)}</{kind}></testcase>\n"
    )


def write_gitlab(report: Report, stream: TextIO, language: str) -> None:
    """Write GitLab's code quality report."""
    issues: list[dict[str, Any]] = []
    for document in report.documents:
        for finding in document.open_findings:
            place = finding.locations[0] if finding.locations else NOWHERE
            issues.append(
                {
                    "description": finding.message,
                    "check_name": finding.rule,
                    "fingerprint": f"{finding.fingerprint or finding.rule}-{len(issues)}",
                    "severity": _GRAVES[finding.severity],
                    "location": {"path": place.path or document.path, "lines": {"begin": place.line or 1}},
                }
            )
    dump(issues, stream)


def write_csv(report: Report, stream: TextIO, language: str) -> None:
    """Write one row a finding; no cell can be taken for a formula."""
    words = Words(language)
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(words(*head) for head in _HEADS)
    for one in entries(report, words):
        where = " ".join(part for part in (one.at, one.where) if part)
        cells = (
            one.document,
            one.unit,
            one.severity,
            one.rule,
            one.name,
            where,
            one.message,
            one.basis,
            one.state,
        )
        rows.writerow([*map(_cell, cells), one.fingerprint])


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _attribute(text: str) -> str:
    return quoteattr(_clean(text), {"\n": "&#10;"})


def _clean(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return "".join(
        char for char in text if char in "\t\n" or (ord(char) >= 0x20 and ord(char) not in (0xFFFE, 0xFFFF))
    )
