"""The arithmetic of the corpus: as many relations hold as the auditor counted, and none that he counted fails."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetlint
from budgetlint.results.findings import Severity, Verdict

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
ARITHMETIC = ("CN2", "CN3", "FA2", "FA3", "HN2", "HN3", "HB2", "HB3")


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("luoyang-jianxi-2024-budget.txt", 220),
        ("qinhuangdao-haigang-2024-budget.txt", 500),
        ("jiyuan-2023-final-accounts.txt", 650),
    ],
)
def test_relations_hold(name: str, least: int) -> None:
    (document,) = budgetlint.check(CORPUS / name).documents
    assert document.counts.holds + document.counts.rounds >= least
    failed = [
        f.rule for f in document.findings if f.verdict is Verdict.FAILS and f.severity is Severity.ERROR
    ]
    assert [rule for rule in failed if rule.startswith(ARITHMETIC)] == []
