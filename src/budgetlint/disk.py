"""Files of this machine: only regular ones are read, none beyond a size; what is written is there whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, BinaryIO


class NotRegularError(OSError):
    """A pipe, device, socket or folder stands where a file was expected; reading it might wait for ever."""


class TooLargeError(OSError):
    """A file is larger than may be read; ``size`` is what it has, in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG))
        self.size = size


def open_regular(path: str | Path, most: int | None = None) -> BinaryIO:
    """Open a regular file for reading; its size is asked before anything is read.

    Raises:
        NotRegularError: it is none.
        TooLargeError: it has more than ``most`` bytes.
        OSError: it cannot be opened.
    """
    _see(os.stat(path), most)
    # What was a file a moment ago may be a pipe now: opening one must not wait either.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        _see(os.fstat(handle), most)
        return open(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_regular(path: str | Path, most: int | None = None) -> bytes:
    """Return the content of a regular file, as ``open_regular`` opens it."""
    with open_regular(path, most) as stream:
        content = stream.read() if most is None else stream.read(most + 1)
    if most is not None and len(content) > most:
        raise TooLargeError(len(content))
    return content


def _see(found: os.stat_result, most: int | None) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NotRegularError(errno.EINVAL, "not a regular file")
    if most is not None and found.st_size > most:
        raise TooLargeError(found.st_size)


@contextmanager
def written(path: str | Path, binary: bool = False) -> Iterator[Any]:
    """Open a file for writing beside its place, and move it there once all of it is on the disk.

    Where writing fails or is broken off, what stood there before stands there still. Text is UTF-8 with ``\\n``.
    A pipe, a device or a terminal is written to directly.

    Raises:
        OSError: it cannot be written.
    """
    how: dict[str, Any] = {} if binary else {"encoding": "utf-8", "newline": "\n"}
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        with open(path, "wb" if binary else "w", **how) as stream:
            yield stream
        return
    beside = os.path.join(os.path.dirname(target), f".budgetlint-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        with open(beside, "xb" if binary else "x", **how) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(OSError):
            os.chmod(beside, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
