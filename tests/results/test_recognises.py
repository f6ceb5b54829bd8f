"""A document whose main tables nobody recognised never counts as checked."""

from __future__ import annotations

import pytest

from budgetlint.document import Classification, Document, Table, TableState
from budgetlint.results.report import Counts, DocumentReport, Exit, Report, recognises

MAIN = ("b.total", "b.expense")
KNOWN = Classification("部门预算", 2024)


def document(*tables: Table, known: Classification = KNOWN) -> Document:
    return Document("示例.txt", classification=known, tables=tables)


NAMED, OTHER = Table("收支总表", id="b.total", lines=3), Table("采购表", id="b.purchase", lines=3)
UNNAMED, LOST = Table("某某表", lines=3), Table("某某表", state=TableState.MISSING)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (document(NAMED, UNNAMED), True),
        (document(OTHER, UNNAMED), False),
        (document(UNNAMED), False),
        (document(OTHER), True),
        (document(LOST), True),
        (document(), True),
        (document(known=Classification()), False),
        (document(OTHER, known=Classification()), False),
        (document(NAMED, known=Classification()), True),
    ],
)
def test_recognises(given: Document, expected: bool) -> None:
    assert recognises(given, MAIN) is expected


def test_a_document_that_is_not_recognised_is_no_clean_exit() -> None:
    decided = Counts(holds=3, decided=3)
    fine = DocumentReport("示例.txt", counts=decided)
    lost = DocumentReport("示例.txt", counts=decided, recognised=False)
    assert Report("1", documents=(fine,)).exit_code() is Exit.CLEAN
    assert Report("1", documents=(lost,)).exit_code() is Exit.UNREAD
