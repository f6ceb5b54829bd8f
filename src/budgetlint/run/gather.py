"""Finds the files a user named: files as they are, the readable files of folders, the members of zip archives."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from glob import glob, has_magic
from pathlib import Path, PurePosixPath

from msgspec import Struct

from budgetlint.document import ReadError

#: Archives within archives are opened this deep; what lies deeper is refused.
DEEPEST = 3
#: Archives that nothing here can open: taken from folders all the same, so that they are not passed over.
_OTHER_ARCHIVES = frozenset({".rar", ".7z"})
_ZIP = ".zip"
_LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini"})


class Input(Struct, frozen=True):
    """One file to read: the path people know it by, and its content or why there is none.

    ``group`` is the folder or archive it was found in: the files of one department in one group belong together.
    ``passed_over`` is a file of a kind that nothing here reads: to be named, not to be read.
    """

    path: str
    content: bytes = b""
    error: ReadError | None = None
    group: str = ""
    passed_over: bool = False


def gather(paths: Iterable[str], suffixes: frozenset[str]) -> Iterator[Input]:
    """Yield what the user named, in a stable order.

    Args:
        paths: files, folders, zip archives, and patterns (``决算*.docx``). A file is taken whatever its suffix.
        suffixes: what is taken from folders and archives.

    What cannot be read is yielded with its error, and never raised: BL989 for ``-`` (standard input), BL980 for a path
    that does not exist or cannot be opened, BL901 for an empty file, BL981 for a folder or archive without documents, BL982 for archives nested too
    deep, BL988 for rar and 7z, and BL904, BL905 or BL906 for an archive that is damaged, encrypted or suspicious.
    Files of other kinds in folders and archives are yielded as passed over.
    """
    for given in paths:
        if given == "-":
            yield Input(given, error=ReadError("BL989", given))
            continue
        for path in _expanded(given):
            if Path(path).is_dir():
                yield from _folder(path, suffixes)
            else:
                yield from _file(path, suffixes)


def _expanded(path: str) -> list[str]:
    """Return what a pattern names (决算*.docx), where no shell has looked it up already."""
    if os.path.exists(path) or not has_magic(path):
        return [path]
    return sorted(glob(path)) or [path]


def _folder(path: str, suffixes: frozenset[str]) -> Iterator[Input]:
    closed: list[OSError] = []
    files = [
        Path(folder, name)
        for folder, _, names in os.walk(path, onerror=closed.append)
        for name in names
        if not _hidden(Path(folder, name).relative_to(path).parts)
    ]
    wanted = [file for file in files if _wanted(file.name, suffixes)]
    for file in sorted(files):
        if _wanted(file.name, suffixes):
            yield from _file(str(file), suffixes)
        else:
            yield Input(_shown(str(file)), passed_over=True)
    for error in closed:
        yield _unopened(str(error.filename), error)
    if not wanted and not closed:
        yield Input(_shown(path), error=ReadError("BL981", _shown(path)))


def _wanted(name: str, suffixes: frozenset[str]) -> bool:
    """Tell documents and archives from files of other kinds."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix in suffixes or suffix == _ZIP or suffix in _OTHER_ARCHIVES


def _hidden(parts: tuple[str, ...]) -> bool:
    """Tell what nobody put there: hidden files, the locks of office programs, what macOS and Windows leave behind."""
    return parts[-1].lower() in _LEFT_BEHIND or any(
        part.startswith((".", "~$", "__MACOSX")) for part in parts
    )


def _file(path: str, suffixes: frozenset[str]) -> Iterator[Input]:
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        yield _unopened(path, error)
        return
    yield from _content(_shown(path), content, _shown(str(Path(path).parent)), suffixes, depth=0)


def _content(path: str, content: bytes, group: str, suffixes: frozenset[str], depth: int) -> Iterator[Input]:
    suffix = PurePosixPath(path).suffix.lower()
    if not content.strip():
        yield Input(path, error=ReadError("BL901", path), group=group)
    elif suffix == _ZIP and content.startswith(b"PK"):
        if depth >= DEEPEST:
            yield Input(path, error=ReadError("BL982", path, limit=str(DEEPEST)), group=group)
        else:
            yield from _archive(path, content, suffixes, depth)
    elif suffix in _OTHER_ARCHIVES:
        yield Input(path, error=ReadError("BL988", path), group=group)
    else:
        yield Input(path, content, group=group)


def _archive(path: str, content: bytes, suffixes: frozenset[str], depth: int) -> Iterator[Input]:
    from budgetlint.readers.safe.zipsafe import Package

    try:
        package = Package(path, content)
    except ReadError as error:
        yield Input(path, error=error)
        return
    names = sorted(
        name for name in package.names if not name.endswith("/") and not _hidden(PurePosixPath(name).parts)
    )
    for name in names:
        member, group = f"{path}!{name}", f"{path}!{PurePosixPath(name).parent}"
        if not _wanted(name, suffixes):
            yield Input(member, passed_over=True)
            continue
        try:
            inner = package.read(name)
        except ReadError as error:
            yield Input(member, error=ReadError(error.id, member, **error.facts), group=group)
        else:
            yield from _content(member, inner, group, suffixes, depth + 1)
    if not any(_wanted(name, suffixes) for name in names):
        yield Input(path, error=ReadError("BL981", path))


def _unopened(path: str, error: OSError) -> Input:
    path = _shown(path)
    return Input(path, error=ReadError("BL980", path, cause=error.strerror or type(error).__name__))


def _shown(path: str) -> str:
    """Return a path that can be printed: names unpacked from a Chinese Windows may be GBK on the disk."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path).decode("gb18030", "replace")
    return path
