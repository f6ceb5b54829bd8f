"""Marks the findings that people have accepted, and says what is wrong with their waivers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from budgetlint.config import DEFAULT, Settings
from budgetlint.results.report import DocumentReport, Exit, Problem
from budgetlint.results.waivers import WaiverError, Waivers, read_waivers, stale, waive


def accepted(
    documents: Sequence[DocumentReport], settings: Settings, today: date
) -> tuple[list[DocumentReport], list[Problem]]:
    """Mark waived findings; waivers nobody needs are said with the last document, wrong ones as problems."""
    waivers, problems = _read(settings)
    used: set[str] = set()
    marked = []
    for document in documents:
        findings, answered = waive(document.findings, waivers.entries, today)
        used |= answered
        marked.append(replace(document, findings=findings))
    if marked and not settings.select and not settings.ignore:
        checked = frozenset(document.called for document in documents if document.read)
        more = stale(settings.waivers, waivers.entries, frozenset(used), checked, today, settings.lang)
        marked[-1] = replace(marked[-1], findings=(*marked[-1].findings, *more))
    return marked, problems


def _read(settings: Settings) -> tuple[Waivers, list[Problem]]:
    file = Path(settings.waivers)
    try:
        if not file.is_file() and settings.origin("waivers") != DEFAULT:
            raise WaiverError(str(file), "豁免文件不存在", "there is no such waivers file")
        waivers = read_waivers(file)
    except WaiverError as error:
        return Waivers(), [_problem(error, settings.lang)]
    return waivers, [_problem(error, settings.lang) for error in waivers.errors]


def _problem(error: WaiverError, language: str) -> Problem:
    return Problem(error.file, error.message(language), Exit.USAGE)
