"""Decides one comparison: evaluates both sides, checks that their units fit, and weighs what rounding may explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.checking.engine.context import Context
from budgetlint.checking.engine.expressions import Evaluation, Selector, literal
from budgetlint.checking.engine.facts import (
    HUNDRED,
    ONE,
    ZERO,
    Fact,
    Linear,
    Nonlinear,
    NothingToCheck,
    Quantity,
    Undetermined,
    Words,
    about,
)
from budgetlint.checking.engine.rounding import Decision, Term, decide_intervals, decide_linear
from budgetlint.checking.engine.shapes import Compared
from budgetlint.checking.engine.sides import figure_of, side_of
from budgetlint.checking.engine.units import compared_dimension, unit_of
from budgetlint.document import NOWHERE, Amount, Dimension, Place
from budgetlint.document.keys import CauseKey, FactKey, UnlistedKey, cause_of
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import Compare, Ref, Relation, Slack, Text
from budgetlint.results.findings import Operand, Reason, Severity, Verdict

#: One 分, and one unit of the last digit of an amount in 万元 with two decimals, in 元.
_FEN = Decimal("0.01")
_FINE = Decimal(100)
#: Facts that were read, each with its coefficient where the comparison is linear.
Read: TypeAlias = "tuple[tuple[Fact, Decimal], ...]"


class Result(Struct, frozen=True):
    """What a condition came to, with the facts it read. Fields as in Outcome.

    ``compared`` is the comparison that decided; where every alternative of 或 failed, each of them.

    Most results only select or leave out a row, and nobody is shown what they read.
    """

    verdict: Verdict
    reason: Reason | None = None
    read: Read = ()
    left: Amount | None = None
    right: Amount | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    unlikely: bool = False
    cause: CauseKey | str = ""
    place: Place = NOWHERE
    candidates: tuple[str, ...] = ()
    at_most: Severity | None = None
    detail: dict[str, str] = field(default_factory=dict)
    compared: tuple[Compared, ...] = ()

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The facts as people are shown them."""
        return tuple(fact.operand(coefficient) for fact, coefficient in self.read)


def undetermined(problem: Undetermined, read: Read = ()) -> Result:
    """Return 无法核对 with its reason and cause."""
    return Result(
        Verdict.UNDETERMINED,
        problem.reason,
        read,
        cause=problem.cause,
        place=problem.place,
        candidates=problem.candidates,
    )


def compare(
    node: Compare, context: Context, select: Selector, as_printed: bool = False, certain: bool = True
) -> Result:
    """Decide a comparison; ``as_printed`` is the rule of ``where`` and ``if``: printed values, no tolerance."""
    evaluation = Evaluation(context, select, node.unlisted_as_zero, certain)
    slack = Slack.EXACT if as_printed and node.slack is Slack.ROUNDING else node.slack
    try:
        left, right = evaluation.value(node.left), evaluation.value(node.right)
        if isinstance(left, Words) or isinstance(right, Words):
            _refuse_figures(node, left, right, evaluation)
            return _compare_words(node, evaluation)
        return _compare_quantities(node, left, right, evaluation, slack, as_printed)
    except Undetermined as problem:
        return undetermined(problem, facts_read(evaluation))
    except NothingToCheck:
        return Result(Verdict.SKIPPED)


def _refuse_figures(
    node: Compare, left: Quantity | Words, right: Quantity | Words, evaluation: Evaluation
) -> None:
    """Words compare with words, a figure with a text as what its cell prints; a dash is absent, never a word."""
    for side, its_node, other_node in ((left, node.left, node.right), (right, node.right, node.left)):
        if isinstance(side, Words):
            refused = isinstance(its_node, Ref) and side.absent and not isinstance(other_node, Text)
        else:
            blank = isinstance(side, Linear) and any(evaluation.facts[f].blank for f in side.terms)
            refused = not isinstance(its_node, Ref) or (isinstance(other_node, Ref) and not blank)
        if refused:
            words = next((f for f in evaluation.facts.values() if f.amount is None and not f.blank), None)
            cause = about("number", words) if words else cause_of("number", "")
            raise Undetermined(Reason.NOT_A_NUMBER, cause, words.place if words else NOWHERE)


