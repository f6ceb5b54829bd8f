"""The budgets of items make the whole budget where their final figures make the whole."""

from __future__ import annotations

import pytest
from tests.checking.build import amount
from tests.checking.passages import document

from budgetlint import Verdict
from budgetlint.checking.checks.items import budgets_of_items
from budgetlint.document import Amount, Bundle, Mention, Paragraph, Pattern, Section
from budgetlint.vocabulary import Vocabulary


def figures(budget: str, actual: str, subject: str = "") -> Paragraph:
    values = {
        name: (Mention(name, _of(text), subject=subject, text=f"{text}万元"),)
        for name, text in (("预算数", budget), ("决算数", actual))
    }
    return Paragraph("", patterns=(Pattern("完成", "支出", subject, values),))


def _of(text: str) -> Amount:
    return amount(f"{text} 万元")


@pytest.mark.parametrize(
    ("budgets", "actuals", "expected"),
    [
        (("3.00", "2.00", "5.00"), ("3.00", "2.00", "4.00"), [Verdict.HOLDS]),
        (("3.00", "2.00", "4.00"), ("3.00", "2.00", "4.00"), [Verdict.FAILS]),
        (("3.00", "2.00", "4.00"), ("3.00", "2.00", "1.00"), []),
        (("3.00", "7.00"), ("3.00", "6.00"), []),
    ],
)
def test_budgets_of_items(budgets: tuple[str, ...], actuals: tuple[str, ...], expected: list) -> None:
    items = [figures(b, a, f"科目{n}") for n, (b, a) in enumerate(zip(budgets, actuals, strict=True))]
    section = Section("三", "具体情况", 1, paragraphs=(figures("10.00", "9.00"), *items))
    made = document(sections=(section,), kind="部门决算")
    assert [o.verdict for o in budgets_of_items.run(Bundle(made), Vocabulary())] == expected
