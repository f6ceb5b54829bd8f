"""Holds work in this process to a time: it is broken off, wherever it is, once that has passed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

#: What is raised may come to nothing where it meets a destructor: it is raised again after so many seconds.
_AGAIN = 0.5


class TimeUp(BaseException):
    """The time has passed. No ``Exception``: nothing on the way may take it for a fault of its own."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Break off the work below once it has taken so long.

    In the main thread a signal ends it, even within a regular expression; elsewhere (Windows, a server's threads) it
    ends at the next step of Python.

    Raises:
        TimeUp: the time has passed.
    """
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        with _by_alarm(seconds):
            yield
    else:
        with _by_watch(seconds):
            yield


@contextmanager
def _by_alarm(seconds: float) -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, _time_up)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)
        signal.signal(signal.SIGALRM, before)


def _time_up(number: int, frame: Any) -> None:
    raise TimeUp


@contextmanager
def _by_watch(seconds: float) -> Iterator[None]:
    import ctypes

    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    thread = ctypes.c_ulong(threading.get_ident())
    finished, lock = threading.Event(), threading.Lock()

    def watch() -> None:
        wait = seconds
        while not finished.wait(wait):
            with lock:
                if not finished.is_set():
                    raise_in(thread, ctypes.py_object(TimeUp))
            wait = _AGAIN

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            finished.set()
        raise_in(thread, None)