def _compare_words(node: Compare, evaluation: Evaluation) -> Result:
    left, right = evaluation.words(node.left), evaluation.words(node.right)
    read = facts_read(evaluation)
    if left.blank and right.blank:
        return Result(Verdict.SKIPPED, read=read)
    if node.relation not in (Relation.EQUALS, Relation.NOT_EQUALS):
        raise Undetermined(Reason.NOT_A_NUMBER, cause_of("number", left.text))
    same = squeeze(left.text) == squeeze(right.text)
    holds = same if node.relation is Relation.EQUALS else not same
    return Result(
        Verdict.HOLDS if holds else Verdict.FAILS,
        read=read,
        detail={"左": left.text, "右": right.text},
        compared=(
            Compared(
                node.relation,
                left,
                right,
                words=(_fact_of(node.left, left, evaluation), _fact_of(node.right, right, evaluation)),
            ),
        ),
    )


def _fact_of(node: object, words: Words, evaluation: Evaluation) -> FactKey | None:
    """Return the fact that prints a text, None where the rule itself gives it."""
    if not isinstance(node, Ref):
        return None
    return next((f.identity for f in evaluation.facts.values() if squeeze(f.printed) == words.text), None)


def _compare_quantities(
    node: Compare, left: Quantity, right: Quantity, evaluation: Evaluation, slack: Slack, as_printed: bool
) -> Result:
    facts = evaluation.facts
    blanks = [f for f in facts.values() if f.blank]
    nothing = bool(facts) and len(blanks) == len(facts) and not evaluation.counted
    if as_printed and (nothing or _is_bare_blank(left, right, facts)):
        return Result(Verdict.FAILS, read=facts_read(evaluation))
    if nothing:
        return Result(Verdict.SKIPPED, read=facts_read(evaluation))
    if blanks and node.blank_not_zero:
        raise Undetermined(Reason.BLANK_OPERAND, about("blank", blanks[0]), blanks[0].place)
    decision, coefficients = _decided(node, slack, left, right, facts)
    dimension = compared_dimension(left, right, facts)
    return _result(node, left, right, decision, dimension, coefficients, evaluation)


def _decided(
    node: Compare, slack: Slack, left: Quantity, right: Quantity, facts: dict[FactKey, Fact]
) -> tuple[Decision, dict[FactKey, Decimal]]:
    """Decide by the linear form of both sides, with its coefficients, else by their intervals."""
    within = within_of(node)
    if not (isinstance(left, Linear) and isinstance(right, Linear)):
        sides = side_of(left, facts), side_of(right, facts)
        return decide_intervals(node.relation, *sides, slack, within), {}
    form = left.plus(right, -ONE)
    alone = _alone(left, right, list(form.terms))
    decision = decide_linear(
        node.relation,
        [Term(k, facts[f].value, facts[f].quantum) for f, k in form.terms.items()],
        form.constant,
        alone,
        any(all(facts[f].quantum == 0 for f in side.terms) for side in (left, right)),
        slack,
        within,
        [i for i, f in enumerate(form.terms) if _is_unrounded(facts[f], i in alone)],
    )
    # An inequality does not say what a figure ought to be, so its figures stand in no form that could mend one.
    return decision, form.terms if node.relation is Relation.EQUALS else {}


def decide_total(total: Fact, parts: Sequence[Fact]) -> Decision:
    """Decide whether a printed total equals the sum of its printed parts."""
    return decide_sums((total,), parts)


def decide_sums(left: Sequence[Fact], right: Sequence[Fact]) -> Decision:
    """Decide whether printed figures add up to as much as others do."""
    facts = (*left, *right)
    terms = [Term(ONE if i < len(left) else -ONE, fact.value, fact.quantum) for i, fact in enumerate(facts)]
    alone = (0,) if len(left) == 1 else ()
    unrounded = [i for i, fact in enumerate(facts) if _is_unrounded(fact, i in alone)]
    return decide_linear(Relation.EQUALS, terms, ZERO, alone, False, unrounded=unrounded)


