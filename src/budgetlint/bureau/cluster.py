"""A run on Dask distributed: tasks go to workers, results from there to the store, and counts come back.

A task whose process or worker dies is halved until the document is found that it dies of; that one is kept as unread,
and its neighbours are checked without it. The scheduler counts every death against all tasks of the dead worker, so no
more tasks are out at once than there are threads, and none is taken for guilty before it died alone.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

from msgspec.structs import replace

from budgetlint.bureau.identity import stamp_of
from budgetlint.bureau.season import Season, add_counts, keep_unread
from budgetlint.bureau.shipping import Done, Task, shipped
from budgetlint.bureau.store import Store, StoreError
from budgetlint.results.report import Exit, Problem
from budgetlint.run.checkup import Checkup
from budgetlint.run.gather import Input
from budgetlint.run.session import Session
from budgetlint.run.stages import Step, Told, silent
from budgetlint.said import Said

#: Documents a task has at least, where there are so many that may be apart.
LEAST = 100


def check_on_cluster(
    session: Session,
    store: Store,
    paths: Iterable[str],
    address: str,
    *,
    again: bool = False,
    told: Told = silent,
) -> Season:
    """Check documents on a cluster into a store that all its machines reach.

    Args:
        address: of the scheduler (``tcp://host:8786``), or ``local:N`` for N processes of this machine.

    Raises:
        StoreError: the cluster cannot be reached, or a machine of it checks otherwise than this one.
    """
    checkup = Checkup(session, silent)
    batches = checkup.batches(paths)
    stamp = stamp_of(session)
    tasks = list(_tasks(session, store, stamp, batches, again))
    season, total = Season(), sum(map(len, batches))
    with _client(address) as client:
        done = 0
        for task, outcome in _carried_out(client, address, tasks, session, store, season):
            if outcome.refused:
                raise _otherwise(address, stamp, outcome.refused)
            if outcome.failed:
                raise OSError(outcome.failed)
            if task.probe:
                continue
            add_counts(season, outcome.counts)
            season.problems += tuple(Problem(path, said, Exit(code)) for path, said, code in outcome.problems)
            done += len(task.paths)
            told(Step(task.paths[-1] if task.paths else "", "done", 0.0, min(done, total), total))
    store.compact()
    season.problems = tuple(dict.fromkeys((*session.problems, *checkup.problems, *season.problems)))
    season.passed_over = tuple(dict.fromkeys(checkup.passed_over))
    return season


def _tasks(
    session: Session, store: Store, stamp: str, batches: Sequence[Sequence[Input]], again: bool
) -> Iterator[Task]:
    held: list[tuple[Input, ...]] = []

    def made() -> Task:
        return Task(session.settings, store.address, stamp, tuple(held), again=again)

    for batch in batches:
        held.append(tuple(batch))
        if sum(map(len, held)) >= LEAST:
            yield made()
            held = []
    if held:
        yield made()


def _carried_out(
    client: Any, address: str, tasks: Sequence[Task], session: Session, store: Store, season: Season
) -> Iterator[tuple[Task, Done]]:
    """Yield finished tasks; one that dies is halved, and what is guilty kept as unread.

    Raises:
        StoreError: the scheduler does not answer any more.
    """
    from distributed import as_completed
    from distributed.comm.core import CommClosedError

    queue = _Queue(tasks)
    sent: dict[Any, Task] = {}
    running = as_completed()

    def send() -> None:
        room = max(1, sum(client.nthreads().values()))
        while queue.waiting and len(sent) < room:
            task = queue.waiting.pop()
            future = client.submit(shipped, pickle.dumps(task), pure=False, retries=0)
            sent[future] = task
            running.add(future)

    try:
        send()
        for future in running:
            task = sent.pop(future)
            outcome = _outcome(future)
            future.release()
            if not outcome.ended:
                queue.finished(task)
                yield task, outcome
            elif (guilty := queue.died(task)) is not None:
                keep_unread(session, store, task.batches, [guilty], season)
            send()
    except (CommClosedError, CancelledError) as error:
        raise StoreError(
            address,
            Said(
                f"集群“{address}”的调度器中途断开；已写入结果库的仍在，重新启动调度器后再运行同一条命令，从断处接着核对",
                f"the scheduler of {address!r} is gone; what was written stays: start it again and run the command once more",
            ),
        ) from error


class _Queue:
    """Tasks that wait, and what is known of those that died.

    A task that died is sent once more, for its worker may have been killed. Then it is halved: first between batches,
    then within one by probes, after which the batch is checked whole without the files that are guilty.
    """

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.waiting = list(reversed(tasks))
        self._guilty: dict[tuple[str, ...], set[str]] = {}
        self._probes: dict[tuple[str, ...], int] = {}

    def finished(self, task: Task) -> None:
        """Hear that a task was done."""
        if task.probe:
            self._probed(task)

    def died(self, task: Task) -> str | None:
        """Hear that a task died; return the path of the file it died of, where it had no other."""
        if not task.tried:
            self.waiting.append(replace(task, tried=1))
            return None
        key, paths, middle = _key(task), task.paths, len(task.paths) // 2
        if len(task.batches) > 1:
            half = len(task.batches) // 2
            parts = task.batches[half:], task.batches[:half]
            self.waiting += [replace(task, batches=part, tried=0) for part in parts]
            return None
        if len(paths) > 1:
            parts_of_it = paths[:middle], paths[middle:]
            self.waiting += [
                replace(task, left_out=task.left_out | set(part), again=True, tried=0, probe=True)
                for part in parts_of_it
            ]
            self._probes[key] = self._probes.get(key, 0) + (1 if task.probe else 2)
            return None
        self._guilty.setdefault(key, set()).update(paths)
        if task.probe:
            self._probed(task)
        return paths[0] if paths else None

    def _probed(self, task: Task) -> None:
        """Note that a probe has its answer; after the last one the batch is checked whole."""
        key = _key(task)
        self._probes[key] -= 1
        if not self._probes[key]:
            guilty = frozenset(self._guilty.get(key, ()))
            self.waiting.append(replace(task, left_out=guilty, again=True, tried=0, probe=False))


def _key(task: Task) -> tuple[str, ...]:
    return tuple(given.path for batch in task.batches for given in batch)


def _outcome(future: Any) -> Done:
    from distributed import KilledWorker

    try:
        done: Done = pickle.loads(future.result())
    except KilledWorker as error:
        return Done(ended=type(error).__name__)
    return done


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise StoreError(
            address,
            Said(
                "缺少 distributed，不能用集群；请安装：pip install 'budgetlint[cluster]'",
                "distributed is missing; install it with: pip install 'budgetlint[cluster]'",
            ),
        ) from error
    kind, _, number = address.partition(":")
    with dask.config.set({"distributed.admin.tick.limit": "1h"}):
        try:
            if kind == "local":
                with (
                    LocalCluster(
                        n_workers=int(number or 1),
                        threads_per_worker=1,
                        processes=True,
                        dashboard_address=None,
                    ) as cluster,
                    Client(cluster) as client,
                ):
                    yield client
                return
            client = Client(address, timeout=10)
        except (OSError, ValueError, TimeoutError) as error:
            said = str(error) or type(error).__name__
            raise StoreError(
                address,
                Said(
                    f"连不上集群“{address}”：{said}；应是调度器的地址（tcp://主机:8786）或 local:进程数",
                    f"the cluster {address!r} cannot be reached: {said}; give tcp://HOST:8786 or local:N",
                ),
            ) from error
        with client:
            yield client


def _otherwise(address: str, ours: str, theirs: str) -> StoreError:
    return StoreError(
        address,
        Said(
            f"集群“{address}”里有机器的版本、规则包或设置与本机不同（{theirs}，本机 {ours}）；请在每台机器上安装同样的版本和规则包",
            f"a machine of {address!r} checks otherwise than this one ({theirs}, here {ours}): install the same version and packs",
        ),
    )
