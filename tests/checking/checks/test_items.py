"""The budgets of items make the whole budget where their final figures make the whole."""

from __future__ import annotations

import pytest
from tests.checking.build import amount
from tests.checking.passages import document
from tests.normalise.documents import read

from budgetlint import Verdict
from budgetlint.checking.checks.items import budgets_of_items, listed_amounts
from budgetlint.document import Amount, Bundle, Mention, Paragraph, Pattern, Section
from budgetlint.normalise.names import name
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


LINES = ["2024年收入预算69.36万元。", "（一）本年财政拨款收入56.64万元", "1.一般公共预算拨款收入50.64万元。"]
LINES += ["2.政府性基金预算拨款收入6.00万元。", "（二）上年结转结余12.72万元", "3.上年结转结余12.72万元。"]


def lists(lines: list[str]) -> list[Verdict]:
    text = "2024年示例市示例区某局部门预算\n\n一、收入预算情况说明\n" + "\n".join(lines) + "\n"
    document = name(read(text), Vocabulary())
    return [outcome.verdict for outcome in listed_amounts.run(Bundle(document), Vocabulary())]


def test_lines_make_the_line_above_them_and_the_first_ones_the_total() -> None:
    assert lists(LINES) == [Verdict.HOLDS] * 3


@pytest.mark.parametrize("at", range(6))
def test_one_figure_of_a_list_that_differs_is_told(at: int) -> None:
    wrong = (
        LINES[at].replace(".64", ".46").replace(".72", ".27").replace("6.00", "8.00").replace(".36", ".63")
    )
    assert Verdict.FAILS in lists([*LINES[:at], wrong, *LINES[at + 1 :]])


def test_a_list_whose_lines_say_more_than_a_name_and_an_amount_is_not_added_up() -> None:
    assert lists([*LINES[:3], "3.其他收入1.00万元。按合同安排。", *LINES[3:]]) == []


def test_what_follows_a_numbered_line_that_says_more_is_no_list_of_its_parts() -> None:
    text = [
        "（一）基本支出预算28.00万元，占63.4%。其中：",
        "1.经营支出2.00万元。",
        "2.上缴上级支出1.00万元。",
    ]
    assert lists(text) == []
