"""What lies on a shelf comes back as it was put there, in memory or on the disk, and to forked processes too."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlint.run.pool import Tell, spread
from budgetlint.run.shelf import Shelf


@given(st.lists(st.tuples(st.integers(0, 20), st.text("甲乙", max_size=2))), st.integers(0, 8))
def test_things_come_back_by_number_and_in_order(put: list[tuple[int, str]], in_memory: int) -> None:
    shelf = Shelf[str](in_memory)
    for number, thing in put:
        shelf.put(number, thing)
    last = dict(put)
    assert {number: shelf[number] for number in shelf} == last and len(shelf) == len(last)
    things = [last[number] for number in sorted(last)]
    assert shelf.in_order() == things and things == shelf.in_order()
    assert pickle.loads(pickle.dumps(shelf.in_order())) == tuple(things)


@pytest.mark.parametrize("jobs", [1, 3])
def test_processes_read_what_was_put_there_before(jobs: int) -> None:
    shelf = Shelf[list[int]](in_memory=2)
    for number in range(50):
        shelf.put(number, [number] * 1000)

    def work(task: int, tell: Tell) -> int:
        return sum(shelf[task])

    assert dict(spread(work, range(50), jobs)) == {number: 1000 * number for number in range(50)}


def test_a_slice_is_a_sequence_of_its_own() -> None:
    shelf = Shelf[str](in_memory=1)
    for number, thing in enumerate("abc"):
        shelf.put(number, thing)
    part: Sequence[str] = shelf.in_order()[1:]
    assert list(part) == ["b", "c"] and part[-1] == "c"
