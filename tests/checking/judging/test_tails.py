"""Two prints of one amount one last unit apart: a tail of rounding where sums hold with both, else a slip."""

from __future__ import annotations

import pytest
from tests.checking.build import check, document, mention, paragraph, section, table

from budgetlint.checking.case import Case
from budgetlint.checking.judging.tails import tailed
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.results.findings import Severity, Verdict

SAME = "检查 表 甲表 行 甲 列 合计 应等于 表 乙表 行 甲 列 合计"
SUM = "检查 表 {0} 行 总 列 合计 应等于 表 {0} 行 甲 列 合计 加 表 {0} 行 乙 列 合计"


def verdicts(first: str, second: str) -> list[tuple[Verdict, Severity]]:
    tables = [
        table("| 项目 | 合计 |\n" + "".join(f"| {n} | {v} |\n" for n, v in zip("总甲乙", lines.split(), strict=True)), title)
        for title, lines in (("甲表", first), ("乙表", second))
    ]  # fmt: skip
    sentences = (SAME, SUM.format("甲表"), SUM.format("乙表"))
    outcomes = [outcome for sentence in sentences for outcome in check(sentence, *tables)]
    index = Case(document(*tables)).index
    return [(outcome.verdict, outcome.severity) for outcome in tailed(outcomes, Ledger(()), index)]


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("100.00 36.63 63.37", "100.01 36.64 63.37", Verdict.ROUNDS),
        ("100.00 36.63 63.37", "100.00 36.64 63.37", Verdict.FAILS),
        ("100.00 36.63 63.37", "100.02 36.65 63.37", Verdict.FAILS),
        ("100.00 36.63 63.37", "100.00 36.63 63.37", Verdict.HOLDS),
        ("100.000 36.630 63.370", "100.010 36.640 63.370", Verdict.FAILS),
    ],
)
def test_both_add_up_or_one_is_wrong(first: str, second: str, verdict: Verdict) -> None:
    assert verdicts(first, second)[0][0] is verdict


def test_where_nothing_tells_it_is_doubtful_at_most() -> None:
    tables = [
        table(f"| 项目 | 合计 |\n| 甲 | {v} |", title) for title, v in (("甲表", "36.63"), ("乙表", "36.64"))
    ]
    (outcome,) = tailed(check(SAME, *tables), Ledger(()), Case(document(*tables)).index)
    assert (outcome.verdict, outcome.severity) == (Verdict.FAILS, Severity.WARNING)


@pytest.mark.parametrize(("said", "verdict"), [("36.64", Verdict.ROUNDS), ("36.62", Verdict.FAILS)])
def test_a_figure_of_prose_is_right_where_a_table_that_adds_up_prints_it(said: str, verdict: Verdict) -> None:
    parts = [
        section("一", "收支总体情况", paragraph("", mention("收入总计", f"{said} 万元"))),
        table("| 项目 | 合计 |\n| 总 | 36.64 |\n| 甲 | 30.00 |\n| 乙 | 6.64 |", "甲表"),
        table("| 项目 | 合计 |\n| 总 | 36.63 |\n| 甲 | 30.00 |\n| 乙 | 6.63 |", "乙表"),
    ]
    prose = "检查 章节 收支情况 收入总计 应等于 表 乙表 行 总 列 合计"
    outcomes = [
        outcome
        for sentence in (prose, SUM.format("甲表"), SUM.format("乙表"))
        for outcome in check(sentence, *parts)
    ]
    assert outcomes[0].verdict is Verdict.FAILS
    assert tailed(outcomes, Ledger(()), Case(document(*parts)).index)[0].verdict is verdict
