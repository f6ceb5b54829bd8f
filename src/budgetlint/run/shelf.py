"""Keeps what a run makes of its files: the first things in memory, the others on the disk, so that memory stays flat."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar, cast, overload

Thing = TypeVar("Thing")

#: So many things stay in memory: most runs have fewer, and write none.
IN_MEMORY = 32


class Shelf(Generic[Thing]):
    """Things by their numbers; each time one is asked for that lies on the disk it is made anew.

    The file has no name and goes with the shelf. A process that is forked sees what was put there before.
    """

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._most = in_memory
        self._held: dict[int, Thing] = {}
        self._places: dict[int, tuple[int, int]] = {}
        self._end = 0
        self._file: tempfile._TemporaryFileWrapper[bytes] | None = None

    def put(self, number: int, thing: Thing) -> None:
        """Keep a thing; one of the same number is forgotten.

        Raises:
            OSError: the disk is full.
        """
        if number in self._held or len(self._held) < self._most:
            self._held[number] = thing
            return
        if self._file is None:
            # Without a name; it goes when the last reference to it does.
            file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
            self._file = cast("tempfile._TemporaryFileWrapper[bytes]", file)
        content = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
        handle, at, left = self._file.fileno(), self._end, memoryview(content)
        os.lseek(handle, at, os.SEEK_SET)
        while left:
            left = left[os.write(handle, left) :]
        self._places[number], self._end = (at, len(content)), at + len(content)

    def __getitem__(self, number: int) -> Thing:
        if number in self._held:
            return self._held[number]
        at, length = self._places[number]
        assert self._file is not None
        thing: Thing = pickle.loads(_read(self._file.fileno(), at, length))
        return thing

    def __iter__(self) -> Iterator[int]:
        return iter([*self._held, *self._places])

    def __contains__(self, number: int) -> bool:
        return number in self._held or number in self._places

    def __len__(self) -> int:
        return len(self._held) + len(self._places)

    def in_order(self) -> Shelved[Thing]:
        """Return the things in the order of their numbers."""
        return Shelved(self, tuple(sorted([*self._held, *self._places])))


class Shelved(Sequence[Thing]):
    """What lies on a shelf, as a sequence; it compares equal to any sequence of the same things."""

    def __init__(self, shelf: Shelf[Thing], numbers: tuple[int, ...]) -> None:
        self._shelf = shelf
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Thing: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Thing]: ...
    def __getitem__(self, index: int | slice) -> Thing | Sequence[Thing]:
        if isinstance(index, slice):
            return Shelved(self._shelf, self._numbers[index])
        return self._shelf[self._numbers[index]]

    def __iter__(self) -> Iterator[Thing]:
        return (self._shelf[number] for number in self._numbers)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Sequence) and not isinstance(other, str):
            return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[object, ...]:
        """Leave the shelf behind."""
        return tuple, (tuple(self),)


def _read(handle: int, at: int, length: int) -> bytes:
    """Return a part of a file; where the system knows how, without moving the place others share."""
    if not hasattr(os, "pread"):
        os.lseek(handle, at, os.SEEK_SET)
    parts: list[bytes] = []
    while length:
        part = os.pread(handle, length, at) if hasattr(os, "pread") else os.read(handle, length)
        if not part:
            raise EOFError
        parts.append(part)
        at, length = at + len(part), length - len(part)
    return b"".join(parts)
