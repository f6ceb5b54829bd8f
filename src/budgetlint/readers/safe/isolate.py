"""Read an untrusted file in a child process with limits on memory and time, so that it can harm no other document."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from budgetlint.document import ReadError, Source
from budgetlint.readers.reader import Reader

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_MEGABYTE = 1 << 20


class Limits(Struct, frozen=True):
    """What reading one file may take.

    Attributes:
        megabytes: of memory beyond what the process holds already.
        seconds: of wall time; processor time is held to the same.
        file_megabytes: of the file itself.
    """

    megabytes: int = 1_500
    seconds: float = 60.0
    file_megabytes: int = 200


def read_isolated(reader: Reader, path: str, data: bytes, limits: Limits | None = None) -> Source:
    """Read a file in a child process of its own.

    Raises:
        ReadError: the reader's own, or BL907 (the file is too large), BL910 (it took too long),
            BL911 (it took too much memory, or the process died), BL986 (the reader failed unexpectedly).
    """
    import multiprocessing
    import pickle

    limits = limits or Limits()
    if len(data) > limits.file_megabytes * _MEGABYTE:
        size = f"{len(data) // _MEGABYTE} MB"
        raise ReadError("BL907", path, what="文件", count=size, limit=f"{limits.file_megabytes} MB")
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(theirs, reader, path, data, limits), daemon=True)
    child.start()
    theirs.close()
    try:
        answer = _answer(ours, limits.seconds)
    finally:
        ours.close()
        if child.is_alive():
            child.join(0.2)
        if child.is_alive():
            child.kill()
        child.join()
    if answer is None:
        raise ReadError("BL910", path, seconds=f"{limits.seconds:g}")
    if not answer:
        raise ReadError("BL911", path, cause=f"signal {-child.exitcode}" if child.exitcode else "")
    result = pickle.loads(answer)
    if isinstance(result, Source):
        return result
    id, facts = result
    raise ReadError(id, path, **facts)


def _answer(connection: Connection, seconds: float) -> bytes | None:
    """Return what the child sent, empty where it died without a word, None where time ran out."""
    deadline = time.monotonic() + seconds
    try:
        if not connection.poll(max(0.0, deadline - time.monotonic())):
            return None
        return connection.recv_bytes()
    except (EOFError, OSError):
        return b""


def _child(connection: Connection, reader: Reader, path: str, data: bytes, limits: Limits) -> None:
    import faulthandler
    import gc
    import pickle

    faulthandler.disable()
    with suppress(OSError):
        # What a dying C library says would stand in the middle of the report.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _limit(limits)
    # The process ends with the file: whatever it leaves uncollected goes with it.
    gc.disable()
    result: Source | tuple[str, dict[str, str]]
    try:
        result = reader.source(path, data)
    except ReadError as error:
        result = (error.id, dict(error.facts))
    except MemoryError:
        result = ("BL911", {"cause": "memory"})
    except RecursionError:
        result = ("BL907", {"what": "嵌套层数", "count": "∞", "limit": str(sys.getrecursionlimit())})
    except Exception as error:
        result = ("BL986", {"reader": reader.name, "cause": f"{type(error).__name__}: {error}"})
    with suppress(OSError, MemoryError):
        connection.send_bytes(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
    connection.close()


def _limit(limits: Limits) -> None:
    """Cap this process; where the system knows no such caps (Windows), only the wall limit of the parent holds."""
    try:
        import resource
    except ImportError:
        return
    held = 0
    with suppress(OSError, ValueError, IndexError), open("/proc/self/statm", encoding="ascii") as statm:
        held = int(statm.read().split()[0]) * resource.getpagesize()
    for kind, amount in (
        (resource.RLIMIT_AS, held + limits.megabytes * _MEGABYTE),
        (resource.RLIMIT_CPU, int(limits.seconds) + 1),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (amount, resource.getrlimit(kind)[1]))
