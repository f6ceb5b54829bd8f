"""Rules are chosen by id, family, letters, or by what they are called; a slip is answered with what is near."""

from __future__ import annotations

import pytest

from budgetlint.config import Settings
from budgetlint.run.opening import open_session
from budgetlint.said import told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_rule_is_chosen_by_its_name(lang: str) -> None:
    (check,) = (check for check in open_session(Settings()).checks if check.id == "BL110")
    name = told(check.name, lang)
    session = open_session(Settings(select=(name,), ignore=("BL1",), lang=lang))
    assert session.choice.select == ("BL110",)
    assert not session.problems


@pytest.mark.parametrize("slip", ["读取提醒", "BL11O"])
def test_a_slip_is_answered_with_what_is_near(slip: str) -> None:
    (problem,) = open_session(Settings(select=(slip,))).problems
    assert slip in problem.message and ("读取提示" in problem.message or "是不是 BL11" in problem.message)
