"""Every hook of budgetlint, on one screen: what a plugin may bring, and what it returns.

A plugin is a distribution with an entry point in the group ``budgetlint`` that names a module; its functions
decorated with ``hookimpl`` and named like a hook below are called. Arguments are only ever added, at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from budgetlint.annotate.annotator import Annotator
    from budgetlint.checking.check import PythonCheck
    from budgetlint.document import Classification, Document
    from budgetlint.language.functions import Function
    from budgetlint.packs import RulePack
    from budgetlint.plugins.hints import Hints
    from budgetlint.readers.reader import Reader
    from budgetlint.reporters.reporter import Reporter
    from budgetlint.results.report import Report

GROUP = "budgetlint"
hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


@hookspec
def register_rule_packs() -> Sequence[RulePack]:  # type: ignore[empty-body]
    """Return rule packs: folders of text with a pack.toml."""


@hookspec
def register_readers() -> Sequence[Reader]:  # type: ignore[empty-body]
    """Return readers of file formats."""


@hookspec
def register_functions() -> Sequence[Function]:  # type: ignore[empty-body]
    """Return pure functions that rules may call by name."""


@hookspec
def register_checks() -> Sequence[PythonCheck]:  # type: ignore[empty-body]
    """Return checks written in Python, for what the rule language cannot say."""


@hookspec
def register_reporters() -> Sequence[Reporter]:  # type: ignore[empty-body]
    """Return reporters that write a report in some format."""


@hookspec
def register_annotators() -> Sequence[Annotator]:  # type: ignore[empty-body]
    """Return annotators that mark findings in copies of a format."""


@hookspec(firstresult=True)
def classify_document(document: Document, hints: Hints) -> Classification | None:
    """Return kind, year, region and publisher of a document whose structure is known but not its names, or None.

    The first answer that is not None counts; the core is asked last.
    """


@hookspec
def check_finished(report: Report) -> None:
    """Archive or pass on a finished report; it may not be changed."""
