"""Find parts whose indentation was lost: only with them under the row they add up to does the total come out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from budgetlint.document import Amount, Column, Role, Row, RowKind
from budgetlint.document.text import numbering_depth, squeeze

#: So many printed digits agree by no accident.
_TELLING_DIGITS = 4
_HALF = Decimal("0.5")


def nest_by_sums(
    rows: Sequence[Row], members: Sequence[int], parents: list[int | None], columns: Sequence[Column]
) -> None:
    """Nest rows of a block under the row before them where the total above them would count them twice.

    ``parents`` is changed in place, and only where every amount column then adds up.
    """
    money = [i for i in rows[members[0]].cells if columns[i].role is Role.AMOUNT] if members else []
    sums = _Sums(rows, money)
    for whole, parts in _wholes(rows, members, parents):
        if sums.agree(whole, parts):
            continue
        nested = _nested(sums, rows, parts, parents, members)
        if nested and sums.agree(whole, [part for part in parts if part not in nested]):
            for part, above in nested.items():
                parents[part] = above


def _wholes(
    rows: Sequence[Row], members: Sequence[int], parents: Sequence[int | None]
) -> list[tuple[int, list[int]]]:
    """Return the rows that stand for others, each with the rows it adds up."""
    parts: dict[int, list[int]] = {}
    for index in members:
        parent = parents[index]
        if parent is not None and rows[index].kind is not RowKind.AMONG:
            parts.setdefault(parent, []).append(index)
    totals = [index for index in members if rows[index].kind is RowKind.TOTAL]
    if len(totals) == 1 and totals[0] not in parts:
        roots = [i for i in members if parents[i] is None and rows[i].kind is RowKind.DATA]
        parts[totals[0]] = roots
    return list(parts.items())


def _nested(
    sums: _Sums,
    rows: Sequence[Row],
    parts: Sequence[int],
    parents: Sequence[int | None],
    members: Sequence[int],
) -> dict[int, int]:
    """Return by part the row just before it and its like that they add up to: the shortest such run counts.

    Where the row before bears a number its number tells what stands beside it, so none is taken for a sum.
    """
    nested: dict[int, int] = {}
    for above in parts:
        if above in nested or numbering_depth(squeeze(rows[above].label)) is not None:
            continue
        run: list[int] = []
        for index in members[members.index(above) + 1 :]:
            among = rows[index].kind is RowKind.AMONG and parents[index] == above
            if not among and (index not in parts or rows[index].kind is not RowKind.DATA):
                break
            run.append(index)
            if not among and sums.agree(above, run) and sums.telling(above, run):
                nested |= {part: above for part in run if part in parts}
                break
    return nested


class _Sums:
    """The amounts of a block's rows in its amount columns."""

    def __init__(self, rows: Sequence[Row], money: Sequence[int]) -> None:
        self.rows = rows
        self.money = money

    def agree(self, whole: int, parts: Sequence[int]) -> bool:
        """Tell whether a row's amounts are those of others added up, but for rounding, in every column and not all nil."""
        told = False
        for column in self.money:
            above = self._amount(whole, column)
            below = [amount for part in parts if (amount := self._amount(part, column)) is not None]
            if above is None and not below:
                continue
            printed = [*below, above] if above is not None else below
            allowed = max(amount.quantum for amount in printed) * _HALF * len(printed)
            value = above.value if above is not None else Decimal(0)
            if abs(sum((amount.value for amount in below), -value)) > allowed:
                return False
            told = told or bool(value)
        return told

    def telling(self, whole: int, parts: Sequence[int]) -> bool:
        """Tell whether an agreement is no accident: of two amounts or more, or of one of many digits."""
        shown = [part for part in parts if any(self._value(part, column) for column in self.money)]
        digits = max(
            (len(self._value(whole, column).normalize().as_tuple().digits) for column in self.money),
            default=0,
        )
        return len(shown) > 1 or digits >= _TELLING_DIGITS

    def _amount(self, row: int, column: int) -> Amount | None:
        cell = self.rows[row].cells.get(column)
        return cell.amount if cell is not None else None

    def _value(self, row: int, column: int) -> Decimal:
        amount = self._amount(row, column)
        return amount.value if amount is not None else Decimal(0)
