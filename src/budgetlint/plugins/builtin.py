"""What the core brings by itself, registered through the same hooks as a plugin's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from budgetlint.packs.manifest import RulePack
from budgetlint.plugins.hookspecs import hookimpl
from budgetlint.resources import rules_folder

if TYPE_CHECKING:
    from budgetlint.annotate.annotator import Annotator
    from budgetlint.checking.check import PythonCheck
    from budgetlint.document import Classification, Document
    from budgetlint.plugins.hints import Hints
    from budgetlint.readers.reader import Reader
    from budgetlint.reporters.reporter import Reporter


@hookimpl
def register_rule_packs() -> Sequence[RulePack]:
    """Return the bundled packs."""
    return [RulePack(manifest.parent) for manifest in sorted(rules_folder().glob("*/pack.toml"))]


@hookimpl
def register_readers() -> Sequence[Reader]:
    """Return the bundled readers."""
    from budgetlint.readers.bundled import READERS

    return READERS


@hookimpl
def register_checks() -> Sequence[PythonCheck]:
    """Return the core's own checks (BL…)."""
    from budgetlint.checking.checks.builtin import CHECKS

    return list(CHECKS)


@hookimpl
def register_reporters() -> Sequence[Reporter]:
    """Return the bundled reporters."""
    from budgetlint.reporters.bundled import REPORTERS

    return REPORTERS


@hookimpl
def register_annotators() -> Sequence[Annotator]:
    """Return the bundled annotators."""
    from budgetlint.annotate.bundled import ANNOTATORS

    return ANNOTATORS


@hookimpl(trylast=True)
def classify_document(document: Document, hints: Hints) -> Classification | None:
    """Tell kind, year, region and publisher from the title and the structure."""
    from budgetlint.normalise import classify

    return classify(document, hints.vocabulary)
