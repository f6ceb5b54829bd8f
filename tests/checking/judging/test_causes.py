"""One wrong figure: found, located, and its original proposed, in one finding."""

from __future__ import annotations

import random
from decimal import Decimal
from statistics import median

import pytest
from msgspec.structs import replace
from tests.checking.build import check, judgement, table
from tests.checking.mutate import (
    Figure,
    Grid,
    as_document,
    changed,
    compiled_rules,
    consistent,
    figures,
    findings,
    place_of,
    stands_at,
)

from budgetlint.checking.judging.causes import as_printed, causes
from budgetlint.document import NOWHERE, Amount, Bundle
from budgetlint.language.compile import CompiledRule
from budgetlint.results.findings import Finding, Operand, Outcome, Verdict


@pytest.fixture(scope="module")
def rules() -> list[CompiledRule]:
    return compiled_rules()


@pytest.mark.parametrize("seed", range(3))
def test_a_consistent_document_has_no_findings(seed: int, rules: list[CompiledRule]) -> None:
    assert findings(consistent(seed), rules) == []


def test_one_changed_digit_is_one_finding_that_proposes_the_original(rules: list[CompiledRule]) -> None:
    chance = random.Random(7)
    counts, located, proposed = [], 0, 0
    for seed in range(4):
        grids = consistent(seed)
        for figure in chance.sample(figures(grids), 16):
            found = findings(changed(grids, figure, chance), rules)
            counts.append(len(found))
            located += any(place_of(figure) == stands_at(p) for f in found for p in f.locations)
            proposed += _proposes(found, figure, grids)
    assert median(counts) == 1 and max(counts) <= 2
    assert located >= 0.95 * len(counts)
    assert proposed >= 0.95 * len(counts)


def _proposes(found: list[Finding], figure: Figure, grids: list[Grid]) -> bool:
    original = grids[figure.table][figure.line][figure.column]
    return any(
        f.suggestion is not None
        and stands_at(f.suggestion.place) == place_of(figure)
        and f.suggestion.proposed == original
        for f in found
    )


def test_two_wrong_figures_far_apart_are_two_findings(rules: list[CompiledRule]) -> None:
    grids = consistent(1)
    wrong = [Figure(0, 5, 6), Figure(1, len(grids[1]) - 1, 3)]
    for figure in wrong:
        row = grids[figure.table][figure.line]
        row[figure.column] = "9" + row[figure.column]
    found = findings(grids, rules)
    assert {stands_at(f.locations[0]) for f in found} == {place_of(figure) for figure in wrong}


def test_a_table_off_by_one_column_is_one_finding(rules: list[CompiledRule]) -> None:
    grids = consistent(2)
    for row in grids[0][1:]:
        row[2:] = [row[-1], *row[2:-1]]
    found = findings(grids, rules)
    assert [f for f in found if f.verdict is Verdict.UNDETERMINED]
    assert len(found) <= 2, [f.message for f in found]
    assert as_document(grids).tables[0].title in "".join(str(p.table) for f in found for p in f.locations)


ROWS = "对 表 甲表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出"
HEAD = "| 项目 | 合计 | 基本支出 | 项目支出 |\n"


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 8])
def test_a_single_wrong_figure_is_never_swallowed(rows: int) -> None:
    lines = HEAD + "".join(f"| 第{i}项 | {9 if i == 1 else i}.00 | {i}.00 | |\n" for i in range(1, rows + 1))
    outcomes = check(ROWS, table(lines))
    assert [o.verdict for o in outcomes] == [Verdict.FAILS] + [Verdict.HOLDS] * (rows - 1)


def test_one_slip_carried_up_through_every_level_is_not_drift() -> None:
    lines = """
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
    | | 合计 | 15.00 | 10.00 | 4.00 |
    | 208 | 甲 | 15.00 | 10.00 | 4.00 |
    | 20801 | 乙 | 15.00 | 10.00 | 4.00 |
    | 2080101 | 丙 | 15.00 | 10.00 | 4.00 |
    """
    outcomes = check(ROWS, table(lines))
    assert {o.verdict for o in outcomes} == {Verdict.FAILS}


def test_one_wrong_whole_that_every_row_is_divided_by_is_not_drift() -> None:
    head = "| 项目 | 金额 | 占比 |\n| 合计 | 20.00 | 100.00 |\n"
    lines = head + "".join(f"| 第{i}项 | {i}.00 | {10 * i}.00 |\n" for i in range(1, 5))
    rule = "对 表 甲表 的 每一行 当 列 项目 不等于 “合计” 时，检查 列 占比 应等于 列 金额 除以 表 甲表 行 合计 列 金额"
    assert {o.verdict for o in check(rule, table(lines))} == {Verdict.FAILS}


