"""Finds the files a user named: files as they are, the readable files of folders, the members of zip archives.

Nothing is read here but the directories of archives, each in a guarded process of its own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import partial
from glob import glob, has_magic
from pathlib import Path, PurePosixPath

from msgspec import Struct

from budgetlint.document import ReadError
from budgetlint.document.text import printable
from budgetlint.readers.safe.isolate import Limits, isolated
from budgetlint.run import addresses
from budgetlint.run.contents import Contents, Location, shown, unopened

#: Archives within archives are opened this deep; what lies deeper is refused.
DEEPEST = 3
#: Archives that nothing here can open: taken from folders all the same, so that they are not passed over.
_OTHER_ARCHIVES = frozenset({".rar", ".7z"})
_ZIP = ".zip"
_LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini"})


class Input(Struct, frozen=True):
    """One file to read: the path people know it by, and where it lies or why it cannot be read.

    ``group`` is the folder or archive it was found in: the files of one department in one group belong together.
    ``passed_over`` is a file of a kind that nothing here reads: to be named, not to be read.
    """

    path: str
    location: Location | None = None
    error: ReadError | None = None
    group: str = ""
    passed_over: bool = False


def gather(
    paths: Iterable[str],
    suffixes: frozenset[str],
    limits: Limits | None = None,
    exclude: Sequence[str] = (),
) -> Iterator[Input]:
    """Yield what the user named, in a stable order.

    Args:
        paths: files, folders, zip archives, and patterns (``决算*.docx``), on this machine or at addresses fsspec
            knows (``s3://bucket/2026``). A file is taken whatever its suffix.
        suffixes: what is taken from folders and archives.
        limits: what listing an archive may take.
        exclude: patterns (``*草稿*``) of names or whole paths that are passed over.

    What cannot be opened is yielded with its error, and never raised: BL989 for ``-`` (standard input), BL980 for a
    path that does not exist or cannot be opened, BL992 for a pipe or a device, BL901 for an empty file, BL907 for one
    that is too large, BL981 for a folder or archive without documents, BL982 for archives nested too deep, BL988 for
    rar and 7z, and BL904, BL905, BL906, BL910, BL911 or BL912 for an archive that is damaged, encrypted or suspicious,
    or takes too long or too much. Files of other kinds in folders and archives are yielded as passed over.
    """
    finder = _Finder(suffixes, limits or Limits())
    for given in paths:
        if given == "-":
            yield Input(given, error=ReadError("BL989", given))
            continue
        try:
            expanded = _expanded(given)
        except Exception as error:
            yield _refused(shown(given), unopened(shown(given), error, finder.limits))
            continue
        for path in expanded:
            for found in finder.found(path):
                yield Input(found.path, passed_over=True) if _excluded(found.path, exclude) else found


def _excluded(path: str, patterns: Sequence[str]) -> bool:
    """Tell whether the name or the whole path of a file or a member of an archive fits a pattern."""
    whole = path.replace(os.sep, "/")
    name = re.split("[/!]", whole)[-1]
    return any(fnmatchcase(said, pattern) for pattern in patterns for said in (name, whole))


def _expanded(path: str) -> list[str]:
    """Return what a pattern names (决算*.docx), where no shell has looked it up already."""
    if addresses.is_address(path):
        return addresses.expanded(path)
    if os.path.lexists(path) or not has_magic(path):
        return [path]
    return sorted(glob(path)) or [path]


class _Finder(Struct, frozen=True):
    """Looks into folders and archives."""

    suffixes: frozenset[str]
    limits: Limits

    def found(self, path: str) -> Iterator[Input]:
        """Yield what a path or address names."""
        if addresses.is_address(path):
            yield from self.address(path)
        else:
            yield from self.folder(path) if os.path.isdir(path) else self.file(path)

    def address(self, path: str) -> Iterator[Input]:
        """Yield the file at an address, or those in and below a folder there."""
        try:
            files = list(addresses.below(path))
        except Exception as error:
            yield _refused(shown(path), unopened(shown(path), error, self.limits))
            return
        if files == [path]:
            yield from self.file(path)
            return
        seen = [file for file in files if not _hidden(tuple(file[len(path) :].strip("/").split("/")))]
        for file in seen:
            if self._wanted(file):
                yield from self.file(file)
            else:
                yield Input(shown(file), passed_over=True)
        if not any(map(self._wanted, seen)):
            yield _refused(shown(path), ReadError("BL981", shown(path)))

    def folder(self, path: str) -> Iterator[Input]:
        """Yield the files in and below a folder; a linked folder is gone into once, however many links lead there."""
        closed: list[OSError] = []
        visited = {os.path.realpath(path)}
        files, again = [], []
        for folder, below, names in os.walk(path, onerror=closed.append, followlinks=True):
            within = Path(folder).relative_to(path).parts
            kept = []
            for name in sorted(below):
                real = os.path.realpath(os.path.join(folder, name))
                if _hidden((*within, name)):
                    continue
                if real in visited:
                    again.append(Path(folder, name))
                else:
                    visited.add(real)
                    kept.append(name)
            below[:] = kept
            files += [Path(folder, name) for name in names if not _hidden((*within, name))]
        for file in sorted([*files, *again]):
            if file in again or not self._wanted(file.name):
                yield Input(shown(str(file)), passed_over=True)
            else:
                yield from self.file(str(file))
        for error in closed:
            yield _refused(
                shown(str(error.filename)), unopened(shown(str(error.filename)), error, self.limits)
            )
        if not closed and not any(self._wanted(file.name) for file in files):
            yield _refused(shown(path), ReadError("BL981", shown(path)))

    def file(self, path: str) -> Iterator[Input]:
        """Yield a file, or the members of an archive."""
        remote = addresses.is_address(path)
        location = Location(path)
        group = shown(addresses.folder_of(path) if remote else str(Path(path).parent))
        name = shown(path)
        try:
            with addresses.opened(path, self.limits.file_bytes) as stream:
                begins = stream.read(2)
                size = stream.seek(0, os.SEEK_END)
        except Exception as error:
            yield _refused(name, unopened(name, error, self.limits))
            return
        yield from self._found(location, name, begins, size, group)

    def _found(self, location: Location, path: str, begins: bytes, size: int, group: str) -> Iterator[Input]:
        suffix = PurePosixPath(location.name).suffix.lower()
        if not size:
            yield Input(path, error=ReadError("BL901", path), group=group)
        elif suffix == _ZIP and begins == b"PK":
            try:
                yield from isolated(path, "zip", partial(self.listed, location, path), self.limits)
            except ReadError as error:
                yield Input(path, error=error)
        elif suffix in _OTHER_ARCHIVES:
            yield Input(path, error=ReadError("BL988", path), group=group)
        else:
            yield Input(path, location, group=group)

    def listed(self, location: Location, path: str) -> list[Input]:
        """Return the members of an archive, and of the archives in it.

        Raises:
            ReadError: the archive cannot be opened.
        """
        return list(self._archive(location, path, Contents(self.limits)))

    def _archive(self, location: Location, path: str, contents: Contents) -> Iterator[Input]:
        if len(location.members) >= DEEPEST:
            raise ReadError("BL982", path, limit=str(DEEPEST))
        package = contents.package(location)
        names = sorted(name for name in package.names if not _hidden(PurePosixPath(name).parts))
        for name in names:
            member = f"{path}!{printable(name)}"
            group = f"{path}!{printable(str(PurePosixPath(name).parent))}"
            inner = Location(location.file, (*location.members, name))
            suffix = PurePosixPath(name).suffix.lower()
            if not self._wanted(name):
                yield Input(member, passed_over=True)
            elif suffix in _OTHER_ARCHIVES:
                yield Input(member, error=ReadError("BL988", member), group=group)
            elif suffix == _ZIP:
                try:
                    yield from self._archive(inner, member, contents)
                except ReadError as error:
                    yield Input(member, error=ReadError(error.id, member, **error.facts), group=group)
            else:
                yield Input(member, inner, group=group)
        if not any(self._wanted(name) for name in names):
            yield Input(path, error=ReadError("BL981", path))

    def _wanted(self, name: str) -> bool:
        """Tell documents and archives from files of other kinds."""
        suffix = PurePosixPath(name).suffix.lower()
        return suffix in self.suffixes or suffix == _ZIP or suffix in _OTHER_ARCHIVES


def _hidden(parts: tuple[str, ...]) -> bool:
    """Tell what nobody put there: hidden files, the locks of office programs, what macOS and Windows leave behind."""
    return parts[-1].lower() in _LEFT_BEHIND or any(
        part.startswith((".", "~$", "__MACOSX")) for part in parts
    )


def _refused(path: str, error: ReadError) -> Input:
    return Input(path, error=error)
