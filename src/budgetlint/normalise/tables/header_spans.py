"""Find how many columns each header cell spans where the text lists a merged cell only once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from budgetlint.document.text import squeeze

#: Labels by which the first column under a merged label gives its sum.
TOTALS = ("合计", "小计", "总计")
_CODE_PARTS = ("类", "款", "项")
_Group = tuple[str, int]


def widened(rows: list[list[str]], width: int) -> list[list[str]]:
    """Bring header rows that list a merged cell once to the full width, from the lowest upwards.

    The columns a cell covers beside its first stay blank.
    """
    wide: list[list[str]] = []
    below: list[_Group] = []
    for row in reversed(rows):
        row = row[:width] if not any(row[width:]) else row
        groups = [(label, 1) for label in row]
        if len(row) < width and wide and len(row) <= len(below):
            groups = _laid_over(row, below)
            row = [label for name, size in groups for label in (name, *[""] * (size - 1))]
        below = groups
        wide.insert(0, row + [""] * (width - len(row)))
    return wide


def _laid_over(row: Sequence[str], below: Sequence[_Group]) -> list[_Group]:
    """Return a row's cells with the columns they cover: the likeliest way to lay them over the row below."""
    best: list[dict[int, tuple[int, int]]] = [{0: (0, 0)}]
    opening = next((squeeze(name) for name, _ in below if name), "")
    for cell in row:
        reached: dict[int, tuple[int, int]] = {}
        for start, (score, _) in best[-1].items():
            for end in range(start + 1, len(below) + 1):
                value = score + _likely(cell, [name for name, _ in below[start:end]], opening)
                if end not in reached or value > reached[end][0]:
                    reached[end] = value, start
        best.append(reached)
    groups: list[_Group] = []
    end = len(below)
    for index in range(len(row), 0, -1):
        start = best[index][end][1]
        groups.insert(0, (row[index - 1], sum(size for _, size in below[start:end])))
        end = start
    return groups


def _likely(cell: str, under: Sequence[str], opening: str) -> int:
    """Score a cell over some cells of the row below: a blank below goes on a cell, labels below divide it.

    ``opening`` is the first label of the row below: where it returns (项目 金额 项目 …), the next parent begins.
    """
    labels = [squeeze(name) for name in under]
    if len(labels) == 1:
        return -2 if labels[0] else 2
    score = 1 if cell else -8
    score -= 6 * labels.count("")
    score += 2 * (labels[0] in TOTALS) + 3 * (labels[0] == opening)
    for before, label in pairwise(labels):
        score -= 2 * (label in TOTALS) + 3 * (label == opening) + before.endswith("名称")
    if labels[0] in _CODE_PARTS:
        score -= 2 * sum(label not in _CODE_PARTS for label in labels)
    return score
