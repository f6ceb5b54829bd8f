"""What contradicts a doubtful table is not claimed."""

from __future__ import annotations

from budgetlint.checking.judging.doubt import doubted
from budgetlint.document import Bundle, Document, Place, Table
from budgetlint.results.findings import Outcome, Reason, Verdict

DOUBTFUL, CLEAR = Place("x.pdf", page=1, table="收支总表"), Place("x.pdf", page=2, table="收入总表")
BUNDLE = Bundle(
    Document(
        "x.pdf",
        "pdf",
        tables=(
            Table("收支总表", place=Place("x.pdf"), unsure=True),
            Table("收入总表", place=Place("x.pdf")),
        ),
    )
)


def _verdict(verdict: Verdict, *places: Place, bundle: Bundle = BUNDLE) -> Outcome:
    return doubted([Outcome("T1", verdict, places=places)], bundle)[0]


def test_a_failure_that_reads_a_doubtful_table_is_undetermined() -> None:
    outcome = _verdict(Verdict.FAILS, CLEAR, DOUBTFUL)
    assert (outcome.verdict, outcome.reason) == (Verdict.UNDETERMINED, Reason.UNSURE_EXTRACTION)


def test_what_holds_and_what_reads_other_tables_stays() -> None:
    assert _verdict(Verdict.HOLDS, DOUBTFUL).verdict is Verdict.HOLDS
    assert _verdict(Verdict.FAILS, CLEAR).verdict is Verdict.FAILS


def test_what_is_lacking_as_a_whole_may_stand_in_a_doubtful_table() -> None:
    assert _verdict(Verdict.FAILS).verdict is Verdict.UNDETERMINED
    clear = Bundle(Document("x.pdf", "pdf", tables=(Table("收入总表", place=Place("x.pdf")),)))
    assert _verdict(Verdict.FAILS, bundle=clear).verdict is Verdict.FAILS
