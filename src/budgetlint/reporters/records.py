"""What office reports share: where a finding stands in words that a person can follow, and rows of a list of problems."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from budgetlint.reporters.words import SEVERITIES, Words
from budgetlint.results.findings import Finding, Operand, Severity
from budgetlint.results.report import DocumentReport, Report
from budgetlint.results.wording import labels, position


class Entry(Struct, frozen=True):
    """One finding as a row of a list: everything as text, as people read it.

    ``unsaid`` are the figures that were read and the message does not print.
    """

    document: str
    unit: str
    severity: str
    rule: str
    name: str
    where: str
    at: str
    message: str
    proposal: str
    basis: str
    state: str
    fingerprint: str
    grave: Severity
    unsaid: tuple[str, ...] = ()


def entries(report: Report, words: Words) -> Iterator[Entry]:
    """Yield the findings of all documents, each document's in its order."""
    for document in report.documents:
        for finding in document.findings:
            yield entry(document, finding, words)


def entry(document: DocumentReport, finding: Finding, words: Words) -> Entry:
    """Return one finding as a row."""
    first = finding.locations[0] if finding.locations else None
    known = document.classification
    suggestion = finding.suggestion
    waived = finding.waived
    state = words("待处理", "open")
    if waived is not None:
        state = words(f"已豁免：{waived.because}", f"waived: {waived.because}")
    return Entry(
        first.path if first is not None and first.path else document.path,
        known.unit or known.department or "",
        words.of(SEVERITIES[finding.severity]).partition("（")[0].partition(" (")[0],
        finding.rule,
        finding.name,
        labels(first) if first is not None else "",
        position(first, words.language) if first is not None else "",
        finding.message,
        f"{suggestion.printed} → {suggestion.proposed}" if suggestion is not None else "",
        "；".join(finding.basis),
        state,
        finding.fingerprint,
        finding.severity,
        tuple(_operand(operand, words) for operand in finding.unsaid),
    )


def _operand(operand: Operand, words: Words) -> str:
    unit = operand.amount.unit if operand.amount and operand.amount.unit else ""
    printed = operand.printed or words("空白", "blank")
    return f"{operand.name} {printed if unit in printed else f'{printed} {unit}'}"
