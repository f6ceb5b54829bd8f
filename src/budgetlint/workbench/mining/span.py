"""Which linear relations follow from others: elimination over a prime field, cell by cell."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal
from heapq import heapify, heappop, heappush

#: Coefficients of rules are small fractions of whole numbers; modulo a large prime none becomes another by chance.
_PRIME = (1 << 61) - 1
#: A relation of more cells is not worth eliminating: too many others would grow with it.
_MOST_CELLS = 60

Relation = dict[Hashable, int]


class Span:
    """The relations told so far (Σ coefficient · cell = 0) and whatever follows from them."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, Relation] = {}
        self._age: dict[Hashable, int] = {}

    def follows(self, relation: Mapping[Hashable, Decimal]) -> bool:
        """Tell whether a relation follows from those told so far."""
        return not self._reduced(relation)

    def add(self, relation: Mapping[Hashable, Decimal]) -> bool:
        """Tell it a relation; False where that followed already."""
        if len(relation) > _MOST_CELLS:
            return True
        rest = self._reduced(relation)
        if not rest:
            return False
        pivot, coefficient = next(iter(rest.items()))
        inverse = pow(coefficient, -1, _PRIME)
        self._age[pivot] = len(self._age)
        self._rows[pivot] = {cell: c * inverse % _PRIME for cell, c in rest.items()}
        return True

    def _reduced(self, relation: Mapping[Hashable, Decimal]) -> Relation:
        """Return what is left of a relation once every cell that others tell is put in terms of the rest.

        What a cell is put in terms of is told later than it, so that in the order of telling each is replaced once.
        """
        rest = {cell: _mod(c) for cell, c in relation.items() if c}
        waiting = [(self._age[cell], cell) for cell in rest if cell in self._rows]
        heapify(waiting)
        done: set[Hashable] = set()
        while waiting:
            _, cell = heappop(waiting)
            if cell in done:
                continue
            done.add(cell)
            factor = rest.pop(cell, 0)
            if not factor:
                continue
            for other, c in self._rows[cell].items():
                if other == cell:
                    continue
                value = (rest.pop(other, 0) - factor * c) % _PRIME
                if value:
                    rest[other] = value
                    if other in self._rows and other not in done:
                        heappush(waiting, (self._age[other], other))
        return rest


def _mod(coefficient: Decimal) -> int:
    top, bottom = coefficient.as_integer_ratio()
    return top * pow(bottom, -1, _PRIME) % _PRIME
