"""Goes over a corpus in several processes: each file is read once, and its tree kept for the passes that follow."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from budgetlint.document import Document, ReadError
from budgetlint.run.gather import gather
from budgetlint.run.session import Session

_Result = TypeVar("_Result")


class Kept(Struct, frozen=True):
    """A document of the corpus: its path, and where its tree is kept."""

    path: str
    tree: str

    def document(self) -> Document:
        """Return its tree."""
        document: Document = pickle.loads(Path(self.tree).read_bytes())
        return document


class Corpus:
    """Files, a session, and as many processes as ``jobs`` says; ``folder`` holds the trees while it lasts.

    ``unread`` names the files that could not be read.
    """

    def __init__(self, session: Session, folder: Path, jobs: int) -> None:
        self.session = session
        self.unread: list[str] = []
        self._folder = folder
        self._jobs = jobs or os.cpu_count() or 1

    def read(self, paths: Sequence[str]) -> list[Kept]:
        """Read every document of some files and folders, and keep their trees."""
        found = [*gather(paths, self.session.suffixes, exclude=self.session.settings.exclude)]
        files = [one.path for one in found if one.location is not None and not one.passed_over]
        self.unread += [one.path for one in found if one.error is not None]
        numbered = [(at, file, str(self._folder)) for at, file in enumerate(files)]
        kept = [*self.each(_read, numbered)]
        self.unread += [file for file, one in zip(files, kept, strict=True) if one is None]
        return [one for one in kept if one is not None]

    def each(self, work: Callable[[Session, Any], _Result], items: Sequence[Any]) -> Iterator[_Result]:
        """Yield what some work gives for every item, in their order."""
        if self._jobs == 1 or len(items) < 2:
            yield from (work(self.session, item) for item in items)
            return
        settings = self.session.settings
        with ProcessPoolExecutor(self._jobs, initializer=_open, initargs=(settings,)) as pool:
            yield from pool.map(_done, [(work, item) for item in items], chunksize=max(1, len(items) // 200))


_SESSION: list[Session] = []


def _open(settings: Any) -> None:
    from budgetlint.run.opening import open_session

    _SESSION[:] = [open_session(settings)]


def _done(task: tuple[Callable[[Session, Any], _Result], Any]) -> _Result:
    work, item = task
    return work(_SESSION[0], item)


def _read(session: Session, item: tuple[int, str, str]) -> Kept | None:
    number, path, folder = item
    try:
        document = session.read(path)
    except ReadError:
        return None
    tree = Path(folder) / f"{number}.tree"
    tree.write_bytes(pickle.dumps(document, pickle.HIGHEST_PROTOCOL))
    return Kept(path, str(tree))
