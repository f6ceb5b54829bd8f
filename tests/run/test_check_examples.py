"""Every check written in Python has examples, as every rule has, and reaches the verdicts they announce."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlint.checking.check import PythonCheck, check
from budgetlint.checking.checks.builtin import CHECKS
from budgetlint.config import Settings
from budgetlint.document import Bundle
from budgetlint.results.findings import Outcome, Severity, Verdict
from budgetlint.run.check_examples import examples_of, run_examples
from budgetlint.run.opening import open_session
from budgetlint.vocabulary import Vocabulary

#: What no text can show: notices of files (BL110); a slip that only a second check of the document tells (BL715).
WITHOUT_FAILURE = {"BL102", "BL110", "BL715"}
#: Layout that is right yields no outcome at all.
WITHOUT_SUCCESS = {"BL101", "BL110"}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return open_session(Settings()).packs.vocabulary_for(None)


@pytest.mark.parametrize("tested", CHECKS, ids=lambda tested: tested.id)
def test_every_check_reaches_the_verdicts_of_its_examples(
    tested: PythonCheck, vocabulary: Vocabulary
) -> None:
    results = list(run_examples(tested, vocabulary))
    assert [(r.example.line, r.actual, r.error) for r in results if not r.passed] == []
    announced = {result.example.verdict for result in results}
    assert Verdict.FAILS in announced or tested.id in WITHOUT_FAILURE
    assert Verdict.HOLDS in announced or tested.id in WITHOUT_SUCCESS


def test_a_check_that_does_otherwise_is_told(tmp_path: Path, vocabulary: Vocabulary) -> None:
    @check("XX101", "示例", Severity.NOTICE, "示例")
    def wordy(bundle: Bundle, vocabulary: Vocabulary) -> list[Outcome]:
        return [wordy.judged("全文", "说了" if "示例" in bundle.document.title else None)]

    file = tmp_path / "XX101.txt"
    file.write_text("【通过】\n示例区预算\n\n【不符】\n示例区预算\n", encoding="utf-8")
    from msgspec.structs import replace

    told = replace(wordy, examples=file)
    assert [example.line for example in examples_of(told)] == [1, 4]
    assert [result.passed for result in run_examples(told, vocabulary)] == [False, True]
