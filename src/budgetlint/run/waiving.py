"""Marks the findings that people have accepted, and says what is wrong with their waivers."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from budgetlint.config import DEFAULT, Settings
from budgetlint.results.report import DocumentReport, Exit, Problem
from budgetlint.results.waivers import WaiverError, Waivers, read_waivers, stale, waive
from budgetlint.said import Said


class Accepting:
    """Marks the waived findings of documents, one after another; ``problems`` is what is wrong with the waivers."""

    def __init__(self, settings: Settings, today: date) -> None:
        self._settings = settings
        self._today = today
        self._waivers, self.problems = _read(settings)
        self._used: set[str] = set()
        self._checked: set[str] = set()

    def marked(self, document: DocumentReport) -> DocumentReport:
        """Return a document's report with its waived findings marked."""
        findings, answered = waive(document.findings, self._waivers.entries, self._today)
        self._used |= answered
        if document.read:
            self._checked.add(document.called)
        return replace(document, findings=findings)

    def last(self, document: DocumentReport) -> DocumentReport:
        """Return the last document's report with the notices of waivers that expired or that nobody needs."""
        settings = self._settings
        if settings.select or settings.ignore:
            return document
        more = stale(
            settings.waivers,
            self._waivers.entries,
            frozenset(self._used),
            frozenset(self._checked),
            self._today,
            settings.lang,
        )
        return replace(document, findings=(*document.findings, *more))


def _read(settings: Settings) -> tuple[Waivers, list[Problem]]:
    file = Path(settings.waivers)
    try:
        if not os.path.isfile(file) and settings.origin("waivers") != DEFAULT:
            raise WaiverError(str(file), Said("豁免文件不存在", "there is no such waivers file"))
        waivers = read_waivers(file)
    except WaiverError as error:
        return Waivers(), [_problem(error, settings.lang)]
    return waivers, [_problem(error, settings.lang) for error in waivers.errors]


def _problem(error: WaiverError, language: str) -> Problem:
    return Problem(error.file, error.message(language), Exit.USAGE)
