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
@settings(max_examples=50, deadline=None)
def test_round_trip_through_json(any_rule: st.SearchStrategy[Rule], data: st.DataObject) -> None:
    rule = data.draw(any_rule)
    assert from_plain(json.loads(json.dumps(to_plain(rule)))) == rule


def test_places_survive() -> None:
    rule = parse_file("规则 AB101 “示例” 级别 错误 检查 甲 存在", "x.rule").rules[0]
    again = from_plain(to_plain(rule))
    assert again.checks[0].span == rule.checks[0].span
    assert again.checks[0].span.file == "x.rule"


@pytest.mark.parametrize("data", [{}, {"version": 0}, {"version": 1, "file": "", "rule": {"is": "Nothing"}}])
def test_other_data_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        from_plain(data)
