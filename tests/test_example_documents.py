"""The example documents are what make.py writes; the clean ones are clean, and every planted error is found in place."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from budgetlint import Report, Severity, check

FOLDER = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def make() -> ModuleType:
    """Import examples/make.py."""
    spec = importlib.util.spec_from_file_location("make_examples", FOLDER / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def report() -> Report:
    """Check the whole folder once."""
    return check(FOLDER)


def test_the_documents_are_what_make_writes(make: ModuleType) -> None:
    for name, text in make.documents().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"run examples/make.py: {name}"


def test_the_clean_documents_are_clean(report: Report) -> None:
    clean = [document for document in report.documents if "有错" not in document.path]
    assert clean
    for document in clean:
        graver = [f for f in document.findings if f.severity is not Severity.NOTICE]
        assert [(f.rule, f.message) for f in graver] == []
        assert document.counts.holds > 200


@pytest.mark.parametrize("which", ["BUDGET_FLAWS", "FINAL_FLAWS"])
def test_all_planted_errors_are_found_where_they_are(make: ModuleType, report: Report, which: str) -> None:
    kind, clean = ("预算", make.budget()) if which == "BUDGET_FLAWS" else ("决算", make.final_account())
    flaws = getattr(make, which)
    text = make.planted(clean, flaws)
    (document,) = [d for d in report.documents if "有错" in d.path and kind in Path(d.path).name]
    places = {place.line for finding in document.findings for place in finding.locations}
    missed = []
    for after, printed, instead in flaws:
        first = text.count("\n", 0, text.index(instead, text.rindex(after))) + 1
        if not places & set(range(first, first + 2 + instead.count("\n"))):
            missed.append(printed)
    assert len(flaws) >= 10
    assert missed == []
