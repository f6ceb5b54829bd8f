"""What a run tells while it works: which stage of which file begins or ended, and how many files are finished."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from msgspec import Struct

#: In the order a file goes through them; ``done`` is told once a file is finished, whatever came of it.
STAGES = ("read", "structure", "name", "rules", "diagnose", "done")


class Step(Struct, frozen=True):
    """A stage of a file begins, or has ended.

    Attributes:
        path: the file as reports call it.
        stage: one of ``STAGES``.
        seconds: wall time the stage took; None where it begins.
        done, total: files finished so far, and files of the run; 0 of 0 before that is known.
    """

    path: str
    stage: str
    seconds: float | None = None
    done: int = 0
    total: int = 0


#: Is told of every step, in the process and the thread that asked for the run.
Told: TypeAlias = Callable[[Step], None]


class Stages(Struct, frozen=True):
    """Tells of the stages of one file."""

    path: str
    told: Told

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Tell that a stage begins and, where nothing is raised, that it ended."""
        self.told(Step(self.path, name))
        began = time.perf_counter()
        yield
        self.told(Step(self.path, name, time.perf_counter() - began))


def silent(step: Step) -> None:
    """Tell nobody."""


#: The stages of a file of which nobody wants to hear.
UNHEARD = Stages("", silent)
