"""The sums that a header promises: 合计 and 小计 columns are the sum of the columns beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from budgetlint.document import Column, Role

_TOTAL = re.compile(r"^(?:(?:本年|当年|预算)?(?:收入|支出|资金|金额)?(?:合计|小计|总计)|.{0,6}总(?:额|数))$")
_AMONG = re.compile(r"^其中")


class Identity(Struct, frozen=True):
    """Column ``total`` is the sum of the columns ``parts``."""

    total: int
    parts: tuple[int, ...]

    def holds(self, values: Mapping[int, tuple[Decimal, Decimal]]) -> bool:
        """True where the sum is right up to rounding; ``values`` gives value and quantum of printed cells."""
        zero = (Decimal(0), Decimal(0))
        total, quantum = values.get(self.total, zero)
        difference, tolerance = total, quantum
        for part in self.parts:
            value, step = values.get(part, zero)
            difference -= value
            tolerance += step
        return abs(difference) * 2 < tolerance or difference == 0


def identities_of(columns: Sequence[Column]) -> tuple[Identity, ...]:
    """Return the identities of a table's amount columns, block by block, the widest first."""
    result: list[Identity] = []
    for group in sorted({column.group for column in columns}):
        members = [
            i
            for i, column in enumerate(columns)
            if column.group == group
            and column.role is Role.AMOUNT
            and not any(map(_AMONG.match, column.path))
        ]
        _collect(columns, members, 0, result)
    return tuple(result)


def _collect(columns: Sequence[Column], members: list[int], depth: int, result: list[Identity]) -> int | None:
    """Add the identities of columns that share their first ``depth`` steps; return the column that is their sum."""
    children: dict[str, list[int]] = {}
    for index in members:
        path = columns[index].path
        children.setdefault(path[depth] if depth < len(path) else "", []).append(index)
    total: int | None = None
    parts: list[int] = []
    pending: list[tuple[int | None, list[int]]] = []
    for step, indexes in children.items():
        leaf = len(indexes) == 1 and len(columns[indexes[0]].path) <= depth + 1
        if leaf and (_TOTAL.match(step) or not step) and total is None:
            total = indexes[0]
        elif all(len(columns[index].path) <= depth + 1 for index in indexes):
            parts += indexes
        else:
            pending.append((None, indexes))
    for _, indexes in pending:
        own = _collect(columns, indexes, depth + 1, result)
        parts += [own] if own is not None else indexes
    if total is not None and len(parts) > 1:
        result.insert(0, Identity(total, tuple(sorted(parts))))
    return total
