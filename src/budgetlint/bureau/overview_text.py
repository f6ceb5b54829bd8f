"""The overview on a terminal: one screen."""

from __future__ import annotations

from collections.abc import Iterator

from budgetlint.bureau.lists.shown import lines_of_lists
from budgetlint.bureau.overview import DocumentLine, Overview
from budgetlint.reporters.words import SEVERITIES, Words
from budgetlint.results.findings import Severity

_LISTED = 10


def lines_of(overview: Overview, language: str) -> Iterator[str]:
    """Yield the overview line by line."""
    words = Words(language)
    whole = overview.whole
    yield words(
        f"文本 {whole.documents} 份  错误 {whole.errors}  疑点 {whole.warnings}  提醒 {whole.notices}  "
        f"无法核对 {whole.undetermined} 项",
        f"{whole.documents} documents  errors {whole.errors}  doubts {whole.warnings}  notices {whole.notices}  "
        f"undecided {whole.undetermined}",
    )
    yield words(
        f"没有读成 {whole.unread} 份，没有一条规则得出结论 {whole.unchecked} 份；"
        f"数字 {whole.numbers} 个，核对到 {whole.looked} 个",
        f"{whole.unread} not read, {whole.unchecked} checked by no rule; {whole.looked} of {whole.numbers} figures checked",
    )
    yield from lines_of_lists(overview.held, words)
    if overview.first:
        yield words("\n先看这几份", "\nOpen these first")
        yield from (f"  {_document(line, words)}" for line in overview.first)
    if overview.uncheckable:
        yield words("\n等于没有核对的文本", "\nDocuments that could not be checked")
        yield from (f"  {line.path}" for line in overview.uncheckable[:_LISTED])
        if len(overview.uncheckable) > _LISTED:
            yield words("  ……", "  …")
    if overview.rules:
        yield words("\n最常见的问题", "\nThe commonest problems")
        for rule in overview.rules[:_LISTED]:
            severity = words.of(SEVERITIES[Severity(rule.severity)]).partition("（")[0].partition(" (")[0]
            yield words(
                f"  {rule.rule}  {severity}  {rule.documents} 份文本 {rule.findings} 处  {rule.name}",
                f"  {rule.rule}  {severity}  {rule.findings} in {rule.documents} documents  {rule.name}",
            )


def _document(line: DocumentLine, words: Words) -> str:
    sums = line.sums
    return words(
        f"错误 {sums.errors}  疑点 {sums.warnings}  无法核对 {sums.undetermined}  {line.unit}  {line.path}",
        f"errors {sums.errors}  doubts {sums.warnings}  undecided {sums.undetermined}  {line.unit}  {line.path}",
    )