def test_every_failed_outcome_is_in_exactly_one_cause(rules: list[CompiledRule]) -> None:

    chance, grids = random.Random(3), consistent(5)
    for _ in range(5):
        grids = changed(grids, chance.choice(figures(grids)), chance)
    outcomes = judgement(rules, Bundle(as_document(grids)))
    failed = [o for o in outcomes if o.verdict is Verdict.FAILS]
    grouped = [o for cause in causes(outcomes) for o in cause.outcomes]
    assert sorted(map(id, grouped)) == sorted(map(id, failed))


def test_a_lone_equation_proposes_nothing_where_any_figure_may_be_wrong() -> None:
    (cause,) = causes(
        check("检查 表 甲表 行 甲 列 合计 等于 列 基本支出", table(HEAD + "| 甲 | 5.00 | 6.00 | |"))
    )
    assert cause.suggestion is None


def test_an_inequality_proposes_nothing() -> None:
    lines = HEAD + "| 甲 | 5.00 | 6.00 | |"
    (cause,) = causes(check("对 表 甲表 的 每一行，检查 列 合计 不少于 列 基本支出", table(lines)))
    assert cause.suggestion is None


class TestWhatIsProposed:
    """A proposed figure is one that somebody could have printed."""

    @staticmethod
    def failed(*operands: Operand, difference: str) -> Outcome:
        return Outcome(
            "AB101", Verdict.FAILS, operands=operands, difference=Decimal(difference), tolerance=Decimal(50)
        )

    @staticmethod
    def operand(name: str, printed: str, coefficient: int) -> Operand:
        value = Decimal(printed.removesuffix("万元"))
        amount = Amount(value * 10000, "万元", Decimal(100))
        return Operand(name, printed, amount, Decimal(coefficient), NOWHERE, name)

    def test_it_carries_no_sign_that_was_not_printed(self) -> None:
        total, part = self.operand("甲", "20.00万元", 1), self.operand("乙", "8.00万元", -1)
        other = self.operand("丙", "21.00万元", -1)
        (cause,) = causes([self.failed(total, part, other, difference="-90000")])
        assert cause.suggestion is None or not cause.suggestion.proposed.startswith("-")

    def test_it_is_written_as_the_figure_is(self) -> None:
        assert as_printed(self.operand("甲", "1234.50万元", 1), Decimal(12_340_000)) == "1234.00万元"


def test_two_checks_of_the_same_figures_are_one_piece_of_evidence() -> None:
    row = table("| 项目 | 合计 | 基本支出 | 项目支出 |\n| 甲 | 20.00 | 21.00 | 8.00 |")
    sentences = (
        "对 表 甲表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出",
        "对 表 甲表 的 每一行，检查 列 合计 不小于 列 基本支出 加 列 项目支出",
    )
    outcomes = [outcome for sentence in sentences for outcome in check(sentence, row)]
    assert [outcome.verdict for outcome in outcomes] == [Verdict.FAILS] * 2
    (cause,) = causes(outcomes)
    assert len(cause.outcomes) == 2 and cause.suggestion is None


def _read(fact: str, row: str | None = None, value: int = 5) -> Operand:
    place = NOWHERE.within(table="表", row=row)
    return Operand(fact, str(value), Amount(Decimal(value), "元", Decimal(0)), place=place, fact=fact)


def _failure(rule: str, difference: int | None, *operands: Operand) -> Outcome:
    known = None if difference is None else Decimal(difference)
    return Outcome(rule, Verdict.FAILS, operands=operands, difference=known)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        # One row by two columns.
        (("R", 1, "a:1", "b:1"), ("R", 1, "a:2", "b:2"), True),
        (("R", 1, "a:1", "b:1"), ("R", 1, "a:2", "c:2"), False),
        (("R", 1, "a:1", "b:1"), ("S", 1, "a:2", "b:2"), False),
        # Two statements made with the same figures.
        (("R", 1, "x", "y", "z"), ("R", 1, "w", "y", "z"), True),
        # Figures that contradict each other, and a check that one of them fails.
        (("R", 1, "x", "y"), ("BL", None, "x", "v"), True),
        (("R", 1, "x", "y"), ("BL", None, "u", "v"), False),
    ],
)
def test_what_says_one_thing_is_one_cause(
    one: tuple[object, ...], other: tuple[object, ...], together: bool
) -> None:
    failed = []
    for rule, difference, *facts in (one, other):
        read = [_read(str(fact), str(fact)[0] if ":" in str(fact) else None) for fact in facts]
        failed.append(_failure(str(rule), difference, *read))  # type: ignore[arg-type]
    assert len(causes(failed)) == (1 if together else 2)


def test_a_figure_whose_way_a_word_says_is_not_proposed_the_other_way() -> None:
    rate = replace(_read("rate", value=5), coefficient=Decimal(1))
    (cause,) = causes([_failure("R", 10, rate)])
    assert cause.suggestion is None
