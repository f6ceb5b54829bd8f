"""A case keeps what is made of its document: its index and its passages, each for itself."""

from __future__ import annotations

from msgspec.structs import replace
from tests.checking.passages import document

from budgetlint.checking.case import Case, case_of
from budgetlint.document import Bundle


def test_what_is_made_of_a_document_is_made_once() -> None:
    case = Case(document("甲。", "乙。"))
    assert case.index is case.index and case.passages is case.passages
    assert [passage.text for passage in case.passages] == ["甲。", "乙。"]


def test_another_document_is_another_case() -> None:
    case = Case(document("甲。"))
    assert case.passages
    other = replace(case, document=document("乙。"))
    assert isinstance(other, Case)
    assert [passage.text for passage in other.passages] == ["乙。"]
    assert other.index.document is other.document


def test_a_bundle_becomes_a_case_and_a_case_stays_what_it_is() -> None:
    bundle = Bundle(document("甲。"), (document("乙。"),))
    case = case_of(bundle)
    assert (case.document, case.others) == (bundle.document, bundle.others)
    assert case_of(case) is case
