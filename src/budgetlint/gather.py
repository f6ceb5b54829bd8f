"""Finds the files a user named: files as they are, the readable files of folders, the members of zip archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from budgetlint.document import ReadError

#: Limits on an archive: members, bytes of one member, bytes in all, and how far it may inflate.
MAX_MEMBERS = 10_000
MAX_MEMBER_BYTES = 200_000_000
MAX_ALL_BYTES = 1_000_000_000
MAX_RATIO = 200


@dataclass(frozen=True, slots=True)
class Input:
    """One document to read: the path people know it by, and its content or why there is none.

    ``group`` is the folder or archive it was found in: the documents of one department in one group belong together.
    """

    path: str
    content: bytes = b""
    error: ReadError | None = None
    group: str = ""


def gather(paths: Iterable[str], suffixes: frozenset[str]) -> Iterator[Input]:
    """Yield what the user named, in a stable order.

    Args:
        paths: files, folders and zip archives. A file is taken whatever its suffix.
        suffixes: what is taken from folders and archives.

    What cannot be read is yielded with its error, and never raised: BL980 for a path that does not exist or cannot be
    opened, BL901 for an empty file, BL981 for a folder or archive without documents, BL982 for a bad archive.
    """
    for path in paths:
        if Path(path).is_dir():
            yield from _folder(path, suffixes)
        else:
            yield from _file(path, suffixes, group="")


def _folder(path: str, suffixes: frozenset[str]) -> Iterator[Input]:
    found = False
    for file in sorted(Path(path).rglob("*")):
        inside = file.relative_to(path).parts
        wanted = file.suffix.lower() in suffixes or file.suffix.lower() == ".zip"
        if wanted and file.is_file() and not any(part.startswith((".", "~$")) for part in inside):
            found = True
            yield from _file(str(file), suffixes, group=str(file.parent))
    if not found:
        yield Input(path, error=ReadError("BL981", path))


def _file(path: str, suffixes: frozenset[str], group: str) -> Iterator[Input]:
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        yield Input(path, error=ReadError("BL980", path, cause=error.strerror or type(error).__name__))
        return
    if path.lower().endswith(".zip") and zipfile.is_zipfile(io.BytesIO(content)):
        yield from _archive(path, content, suffixes)
    elif not content.strip():
        yield Input(path, error=ReadError("BL901", path))
    else:
        yield Input(path, content, group=group)


def _archive(path: str, content: bytes, suffixes: frozenset[str]) -> Iterator[Input]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            _refuse_bombs(path, members)
            wanted = [(_member_name(info), info) for info in members]
            wanted = [(name, info) for name, info in wanted if Path(name).suffix.lower() in suffixes]
            for name, info in sorted(wanted, key=lambda pair: pair[0]):
                yield Input(f"{path}!{name}", archive.read(info), group=f"{path}!{Path(name).parent}")
            if not wanted:
                yield Input(path, error=ReadError("BL981", path))
    except ReadError as error:
        yield Input(path, error=error)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        yield Input(path, error=ReadError("BL982", path, cause=str(error)))


def _refuse_bombs(path: str, members: list[zipfile.ZipInfo]) -> None:
    inflated = sum(info.file_size for info in members)
    packed = sum(info.compress_size for info in members) or 1
    if (
        len(members) > MAX_MEMBERS
        or inflated > MAX_ALL_BYTES
        or inflated > MAX_RATIO * packed + 1_000_000
        or any(info.file_size > MAX_MEMBER_BYTES for info in members)
    ):
        raise ReadError("BL982", path, cause="过大 too large")


def _member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; names without the UTF-8 flag are GBK as Chinese Windows writes them."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename
