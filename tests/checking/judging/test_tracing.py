"""A trace says what names came to, what was read, the arithmetic, and of what cannot be decided what nearly fits."""

from __future__ import annotations

from tests.checking.build import VOCABULARY, document, table

from budgetlint.checking.judging.tracing import Trace, to_data, trace
from budgetlint.document import Bundle
from budgetlint.language.parser import parse_sentence

LINES = "| 项目 | 合计 | 基本支出 | 项目支出 |\n| 甲 | 3.00 | 2.00 | 1.00 |\n| 乙 | 9.00 | 2.00 | 1.00 |\n"
ROWS = "对 表 甲表 的 每一行，检查 列 合计 等于 列 基本支出 加 列 项目支出"


def traced(sentence: str, lang: str = "zh") -> Trace:
    return trace(parse_sentence(sentence), Bundle(document(table(LINES))), VOCABULARY, lang=lang)


def test_instances_are_counted_and_one_of_each_verdict_is_shown() -> None:
    (check,) = traced(ROWS).checks
    assert check.counts == {"holds": 1, "fails": 1}
    held, failed = check.shown
    assert (held.verdict, failed.verdict) == ("holds", "fails")
    assert [read.printed for read in held.read] == ["3.00", "2.00", "1.00"]
    assert held.read[0].value == "3 万元" and held.read[0].step == "0.01 万元" and held.read[0].at
    assert "3 万元 − 3 万元 = 0 万元" in held.arithmetic[0]
    assert failed.said and not held.said


def test_names_say_what_they_came_to() -> None:
    (check,) = traced("检查 表 甲表 行 甲 列 合计 大于 0").checks
    meanings = {name.kind: name for name in check.names}
    assert meanings["table"].means and meanings["row"].means[0].startswith("甲") and meanings["column"].means


def test_what_is_not_found_says_what_nearly_fits() -> None:
    (check,) = traced("检查 表 “甲表格” 行 甲 列 合计 大于 0").checks
    (missing, *_) = check.names
    assert missing.means == () and "甲表" in missing.near
    (instance,) = check.shown
    assert instance.verdict == "undetermined" and instance.reason and "甲表" in instance.near


def test_a_trace_is_data_and_speaks_both_languages() -> None:
    data = to_data(traced(ROWS, "en"))
    assert data["checks"][0]["sentence"].startswith("for ")
    assert data["checks"][0]["counts"] == {"holds": 1, "fails": 1}
