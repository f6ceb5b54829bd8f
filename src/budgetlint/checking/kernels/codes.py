"""What an instance comes to, as kernels write it: small whole numbers in lists."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from budgetlint.checking.kernels.frames import Spot

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
