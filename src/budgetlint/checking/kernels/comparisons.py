"""Comparisons over the instances of a frame: by whole numbers where both sides are figures, else by their texts.

What printed figures alone decide is told by :mod:`budgetlint.checking.engine.rounding`; where rounding has to be
weighed, and where a comparison fails, the engine explains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache

from budgetlint.checking.engine.cells import arithmetic_of
from budgetlint.checking.engine.comparing import within_of
from budgetlint.checking.engine.rounding import Term, decide_linear, with_slack
from budgetlint.checking.kernels.codes import ASK, FAILS, HOLDS, SKIPPED, Decided, put_together
from budgetlint.checking.kernels.figures import figures, instances_by_kind
from budgetlint.checking.kernels.frames import Frame
from budgetlint.checking.kernels.leaves import Spot
from budgetlint.checking.kernels.quantities import (
    Figures,
    Mask,
    NoKernel,
    aligned,
    common,
    denominators,
    merged,
    whole_dimension,
)
from budgetlint.checking.kernels.vectors import BLANK, NOTHING, PRINTED, UNDECIDED
from budgetlint.checking.kernels.words import Printed, words
from budgetlint.language.syntax import Call, Compare, Expression, Ref, Relation, Slack, Text
from budgetlint.results.findings import Verdict

#: Functions that give words.
_WORDY = ("official-name", "unit-in")


def compared(node: Compare, frame: Frame, as_printed: bool, mask: Mask) -> Decided:
    """Decide a comparison for every instance; raises NoKernel where there is none."""
    if _is_wordy(node.left) or _is_wordy(node.right):
        return _texts(node, frame, as_printed)
    kinds = instances_by_kind(node, frame)
    if len(kinds) > 1:
        parts = [_of_one_kind(node, frame.part(at), as_printed, mask) for at in kinds]
        return put_together(frame.size, kinds, parts)
    return _of_one_kind(node, frame, as_printed, mask)


def _of_one_kind(node: Compare, frame: Frame, as_printed: bool, mask: Mask) -> Decided:
    left = figures(node.left, frame, mask, node.unlisted_as_zero)
    right = figures(node.right, frame, mask, node.unlisted_as_zero)
    quotient = not (left.over is right.over is None)
    common(whole_dimension(left), whole_dimension(right), quotient)
    if len(left.unknown | right.unknown) > 1:
        raise NoKernel
    spots = _spots(left, right)
    return Decided(_codes(node, left, right, as_printed), spots)


def _is_wordy(node: Expression) -> bool:
    return isinstance(node, Text) or (isinstance(node, Call) and node.function in _WORDY)


def _spots(left: Figures, right: Figures) -> Callable[[int], list[Spot]]:
    if right.constant:
        return left.spots
    if left.constant:
        return right.spots
    return lambda i: left.spots(i) + right.spots(i)


# ---------------------------------------------------------------- figures


def _codes(node: Compare, left: Figures, right: Figures, as_printed: bool) -> list[int]:
    a, b, scale = aligned(left, right)
    differences = [x - y for x, y in zip(a, b, strict=True)]
    states = merged(left.states, right.states)
    codes = _by_difference(node, differences, scale, as_printed, denominators(left, right))
    if ASK in codes and not (left.linear and right.linear):
        _round_quotients(node, left, right, codes)
    plain = set(states) <= {PRINTED, 0}
    if plain:
        return codes
    counted = left.counted or right.counted
    for i, state in enumerate(states):
        if state & ~PRINTED:
            if state & UNDECIDED:
                codes[i] = ASK
            elif state & NOTHING:
                codes[i] = SKIPPED
            elif not state & PRINTED and not counted:
                codes[i] = FAILS if as_printed else SKIPPED
            elif as_printed and (bare := _bare_blank(left, right, i)) is not False:
                codes[i] = FAILS if bare else ASK
            elif node.blank_not_zero:
                codes[i] = ASK
    return codes


def _bare_blank(left: Figures, right: Figures, i: int) -> bool | None:
    """Tell whether a blank figure makes up a side by itself; None where that is not known."""
    for side in (left, right):
        if side.states[i] & BLANK and not side.states[i] & PRINTED:
            if side.alone is None:
                return None
            if side.alone[i]:
                return True
    unsure = any(side.alone is None and side.states[i] & BLANK for side in (left, right))
    return None if unsure else False


def _by_difference(
    node: Compare, differences: Sequence[int], scale: int, as_printed: bool, over: list[int] | None
) -> list[int]:
    """Return what differences come to as long as nothing printed is blank or unsure."""
    slack = Slack.EXACT if as_printed and node.slack is Slack.ROUNDING else node.slack
    if slack is Slack.WITHIN:
        bound = (within_of(node) or Decimal(0)).scaleb(scale)
        if over is not None:  # quotients have more digits than decimals
            return [ASK] * len(differences)
        holds = [with_slack(node.relation, Decimal(d), bound) is Verdict.HOLDS for d in differences]
        return [HOLDS if h else FAILS for h in holds]
    below, equal, above = (_alone(node.relation, sign, slack) for sign in (-1, 0, 1))
    if below == above:
        return [above if d else equal for d in differences]
    return [above if d > 0 else below if d else equal for d in differences]


def _round_quotients(node: Compare, left: Figures, right: Figures, codes: list[int]) -> None:
    """Let equations hold where one printed figure is the other side, a product or quotient, rounded."""
    if node.relation is not Relation.EQUALS or node.slack is not Slack.ROUNDING:
        return
    for side, other in ((left, right), (right, left)):
        if side.alone is None or side.over is not None:
            continue
        for i, code in enumerate(codes):
            if code == ASK and side.alone[i] and not (side.states[i] | other.states[i]) & ~PRINTED:
                step = _step(side, i)
                if step is not None and _rounds_to(side, other, i, step):
                    codes[i] = HOLDS


def _step(side: Figures, i: int) -> Decimal | None:
    """Return the printed step of the cell that is a side by itself."""
    spots = side.spots(i)
    if len(spots) != 1 or not isinstance(spots[0], tuple):
        return None
    table, row, column = spots[0]
    return None if isinstance(column, str) else arithmetic_of(table, row, column)[1]


def _rounds_to(side: Figures, other: Figures, i: int, step: Decimal) -> bool:
    """Tell whether a figure lies no more than half its step from what the other side comes to."""
    scale = max(side.scale, other.scale, _digits(step))
    below = 1 if other.over is None else other.over[i]
    figure = side.values[i] * 10 ** (scale - side.scale) * below
    reckoned = other.values[i] * 10 ** (scale - other.scale)
    if max(abs(figure), abs(reckoned)) >= _EXACT:
        return False
    near: bool = 2 * abs(figure - reckoned) <= int(step.scaleb(scale)) * below
    return near


def _digits(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


#: Below this, whole numbers differ by more than what the explaining path rounds away.
_EXACT = 10**30


@cache
def _alone(relation: Relation, sign: int, slack: Slack) -> int:
    """Return what a difference of a sign comes to, whatever rounding may explain; ASK where rounding decides."""
    exact = decide_linear(
        relation, [Term(Decimal(1), Decimal(sign), Decimal(0))], Decimal(0), (), False, slack
    )
    if slack is not Slack.ROUNDING:
        return HOLDS if exact.verdict is Verdict.HOLDS else FAILS
    coarse = decide_linear(
        relation, [Term(Decimal(1), Decimal(sign), Decimal(9))], Decimal(0), (), False, slack
    )
    return HOLDS if exact.verdict is coarse.verdict is Verdict.HOLDS else ASK


# ---------------------------------------------------------------- texts


def _texts(node: Compare, frame: Frame, as_printed: bool) -> Decided:
    if node.relation not in (Relation.EQUALS, Relation.NOT_EQUALS):
        raise NoKernel
    try:
        left, right = words(node.left, frame), words(node.right, frame)
    except LookupError:
        raise NoKernel from None
    sought = HOLDS if node.relation is Relation.EQUALS else FAILS
    codes = [
        _same(left, right, i, sought, as_printed)
        if not _refused(node.left, left.texts[i], node.right)
        and not _refused(node.right, right.texts[i], node.left)
        else ASK
        for i in range(frame.size)
    ]
    return Decided(codes, lambda i: left.spots(i) + right.spots(i))


def _refused(node: Expression, text: str, other: Expression) -> bool:
    """A dash is no word, but where a text is asked for."""
    return isinstance(node, Ref) and not isinstance(other, Text) and bool(text) and not text.strip("—–－―-/")


def _same(left: Printed, right: Printed, i: int, sought: int, as_printed: bool) -> int:
    state = left.states[i] | right.states[i]
    if state & UNDECIDED:
        return ASK
    if state & NOTHING or not state & PRINTED:
        return FAILS if as_printed else SKIPPED
    same = left.texts[i] == right.texts[i]
    return HOLDS if same is (sought == HOLDS) else FAILS
