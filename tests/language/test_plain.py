"""Rules survive being plain data."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetlint.language.parser import parse_file
from budgetlint.language.plain import from_plain, to_plain
from budgetlint.language.syntax import Rule


@given(data=st.data())
@settings(max_examples=30)
def test_round_trip_through_json(any_rule: st.SearchStrategy[Rule], data: st.DataObject) -> None:
    rule = data.draw(any_rule)
    assert from_plain(json.loads(json.dumps(to_plain([rule, rule])))) == (rule, rule)


def test_places_of_clauses_survive() -> None:
    text = "规则 AB101 “示例” 级别 错误\n检查 甲 存在\n检查 甲 存在"
    rules = parse_file(text, "x.rule").rules + parse_file(text, "y.rule").rules
    again = from_plain(to_plain(rules))
    assert [rule.span for rule in again] == [rule.span for rule in rules]
    assert [rule.checks[1].span for rule in again] == [rule.checks[1].span for rule in rules]


def test_numbers_keep_their_digits_and_kind() -> None:
    rule = parse_file(
        "规则 AB101 “示例” 级别 错误 适用于 年度 1 检查 甲 等于 1.00 元 精确 空白不按零", "x"
    ).rules[0]
    (again,) = from_plain(json.loads(json.dumps(to_plain([rule]))))
    assert str(again.checks[0].body.right.value) == "1.00"  # type: ignore[union-attr]
    assert again.checks[0].body.blank_not_zero is True  # type: ignore[union-attr]
    assert again.scope.years is not None and type(again.scope.years.first) is int


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"version": 0},
        {"version": 2, "files": [], "parts": [["Nothing"]], "rules": [0]},
        {"version": 2, "files": [], "parts": [["%", 1]], "rules": [0]},
        {"version": 2, "files": [], "parts": [["", 7]], "rules": [0]},
    ],
)
def test_other_data_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        from_plain(data)
