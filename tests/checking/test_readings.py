"""Lists of rows are read in every way that makes sense, within a stated bound."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budgetlint.checking.readings import MOST_ROWS, Readings, readings

CENT = Decimal("0.01")


def read(*values: float, limit: float = 10_000, loose: dict[int, int] | None = None) -> Readings:
    figures = [Decimal(str(value)) for value in values]
    return readings(figures, [CENT] * len(figures), lambda above, below: True, loose or {}, Decimal(limit))


def test_a_list_is_read_as_it_stands_first() -> None:
    assert read(3, 2, 1).roots[0] == (0, 1, 2)


def test_rows_that_make_the_row_above_may_be_its_parts_at_any_depth() -> None:
    found = read(10, 6, 4, 2, 2, 5)
    assert (0, 5) in found.roots
    assert found.parts == {1, 2, 3, 4}


def test_parts_round() -> None:
    assert (0,) in read(10.01, 3.33, 3.33, 3.34).roots
    assert (0,) not in read(10.05, 3.33, 3.33, 3.34).roots


def test_rows_that_may_be_parts_whatever_they_add_up_to() -> None:
    assert (0, 3) in read(10, 1, 2, 5, loose={0: 3}).roots
    assert (0, 3) not in read(10, 1, 2, 5).roots


@given(st.lists(st.integers(0, 9), max_size=12))
def test_every_reading_adds_up_to_what_its_rows_print(values: list[int]) -> None:
    found = read(*values, limit=sum(values))
    for roots in found.roots:
        left = [i for i in range(len(values)) if i not in roots]
        assert set(left) <= found.parts
        assert list(roots) == sorted(set(roots))


def test_a_list_without_end_is_read_in_bounded_time_and_says_so() -> None:
    assert read(*[1] * MOST_ROWS).stopped
    long = read(*[1] * (MOST_ROWS + 1))
    assert long.stopped and len(long.roots) == 1
