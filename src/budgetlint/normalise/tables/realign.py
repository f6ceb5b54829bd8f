"""Put the cells of shifted rows back in their columns, by the header's own sums and by the same row elsewhere.

A row is taken for shifted when its words stand outside the label columns, or when nearly all rows of its table break
the sums the header promises. What neither sums nor a sister table can decide is marked unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations
from math import comb

from msgspec import Struct

from budgetlint.document import Column, GridCell, Role
from budgetlint.document.amount import parse_number
from budgetlint.document.header_sums import Identity, identities_of
from budgetlint.document.text import squeeze
from budgetlint.normalise.printed.cells import figure
from budgetlint.normalise.tables.alignment import FIGURES, misfits
from budgetlint.normalise.tables.grids import blank_cell
from budgetlint.normalise.tables.row_tree import Printed

_MOST_PLACEMENTS = 20_000
_WORDS = re.compile(r"[一-鿿]")

Number = tuple[Decimal, Decimal]
Paths = tuple[tuple[str, ...], ...]


class Plan(Struct, frozen=True):
    """The label and value columns of a table of one block, and its sums."""

    labels: tuple[int, ...]
    values: tuple[int, ...]
    paths: Paths
    identities: tuple[Identity, ...]


class Sisters(Struct, frozen=True):
    """Rows of well printed tables, by value columns and by code and name."""

    rows: dict[tuple[Paths, str], list[tuple[dict[int, str], dict[int, str]]]]


def plan_of(columns: Sequence[Column]) -> Plan | None:
    """Return the plan of a table that can be realigned: one block, labels first, then at least three amounts."""
    values = tuple(i for i, column in enumerate(columns) if column.role in FIGURES)
    if len(values) < 3 or max(column.group for column in columns):
        return None
    labels = tuple(i for i in range(values[0]) if columns[i].role in (Role.CODE, Role.NAME))
    if not any(columns[i].role is Role.NAME for i in labels) or any(
        columns[i].role not in FIGURES for i in range(values[0], values[-1] + 1)
    ):
        return None
    return Plan(labels, values, tuple(columns[i].path for i in values), identities_of(columns))


def sisters_of(tables: Sequence[tuple[Sequence[Column], Sequence[Printed]]]) -> Sisters:
    """Index the rows that stand where they belong."""
    rows: dict[tuple[Paths, str], list[tuple[dict[int, str], dict[int, str]]]] = {}
    for columns, lines in tables:
        plan = plan_of(columns) if columns else None
        if plan is None:
            continue
        for line in lines:
            if not misfits(line.cells, columns):
                labels = {i: squeeze(line.cells[i].text) for i in plan.labels if line.cells[i].text.strip()}
                values = {
                    rank: squeeze(line.cells[i].text)
                    for rank, i in enumerate(plan.values)
                    if i < len(line.cells) and line.cells[i].text.strip()
                }
                rows.setdefault((plan.paths, _key(labels.values())), []).append((labels, values))
    return Sisters(rows)


def _key(words: Iterable[str]) -> str:
    return "|".join(words)


def realign(columns: Sequence[Column], lines: Sequence[Printed], sisters: Sisters) -> list[Printed] | None:
    """Return the lines with shifted rows put back, None where no row had to move."""
    plan = plan_of(columns) if columns else None
    if plan is None:
        return None
    astray = [bool(misfits(line.cells, columns)) for line in lines]
    if not any(astray) and not _mostly_broken(plan, lines):
        return None
    result: list[Printed] = []
    for line, moved in zip(lines, astray, strict=True):
        fixed = _placed(line, columns, plan, sisters, certain_only=not moved)
        result.append(fixed if fixed is not None else line)
    changed = [
        [c.text for c in a.cells] != [c.text for c in b.cells] for a, b in zip(result, lines, strict=True)
    ]
    return result if any(changed) else None


def _mostly_broken(plan: Plan, lines: Sequence[Printed]) -> bool:
    """True where at least three rows, and most of all, break the header's sums as printed."""
    if not plan.identities:
        return False
    told = [
        line
        for line in lines
        if sum(bool(line.cells[i].text.strip()) for i in plan.values if i < len(line.cells)) > 1
    ]
    broken = sum(not _sums(plan, _numbers(line, plan)) for line in told)
    return broken >= 3 and broken * 4 > len(told) * 3


