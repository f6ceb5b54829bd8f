"""A rule as a row of a sheet is the same rule again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from budgetlint.config import Settings
from budgetlint.language.keywords import Tongue
from budgetlint.language.parser import parse_file
from budgetlint.language.rows import COLUMNS, column_titled, lines_of, row_of
from budgetlint.language.syntax import Rule
from budgetlint.results.findings import Verdict
from budgetlint.run.opening import open_session


def by_verdict(rule: Rule) -> Rule:
    """The sheet has a column a verdict: examples of one keep their order, the columns theirs."""
    order = {Verdict.HOLDS: 0, Verdict.FAILS: 1}
    return replace(rule, examples=tuple(sorted(rule.examples, key=lambda e: order.get(e.verdict, 2))))


def again(rule: Rule, to: Tongue) -> Rule:
    text = "\n".join(line.text for line in lines_of(row_of(rule, to), to)) + "\n"
    parsed = parse_file(text, "x.xlsx")
    assert not parsed.errors, f"{text}\n{parsed.errors[0].render()}"
    return parsed.rules[0]


@pytest.mark.parametrize("to", ["zh", "en"])
@given(data=st.data())
@settings(max_examples=40)
def test_any_rule_comes_back(to: Tongue, any_rule: st.SearchStrategy[Rule], data: st.DataObject) -> None:
    rule = data.draw(any_rule)
    assert again(rule, to) == by_verdict(rule)


@pytest.mark.parametrize("to", ["zh", "en"])
def test_every_shipped_rule_comes_back(to: Tongue) -> None:
    for rule in open_session(Settings()).packs.rules:
        assert again(rule, to) == by_verdict(rule)


def test_columns_are_known_by_either_heading() -> None:
    for column in COLUMNS:
        assert column_titled(f" {column.zh} ") == column_titled(column.en.title()) == column.key
    assert column_titled("金额") is None
