"""Decisions about printed figures against brute force over the true values behind them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlint.checking.engine.facts import Fact, Linear, Nonlinear, Undetermined
from budgetlint.checking.engine.rounding import (
    Interval,
    Side,
    Term,
    decide_intervals,
    decide_linear,
    tolerance_of,
)
from budgetlint.checking.engine.sides import side_of
from budgetlint.language.syntax import Operator, Relation, Slack
from budgetlint.results.findings import Verdict

ONE, ZERO = Decimal(1), Decimal(0)
#: True values are multiples of this step; printed ones have 0 or 1 or 2 decimals.
GRID = Decimal("0.001")
STEPS = (ONE, Decimal("0.1"), Decimal("0.01"))
true_values = st.integers(-3000, 3000).map(lambda n: n * GRID)
steps = st.sampled_from(STEPS)


def printed(value: Decimal, step: Decimal) -> Decimal:
    """Round as programs print: half away from zero."""
    return (value / step).quantize(ONE, ROUND_HALF_UP) * step


def linear(
    relation: Relation, total: tuple[Decimal, Decimal], parts: list[tuple[Decimal, Decimal]], **more: object
) -> Verdict:
    """Decide total = Σ parts, each given as (value, step)."""
    terms = [Term(ONE, *total), *(Term(-ONE, *part) for part in parts)]
    alone = [0] + ([1] if len(parts) == 1 else [])
    exact = not total[1] or not any(step for _, step in parts)
    return decide_linear(relation, terms, ZERO, alone, exact, **more).verdict  # type: ignore[arg-type]


class TestLinear:
    @given(st.lists(st.tuples(true_values, steps), min_size=1, max_size=6), steps)
    def test_what_is_true_never_fails(self, parts: list[tuple[Decimal, Decimal]], step: Decimal) -> None:
        truth = sum((value for value, _ in parts), ZERO)
        shown = [(printed(value, q), q) for value, q in parts]
        total = printed(truth, step), step
        assert linear(Relation.EQUALS, total, shown) in (Verdict.HOLDS, Verdict.ROUNDS)
        for relation in (Relation.AT_MOST, Relation.AT_LEAST):
            assert linear(relation, total, shown) is not Verdict.FAILS

    @given(st.lists(st.tuples(true_values, steps), min_size=1, max_size=6), st.tuples(true_values, steps))
    def test_what_is_strictly_less_is_never_said_to_fail(
        self, parts: list[tuple[Decimal, Decimal]], total: tuple[Decimal, Decimal]
    ) -> None:
        truth = sum((value for value, _ in parts), ZERO)
        shown = [(printed(value, q), q) for value, q in parts]
        bound = printed(total[0], total[1]), total[1]
        if total[0] < truth:
            assert linear(Relation.LESS, bound, shown) is not Verdict.FAILS
            assert linear(Relation.MORE, bound, shown) is not Verdict.HOLDS or bound[0] > sum(
                v for v, _ in shown
            )

    @pytest.mark.parametrize("step", STEPS[:2])
    def test_a_difference_of_the_tolerance_has_no_solution(self, step: Decimal) -> None:
        """Two figures of one precision: neighbours are never the same true value, wherever it lies."""
        for n in range(-40, 40):
            shown = n * step
            behind = [v for v in (i * step / 20 for i in range(-900, 900)) if printed(v, step) == shown]
            assert all(printed(v, step) != shown + step for v in behind)
            verdict = linear(Relation.EQUALS, (shown, step), [(shown + step, step)])
            assert verdict is Verdict.FAILS

    @given(st.lists(st.integers(-50, 50), min_size=2, max_size=3), st.integers(-160, 160))
    def test_equals_is_exactly_solvability(self, parts: list[int], total: int) -> None:
        """HOLDS or ROUNDS just where some true values print so and add up (all figures have one step)."""
        grid = [Fraction(i, 24) - Fraction(1, 2) for i in range(24)]
        offsets = {sum(chosen) for chosen in product([*grid[::4], grid[-1]], repeat=len(parts))}
        solvable = any(-Fraction(1, 2) <= sum(parts) + o - total < Fraction(1, 2) for o in offsets)
        verdict = linear(Relation.EQUALS, (Decimal(total), ONE), [(Decimal(p), ONE) for p in parts])
        d, bound = abs(total - sum(parts)), Decimal(len(parts) + 1) / 2
        assert (verdict is not Verdict.FAILS) == (d < bound)
        if solvable:
            assert verdict is not Verdict.FAILS

    def test_touching_ends_count_where_one_side_is_exact(self) -> None:
        exact, rough = (Decimal("1.005"), ZERO), (Decimal("1.00"), Decimal("0.01"))
        assert linear(Relation.EQUALS, exact, [rough, (ZERO, ZERO)]) is not Verdict.FAILS
        parts = [(Decimal("0.50"), Decimal("0.01")), (Decimal("0.50"), Decimal("0.01"))]
        assert linear(Relation.EQUALS, (Decimal("1.01"), ZERO), parts) is Verdict.ROUNDS
        assert linear(Relation.EQUALS, (Decimal("1.011"), ZERO), parts) is Verdict.FAILS
        assert linear(Relation.EQUALS, (Decimal("1.015"), Decimal("0.01")), parts) is Verdict.FAILS

    @given(st.lists(true_values, min_size=1, max_size=5))
    def test_a_correct_rounding_of_finer_figures_holds(self, parts: list[Decimal]) -> None:
        total = printed(sum(parts, ZERO), STEPS[2])
        assert linear(Relation.EQUALS, (total, STEPS[2]), [(part, GRID) for part in parts]) is Verdict.HOLDS

    @given(true_values)
    def test_the_rounded_figure_may_stand_on_either_side(self, value: Decimal) -> None:
        rough, fine = (printed(value, STEPS[1]), STEPS[1]), (value, GRID)
        assert linear(Relation.EQUALS, rough, [fine]) is Verdict.HOLDS
        assert linear(Relation.EQUALS, fine, [rough]) is Verdict.HOLDS

    @given(st.lists(st.tuples(true_values, steps), min_size=1, max_size=4), st.tuples(true_values, steps))
    def test_exactly_turns_rounds_into_fails(
        self, parts: list[tuple[Decimal, Decimal]], total: tuple[Decimal, Decimal]
    ) -> None:
        shown = [(printed(v, q), q) for v, q in parts]
        head = printed(*total), total[1]
        strict = linear(Relation.EQUALS, head, shown, slack=Slack.EXACT)
        assert strict is (Verdict.HOLDS if head[0] == sum(v for v, _ in shown) else Verdict.FAILS)

    @given(true_values, true_values, true_values.map(abs))
    def test_within_is_a_bound_on_the_difference(self, a: Decimal, b: Decimal, bound: Decimal) -> None:
        verdict = linear(Relation.EQUALS, (a, STEPS[2]), [(b, STEPS[2])], slack=Slack.WITHIN, within=bound)
        assert (verdict is Verdict.HOLDS) == (abs(a - b) <= bound)
        assert verdict is not Verdict.ROUNDS

    @given(true_values, true_values, steps, steps)
    def test_mirrored_relations(self, a: Decimal, b: Decimal, q: Decimal, r: Decimal) -> None:
        for relation, mirror in (
            (Relation.AT_MOST, Relation.AT_LEAST),
            (Relation.LESS, Relation.MORE),
            (Relation.EQUALS, Relation.EQUALS),
            (Relation.NOT_EQUALS, Relation.NOT_EQUALS),
        ):
            assert linear(relation, (a, q), [(b, r)]) is linear(mirror, (b, r), [(a, q)])

    @given(true_values, true_values, steps, steps)
    def test_does_not_equal_is_the_opposite_on_printed_values(
        self, a: Decimal, b: Decimal, q: Decimal, r: Decimal
    ) -> None:
        verdict = linear(Relation.NOT_EQUALS, (a, q), [(b, r)])
        assert (verdict is Verdict.FAILS) == (a == b)
        assert (verdict is Verdict.HOLDS) == (abs(a - b) >= (q + r) / 2)

    def test_honest_rounding_is_rarely_called_unlikely(self) -> None:
        """Over many sums of ten honest figures the mark is rarer than one in a hundred."""
        marked = 0
        for seed in range(400):
            values = [Decimal((seed * 7919 + i * 104729) % 99991) * GRID for i in range(10)]
            terms = [Term(ONE, printed(sum(values, ZERO), STEPS[2]), STEPS[2])]
            terms += [Term(-ONE, printed(value, STEPS[2]), STEPS[2]) for value in values]
            decision = decide_linear(Relation.EQUALS, terms, ZERO, [0], False)
            assert decision.verdict is not Verdict.FAILS
            marked += decision.unlikely
        assert marked <= 4

    def test_the_tolerance(self) -> None:
        terms = [Term(ONE, ZERO, STEPS[1]), Term(Decimal(-2), ZERO, STEPS[2])]
        assert tolerance_of(terms) == Decimal("0.06")


def fact(name: str, value: Decimal, step: Decimal) -> Fact:
    return Fact(name, name, str(value), value=value, quantum=step)


def ratio(part: Linear, whole: Linear) -> Nonlinear:
    return Nonlinear(Operator.DIVIDED, part, whole)


def figure(name: str) -> Linear:
    return Linear({name: ONE})


amounts = st.integers(2, 4000).map(lambda n: n * GRID)


class TestIntervals:
    @given(amounts, amounts, st.sampled_from(STEPS[1:]), st.sampled_from(STEPS[1:]), st.sampled_from(STEPS))
    def test_a_true_share_never_fails(
        self, part: Decimal, whole: Decimal, q: Decimal, r: Decimal, s: Decimal
    ) -> None:
        self.decide(part / whole, s, {"a": (part, q), "b": (whole, r)}, ratio(figure("a"), figure("b")))

    @given(amounts, amounts, st.sampled_from(STEPS[1:]), st.sampled_from(STEPS))
    def test_a_true_rate_from_the_change_never_fails(
        self, change: Decimal, now: Decimal, q: Decimal, s: Decimal
    ) -> None:
        if now == change:
            return
        rate = ratio(figure("c"), figure("x").plus(figure("c"), -ONE))
        self.decide(change / (now - change), s, {"c": (change, q), "x": (now, q)}, rate)

    @given(amounts, amounts, st.sampled_from(STEPS[1:]), st.sampled_from(STEPS))
    def test_a_true_rate_of_two_years_never_fails(
        self, now: Decimal, before: Decimal, q: Decimal, s: Decimal
    ) -> None:
        rate = ratio(figure("x").plus(figure("y"), -ONE), figure("y"))
        self.decide((now - before) / before, s, {"x": (now, q), "y": (before, q)}, rate)

    @staticmethod
    def decide(
        truth: Decimal, step: Decimal, figures: dict[str, tuple[Decimal, Decimal]], form: Nonlinear
    ) -> None:
        facts = {name: fact(name, printed(value, q), q) for name, (value, q) in figures.items()}
        facts["p"] = fact("p", printed(truth, step), step)
        try:
            sides = side_of(figure("p"), facts), side_of(form, facts)
        except Undetermined:
            return
        assert decide_intervals(Relation.EQUALS, *sides).verdict is not Verdict.FAILS
        assert decide_intervals(Relation.AT_MOST, *sides).verdict is not Verdict.FAILS
        assert decide_intervals(Relation.AT_LEAST, *sides).verdict is not Verdict.FAILS

    def test_a_repeated_fact_is_not_taken_for_two(self) -> None:
        """100 of 100 − 50: as if c were two, the interval would be half as wide again."""
        facts = {"c": fact("c", Decimal(50), ONE), "x": fact("x", Decimal(100), ZERO)}
        side = side_of(ratio(figure("c"), figure("x").plus(figure("c"), -ONE)), facts)
        assert Fraction(side.truth.low) == pytest.approx(Fraction(99, 101))
        assert Fraction(side.truth.high) == pytest.approx(Fraction(101, 99))

    def test_the_value_of_the_printed_operands_in_the_printed_figures_interval_holds(self) -> None:
        facts = {
            "p": fact("p", Decimal("0.3333"), Decimal("0.0001")),
            "a": fact("a", ONE, STEPS[2]),
            "b": fact("b", Decimal(3), STEPS[2]),
        }
        sides = side_of(figure("p"), facts), side_of(ratio(figure("a"), figure("b")), facts)
        assert decide_intervals(Relation.EQUALS, *sides).verdict is Verdict.HOLDS
        facts["p"] = fact("p", Decimal("0.3340"), Decimal("0.0001"))
        sides = side_of(figure("p"), facts), sides[1]
        assert decide_intervals(Relation.EQUALS, *sides).verdict is Verdict.ROUNDS
        assert decide_intervals(Relation.EQUALS, *sides, slack=Slack.EXACT).verdict is Verdict.FAILS
        facts["p"] = fact("p", Decimal("0.3400"), Decimal("0.0001"))
        sides = side_of(figure("p"), facts), sides[1]
        assert decide_intervals(Relation.EQUALS, *sides).verdict is Verdict.FAILS

    def test_a_denominator_that_may_be_zero_is_not_divided_by(self) -> None:
        facts = {"a": fact("a", ONE, STEPS[2]), "b": fact("b", Decimal("0.004"), STEPS[2])}
        with pytest.raises(Undetermined):
            side_of(ratio(figure("a"), figure("b")), facts)

    @given(true_values, true_values, true_values, true_values)
    def test_arithmetic_rounds_outward(self, a: Decimal, b: Decimal, c: Decimal, d: Decimal) -> None:
        x, y = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
        for u, v in product((a, b), (c, d)):
            assert u + v in x + y and u - v in x - y and u * v in x * y
        if not y.low <= 0 <= y.high:
            quotient = x / y
            for u, v in product((a, b), (c, d)):
                assert Fraction(quotient.low) <= Fraction(u) / Fraction(v) <= Fraction(quotient.high)

    @given(true_values, true_values)
    def test_points_compare_as_numbers(self, a: Decimal, b: Decimal) -> None:
        left, right = (Side(Interval(v, v), Interval(v, v)) for v in (a, b))
        holds = {
            Relation.EQUALS: a == b,
            Relation.NOT_EQUALS: a != b,
            Relation.AT_MOST: a <= b,
            Relation.AT_LEAST: a >= b,
            Relation.LESS: a < b,
            Relation.MORE: a > b,
        }
        for relation, expected in holds.items():
            verdict = decide_intervals(relation, left, right, Slack.EXACT).verdict
            assert verdict is (Verdict.HOLDS if expected else Verdict.FAILS)
