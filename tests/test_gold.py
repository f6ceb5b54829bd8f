"""The comparison with an auditor's reading counts by place; on the corpus little is missed and nearly nothing extra."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from budgetlint.document import Place
from budgetlint.results.findings import Finding, Severity, Verdict

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="module")
def gold() -> Iterator[dict]:
    """Return what benchmarks/gold.py defines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "benchmarks")
        yield vars(import_module("gold"))


def finding(rule: str, line: int, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(rule, "", severity, Verdict.FAILS, "", locations=(Place("x.txt", line),))


def test_findings_match_by_line_and_the_rest_is_extra(gold: dict) -> None:
    items = [
        {"id": "F1", "where": "第12行", "certain": True},
        {"id": "F2", "where": "“示例的原文”", "certain": True},
        {"id": "F3", "where": "第40–42行", "certain": False},
    ]
    common = {"category": "arith", "severity": "error", "mechanical": True, "statement": "", "evidence": ""}
    text = "\n" * 19 + "这是示例的 原文。\n"
    known = gold["read_gold"]({"findings": [item | common for item in items]}, text)
    result = gold["compare"](
        "x", known, [finding("A", 12), finding("B", 99), finding("C", 98, Severity.NOTICE)]
    )
    assert set(result.found) == {"F1"} and [f.rule for f in result.extra] == ["B"]
    assert [g.id for g in result.missed] == ["F2"]
    assert set(gold["compare"]("x", known, [finding("A", 20), finding("B", 41)]).found) == {"F2", "F3"}


@pytest.mark.corpus
@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the corpus is not here")
def test_the_corpus(gold: dict) -> None:
    notes = gold["tomllib"].loads((ROOT / "benchmarks" / "gold-notes.toml").read_text(encoding="utf-8"))
    for result in gold["comparisons"](SHARED, notes):
        own = notes[result.name]
        assert len(result.extra) <= 2, [f"{f.rule} {f.message}" for f in result.extra]
        assert {g.id for g in result.missed} <= set(own), result.name
