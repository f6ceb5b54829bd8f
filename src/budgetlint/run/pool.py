"""Spreads tasks over several processes, watched one by one: a process that dies costs its own task and no other.

What processes need is imported when the first is started: most runs check one document and start none.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Task = TypeVar("Task")
Result = TypeVar("Result")
#: Tells the process that spreads the tasks something while a task is worked on.
Tell: TypeAlias = Callable[[Any], None]

#: A dead process may not close its pipe (a child of its own may hold it open), so the pool looks this often, in seconds.
_LOOKED_AFTER = 0.2
_ANSWERED, _RAISED, _TOLD = range(3)


class Died(Struct, frozen=True):
    """The process that worked on a task ended before it answered; ``cause`` says how (``signal 9``).

    ``late``: it was ended because it had worked on the task for too long.
    """

    cause: str
    late: bool = False


def spread(
    function: Callable[[Task, Tell], Result],
    tasks: Sequence[Task],
    jobs: int,
    heard: Tell | None = None,
    patience: float | None = None,
) -> Iterator[tuple[int, Result | Died]]:
    """Yield what a function makes of every task with the task's number, in the order in which they are finished.

    Args:
        function: is given a task and what it may tell the caller by; must not depend on what it did to earlier tasks.
            What it returns and tells must be picklable.
        tasks: what to work on; nothing of them is copied, every process inherits them.
        jobs: how many processes work at once. With one, and where processes cannot be forked (Windows, a system that
            lacks the means), all is done in this process, one after another.
        heard: is told here what the function tells.
        patience: a process that works on one task for so many seconds is ended.

    Raises:
        Exception: what the function raised.
    """
    heard = heard or _ignore
    jobs = min(jobs, len(tasks))
    if jobs <= 1 or sys.platform == "win32":
        for number, task in enumerate(tasks):
            yield number, function(task, heard)
        return
    pool = _Pool(function, tasks, heard, patience)
    try:
        yield from pool.run(jobs)
    finally:
        pool.end()


def _ignore(said: Any) -> None:
    pass


class _Worker(Struct):
    """A process, our end of its pipe, the number of the task it works on, and when it has to be done with it."""

    process: Any
    connection: Connection
    task: int
    deadline: float


class _Pool(Generic[Task, Result]):
    """The workers and the tasks that none of them has been given."""

    def __init__(
        self,
        function: Callable[[Task, Tell], Result],
        tasks: Sequence[Task],
        heard: Tell,
        patience: float | None,
    ) -> None:
        self._function = function
        self._tasks = tasks
        self._heard = heard
        self._patience = patience if patience is not None else float("inf")
        self._left = list(range(len(tasks) - 1, -1, -1))
        self._workers: list[_Worker] = []

    def run(self, jobs: int) -> Iterator[tuple[int, Result | Died]]:
        """Keep so many workers busy until every task has its answer."""
        from multiprocessing.connection import wait

        while self._left or self._workers:
            while self._left and len(self._workers) < jobs and self._begin():
                pass
            if not self._workers:
                # No process could be started.
                number = self._left.pop()
                yield number, self._function(self._tasks[number], self._heard)
                continue
            ready = wait([worker.connection for worker in self._workers], _LOOKED_AFTER)
            for worker in list(self._workers):
                if worker.connection in ready or not worker.process.is_alive():
                    yield from self._hear(worker)
                elif time.monotonic() > worker.deadline:
                    yield worker.task, self._bury(worker, late=True)

    def end(self) -> None:
        """End every worker that is still there."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.kill()
            worker.process.join()

    def _begin(self) -> bool:
        """Start a worker with the next task; False where the system refuses another process."""
        import multiprocessing

        from budgetlint.readers.safe.children import interruptible_later

        context: Any = multiprocessing.get_context("fork")
        try:
            ours, theirs = context.Pipe()
            inherited = [ours, *(worker.connection for worker in self._workers)]
            process = context.Process(target=_work, args=(theirs, inherited, self._function, self._tasks))
            with interruptible_later():
                process.start()
        except OSError:
            return False
        theirs.close()
        worker = _Worker(process, ours, -1, 0.0)
        self._workers.append(worker)
        self._give(worker)
        return True

    def _give(self, worker: _Worker) -> None:
        worker.task = self._left.pop()
        worker.deadline = time.monotonic() + self._patience
        with suppress(OSError):
            # A worker that died meanwhile is found dead when it is next looked after.
            worker.connection.send(worker.task)

    def _hear(self, worker: _Worker) -> Iterator[tuple[int, Result | Died]]:
        """Take what a worker says, or note that it died; give one that has answered the next task."""
        import pickle

        try:
            content = worker.connection.recv_bytes() if worker.connection.poll() else b""
        except (EOFError, OSError):
            content = b""
        if not content:
            yield worker.task, self._bury(worker)
            return
        kind, said = pickle.loads(content)
        if kind == _TOLD:
            self._heard(said)
            return
        if kind == _RAISED:
            raise said
        number = worker.task
        if self._left:
            self._give(worker)
        else:
            self._dismiss(worker)
        yield number, said

    def _bury(self, worker: _Worker, late: bool = False) -> Died:
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        code = worker.process.exitcode
        return Died(f"signal {-code}" if code < 0 else f"exit {code}", late)

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()


def _work(
    connection: Connection,
    inherited: Sequence[Connection],
    function: Callable[[Any, Tell], Any],
    tasks: Sequence[Any],
) -> None:
    """Work in a process of its own, until the pipe is closed."""
    from budgetlint.readers.safe.children import end_with_the_parent, leave_interrupts_to_the_parent

    leave_interrupts_to_the_parent()
    end_with_the_parent()
    for other in inherited:
        # Held open here, they would keep workers waiting for a parent that is gone.
        other.close()

    def tell(said: Any) -> None:
        connection.send_bytes(_packed(_TOLD, said))

    with suppress(EOFError, OSError):
        while True:
            number = connection.recv()
            try:
                answer = _packed(_ANSWERED, function(tasks[number], tell))
            except Exception as raised:
                answer = _packed(_RAISED, raised)
            connection.send_bytes(answer)


def _packed(kind: int, said: Any) -> bytes:
    """Return a message as bytes; what cannot be sent is told in words."""
    import pickle

    try:
        content = pickle.dumps((kind, said), pickle.HIGHEST_PROTOCOL)
        if kind == _RAISED:
            pickle.loads(content)
        return content
    except Exception as raised:
        cause = said if kind == _RAISED else raised
        told = RuntimeError(f"{type(cause).__name__}: {cause}")
        return pickle.dumps((_RAISED, told), pickle.HIGHEST_PROTOCOL)
