"""Says what became of a list of problems that was handed out: what is mended, what stands, what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from budgetlint.document import ReadError
from budgetlint.document.text import printable
from budgetlint.reporters.words import Words
from budgetlint.results.checklist import Handed, Progress, progress, read_list
from budgetlint.results.report import Report

_SIGNS = {
    Progress.MENDED: ("已改", "mended"),
    Progress.KEPT: ("仍在", "kept"),
    Progress.NEW: ("新出现", "new"),
}


def handed_out(file: str) -> tuple[Handed, ...]:
    """Return the rows of a list in a file.

    Raises:
        ReadError: it cannot be read, or is no such list.
    """
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        raise ReadError("BL904", file, cause=error.strerror or type(error).__name__) from error
    return read_list(file, content)


def progress_lines(rows: Iterable[Handed], report: Report, words: Words) -> Iterator[str]:
    """Yield a line of counts, then one for every row of the list and for every new finding."""
    findings = [finding for document in report.documents for finding in document.findings]
    known = tuple(rows)
    states, _ = progress(known, findings)
    counts = ", ".join(
        f"{words(*said)} {sum(state is one for state in states.values())}" for one, said in _SIGNS.items()
    )
    yield words(
        f"与发下去的问题清单相比：{counts.replace(', ', '，')}", f"since the list was handed out: {counts}"
    )
    for row in known:
        wrote = " ".join(part for part in (row.section, row.done) if part)
        said = f"{row.rule} {row.fingerprint} {row.message}" + (f"（{wrote}）" if wrote else "")
        yield f"  {words(*_SIGNS[states[row.fingerprint]])}  {printable(said)}"
    for finding in findings:
        if states.get(finding.fingerprint) is Progress.NEW:
            said = f"{finding.rule} {finding.fingerprint} {finding.message}"
            yield f"  {words(*_SIGNS[Progress.NEW])}  {printable(said)}"
