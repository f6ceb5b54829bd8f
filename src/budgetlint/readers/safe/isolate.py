"""Work on an untrusted file in a child process with limits on memory and time, so that it can harm no other document."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from budgetlint.document import ReadError, Source
from budgetlint.readers.reader import Reader

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MEGABYTE = 1 << 20
_LACKING = frozenset({errno.ENOMEM, errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOSPC})
#: What libraries say where they got no memory, whatever they raise.
_NO_MEMORY = ("memory allocation", "out of memory", "cannot allocate memory", "bad_alloc")

Result = TypeVar("Result")


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

    @property
    def file_bytes(self) -> int:
        """The most bytes a file may have."""
        return self.file_megabytes * MEGABYTE

    def too_large(self, path: str, size: int) -> ReadError:
        """Return what is said of a file that has more (BL907)."""
        count = f"{-(-size // MEGABYTE)} MB"
        return ReadError("BL907", path, what="文件", count=count, limit=f"{self.file_megabytes} MB")


def read_isolated(reader: Reader, path: str, data: bytes, limits: Limits | None = None) -> Source:
    """Read a file in a child process of its own.

    Raises:
        ReadError: as ``isolated``, and BL907 (the file is too large).
    """
    limits = limits or Limits()
    if len(data) > limits.file_bytes:
        raise limits.too_large(path, len(data))
    return isolated(path, reader.name, partial(reader.source, path, data), limits)


def isolated(path: str, who: str, work: Callable[[], Result], limits: Limits) -> Result:
    """Return what some work on a file gives, done in a child process of its own.

    Raises:
        ReadError: the work's own, or BL910 (it took too long), BL911 (the process died), BL912 (it took too much
            memory), BL913 (the system lacks what a process takes), BL986 (``who`` failed unexpectedly).
    """
    import multiprocessing
    import pickle

    from budgetlint.readers.safe.children import interruptible_later

    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    try:
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(target=_child, args=(theirs, who, work, limits), daemon=True)
        with interruptible_later():
            child.start()
    except OSError as error:
        raise lacking(path, error) from error
    try:
        theirs.close()
        answer = _answer(ours, limits.seconds)
    finally:
        ours.close()
        _end(child)
    if answer is None:
        raise ReadError("BL910", path, seconds=f"{limits.seconds:g}")
    if not answer:
        code = child.exitcode or 0
        raise ReadError("BL911", path, cause=f"signal {-code}" if code < 0 else f"exit {code}")
    result, refused = pickle.loads(answer)
    if refused is not None:
        id, facts = refused
        raise ReadError(id, path, **facts)
    found: Result = result
    return found


def _end(child: Any) -> None:
    """End a child; one that is ending by itself is left the time to say how.

    Not by ``join`` with a time: that waits for a descriptor which the child has closed.
    """
    deadline = time.monotonic() + 0.2
    while child.is_alive() and time.monotonic() < deadline:
        time.sleep(0.001)
    child.kill()
    child.join()


def lacking(path: str, error: OSError) -> ReadError:
    """Return what is said where the system lacks memory, processes, descriptors or room on the disk (BL913)."""
    return ReadError("BL913", path, cause=error.strerror or type(error).__name__)


def refusal_of(error: BaseException, who: str) -> tuple[str, dict[str, str]]:
    """Return the id and facts of what a failure of ``who`` on a file means."""
    if isinstance(error, ReadError):
        short = error.id in ("BL904", "BL986") and _says_no_memory(error.facts.get("cause", ""))
        return ("BL912", {}) if short else (error.id, dict(error.facts))
    chain: BaseException | None = error
    while chain is not None:
        if isinstance(chain, MemoryError) or _says_no_memory(str(chain)):
            return "BL912", {}
        chain = chain.__cause__ or chain.__context__
    if isinstance(error, OSError) and error.errno in _LACKING:
        return "BL913", {"cause": error.strerror or type(error).__name__}
    if isinstance(error, RecursionError):
        return "BL907", {"what": "嵌套层数", "count": "∞", "limit": str(sys.getrecursionlimit())}
    return "BL986", {"reader": who, "cause": f"{type(error).__name__}: {error}"}


def _says_no_memory(said: str) -> bool:
    return any(words in said.lower() for words in _NO_MEMORY)


def _answer(connection: Connection, seconds: float) -> bytes | None:
    """Return what the child sent, empty where it died without a word, None where time ran out."""
    deadline = time.monotonic() + seconds
    try:
        if not connection.poll(max(0.0, deadline - time.monotonic())):
            return None
        return connection.recv_bytes()
    except (EOFError, OSError):
        return b""


def _child(connection: Connection, who: str, work: Callable[[], Any], limits: Limits) -> None:
    import faulthandler
    import gc
    import pickle

    from budgetlint.readers.safe.children import (
        hold_nothing_but,
        leave_interrupts_to_the_parent,
        watch_the_parent,
    )

    leave_interrupts_to_the_parent()
    faulthandler.disable()
    if sys.platform != "win32":
        hold_nothing_but({connection.fileno(), watch_the_parent()})
    _limit(limits)
    # The process ends with the file: whatever it leaves uncollected goes with it.
    gc.disable()
    answer: tuple[Any, tuple[str, dict[str, str]] | None]
    try:
        answer = work(), None
        content = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except BaseException as error:  # a panic of a library in Rust is no Exception
        answer = None, refusal_of(error, who)
        content = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    with suppress(OSError, MemoryError):
        connection.send_bytes(content)
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
        (resource.RLIMIT_AS, held + limits.megabytes * MEGABYTE),
        (resource.RLIMIT_CPU, int(limits.seconds) + 1),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (amount, resource.getrlimit(kind)[1]))
