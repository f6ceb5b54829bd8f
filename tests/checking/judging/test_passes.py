"""The passes run in one order over outcomes, and tell rules from checks in Python."""

from __future__ import annotations

from msgspec.structs import replace
from tests.checking.build import VOCABULARY, document, table

from budgetlint.checking.case import Case
from budgetlint.checking.judging.passes import Judging, judged, was_set_aside
from budgetlint.checking.kernels.deciding import ledger_of
from budgetlint.language.compile import compile_rule
from budgetlint.language.parser import parse_sentence
from budgetlint.results.findings import Reason, Verdict

FURTHER = "| 项目 | 合计 | 基本支出 | 项目支出 | 某某支出 |\n| 甲 | 10.00 | 5.00 | 3.00 | 2.00 |\n"
SUM = "对 表 甲表 的 每一行，检查 列 合计 等于 列 基本支出 加 列 项目支出"
LAST_YEAR = "检查 上年文本 表 甲表 行 甲 列 合计 等于 表 甲表 行 甲 列 合计"


def judging(sentence: str) -> Judging:
    rule = compile_rule(parse_sentence(sentence))
    case = Case(document(table(FURTHER)))
    return Judging(case, VOCABULARY, lambda case: ledger_of([rule], case, VOCABULARY))


def test_a_rules_sum_is_completed_and_a_checks_sum_is_its_own() -> None:
    told = judging(SUM)
    (failed,) = told.ledger_of(told.case).outcomes
    assert failed.verdict is Verdict.FAILS
    assert [o.verdict for o in judged(told).outcomes] == [Verdict.HOLDS]
    assert [o.verdict for o in judged(replace(told, checks={failed.rule})).outcomes] == [Verdict.FAILS]


def test_what_nobody_asked_for_is_set_aside_with_its_reason() -> None:
    told = judging(LAST_YEAR)
    (kept,) = judged(told).outcomes
    assert (kept.verdict, kept.reason) == (Verdict.UNDETERMINED, Reason.MISSING_DOCUMENT)
    (aside,) = judged(replace(told, asked=())).outcomes
    assert aside.verdict is Verdict.SKIPPED and was_set_aside(aside)
    (asked,) = judged(replace(told, asked={kept.rule})).outcomes
    assert asked == kept


def test_a_doubtful_table_fails_no_check() -> None:
    sound = judging("检查 表 甲表 行 甲 列 合计 等于 11 万元")
    unsure = replace(table(FURTHER), unsure=True)
    doubted = replace(sound, case=Case(document(unsure)))
    assert [o.verdict for o in judged(sound).outcomes] == [Verdict.FAILS]
    found = judged(doubted).outcomes
    assert [(o.verdict, o.reason) for o in found] == [(Verdict.UNDETERMINED, Reason.UNSURE_EXTRACTION)]
