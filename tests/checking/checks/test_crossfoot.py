"""合计 columns of tables nobody named: a sum counts once the table's own rows bear it out."""

from __future__ import annotations

import pytest
from tests.normalise.documents import read

from budgetlint.checking.checks.crossfoot import cross_sums
from budgetlint.document import Bundle
from budgetlint.results.findings import Outcome, Verdict
from budgetlint.vocabulary import Vocabulary

HEAD = "某某资金来源情况表\n单位：万元\n\n项目名称\t合计\t中央资金\t省级资金\t本级资金\n"
SOUND = [f"甲{n}\t{n + 3}.50\t{n}.00\t1.50\t2.00" for n in range(1, 6)]


def outcomes(lines: list[str]) -> list[Outcome]:
    return list(cross_sums.run(Bundle(read(HEAD + "\n".join(lines) + "\n")), Vocabulary()))


def test_every_row_of_a_sound_table_holds() -> None:
    assert [outcome.verdict for outcome in outcomes(SOUND)] == [Verdict.HOLDS] * 5


def test_the_row_that_differs_from_all_others_fails_at_its_figures() -> None:
    found = outcomes([*SOUND, "乙\t9.50\t3.00\t1.50\t2.00"])
    (failed,) = [outcome for outcome in found if outcome.verdict is Verdict.FAILS]
    assert [operand.printed for operand in failed.operands] == ["9.50", "3.00", "1.50", "2.00"]
    assert failed.message


@pytest.mark.parametrize(
    "lines",
    [
        [line.replace("1.50", "1.00") for line in SOUND],
        SOUND[:2],
        ["甲\t6.50\t3.00\t1.50\t2.00", "乙\t6.50\t6.50\t\t", "丙\t7.00\t3.00\t1.50\t2.00"],
    ],
    ids=["no row adds up", "too few rows", "too few witnesses"],
)
def test_a_sum_the_table_does_not_bear_out_is_not_checked(lines: list[str]) -> None:
    assert outcomes(lines) == []
