"""The reporters budgetlint brings; each one's own module is loaded when a report of its kind is asked for."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import Any

from budgetlint.reporters.reporter import Reporter
from budgetlint.results.report import Report


def _write(module: str, report: Report, stream: Any, language: str, how: str = "write") -> None:
    """Write with a function of a module of this package."""
    getattr(import_module(f"budgetlint.reporters.{module}"), how)(report, stream, language)


REPORTERS = (
    Reporter("text", ".txt", partial(_write, "text")),
    Reporter("json", ".json", partial(_write, "json")),
    Reporter("html", ".html", partial(_write, "html"), draws=True),
    Reporter("sarif", ".sarif", partial(_write, "sarif")),
    Reporter("xlsx", ".xlsx", partial(_write, "xlsx"), binary=True),
    Reporter("docx", ".docx", partial(_write, "docx"), binary=True),
    Reporter("brief", ".txt", partial(_write, "brief")),
    Reporter("quiet", ".txt", partial(_write, "brief", how="write_quiet")),
    Reporter("statistics", ".txt", partial(_write, "brief", how="write_statistics")),
    Reporter("concise", ".txt", partial(_write, "lines", how="write_concise")),
    Reporter("github", ".txt", partial(_write, "lines", how="write_github")),
    Reporter("gitlab", ".json", partial(_write, "exchange", how="write_gitlab")),
    Reporter("junit", ".xml", partial(_write, "exchange", how="write_junit")),
    Reporter("csv", ".csv", partial(_write, "exchange", how="write_csv")),
)
