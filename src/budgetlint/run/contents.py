"""Brings the content of a file that was found: a regular file's, or that of a member of an archive."""

from __future__ import annotations

import os
from pathlib import PurePosixPath

from msgspec import Struct

from budgetlint.disk import NotRegularError, TooLargeError
from budgetlint.document import ReadError
from budgetlint.document.text import printable
from budgetlint.readers.safe.isolate import Limits, refusal_of
from budgetlint.readers.safe.zipsafe import Package
from budgetlint.run import addresses


class Location(Struct, frozen=True):
    """Where a file lies: its path on the disk or its address, and in an archive the names of the members that lead to it."""

    file: str
    members: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its own name."""
        return PurePosixPath(self.members[-1]).name if self.members else os.path.basename(self.file)

    def shown(self) -> str:
        """Return the path people know it by (``a.zip!b/c.docx``)."""
        return "!".join((shown(self.file), *map(printable, self.members)))


class Contents:
    """Opens files one after another; the archive opened last stays open, for its next member."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: list[tuple[Location, Package]] = []

    def of(self, location: Location) -> bytes:
        """Return the content of a file.

        Raises:
            ReadError: BL980 (it cannot be opened), BL992 (no regular file), BL907 (too large), and BL904, BL905, BL906,
                BL912 for a member of an archive.
        """
        path = location.shown()
        try:
            if not location.members:
                return addresses.read(location.file, self._limits.file_bytes)
            *above, name = location.members
            package = self._package(Location(location.file, tuple(above)))
            if package.size(name) > self._limits.file_bytes:
                raise self._limits.too_large(path, package.size(name))
            content = package.read(name)
        except Exception as error:
            raise unopened(path, error, self._limits) from error
        if len(content) > self._limits.file_bytes:
            raise self._limits.too_large(path, len(content))
        return content

    def package(self, location: Location) -> Package:
        """Return an archive.

        Raises:
            ReadError: as ``of``.
        """
        try:
            return self._package(location)
        except Exception as error:
            raise unopened(location.shown(), error, self._limits) from error

    def _package(self, location: Location) -> Package:
        while self._open and self._open[-1][0] not in (location, *_above(location)):
            self._open.pop()[1].close()
        if self._open and self._open[-1][0] == location:
            return self._open[-1][1]
        path = location.shown()
        if location.members:
            package = Package(path, self.of(location))
        else:
            package = Package(path, addresses.opened(location.file, self._limits.file_bytes))
        self._open.append((location, package))
        return package


def _above(location: Location) -> list[Location]:
    return [Location(location.file, location.members[:depth]) for depth in range(len(location.members))]


def unopened(path: str, error: Exception, limits: Limits) -> ReadError:
    """Return what is said of a file or archive that could not be opened, whatever was raised."""
    if isinstance(error, TooLargeError):
        return limits.too_large(path, error.size)
    if isinstance(error, NotRegularError):
        return ReadError("BL992", path)
    if isinstance(error, ReadError):
        return ReadError(error.id, path, **error.facts)
    if isinstance(error, OSError):
        return ReadError("BL980", path, cause=error.strerror or type(error).__name__)
    if isinstance(error, MemoryError):
        return ReadError("BL912", path)
    # A path with a null character, or one no system takes.
    return ReadError("BL980", path, cause=refusal_of(error, "")[1].get("cause", type(error).__name__))


def shown(path: str) -> str:
    """Return a path that can be printed: names unpacked from a Chinese Windows may be GBK on the disk."""
    try:
        path.encode()
    except UnicodeEncodeError:
        path = os.fsencode(path).decode("gb18030", "replace")
    return printable(path)
