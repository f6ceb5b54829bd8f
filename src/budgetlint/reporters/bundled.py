"""The reporters budgetlint brings; each one's own module is loaded when a report of its kind is asked for."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TextIO

from budgetlint.reporters.reporter import Reporter
from budgetlint.results.report import Report


def _write(module: str, report: Report, stream: TextIO, language: str) -> None:
    """Write with a module of this package."""
    import_module(f"budgetlint.reporters.{module}").write(report, stream, language)


REPORTERS = tuple(
    Reporter(name, f".{suffix}", partial(_write, name))
    for name, suffix in (("text", "txt"), ("json", "json"), ("html", "html"), ("sarif", "sarif"))
)
