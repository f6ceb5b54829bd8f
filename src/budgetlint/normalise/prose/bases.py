"""Find what a list of shares is of where its words do not say: the figure printed before it that the shares fit."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlint.document import Dimension, Mention, MentionRole
from budgetlint.normalise.prose.statements import Statement

#: So many shares that fit one figure are no accident; one more of the list may be wrong.
_FEWEST = 3


def bases_of(statements: Sequence[Statement], orphans: Sequence[int]) -> dict[int, Mention]:
    """Return the whole of shares that name none (教育支出8万元，占80%；…), by the number of the share.

    The shares of neighbouring paragraphs are one list. Its whole is the nearest money before it that all of its shares
    but one fit, as far as they are printed.
    """
    found: dict[int, Mention] = {}
    for run in _runs(statements, orphans):
        whole = _whole(statements, run)
        if whole is not None:
            found |= dict.fromkeys(run, whole)
    return found


def _runs(statements: Sequence[Statement], orphans: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index in orphans:
        last = statements[runs[-1][-1]].paragraph if runs else None
        if last is not None and statements[index].paragraph - last <= 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _whole(statements: Sequence[Statement], run: Sequence[int]) -> Mention | None:
    pairs = [(part, share) for i in run for part, share in [_part_and_share(statements, i)] if part and share]
    if len(pairs) < _FEWEST:
        return None
    first = statements[run[0]].topic or 0
    for statement in reversed(statements[:first]):
        whole = statement.mention
        if whole is None or whole.role is not MentionRole.VALUE or whole.amount.value <= 0:
            continue
        if whole.amount.dimension is not Dimension.MONEY:
            continue
        fitting = sum(_fits(part, share, whole) for part, share in pairs)
        if fitting >= _FEWEST and fitting >= len(pairs) - 1:
            return whole
    return None


def _part_and_share(statements: Sequence[Statement], index: int) -> tuple[Mention | None, Mention | None]:
    topic = statements[index].topic
    return (statements[topic].mention if topic is not None else None), statements[index].mention


def _fits(part: Mention, share: Mention, whole: Mention) -> bool:
    """Tell whether a share is the part's of the whole, but for its last digit (cut off, not rounded)."""
    exact = part.amount.value / whole.amount.value * 100
    return abs(exact - share.amount.value) <= share.amount.quantum
