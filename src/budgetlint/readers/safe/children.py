"""Processes of our own: they end when their parent does, hold nothing of its, and leave Ctrl-C to it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

_PR_SET_PDEATHSIG = 1


@contextmanager
def interruptible_later() -> Iterator[None]:
    """Hold Ctrl-C back while a process is started: the new one must never see it, not even at its very beginning."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_interrupts_to_the_parent() -> None:
    """Ignore Ctrl-C, which the terminal sends to every process: the parent ends its children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def hold_nothing_but(kept: Iterable[int]) -> None:
    """Close every descriptor that was inherited but some; what goes to standard output or error is dropped.

    A pipe of the parent's held open here would keep its reader waiting after the parent's end.
    """
    with suppress(OSError):
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)
    held = {0, 1, 2, *kept}
    for handle in _open_handles():
        if handle not in held:
            with suppress(OSError):
                os.close(handle)


def _open_handles() -> list[int]:
    for folder in ("/proc/self/fd", "/dev/fd"):
        with suppress(OSError):
            return [int(name) for name in os.listdir(folder) if name.isdigit()]
    return list(range(3, 256))


def end_with_the_parent() -> None:
    """Let this process be killed when the thread that started it ends (Linux; elsewhere its pipe tells it)."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    with suppress(ImportError, OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def watch_the_parent() -> int:
    """End this process, from a thread beside its work, when its parent ends; return the descriptor that tells.

    Works wherever processes are started by multiprocessing, and loads nothing, but no process may be forked after it.
    """
    import threading
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    assert parent is not None
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
    return int(sentinel)