def _result(
    node: Compare,
    left: Quantity,
    right: Quantity,
    decision: Decision,
    dimension: Dimension | None,
    coefficients: dict[FactKey, Decimal],
    evaluation: Evaluation,
) -> Result:
    shown = HUNDRED if dimension is Dimension.PERCENT else ONE
    unit = unit_of(evaluation.facts, dimension)
    compared = Compared(
        node.relation,
        left,
        right,
        dimension,
        Amount(evaluation.printed_value(left) * shown, unit, ZERO),
        Amount(evaluation.printed_value(right) * shown, unit, ZERO),
        None if decision.difference is None else decision.difference * shown,
        None if decision.tolerance is None else decision.tolerance * shown,
    )
    result = Result(
        decision.verdict,
        read=facts_read(evaluation, coefficients),
        left=compared.left_value,
        right=compared.right_value,
        difference=compared.difference,
        tolerance=compared.tolerance,
        unlikely=decision.unlikely,
        compared=(compared,),
    )
    if _is_cut_off(left, right, decision, evaluation):
        return replace(result, at_most=Severity.NOTICE)
    if decision.barely:
        result = replace(result, at_most=Severity.WARNING)
    blank = _blank_total(node, left, right, evaluation) if decision.difference else None
    if blank is None:
        return result
    return replace(
        result,
        verdict=Verdict.FAILS,
        unlikely=False,
        at_most=Severity.WARNING,
        cause=cause_of("blank-total", blank.table or "", str(blank.place.column)),
        detail={"空白": blank.name},
    )


def _blank_total(node: Compare, left: Quantity, right: Quantity, evaluation: Evaluation) -> Fact | None:
    """A figure standing alone on its side of an equation that prints nothing: 合计栏空白."""
    if node.relation is not Relation.EQUALS or node.slack is Slack.WITHIN:
        return None
    for side in (left, right):
        fact = figure_of(side, evaluation.facts)
        if fact is not None and fact.blank and not isinstance(fact.identity, UnlistedKey):
            return fact
    return None


def _is_cut_off(left: Quantity, right: Quantity, decision: Decision, evaluation: Evaluation) -> bool:
    """A printed figure whose last digit was cut off instead of rounded: off by less than one unit of it.

    A percentage beside what it is worked out from, or money beside one finer print of it, below which it stays.
    """
    if decision.verdict is not Verdict.FAILS or decision.difference is None:
        return False
    for side, other in ((left, right), (right, left)):
        fact, twin = figure_of(side, evaluation.facts), figure_of(other, evaluation.facts)
        if fact is None:
            continue
        if fact.dimension is Dimension.PERCENT and isinstance(other, Nonlinear):
            return abs(decision.difference) < fact.quantum
        if fact.dimension is Dimension.MONEY and twin is not None and twin.quantum < fact.quantum:
            return 0 < twin.value - fact.value < fact.quantum
    return False


def _alone(left: Linear, right: Linear, order: list[FactKey]) -> list[int]:
    """Indexes in the merged form of the printed figures that make up one side by themselves."""
    return [
        order.index(identity)
        for side, other in ((left, right), (right, left))
        if len(side.terms) == 1 and side.constant == 0
        for identity, coefficient in side.terms.items()
        if abs(coefficient) == 1 and identity not in other.terms
    ]


def _is_unrounded(fact: Fact, alone: bool) -> bool:
    """Money printed to the 分, below which there is none; or a part of 0, to the hundred 元 or finer.

    So little as a zero might hide is not worth a row, and nobody spends it.
    """
    if fact.dimension is not Dimension.MONEY:
        return False
    return fact.quantum <= _FEN or (not alone and not fact.value and fact.quantum <= _FINE)


def _is_bare_blank(left: Quantity, right: Quantity, facts: dict[FactKey, Fact]) -> bool:
    """In ``where`` and ``if`` a blank operand does not select the row."""
    return any((fact := figure_of(side, facts)) is not None and fact.blank for side in (left, right))


def within_of(node: Compare) -> Decimal | None:
    """Return what a comparison allows the sides to differ by, in the scale of arithmetic."""
    if node.within is None:
        return None
    return literal(node.within.value, node.within.unit)[0]


def facts_read(evaluation: Evaluation, coefficients: Mapping[FactKey, Decimal] | None = None) -> Read:
    """Return every fact that an evaluation read."""
    if not coefficients:
        return tuple((fact, ZERO) for fact in evaluation.facts.values())
    return tuple((fact, coefficients.get(identity, ZERO)) for identity, fact in evaluation.facts.items())
