"""What an instance comes to, as kernels write it: small whole numbers in lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from budgetlint.checking.kernels.leaves import Spot

#: It holds; it does not (a check that fails is explained); there is nothing to check; only explaining can tell.
HOLDS, FAILS, SKIPPED, ASK = 0, 1, 2, -1


class Decided(Struct):
    """What a condition comes to for every instance of a frame, and what an instance that holds has read."""

    codes: list[int]
    spots: Callable[[int], list[Spot]]


def _none(i: int) -> list[Spot]:
    return []


def undecided(size: int) -> Decided:
    """Return what says nothing of any instance."""
    return Decided([ASK] * size, _none)


def put_together(size: int, at: Sequence[Sequence[int]], parts: Sequence[Decided]) -> Decided:
    """Return what the instances of a frame come to, from what some of them and the others do."""
    codes = [ASK] * size
    whose: dict[int, tuple[Decided, int]] = {}
    for positions, part in zip(at, parts, strict=True):
        for j, i in enumerate(positions):
            codes[i] = part.codes[j]
            whose[i] = part, j

    def spots(i: int) -> list[Spot]:
        part, j = whose[i]
        return part.spots(j)

    return Decided(codes, spots)