def _numbers(line: Printed, plan: Plan) -> dict[int, Number]:
    numbers = {i: parse_number(line.cells[i].text) for i in plan.values if i < len(line.cells)}
    return {i: number for i, number in numbers.items() if number is not None}


def _sums(plan: Plan, numbers: dict[int, Number]) -> bool:
    return all(identity.holds(numbers) for identity in plan.identities)


def _placed(
    line: Printed, columns: Sequence[Column], plan: Plan, sisters: Sisters, certain_only: bool
) -> Printed | None:
    """Return a line with every cell in its column; None where it cannot be, or need not be, moved."""
    cells = [cell for cell in line.cells if cell.text.strip()]
    name = next((i for i, cell in enumerate(cells) if _WORDS.search(cell.text)), None)
    if name is None:
        return None
    labels, figures = cells[: name + 1], cells[name + 1 :]
    if not all(figure(cell.text) for cell in figures) or len(figures) > len(plan.values):
        return None
    if certain_only and _sums(plan, _numbers(line, plan)):
        return None
    kin = sisters.rows.get((plan.paths, _key(squeeze(cell.text) for cell in labels)), [])
    spots, unsure = _spots(figures, line, plan, kin)
    if certain_only and unsure:
        return None
    placed = _place_labels(labels, columns, plan, kin)
    placed.update(zip(spots, figures, strict=True))
    blank = blank_cell(line.cells[0].place)
    width = max(len(columns), max(placed, default=0) + 1)
    return Printed(tuple(placed.get(i, blank) for i in range(width)), frozenset(unsure))


def _spots(
    figures: Sequence[GridCell],
    line: Printed,
    plan: Plan,
    kin: Sequence[tuple[dict[int, str], dict[int, str]]],
) -> tuple[tuple[int, ...], set[int]]:
    """Return the column of each figure, and the columns about which that is a guess."""
    printed = [squeeze(cell.text) for cell in figures]
    twins = [values for _, values in kin if len(values) == len(printed)]
    for allowed in (0, 1):
        for values in twins:
            wrong = sum(a != b for a, b in zip(values.values(), printed, strict=True))
            if wrong <= allowed and len(printed) - wrong >= 1 + allowed:
                return tuple(plan.values[rank] for rank in values), set()
    solutions = _solutions(figures, plan)
    near = [next(i for i, cell in enumerate(line.cells) if cell is wanted) for wanted in figures]
    if not solutions:
        guess = _nearest([tuple(plan.values[i] for i in range(len(figures)))], near)
        return guess, set(plan.values)
    best = _nearest(solutions, near)
    doubtful = {i for spots in solutions for i in set(spots) ^ set(best)}
    doubtful |= {a for spots in solutions for a, b in zip(best, spots, strict=True) if a != b}
    return best, doubtful


def _solutions(figures: Sequence[GridCell], plan: Plan) -> list[tuple[int, ...]]:
    """Return every order-preserving way to place the figures so that all the header's sums hold."""
    if not plan.identities or comb(len(plan.values), len(figures)) > _MOST_PLACEMENTS:
        return []
    numbers = [number for cell in figures if (number := parse_number(cell.text)) is not None]
    if len(numbers) != len(figures):
        return []
    return [
        spots
        for spots in combinations(plan.values, len(numbers))
        if _sums(plan, dict(zip(spots, numbers, strict=True)))
    ]


def _nearest(solutions: Sequence[tuple[int, ...]], near: Sequence[int]) -> tuple[int, ...]:
    return min(solutions, key=lambda spots: sum(abs(a - b) for a, b in zip(spots, near, strict=True)))


def _place_labels(
    labels: Sequence[GridCell],
    columns: Sequence[Column],
    plan: Plan,
    kin: Sequence[tuple[dict[int, str], dict[int, str]]],
) -> dict[int, GridCell]:
    """Put codes and name in the label columns, as the sister row has them or by what they are."""
    for known, _ in kin:
        if len(known) == len(labels) and set(known) <= set(plan.labels):
            return dict(zip(known, labels, strict=True))
    names = [i for i in plan.labels if columns[i].role is Role.NAME]
    codes = [i for i in plan.labels if columns[i].role is Role.CODE]
    *before, name = labels
    parts = [i for i in codes if len(columns[i].label) == 1]
    single = [i for i in codes if i not in parts]
    places = single[-1:] if len(before) == 1 and single else (parts or codes)
    placed = dict(zip(places, before, strict=False))
    placed[names[-1]] = name
    return placed
