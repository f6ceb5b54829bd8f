"""What readers noticed: what was not read has a reason of its own, what was read and hidden is said."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.checking.build import document

from budgetlint.checking.checks.reading import reader_notices
from budgetlint.document import Bundle, Notice, Place
from budgetlint.results.findings import Reason, Verdict
from budgetlint.vocabulary import Vocabulary


@pytest.mark.parametrize("id", ["BL106", "BL109", "BL111", "BL113"])
def test_what_was_not_read_is_no_drifted_table(id: str) -> None:
    notice = Notice(id, Place("甲.pdf", page=3), (("page", "3"),), unread=True)
    (outcome,) = reader_notices.run(Bundle(replace(document(), notices=(notice,))), Vocabulary())
    assert (outcome.verdict, outcome.reason) == (Verdict.UNDETERMINED, Reason.NOT_READ)


def test_what_is_hidden_was_read() -> None:
    notice = Notice("BL103", Place("甲.xlsx"), (("sheet", "表一"), ("what", "行")))
    (outcome,) = reader_notices.run(Bundle(replace(document(), notices=(notice,))), Vocabulary())
    assert (outcome.verdict, outcome.reason) == (Verdict.FAILS, None)
