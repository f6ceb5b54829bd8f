"""Comparisons over the instances of a frame: by whole numbers where both sides are figures, else by their texts.

What printed figures alone decide is told by :mod:`budgetlint.checking.engine.rounding`; where rounding has to be
weighed, and where a comparison fails, the engine explains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache

from budgetlint.checking.engine.comparing import within_of
from budgetlint.checking.engine.rounding import Term, decide_linear, with_slack
from budgetlint.checking.kernels.codes import ASK, FAILS, HOLDS, SKIPPED, Decided
from budgetlint.checking.kernels.figures import figures
from budgetlint.checking.kernels.frames import Frame, Spot
from budgetlint.checking.kernels.quantities import Figures, Mask, NoKernel, aligned, common, merged
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
    left = figures(node.left, frame, mask, node.unlisted_as_zero)
    right = figures(node.right, frame, mask, node.unlisted_as_zero)
    common(common(left.dimension, left.fixed), common(right.dimension, right.fixed))
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
    codes = _by_difference(node, differences, scale, as_printed)
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


def _by_difference(node: Compare, differences: Sequence[int], scale: int, as_printed: bool) -> list[int]:
    """Return what differences come to as long as nothing printed is blank or unsure."""
    slack = Slack.EXACT if as_printed and node.slack is Slack.ROUNDING else node.slack
    if slack is Slack.WITHIN:
        bound = (within_of(node) or Decimal(0)).scaleb(scale)
        holds = [with_slack(node.relation, Decimal(d), bound) is Verdict.HOLDS for d in differences]
        return [HOLDS if h else FAILS for h in holds]
    below, equal, above = (_alone(node.relation, sign, slack) for sign in (-1, 0, 1))
    if below == above:
        return [above if d else equal for d in differences]
    return [above if d > 0 else below if d else equal for d in differences]


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
