"""budgetlint: a rule-driven linter for budget and final-account disclosure documents.

The names below are the whole public face; each is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module

# Type checkers take it for true; ``typing`` itself would be the greater part of what ``--version`` loads.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from budgetlint.annotate.annotator import Annotator
    from budgetlint.annotate.marks import Mark
    from budgetlint.api import check, read
    from budgetlint.checking.check import PythonCheck
    from budgetlint.document import (
        Amount,
        Bundle,
        Classification,
        Document,
        GridBlock,
        GridCell,
        Notice,
        ParagraphBlock,
        Place,
        ReadError,
        Source,
    )
    from budgetlint.language.functions import Function
    from budgetlint.language.syntax import Basis, Scope
    from budgetlint.packs.manifest import RulePack
    from budgetlint.plugins.hints import Hints
    from budgetlint.plugins.hookspecs import hookimpl
    from budgetlint.readers.reader import Reader
    from budgetlint.reporters.reporter import Reporter
    from budgetlint.results.findings import Finding, Operand, Outcome, Reason, Severity, Verdict
    from budgetlint.results.report import Report
    from budgetlint.said import Said

_HOMES = {
    "annotate.annotator": ("Annotator",),
    "annotate.marks": ("Mark",),
    "api": ("check", "read"),
    "checking.check": ("PythonCheck",),
    "document": (
        "Amount",
        "Bundle",
        "Classification",
        "Document",
        "GridBlock",
        "GridCell",
        "Notice",
        "ParagraphBlock",
        "Place",
        "ReadError",
        "Source",
    ),
    "results.findings": ("Finding", "Operand", "Outcome", "Reason", "Severity", "Verdict"),
    "language.functions": ("Function",),
    "language.syntax": ("Basis", "Scope"),
    "packs.manifest": ("RulePack",),
    "plugins.hints": ("Hints",),
    "plugins.hookspecs": ("hookimpl",),
    "readers.reader": ("Reader",),
    "results.report": ("Report",),
    "reporters.reporter": ("Reporter",),
    "said": ("Said",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Amount",
    "Annotator",
    "Basis",
    "Bundle",
    "Classification",
    "Document",
    "Finding",
    "Function",
    "GridBlock",
    "GridCell",
    "Hints",
    "Mark",
    "Notice",
    "Operand",
    "Outcome",
    "ParagraphBlock",
    "Place",
    "PythonCheck",
    "ReadError",
    "Reader",
    "Reason",
    "Report",
    "Reporter",
    "RulePack",
    "Said",
    "Scope",
    "Severity",
    "Source",
    "Verdict",
    "check",
    "hookimpl",
    "read",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
