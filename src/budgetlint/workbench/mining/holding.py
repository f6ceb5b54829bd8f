"""Tells quickly whether a document contradicts a claim; the engine has the last word on what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgetlint.workbench.mining.claims import Across, Below, Cells, Claim, Like
from budgetlint.workbench.mining.naming import Block, NamedColumn, View


def contradicted(view: View, claims: Iterable[Claim]) -> Iterator[int]:
    """Yield the numbers of the claims that a document contradicts."""
    for number, claim in enumerate(claims):
        match claim:
            case Across():
                wrong = any(_wrong_across(block, claim) for block in view.by_table.get(claim.table, ()))
            case Cells():
                wrong = _wrong_cells(view, claim)
            case Like():
                wrong = _wrong_like(view, claim)
            case Below():
                wrong = False
        if wrong:
            yield number


def _wrong_across(block: Block, claim: Across) -> bool:
    named = [block.named.get(said) for said in (claim.whole, *claim.parts)]
    columns = [column for column in named if column is not None]
    if len(columns) < len(named):
        return False
    for row in block.rows:
        whole, *parts = (block.figures.get((row, column.index)) for column in columns)
        printed = [part for part in parts if part is not None]
        if whole is None:
            continue
        slack = whole.slack + sum(part.slack for part in printed)
        if abs(whole.value - sum(part.value for part in printed)) > slack:
            return True
    return False


def _wrong_cells(view: View, claim: Cells) -> bool:
    named = [view.figure(said) for said in (claim.whole, *claim.parts)]
    figures = [figure for figure in named if figure is not None]
    if len(figures) < len(named):
        return False
    whole, *parts = figures
    apart = whole.value - sum(part.value for part in parts)
    return abs(apart) > sum(figure.slack for figure in figures)


def _wrong_like(view: View, claim: Like) -> bool:
    for one in view.by_table.get(claim.table, ()):
        for other in view.by_table.get(claim.other, ()):
            left, right = one.named.get(claim.left), other.named.get(claim.right)
            if left is not None and right is not None and _unlike(one, left, other, right, claim.equal):
                return True
    return False


def _unlike(one: Block, left: NamedColumn, other: Block, right: NamedColumn, equal: bool) -> bool:
    for code in one.codes.keys() & other.codes.keys():
        mine = one.figures.get((one.codes[code], left.index))
        theirs = other.figures.get((other.codes[code], right.index))
        if mine is None or theirs is None:
            continue
        apart, slack = mine.value - theirs.value, mine.slack + theirs.slack
        if apart > slack or (equal and apart < -slack):
            return True
    return False
