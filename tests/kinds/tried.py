"""Checks made-up passages and tables the way ``budgetlint check`` does, and tells which rules found something.

Everything is about 示例市示例区. A kind is tried with the fault in several forms, and with its sound twin.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from budgetlint.config import Settings
from budgetlint.results.findings import Severity, Verdict
from budgetlint.results.report import DocumentReport
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session

BUDGET = "示例市示例区某局2026年部门预算\n\n"
UNIT_BUDGET = "示例市示例区某局2026年单位预算\n\n"
FINAL = "示例市示例区某局2025年度部门决算\n\n"
#: What a fragment lacks of a whole document.
STANDING = ("CN1", "FA1")


@cache
def session(previous: tuple[str, ...] = ()) -> Session:
    """The session of a run in this process."""
    return open_session(Settings().overridden("test", jobs=1, previous=previous))


def checked(folder: Path, text: str, ending: str = "txt", previous: str = "") -> DocumentReport:
    """Return the report on a text written as a file of some kind."""
    path = folder / f"示例.{ending}"
    path.write_text(text, encoding="utf-8")
    if previous:
        (folder / "上年.txt").write_text(previous, encoding="utf-8")
        return session((str(folder / "上年.txt"),)).check([str(path)]).documents[0]
    return session().check([str(path)]).documents[0]


def found(report: DocumentReport, least: Severity = Severity.WARNING) -> dict[str, str]:
    """Return what the rules found, the standing findings of a fragment left out."""
    order = (Severity.NOTICE, Severity.WARNING, Severity.ERROR)
    return {
        finding.rule.partition(".")[0]: str(finding.message)
        for finding in report.findings
        if finding.verdict is Verdict.FAILS
        and order.index(finding.severity) >= order.index(least)
        and not finding.rule.startswith(STANDING)
    }


def undecided(report: DocumentReport) -> set[str]:
    """Return why checks could not be decided, besides tables and sections that a fragment lacks."""
    return {reason.value for reason in report.counts.reasons} - {"missing-table", "missing-section"}


def table(title: str, body: str, unit: str = "万元", ending: str = "txt") -> str:
    """Return a table as text, ``|`` between cells; for Markdown with a ruler under its first row."""
    lines = [line.strip().split("|") for line in body.strip().splitlines()]
    head = f"{title}\n\n单位：{unit}\n\n"
    if ending == "md":
        rows = ["| " + " | ".join(line) + " |" for line in lines]
        return head + "\n".join([rows[0], "|" + " --- |" * len(lines[0]), *rows[1:]]) + "\n\n"
    return head + "\n".join("\t".join(line) for line in lines) + "\n\n"
