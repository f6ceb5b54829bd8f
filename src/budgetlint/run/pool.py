"""Spreads tasks over several processes, watched one by one: a process that dies costs its own task and no other.

What processes need is imported when the first is started: most runs check one document and start none.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Task = TypeVar("Task")
Result = TypeVar("Result")

#: A dead process may not close its pipe (a child of its own may hold it open), so the pool looks this often, in seconds.
_LOOKED_AFTER = 0.2


class Died(Struct, frozen=True):
    """The process that worked on a task ended before it answered; ``cause`` says how (``signal 9``)."""

    cause: str


def spread(function: Callable[[Task], Result], tasks: Sequence[Task], jobs: int) -> list[Result | Died]:
    """Return what a function makes of every task, in the order of the tasks.

    Args:
        function: must not depend on what it did to earlier tasks; its results must be picklable.
        tasks: what to work on; nothing of them is copied, every process inherits them.
        jobs: how many processes work at once. With one, and where processes cannot be forked (Windows), all is done
            in this process, one after another.

    Raises:
        Exception: what the function raised.
    """
    jobs = min(jobs, len(tasks))
    if jobs <= 1 or sys.platform == "win32":
        return [function(task) for task in tasks]
    pool = _Pool(function, tasks)
    try:
        return pool.run(jobs)
    finally:
        pool.end()


class _Worker(Struct):
    """A process, our end of its pipe, and the number of the task it works on."""

    process: Any
    connection: Connection
    task: int


class _Pool(Generic[Task, Result]):
    """The workers and what they have answered so far."""

    def __init__(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> None:
        self._function = function
        self._tasks = tasks
        self._left: Iterator[int] = iter(range(len(tasks)))
        self._workers: list[_Worker] = []
        self._results: dict[int, Result | Died] = {}

    def run(self, jobs: int) -> list[Result | Died]:
        """Keep so many workers busy until every task has its answer."""
        from multiprocessing.connection import wait

        for number in islice(self._left, jobs):
            self._begin(number)
        while self._workers:
            ready = wait([worker.connection for worker in self._workers], _LOOKED_AFTER)
            for worker in list(self._workers):
                if worker.connection in ready or not worker.process.is_alive():
                    self._hear(worker)
        return [self._results[number] for number in range(len(self._tasks))]

    def end(self) -> None:
        """End every worker that is still there."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.kill()
            worker.process.join()

    def _begin(self, number: int) -> None:
        """Start a worker and give it its first task."""
        import multiprocessing

        context: Any = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        inherited = [ours, *(worker.connection for worker in self._workers)]
        process = context.Process(target=_work, args=(theirs, inherited, self._function, self._tasks))
        process.start()
        theirs.close()
        worker = _Worker(process, ours, number)
        self._workers.append(worker)
        self._give(worker, number)

    def _give(self, worker: _Worker, number: int) -> None:
        worker.task = number
        with suppress(OSError):
            # A worker that died meanwhile is found dead when it is next looked after.
            worker.connection.send(number)

    def _hear(self, worker: _Worker) -> None:
        """Take a worker's answer, or note that it died; then give it, or one in its stead, the next task."""
        import pickle

        try:
            answer = worker.connection.recv_bytes() if worker.connection.poll() else b""
        except (EOFError, OSError):
            answer = b""
        if answer:
            result, error = pickle.loads(answer)
            if error is not None:
                raise error
            self._results[worker.task] = result
        else:
            self._bury(worker)
        number = next(self._left, None)
        if number is None:
            if answer:
                self._dismiss(worker)
        elif answer:
            self._give(worker, number)
        else:
            self._begin(number)

    def _bury(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        code = worker.process.exitcode
        self._results[worker.task] = Died(f"signal {-code}" if code < 0 else f"exit {code}")
        worker.connection.close()
        self._workers.remove(worker)

    def _dismiss(self, worker: _Worker) -> None:
        worker.connection.close()
        worker.process.join()
        self._workers.remove(worker)


def _work(
    connection: Connection,
    inherited: Sequence[Connection],
    function: Callable[[Any], Any],
    tasks: Sequence[Any],
) -> None:
    """Work in a process of its own, until the pipe is closed."""
    for other in inherited:
        # Held open here, they would keep workers waiting for a parent that is gone.
        other.close()
    while True:
        try:
            number = connection.recv()
        except (EOFError, OSError):
            return
        result, error = None, None
        try:
            result = function(tasks[number])
        except Exception as raised:
            error = raised
        try:
            connection.send_bytes(_packed(result, error))
        except OSError:
            return


def _packed(result: Any, error: Exception | None) -> bytes:
    """Return an answer as bytes; an exception that cannot be sent is told in words."""
    import pickle

    try:
        return pickle.dumps((result, error), pickle.HIGHEST_PROTOCOL)
    except Exception as raised:
        told = RuntimeError(f"{type(error or raised).__name__}: {error or raised}")
        return pickle.dumps((None, told), pickle.HIGHEST_PROTOCOL)
