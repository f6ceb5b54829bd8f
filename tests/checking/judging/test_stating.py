"""A message states no figure that is neither printed nor what a side of the comparison exactly comes to."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TypeAlias

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.checking.build import check, table

from budgetlint.checking.judging.stating import names_of, printed, shown, stated
from budgetlint.document import Amount
from budgetlint.results.findings import Outcome, Verdict

ROWS, COLUMNS = ("甲", "乙", "丙"), ("合计", "基本支出", "项目支出")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
#: (operator, left, right), a cell (row, column), or a number of 万元.
Tree: TypeAlias = "tuple[str, Tree, Tree] | tuple[int, int] | int"

cells = st.tuples(st.integers(0, 2), st.integers(0, 2))
sums = st.recursive(
    cells | st.integers(1, 9),
    lambda inner: st.tuples(st.sampled_from(["加", "减"]), inner, inner),
    max_leaves=5,
)
sides = sums | st.tuples(st.just("乘"), sums, st.integers(2, 4))
printed_figures = st.lists(
    st.lists(st.decimals(0, 999, places=2), min_size=3, max_size=3), min_size=3, max_size=3
)


def written(tree: Tree, factor: bool = False) -> str:
    if isinstance(tree, int):
        return str(tree) if factor else f"{tree} 万元"
    if len(tree) == 2:
        return f"表 甲表 行 {ROWS[tree[0]]} 列 {COLUMNS[tree[1]]}"
    operator, left, right = tree
    right_text = written(right, factor=operator == "乘")
    bracketed = f"（{right_text}）" if isinstance(right, tuple) and len(right) == 3 else right_text
    left_text = written(left)
    left_text = f"（{left_text}）" if isinstance(left, tuple) and len(left) == 3 else left_text
    return f"{left_text} {operator} {bracketed}"


def value(tree: Tree, figures: list[list[object]]) -> Fraction:
    if isinstance(tree, int):
        return Fraction(tree)
    if len(tree) == 2:
        return Fraction(str(figures[tree[0]][tree[1]]))
    left, right = value(tree[1], figures), value(tree[2], figures)
    return left + right if tree[0] == "加" else left - right if tree[0] == "减" else left * right


def leaves(tree: Tree) -> list[Tree]:
    if isinstance(tree, int) or len(tree) == 2:
        return [tree]
    return leaves(tree[1]) + leaves(tree[2])


def failed(sentence: str, figures: list[list[object]]) -> Outcome:
    lines = "".join(
        f"| {row} | {' | '.join(map(str, cells))} |\n" for row, cells in zip(ROWS, figures, strict=True)
    )
    (outcome,) = check(f"检查 {sentence}", table("| 项目 | 合计 | 基本支出 | 项目支出 |\n" + lines))
    return outcome


def figures_in(text: str) -> list[Fraction]:
    return [Fraction(found.replace(",", "")) for found in _FIGURE.findall(text)]


@given(sides, sides, st.sampled_from(["等于", "不超过", "大于"]), printed_figures)
def test_every_figure_of_a_message_is_printed_or_what_a_side_comes_to(
    left: Tree, right: Tree, relation: str, figures: list[list[object]]
) -> None:
    outcome = failed(f"{written(left)} {relation} {written(right)}", figures)
    assume(outcome.verdict is Verdict.FAILS and outcome.operands)
    message = stated(outcome, "zh").text
    values = {abs(value(side, figures)) for side in (left, right)}
    own = {Fraction(leaf) for side in (left, right) for leaf in leaves(side) if isinstance(leaf, int)}
    own |= {a * b for a in own | {Fraction(1)} for b in own} | {sum(own, Fraction(0))}
    read = {Fraction(operand.printed) for operand in outcome.operands}
    apart = abs(value(left, figures) - value(right, figures))
    slack = Fraction(outcome.tolerance or 0) / 10000
    text, _, tail = message.partition("相差")
    constants = {abs(f) for f in figures_in(text)} - values - read
    assert constants <= own | _multiples(own) | _sums(left, right), message
    assert all(figure in {apart, slack} for figure in figures_in(tail)), message


def _multiples(own: set[Fraction]) -> set[Fraction]:
    return {Fraction(n) for n in range(1, 13)} | {a * n for a in own for n in range(1, 5)}


def _sums(*sides: Tree) -> set[Fraction]:
    """What the numbers that the rule itself gives on a side may come to, added up or taken away."""
    found: set[Fraction] = set()
    for side in sides:
        totals = {Fraction(0)}
        for leaf in leaves(side):
            if isinstance(leaf, int):
                totals |= {t + leaf for t in totals} | {t - leaf for t in totals}
        found |= {abs(t) * n for t in totals for n in range(1, 5)}
    return found


@given(cells, cells, cells, st.integers(2, 5), printed_figures)
def test_each_side_is_named_with_its_own_figures(
    one: tuple[int, int],
    two: tuple[int, int],
    three: tuple[int, int],
    times: int,
    figures: list[list[object]],
) -> None:
    assume(len({one, two, three}) == 3)
    sentence = f"{written(one)} 乘 {times} 等于 {written(two)} 减 {written(three)}"
    outcome = failed(sentence, figures)
    assume(outcome.verdict is Verdict.FAILS)
    message = stated(outcome, "zh")
    left, _, right = message.text.partition("不等于")
    names = names_of(outcome.operands)
    operands = {o.place.row + "/" + o.place.column: o for o in outcome.operands}  # type: ignore[operator]

    def said(cell: tuple[int, int]) -> str:
        operand = operands[f"{ROWS[cell[0]]}/{COLUMNS[cell[1]]}"]
        return f"{names[operand.fact]} {printed(operand, 'zh')}"

    assert said(one) in left and f"乘 {times}" in left
    assert said(two) in right and f"减 {said(three)}" in right
    assert message.said == {operand.fact for operand in outcome.operands}


def test_alternatives_stand_apart_and_neither_is_added_to_the_other() -> None:
    figures: list[list[object]] = [
        ["9.00", "1.00", "2.00"],
        ["9.00", "4.00", "5.00"],
        ["1.00", "1.00", "1.00"],
    ]
    outcome = failed(
        "表 甲表 行 甲 列 合计 等于 表 甲表 行 甲 列 基本支出 或 表 甲表 行 乙 列 合计 等于 表 甲表 行 乙 列 基本支出",
        figures,
    )
    text = stated(outcome, "zh").text
    assert "（1）" in text and "（2）" in text
    assert len(outcome.compared) == 2
    assert sorted(figures_in(text.replace("（1）", "").replace("（2）", ""))) == sorted(
        [Fraction(n) for n in (2, 9, 1, 8, 9, 4, 5)] + [Fraction(1, 100)] * 2
    )


def test_a_figure_is_named_although_its_text_is_part_of_another() -> None:
    lines = "| 项目 | 合计 | 基本支出 | 项目支出 |\n| 甲 | 2.00 | 2.00 | 12.00 |\n"
    (outcome,) = check("对 表 甲表 的 每一行，检查 列 合计 等于 列 基本支出 加 列 项目支出", table(lines))
    message = stated(outcome, "zh")
    assert message.text.count("2.00 万元") == 3 and len(message.said) == 3


def test_many_figures_are_counted_and_left_to_the_list() -> None:
    lines = "| 项目 | 合计 |\n| 合计 | 99.00 |\n" + "".join(f"| 第{i}项 | 1.0{i % 10} |\n" for i in range(20))
    (outcome,) = check("检查 表 甲表 行 合计 列 合计 等于 求和（表 甲表 列 合计）", table(lines))
    message = stated(outcome, "zh")
    assert "20 项" in message.text or "21 项" in message.text
    assert len(message.said) < len(outcome.operands)


def test_values_are_written_in_their_unit() -> None:
    assert shown(Amount(17648000, "万元", 0).value, "万元") == "1764.8 万元"  # type: ignore[arg-type]
