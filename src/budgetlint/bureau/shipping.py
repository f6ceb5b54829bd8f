"""One task of a cluster: some batches of files, checked by a process of its own into the store; only counts come back.

Run as ``python -m budgetlint.bureau.shipping`` with a pickled task on its standard input: whatever a document does to
that process, the worker that started it lives on and says that it ended.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.config import Settings
from budgetlint.run.gather import Input


class Task(Struct, frozen=True):
    """What is to be checked.

    Attributes:
        settings, store: as the run has them; ``stamp`` names how it checks.
        batches: files that belong together, batch by batch.
        left_out: paths that are not to be checked.
        again: check also what the store knows.
        tried: how often it was sent before.
        probe: it only tells whether some of a batch's files can be checked; the whole batch is checked after it.
    """

    settings: Settings
    store: str
    stamp: str
    batches: tuple[tuple[Input, ...], ...]
    left_out: frozenset[str] = frozenset()
    again: bool = False
    tried: int = 0
    probe: bool = False

    @property
    def paths(self) -> list[str]:
        """The files that are to be checked."""
        return [given.path for batch in self.batches for given in batch if given.path not in self.left_out]


class Done(Struct, frozen=True):
    """What came of a task: counts, problems, or why nothing did.

    Attributes:
        counts: kept, known, unread, unchecked, errors, warnings, notices.
        problems: path, message and exit code of each.
        ended: how the process ended before its task was done, "" where it was done.
        refused: why this machine must not check: it would check otherwise than the others.
        failed: what the store could not write.
    """

    counts: tuple[int, ...] = ()
    problems: tuple[tuple[str, str, int], ...] = ()
    ended: str = ""
    refused: str = ""
    failed: str = ""


def shipped(task: bytes) -> bytes:
    """Run a pickled task in a process of its own and return its pickled outcome; called on a worker."""
    # The child watches its input: it ends where this process does.
    child = subprocess.Popen(
        [sys.executable, "-m", "budgetlint.bureau.shipping"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert child.stdin is not None and child.stdout is not None
    try:
        child.stdin.write(len(task).to_bytes(8, "big") + task)
        child.stdin.flush()
    except BrokenPipeError:
        pass
    answer = child.stdout.read()
    child.stdin.close()
    code = child.wait()
    return answer if code == 0 and answer else pickle.dumps(Done(ended=f"exit code {code}"))


def carried_out(task: Task) -> Done:
    """Check a task's documents into the store."""
    from budgetlint.bureau.identity import stamp_of
    from budgetlint.bureau.season import check_batches_into, counts_of
    from budgetlint.bureau.store import StoreError, open_store
    from budgetlint.run.opening import open_session

    session = open_session(replace(task.settings, jobs=1))
    if (stamp := stamp_of(session)) != task.stamp:
        return Done(refused=stamp)
    try:
        store = open_store(task.store)
        season = check_batches_into(session, store, task.batches, task.left_out, again=task.again)
    except (StoreError, OSError) as error:
        return Done(failed=str(error))
    return Done(counts_of(season), tuple((one.path, one.message, int(one.exit)) for one in season.problems))


def _end_with_the_worker() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


def main(arguments: Sequence[str] = ()) -> None:
    """Carry out the task on standard input and write its outcome to standard output."""
    size = int.from_bytes(sys.stdin.buffer.read(8), "big")
    task: Task = pickle.loads(sys.stdin.buffer.read(size))
    threading.Thread(target=_end_with_the_worker, daemon=True).start()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(2, 1)  # nothing but the outcome may stand on standard output
    done = carried_out(task)
    out.write(pickle.dumps(done))
    out.flush()
    os._exit(0)


if __name__ == "__main__":
    # What is pickled here must be of the module by its name.
    from budgetlint.bureau import shipping

    shipping.main()
