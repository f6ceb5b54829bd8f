"""Formulas as the Ministry prints them say what they say, whatever dashes, widths and abbreviations they use."""

from __future__ import annotations

import pytest

from budgetlint.workbench.formulas.formula import Cell, Field, Range, Relation, Term, Unreadable
from budgetlint.workbench.formulas.parsing import parse


def only(text: str) -> Relation:
    (formula,) = parse(text)
    return formula.relation


def rows(side: tuple[Term, ...]) -> list[object]:
    return [term.cell.row if term.sign > 0 else ("-", term.cell.row) for term in side]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("31行=(27+28+29)行", [27, 28, 29]),
        ("３１行＝（27＋28＋29）行。", [27, 28, 29]),
        ("31行=27+28+29行", [27, 28, 29]),
        ("31行=27行+28行－29行", [27, 28, ("-", 29)]),
        ("第31行=第27行—第28行", [27, ("-", 28)]),
        ("31行=27行–（28行-29行）", [27, ("-", 28), 29]),
        ("84行=(32+33+…+36)行", [32, 33, 34, 35, 36]),
        ("84行=(1+3+…+9)行", [1, 3, 5, 7, 9]),
        ("84行=(32+...+35)行", [32, 33, 34, 35]),
        ("27行=1至4行之和", [1, 2, 3, 4]),
        ("27行=(30-1)行", [30, ("-", 1)]),
    ],
)
def test_sums_of_rows(text: str, right: list[object]) -> None:
    assert rows(only(text).right) == right


def test_a_cell_has_its_row_and_its_column_in_any_order() -> None:
    said = only("86行7栏=31行1栏—84行7栏")
    assert said.left == (Term(1, Cell(86, 7)),)
    assert said.right == (Term(1, Cell(31, 1)), Term(-1, Cell(84, 7)))
    assert only("7栏86行=1栏31行").left == said.left
    assert [term.cell for term in only("3行4栏=3行(1+2)栏").right] == [Cell(3, 1), Cell(3, 2)]


def test_a_chain_says_what_its_first_side_is() -> None:
    first, second = parse("84行=(32+33)行=(58+61)行")
    assert first.relation.left == second.relation.left
    assert (rows(first.relation.right), rows(second.relation.right)) == ([32, 33], [58, 61])


@pytest.mark.parametrize(
    "words", ["如果报表小类≠“2”，则1至8行≥0", '若报表小类≠"2"则1～8行≥0', "当报表小类不等于“2”时，1到8行>=0"]
)
def test_a_condition_on_a_field(words: str) -> None:
    (formula,) = parse(words)
    assert formula.conditions == (Field("报表小类", False, ("2",)),)
    assert formula.relation == Relation((Term(1, Cell(Range(1, 8))),), "≥", ())


def test_other_forms_are_named() -> None:
    assert only("财决01表31行1栏=财决03－1表1行1栏").right[0].cell == Cell(1, 1, "财决03-1表")


@pytest.mark.parametrize(
    "text",
    [
        "31行",
        "31行=31行+1",
        "1行=2行×50%",
        "1—8行≥0",
        "31行=合计",
        "1行=(2+…)行",
        "1行=(2行+3",
        "",
        "1行1行=0",
        "1行=()行",
    ],
)
def test_what_cannot_be_taken_over_has_a_reason(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(text)
    assert caught.value.said.zh and caught.value.said.en
