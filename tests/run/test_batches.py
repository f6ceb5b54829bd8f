"""Batches hold every file once, and never part what may belong together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from budgetlint.run.batches import batches
from budgetlint.run.joining import _beside

_STEPS = st.sampled_from(["甲", "乙", "甲 乙", "a.zip!甲", "b.zip!."])
_GROUPS = st.one_of(st.just(""), st.just("."), st.lists(_STEPS, min_size=1, max_size=3).map("/".join))


@given(st.lists(_GROUPS, max_size=12), st.integers(1, 4))
def test_what_may_belong_together_is_in_one_batch(groups: list[str], least: int) -> None:
    cut = list(batches(groups, least))
    assert sorted(number for batch in cut for number in batch) == list(range(len(groups)))
    assert all(batch == sorted(batch) for batch in cut) and all(len(batch) >= least for batch in cut[:-1])
    of = {number: at for at, batch in enumerate(cut) for number in batch}
    for one in of:
        for other in of:
            if groups[one] and groups[other] and _beside(groups[one], groups[other]):
                assert of[one] == of[other]
