"""A rule printed in either vocabulary reads as the same rule."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetlint.language.keywords import Tongue
from budgetlint.language.parser import parse_file
from budgetlint.language.printer import print_check, print_rule
from budgetlint.language.syntax import Rule


@pytest.mark.parametrize("to", ["zh", "en"])
@given(data=st.data())
@settings(max_examples=40)
def test_printed_rule_parses_to_an_equal_rule(
    to: Tongue, any_rule: st.SearchStrategy[Rule], data: st.DataObject
) -> None:
    rule = data.draw(any_rule)
    text = print_rule(rule, to)
    parsed = parse_file(text, "x.rule")
    assert not parsed.errors, f"{text}\n{parsed.errors[0].render()}"
    assert parsed.rules == (rule,), text


@pytest.mark.parametrize("to", ["zh", "en"])
def test_acceptance_sentences_survive_printing(pair: tuple[str, str], to: Tongue) -> None:
    text = "规则 AB101 “示例” 级别 错误 依据 勾稽关系 " + pair[0]
    rule = parse_file(text, "x").rules[0]
    assert parse_file(print_rule(rule, to), "y").rules == (rule,)


def test_check_prints_as_one_sentence() -> None:
    rule = parse_file("rule AB101 “x” severity error check 甲 equals 乙 plus 3 wan yuan", "x").rules[0]
    assert print_check(rule.checks[0], "zh") == "检查 甲 应等于 乙 加 3 万元"
