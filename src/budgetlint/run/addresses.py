"""Files at addresses that fsspec knows (``s3://bucket/2026``, ``hdfs://…``), found and opened like those of this machine."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from budgetlint.disk import TooLargeError, open_regular

if TYPE_CHECKING:
    from typing import BinaryIO

_MAGIC = re.compile(r"[*?\[]")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class UnreachableError(OSError):
    """Nothing here opens addresses of this kind; the message says what to install, or why it failed."""


def is_address(path: str) -> bool:
    """Tell an address from a path of this machine."""
    return _ADDRESS.match(path) is not None


def opened(path: str, most: int | None = None) -> BinaryIO:
    """Open a file by its path or address; its size is asked before anything is read.

    Raises:
        TooLargeError: it has more than ``most`` bytes.
        OSError: it cannot be opened.
    """
    if not is_address(path):
        return open_regular(path, most)
    fs, inner = _file_system(path)
    with _as_os_error():
        size = fs.size(inner)
        if most is not None and size is not None and size > most:
            raise TooLargeError(size)
        stream: BinaryIO = fs.open(inner, "rb")
    return stream


def read(path: str, most: int | None = None) -> bytes:
    """Return the content of a file, as ``opened`` opens it."""
    with opened(path, most) as stream, _as_os_error():
        content = stream.read() if most is None else stream.read(most + 1)
    if most is not None and len(content) > most:
        raise TooLargeError(len(content))
    return content


def expanded(address: str) -> list[str]:
    """Return what a pattern names (``s3://bucket/*/决算.docx``); an address without one is itself."""
    fs, inner = _file_system(address)
    if not _MAGIC.search(inner):
        return [address]
    with _as_os_error():
        return [_address(address, inner, found) for found in sorted(fs.glob(inner))] or [address]


def below(address: str) -> Iterator[str]:
    """Yield the addresses of the files in and below a folder, sorted; a file is itself.

    Raises:
        OSError: nothing is there, or it cannot be listed.
    """
    fs, inner = _file_system(address)
    with _as_os_error():
        if fs.isfile(inner):
            yield address
            return
        found = sorted(fs.find(inner))
        if not found and not fs.exists(inner):
            raise FileNotFoundError(2, "No such file or directory", address)
    for path in found:
        yield _address(address, inner, path)


def folder_of(address: str) -> str:
    """Return the address of the folder a file lies in."""
    return posixpath.dirname(address)


def _address(given: str, inner: str, path: str) -> str:
    """Return the address of a path, by the address given and the path it led to in its file system."""
    fixed = _MAGIC.split(inner)[0]
    return given[: given.find(fixed)] + path if fixed else given + path


def _file_system(address: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError as error:
        raise UnreachableError(0, "pip install 'budgetlint[store]'") from error
    try:
        fs, inner = fsspec.core.url_to_fs(address, use_listings_cache=False)
    except Exception as error:
        raise UnreachableError(0, _first_line(error)) from error
    return fs, inner


def _first_line(error: Exception) -> str:
    said = str(error).strip().partition("\n")[0]
    return said or type(error).__name__


class _as_os_error:
    """Whatever the client of a service raises is an error of the system to those who read files."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, OSError):
            raise UnreachableError(0, _first_line(error)) from error
