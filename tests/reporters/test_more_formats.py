"""Short and exchange formats: each finding once, parseable by what reads them, odd text kept harmless."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest

from budgetlint.document import Classification, Place
from budgetlint.plugins.manager import load_plugins
from budgetlint.reporters.reporter import Reporter
from budgetlint.results.findings import Finding, Severity, Verdict
from budgetlint.results.report import Counts, DocumentReport, Exit, Problem, Report

REPORTERS: dict[str, Reporter] = {
    brought.thing.name: brought.thing for brought in load_plugins([]).collect("register_reporters")
}


def finding(rule: str, severity: Severity, message: str, line: int | None = 3) -> Finding:
    place = Place("甲.txt", line=line, section="一、收支")
    return Finding(
        rule, "示例名称", severity, Verdict.FAILS, message, locations=(place,), fingerprint=f"f{rule}"
    )


def document(path: str, *findings: Finding) -> DocumentReport:
    return DocumentReport(
        path, Classification("部门预算", 2024), counts=Counts(holds=7, decided=7), findings=findings
    )


MANY = Report(
    "1.0",
    documents=(
        document("好.txt"),
        document(
            "甲.txt",
            finding("AA101", Severity.ERROR, "=合计<5>，100%"),
            finding("AA102", Severity.NOTICE, "提醒\n两行"),
        ),
        DocumentReport("坏.docx", findings=(finding("BL904", Severity.ERROR, "文件损坏"),), read=False),
    ),
    problems=(Problem("x.rule:2:3", "写错了", Exit.USAGE),),
)


def written(name: str, report: Report = MANY, language: str = "zh") -> str:
    stream = io.StringIO()
    REPORTERS[name].write(report, stream, language)
    return stream.getvalue()


def test_concise_lines_open_in_editors() -> None:
    lines = written("concise").splitlines()
    assert len(lines) == 4
    assert all(re.match(r"^[^:]+:\d+:\d+: ", line) for line in lines)
    assert any("AA101" in line for line in lines)


def test_github_commands_hold_one_line_each() -> None:
    lines = written("github").splitlines()
    assert len(lines) == 4 and all(line.startswith("::") for line in lines)
    assert "100%25" in lines[0] and "%0A" in lines[1]


def test_junit_counts_failures_and_unread_files() -> None:
    root = ElementTree.fromstring(written("junit"))
    suites = {suite.get("name"): suite for suite in root}
    assert suites["甲.txt"].get("failures") == "1" and len(suites["甲.txt"].findall("testcase")) == 3
    assert suites["坏.docx"].get("errors") == "1" and suites["坏.docx"].find("testcase/error") is not None


def test_gitlab_issues_have_fingerprints_of_their_own() -> None:
    issues = json.loads(written("gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 3
    assert {issue["severity"] for issue in issues} == {"major", "info"}


def test_no_cell_of_the_csv_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(written("csv"))))
    assert len(rows) == 4 and {len(row) for row in rows} == {10}
    assert not any(cell.startswith("=") for row in rows for cell in row)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_summary_names_the_worst_first_and_how_to_see_one(language: str) -> None:
    text = written("brief", language=language)
    assert text.index("坏.docx") < text.index("甲.txt") < text.index("好.txt")
    assert "budgetlint check" in text and "-v" in text
    assert len(text.splitlines()) < 40


def test_a_single_document_is_written_whole() -> None:
    one = Report("1.0", documents=MANY.documents[1:2])
    assert written("brief", one) == written("text", one)


def test_quiet_and_statistics_count() -> None:
    assert len(written("quiet").splitlines()) == 2
    assert re.search(r"1 +1 +错误 +AA101", written("statistics"))
