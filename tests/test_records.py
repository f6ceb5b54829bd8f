"""Our dataclasses: they do what the standard library's do, and work with its functions."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlint import records


@records.dataclass(frozen=True, slots=True)
class Ours:
    """Frozen, with every kind of field."""

    name: str
    size: int = 3
    parts: tuple[int, ...] = records.field(default=(), repr=False)
    notes: list[str] = records.field(default_factory=list, compare=False)
    memo: dict[str, int] = records.field(default_factory=dict, init=False, compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same of the standard library."""

    name: str
    size: int = 3
    parts: tuple[int, ...] = dataclasses.field(default=(), repr=False)
    notes: list[str] = dataclasses.field(default_factory=list, compare=False)
    memo: dict[str, int] = dataclasses.field(default_factory=dict, init=False, compare=False, repr=False)


@records.dataclass(slots=True, kw_only=True)
class Base:
    """Can be changed, and inherited from."""

    first: int
    found: list[int] = records.field(default_factory=list)


@records.dataclass(slots=True, kw_only=True)
class Derived(Base):
    """One field more."""

    second: int


@records.dataclass(frozen=True)
class Open:
    """Without slots."""

    only: int


@records.dataclass(frozen=True, slots=True)
class Bare:
    """Without fields."""


_NAMES = st.sampled_from(["a", "b"])
_SIZES = st.integers(0, 2)
_ARGUMENTS = st.tuples(_NAMES) | st.tuples(_NAMES, _SIZES) | st.tuples(_NAMES, _SIZES, st.tuples(_SIZES))


@given(_ARGUMENTS, _ARGUMENTS)
def test_they_are_written_and_compare_as_the_standard_librarys(one: Any, other: Any) -> None:
    assert repr(Ours(*one)) == repr(Theirs(*one)).replace("Theirs", "Ours")
    assert (Ours(*one) == Ours(*other)) is (Theirs(*one) == Theirs(*other))
    if Ours(*one) == Ours(*other):
        assert hash(Ours(*one)) == hash(Ours(*other))


@given(_ARGUMENTS, _SIZES)
def test_a_copy_with_changes(values: Any, size: int) -> None:
    ours = Ours(*values)
    for changed in (
        records.replace(ours, size=size),
        dataclasses.replace(ours, size=size),  # type: ignore[type-var]
    ):
        assert (changed.name, changed.size, changed.parts) == (ours.name, size, ours.parts)
    assert records.replace(Theirs(*values), size=size) == dataclasses.replace(Theirs(*values), size=size)


def test_defaults_are_each_instances_own() -> None:
    assert Ours("a").notes is not Ours("a").notes
    assert Base(first=1).found is not Base(first=1).found


@pytest.mark.parametrize("arguments", [(), ("a", 1, (), [], {}), ("a", 1, (), [], {}, 0)])
def test_arguments_that_do_not_fit_are_refused(arguments: Any) -> None:
    with pytest.raises(TypeError, match=r"Ours\.__init__"):
        Ours(*arguments)
    with pytest.raises(TypeError):
        records.replace(Ours("a"), colour=1)  # type: ignore[call-arg]


def test_a_frozen_one_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Ours("a").size = 4  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del Open(1).only


def test_one_that_can_be_changed_does_not_hash() -> None:
    base = Base(first=1)
    base.first = 2
    assert base == Base(first=2)
    with pytest.raises(TypeError):
        hash(base)


def test_fields_are_inherited() -> None:
    derived = Derived(first=1, second=2)
    assert repr(derived) == "Derived(first=1, found=[], second=2)"
    assert derived != Base(first=1)
    with pytest.raises(TypeError):
        Derived(1, 2)  # type: ignore[misc]
    assert not hasattr(derived, "__dict__")


def test_they_can_be_copied_and_sent() -> None:
    for item in (Ours("a", 1, (2,), ["n"]), Base(first=1), Derived(first=1, second=2), Open(1), Bare()):
        assert pickle.loads(pickle.dumps(item)) == item == copy.deepcopy(item)
    assert pickle.loads(pickle.dumps(Ours("a", notes=["n"]))).notes == ["n"]


def test_the_standard_librarys_functions_know_them() -> None:
    assert dataclasses.is_dataclass(Ours) and records.is_dataclass(Theirs)
    assert not records.is_dataclass(str)
    shown = [(item.name, item.type, item.init, item.default) for item in dataclasses.fields(Ours)]
    assert shown == [(item.name, item.type, item.init, item.default) for item in dataclasses.fields(Theirs)]
    assert [item.name for item in records.fields(Theirs)] == [item.name for item in records.fields(Ours)]
    assert dataclasses.asdict(Derived(first=1, second=2)) == {"first": 1, "found": [], "second": 2}
    match Ours("a", 5):
        case Ours("a", size):
            assert size == 5


def test_the_standard_librarys_can_inherit_from_them() -> None:
    @dataclasses.dataclass(frozen=True)
    class Heir(Open):
        more: int = 0

    assert Heir(1, 2) == Heir(only=1, more=2)
