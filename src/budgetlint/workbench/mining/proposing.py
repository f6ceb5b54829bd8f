"""Proposes what one document shows: claims that hold in it, each with the parts that print something there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from budgetlint.document import RowKind
from budgetlint.workbench.mining.claims import Across, Below, Cells, Claim, Like
from budgetlint.workbench.mining.naming import Block, Figure, NamedColumn, View

#: A sum has no more parts than a form has kinds of income.
_MOST_PARTS = 9
_MOST_LINES = 5
#: Parts between which one may be left out: so many.
_MOST_SKIPPING = 6
#: Figures that so many cells of a document share say nothing of each other.
_MOST_ALIKE = 40


class Proposal(Struct, frozen=True):
    """A claim that holds in a document, and which of its parts are not zero there."""

    claim: Claim
    parts: tuple[str, ...]


def proposals(view: View) -> Iterator[Proposal]:
    """Yield every proposal of a document once."""
    seen: set[Claim] = set()
    for found in (_within(view.blocks), _like_rows(view.blocks), _equal_cells(view)):
        for proposal in found:
            if proposal.claim not in seen:
                seen.add(proposal.claim)
                yield proposal


def _within(blocks: Sequence[Block]) -> Iterator[Proposal]:
    for block in blocks:
        yield from _across(block)
        yield from _down(block)
        yield from _below(block)


# ---------------------------------------------------------------- sums


def _across(block: Block) -> Iterator[Proposal]:
    """Sums of columns that stand side by side: 合计 = 基本支出 + 项目支出, in every row."""
    for whole in block.columns:
        for parts in _runs(block.columns, whole):
            used = _sums(block, whole, parts)
            if len(used) > 1:
                yield Proposal(Across(block.said, whole.said, tuple(part.said for part in parts)), used)


def _runs(columns: Sequence[NamedColumn], whole: NamedColumn) -> Iterator[Sequence[NamedColumn]]:
    """Yield runs of neighbouring columns without the whole, and such as leave one of them out, or all but the ends.

    What is left out may be a sum itself: 合计 = 出国 + 用车小计（购置 + 运行） + 接待.
    """
    others = [column for column in columns if column is not whole]
    for first, last in combinations(range(len(others) + 1), 2):
        run = others[first:last]
        if 2 <= len(run) <= _MOST_PARTS:
            yield run
        if 3 <= len(run) <= _MOST_SKIPPING:
            for at in range(1, len(run) - 1):
                yield [*run[:at], *run[at + 1 :]]
        if 4 <= len(run) <= _MOST_SKIPPING:
            yield [run[0], run[-1]]
            yield [run[0], run[1], run[-1]]


def _sums(block: Block, whole: NamedColumn, parts: Sequence[NamedColumn]) -> tuple[str, ...]:
    """Return the parts that are not zero where every row adds up, () where one does not or nothing is added."""
    used: dict[str, None] = {}
    added = False
    figures = block.figures
    for row in block.rows:
        total = figures.get((row, whole.index))
        value = slack = number = 0
        for part in parts:
            figure = figures.get((row, part.index))
            if figure is not None and figure.value:
                value, slack, number = value + figure.value, slack + figure.slack, number + 1
                used[part.said] = None
        if total is None:
            if number:
                return ()
        elif abs(total.value - value) > slack + total.slack:
            return ()
        added = added or number > 1
    return tuple(used) if added else ()


def _down(block: Block) -> Iterator[Proposal]:
    """Sums of lines of a form: 收入总计 = 本年收入合计 + 上年结转; 三公经费 = 出国 + 用车 + 接待."""
    order = [row for row in block.rows if row in block.lines]
    for whole in order:
        others = [row for row in order if row is not whole]
        for first, last in combinations(range(len(others) + 1), 2):
            if 2 <= last - first <= _MOST_LINES:
                yield from _sum_of_lines(block, whole, others[first:last])
        for one, other in combinations(others, 2):
            yield from _sum_of_lines(block, whole, (one, other))


def _sum_of_lines(block: Block, whole: int, parts: Sequence[int]) -> Iterator[Proposal]:
    for column in block.columns:
        total = block.figures.get((whole, column.index))
        if total is None or not total.value:
            continue
        figures = [block.figures.get((part, column.index)) for part in parts]
        printed = [figure for figure in figures if figure is not None and figure.value]
        slack = total.slack + sum(figure.slack for figure in printed)
        if len(printed) < 2 or abs(total.value - sum(figure.value for figure in printed)) > slack:
            continue
        cells = [block.cell(part, column) for part in parts]
        used = [cell for cell, f in zip(cells, figures, strict=True) if f is not None and f.value]
        yield Proposal(Cells(block.cell(whole, column), tuple(cells)), tuple(used))


def _below(block: Block) -> Iterator[Proposal]:
    """Each amount is the sum of those below it."""
    rows = block.table.table.rows
    for row in block.rows:
        below = [i for i in block.table.children.get(row, ()) if rows[i].kind is not RowKind.AMONG]
        if len(below) > 1 or (rows[row].kind is RowKind.TOTAL and len(block.rows) > 2):
            claim = Below(block.said)
            yield Proposal(claim, claim.parts)
            return


# ---------------------------------------------------------------- equal figures


def _like_rows(blocks: Sequence[Block]) -> Iterator[Proposal]:
    """Rows of one code in two tables: equal, or never more in one than in the other."""
    for one in blocks:
        for other in blocks:
            shared = one.codes.keys() & other.codes.keys()
            if one.table is other.table or len(shared) < 2:
                continue
            pairs = [(one.codes[code], other.codes[code]) for code in sorted(shared)]
            for left in one.columns:
                for right in other.columns:
                    yield from _like_columns(one, left, other, right, pairs)


def _like_columns(
    one: Block, left: NamedColumn, other: Block, right: NamedColumn, pairs: Sequence[tuple[int, int]]
) -> Iterator[Proposal]:
    equal = less = 0
    for a, b in pairs:
        mine, theirs = one.figures.get((a, left.index)), other.figures.get((b, right.index))
        if mine is None or theirs is None or not (mine.value or theirs.value):
            continue
        if abs(mine.value - theirs.value) <= mine.slack + theirs.slack:
            equal += 1
        elif mine.value < theirs.value:
            less += 1
        else:
            return
    if equal > 1 and not less:
        claim = Like(one.said, left.said, other.said, right.said)
        yield Proposal(claim, claim.parts)
    elif less and equal and left.said == right.said:
        claim = Like(one.said, left.said, other.said, right.said, equal=False)
        yield Proposal(claim, claim.parts)


def _equal_cells(view: View) -> Iterator[Proposal]:
    """Figures of one value: totals and lines of forms, in two tables or on two sides of one, and figures of prose."""
    cells = [(said, figure) for said, figure in view.cells.items() if figure.value]
    alike: dict[int, list[tuple[str, Figure]]] = defaultdict(list)
    for said, figure in cells:
        alike[figure.value].append((said, figure))
    for group in alike.values():
        if len(group) <= _MOST_ALIKE:
            for (one, _), (other, _) in combinations(group, 2):
                yield Proposal(Cells(one, (other,)), (other,))
    for said, figure in view.prose.items():
        for other, theirs in cells if figure.value else ():
            if abs(figure.value - theirs.value) <= figure.slack + theirs.slack:
                yield Proposal(Cells(said, (other,)), (other,))
