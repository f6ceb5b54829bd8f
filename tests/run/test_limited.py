"""Work is broken off when its time has passed, in whatever thread and within a regular expression; else it is left alone."""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from budgetlint.run.limited import TimeUp, limited


def _spin() -> None:
    while True:
        with suppress(Exception):
            sum(range(100))


def _broken_off(work: Callable[[], object]) -> bool:
    try:
        with limited(0.1):
            work()
    except TimeUp:
        return True
    return False


def test_endless_work_is_broken_off_here_and_in_a_thread() -> None:
    assert _broken_off(_spin)
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(_broken_off(_spin)))
    thread.start()
    thread.join()
    assert answers == [True]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms here")
def test_a_regular_expression_that_goes_on_for_ever_is_broken_off() -> None:
    assert _broken_off(lambda: re.match(r"(a|aa)+$", "a" * 60 + "b"))


def test_work_that_ends_in_time_is_left_alone_afterwards() -> None:
    def work() -> None:
        assert not _broken_off(lambda: None)
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            sum(range(100))
        done.append(True)

    done: list[bool] = []
    work()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True, True]
