"""The report as one HTML page: the documents as they are printed, every figure with what the checks said of it."""

from __future__ import annotations

from typing import TextIO

from budgetlint.reporters.html.page import inlined
from budgetlint.reporters.html.report import body, title_of
from budgetlint.reporters.words import Words
from budgetlint.results.report import Report


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write the page: it needs nothing beside itself, and no script to be read."""
    words = Words(language)
    stream.writelines(inlined(title_of(report, words), body(report, words), language))
