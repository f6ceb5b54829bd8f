"""The report on many documents on one screen: the worst first, the commonest problems, and how to see one whole."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from budgetlint.reporters import text
from budgetlint.reporters.words import CLOSING, SEVERITIES, Words
from budgetlint.results.findings import Severity
from budgetlint.results.report import DocumentReport, Report
from budgetlint.results.wording import about

#: As many lines of each list as one screen holds.
_DOCUMENTS, _RULES, _PROBLEMS = 24, 5, 5
_SHORT = {
    Severity.ERROR: ("错误", "errors"),
    Severity.WARNING: ("疑点", "doubts"),
    Severity.NOTICE: ("提醒", "notices"),
}


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write one document whole, several as a summary."""
    if len(report.documents) == 1:
        text.write(report, stream, language)
    else:
        stream.writelines(f"{line}\n" for line in _lines(report, Words(language)))


def _lines(report: Report, words: Words) -> Iterator[str]:
    for problem in report.problems[:_PROBLEMS]:
        yield about(problem.path, problem.message.partition("\n")[0], words.language)
    if (more := len(report.problems) - _PROBLEMS) > 0:
        yield words(
            f"…… 另有 {more} 个运行中的问题（-v 全部列出）",
            f"… {more} more problems of this run (-v lists them)",
        )
    ranked = sorted(report.documents, key=_rank)
    yield words("各份文本（问题多的在前）", "documents, worst first")
    yield from (f"  {_document(document, words)}" for document in ranked[:_DOCUMENTS])
    if (more := len(ranked) - _DOCUMENTS) > 0:
        yield words(f"  …… 另有 {more} 份", f"  … {more} more")
    yield from _rules(report, words)
    if report.passed_over:
        count = len(report.passed_over)
        yield words(
            f"另有 {count} 个文件不是可读的格式，没有读", f"{count} files are of no format that can be read"
        )
    yield text.summary(report, words)
    worst = next((document.path for document in ranked if document.read), None)
    if worst is not None:
        quoted = f'"{worst}"' if " " in worst else worst
        yield words(
            f"看一份的全部问题：budgetlint check {quoted}；看每一份的：加 -v；页面报告：--format html:报告.html",
            f"one whole: budgetlint check {quoted}; all: add -v; a page: --format html:report.html",
        )
    yield words.of(CLOSING)


def _rank(document: DocumentReport) -> tuple[int, int, int, int, str]:
    graves = Counter(finding.severity for finding in document.open_findings)
    unread = not document.read or not document.counts.decided
    return (
        -int(unread),
        -graves[Severity.ERROR],
        -graves[Severity.WARNING],
        -document.counts.undetermined,
        document.path,
    )


def _document(document: DocumentReport, words: Words) -> str:
    name = os.path.relpath(document.path) if os.path.isabs(document.path) else document.path
    name = document.path if name.startswith("..") else name
    if not document.read:
        why = document.findings[0].message if document.findings else ""
        return f"{words('没有读成', 'not read')}  {name}  {why}"
    graves = Counter(finding.severity for finding in document.open_findings)
    parts = [f"{words(*_SHORT[one])} {graves[one]:>3}" for one in Severity]
    parts.append(f"{words('无法核对', 'not checkable')} {document.counts.undetermined:>3}")
    if not document.counts.decided:
        parts.append(words("等于没有核对", "nothing checked"))
    return "  ".join([*parts, name])


def _rules(report: Report, words: Words) -> Iterator[str]:
    found = Counter((f.rule, f.name) for document in report.documents for f in document.open_findings)
    if not found:
        return
    yield words("最常见的问题", "commonest problems")
    for (rule, name), count in found.most_common(_RULES):
        yield f"  {count:>4}  {rule} {name}"


def write_quiet(report: Report, stream: TextIO, language: str) -> None:
    """Write what was found in all on one line, problems of the run before it."""
    words = Words(language)
    for problem in report.problems:
        stream.write(f"{about(problem.path, problem.message.partition(chr(10))[0], language)}\n")
    stream.write(f"{text.summary(report, words)}\n")


def write_statistics(report: Report, stream: TextIO, language: str) -> None:
    """Write how many findings each rule has, in how many documents, the commonest first."""
    words = Words(language)
    found: Counter[tuple[str, str, Severity]] = Counter()
    documents: Counter[tuple[str, str, Severity]] = Counter()
    for document in report.documents:
        keys = [(f.rule, f.name, f.severity) for f in document.open_findings]
        found.update(keys)
        documents.update(set(keys))
    stream.write(words("问题数  文本数  级别  规则", "findings  documents  severity  rule") + "\n")
    for key, count in sorted(found.items(), key=lambda item: (-item[1], item[0][0])):
        rule, name, severity = key
        grave = words.of(SEVERITIES[severity]) if words.language == "en" else _SHORT[severity][0]
        stream.write(f"{count:>6}  {documents[key]:>6}  {grave}  {rule} {name}\n")
    stream.write(f"{text.summary(report, words)}\n")
