"""Figures of things in the text: some table must give each the same."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.normalise.documents import read

from budgetlint.checking.checks.told_items import told_items
from budgetlint.document import Bundle, Classification
from budgetlint.normalise.names import name
from budgetlint.results.findings import Outcome, Verdict
from budgetlint.vocabulary import Vocabulary

FIGURES = {"科学技术支出": "28.10", "教育支出": "39.67", "卫生健康支出": "80.52", "农林水支出": "537.48"}
TABLE = "示例支出情况表\n单位：万元\n\n项目\t金额\n" + "\n".join("\t".join(row) for row in FIGURES.items())


def outcomes(told: dict[str, str], lead: str = "支出包括：") -> list[Outcome]:
    items = "、".join(f"{item}{figure}万元" for item, figure in told.items())
    text = f"2024年示例市示例区某局部门预算\n\n一、支出情况说明\n{lead}{items}。\n\n{TABLE}\n"
    document = name(read(text), Vocabulary())
    document = replace(document, classification=Classification(year=2024))
    return list(told_items.run(Bundle(document), Vocabulary()))


def test_what_tables_give_holds() -> None:
    assert [outcome.verdict for outcome in outcomes(FIGURES)] == [Verdict.HOLDS] * 4


def test_the_only_figure_that_no_table_gives_fails_beside_the_nearest() -> None:
    found = outcomes({**FIGURES, "农林水支出": "537.84"})
    (failed,) = (outcome for outcome in found if outcome.verdict is Verdict.FAILS)
    assert ["537.84" in failed.operands[0].printed, failed.operands[1].printed] == [True, "537.48"]


@pytest.mark.parametrize(
    ("told", "lead"),
    [
        ({**FIGURES, "农林水支出": "537.84", "教育支出": "39.76"}, "支出包括："),
        ({"科学技术支出": "28.10", "教育支出": "39.76"}, "支出包括："),
        ({**FIGURES, "城乡社区支出": "5.00"}, "支出包括："),
        ({**FIGURES, "农林水支出": "537.84"}, "2023年支出包括："),
    ],
    ids=["two differ", "few things", "a thing no table lists", "another year"],
)
def test_what_tables_need_not_give_is_not_held_against_the_text(told: dict[str, str], lead: str) -> None:
    assert not [outcome for outcome in outcomes(told, lead) if outcome.verdict is Verdict.FAILS]
