"""A check over every passage counts once where it finds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from budgetlint.checking.check import check
from budgetlint.document import Bundle, Document
from budgetlint.results.findings import Operand, Outcome, Severity, Verdict
from budgetlint.vocabulary import Vocabulary

BUNDLE = Bundle(Document(source="示例.txt"))


def _counted(*outcomes: Outcome) -> list[Verdict]:
    @check("XX101", "示例", Severity.NOTICE, "示例", once=True)
    def looked(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
        yield from outcomes

    return [outcome.verdict for outcome in looked.run(BUNDLE, Vocabulary())]


CLEAR, FOUND, OPEN = (
    Outcome("XX101", verdict) for verdict in (Verdict.HOLDS, Verdict.FAILS, Verdict.UNDETERMINED)
)


def test_many_clear_passages_are_one_verdict() -> None:
    assert _counted(CLEAR, CLEAR, CLEAR) == [Verdict.HOLDS]


def test_what_is_found_stands_alone() -> None:
    assert _counted(CLEAR, FOUND, CLEAR, FOUND) == [Verdict.FAILS, Verdict.FAILS]


def test_what_cannot_be_decided_is_kept() -> None:
    assert _counted(CLEAR, OPEN) == [Verdict.UNDETERMINED]


def test_figures_that_hold_are_each_counted() -> None:
    figure = Outcome("XX101", Verdict.HOLDS, operands=(Operand("数", "1"),))
    assert _counted(figure, figure, CLEAR) == [Verdict.HOLDS, Verdict.HOLDS]


def test_nothing_looked_at_is_nothing() -> None:
    assert _counted() == []
