"""One check of some documents: gather, read, put together, check, waive; batch by batch, so that memory stays flat."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.document import Document, ReadError
from budgetlint.plugins.manager import Failure
from budgetlint.results.report import DocumentReport, Exit, Problem
from budgetlint.results.unread import unread_finding
from budgetlint.run.batches import batches
from budgetlint.run.contents import Contents
from budgetlint.run.documents import ReadFile
from budgetlint.run.gather import Input, gather
from budgetlint.run.joining import joined
from budgetlint.run.keeping import Earlier, Keeper
from budgetlint.run.pool import Died, Tell, spread
from budgetlint.run.shelf import Shelf
from budgetlint.run.stages import Stages, Step, Told
from budgetlint.run.uncollected import uncollected
from budgetlint.run.waiving import Accepting

if TYPE_CHECKING:
    from budgetlint.run.session import Session

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
#: A process that works longer than it may is ended this many seconds later, if it could not end its work itself.
_GRACE = 30.0


class Whole(Struct, frozen=True):
    """A document with the files it was read from, or a file that could not be read.

    ``number`` is that of its first file, under which it lies on the shelf, ``members`` are those of all its files;
    ``group`` is its folder, ``department`` who published it as far as known.
    """

    number: int
    members: tuple[int, ...]
    files: tuple[str, ...]
    group: str
    department: str | None


class Checkup:
    """What one check holds: nothing of it is left in the session for the next one.

    Attributes:
        problems: what went wrong beside the documents' figures.
        passed_over: files of other kinds that folders and archives held.
        reports: on the documents finished so far, by the number of their first file.
    """

    def __init__(
        self,
        session: Session,
        told: Told,
        keeper: Keeper | None = None,
        earlier: Earlier | None = None,
    ) -> None:
        self._session = session
        self._told = told
        self._keeper = keeper
        self._earlier = earlier
        self._documents = session.documents
        self._accepting = Accepting(session.settings, date.today())
        self._failures_before = len(session.plugins.failures)
        self._done = self._total = 0
        self.problems: list[Problem] = []
        self.passed_over: list[str] = []
        self.reports = Shelf[DocumentReport]()

    def check(self, paths: Iterable[str]) -> None:
        """Check documents; broken off by Ctrl-C, what is finished by then is kept and the rest is a problem."""
        try:
            previous = self._previous()
            inputs = self._gathered(paths)
            self._total = len(inputs)
            for numbers in batches([given.group for given in inputs]):
                self._check_batch(inputs, numbers, previous)
        except KeyboardInterrupt:
            self.problems.append(self._interruption())
        self.problems += self._accepting.problems
        if len(self.reports):
            last = max(self.reports)
            self.reports.put(last, self._accepting.last(self.reports[last]))

    def batches(self, paths: Iterable[str]) -> list[list[Input]]:
        """Return the files that paths name, batch by batch: what may belong together is in one."""
        inputs = self._gathered(paths)
        return [[inputs[number] for number in numbers] for numbers in batches([one.group for one in inputs])]

    def check_batches(self, several: Sequence[Sequence[Input]]) -> None:
        """Check documents of batches that ``batches`` made, here or on another machine; a keeper has the reports."""
        previous = self._previous()
        self._total = sum(map(len, several))
        inputs = [given for batch in several for given in batch]
        first = 0
        for batch in several:
            self._check_batch(inputs, range(first, first + len(batch)), previous)
            first += len(batch)
        self.problems += self._accepting.problems

    def read(self, paths: Iterable[str]) -> Document | ReadError:
        """Return the first document of some files."""
        (_, first), *_ = self.read_all(paths)
        return first

    def read_all(self, paths: Iterable[str]) -> list[tuple[tuple[str, ...], Document | ReadError]]:
        """Return every document of some files with the files it was read from."""
        inputs = self._gathered(paths)
        shelf = Shelf[ReadFile]()
        wholes = self._wholes(inputs, range(len(inputs)), shelf)
        return [(whole.files, shelf[whole.number].answer) for whole in wholes]

    @property
    def failures(self) -> Sequence[Failure]:
        """The calls of plugins that failed since the check began."""
        return self._session.plugins.failures[self._failures_before :]

    # ------------------------------------------------------------ the stages of a batch

    def _gathered(self, paths: Iterable[str]) -> list[Input]:
        inputs = []
        exclude = self._session.settings.exclude
        for given in gather(paths, self._session.suffixes, self._documents.limits, exclude):
            if given.passed_over:
                self.passed_over.append(given.path)
            else:
                inputs.append(given)
        return inputs

    def _check_batch(
        self, inputs: Sequence[Input], numbers: Sequence[int], previous: Sequence[Document]
    ) -> None:
        shelf = Shelf[ReadFile]()
        settled = self._keeper.settled({number: inputs[number] for number in numbers}) if self._keeper else {}
        self._done += len(settled)
        wholes = self._wholes(inputs, [number for number in numbers if number not in settled], shelf)
        present = {(whole.group, whole.department) for whole in wholes if whole.department}
        again = [number for number, who in settled.items() if (inputs[number].group, who) in present]
        others = _beside([*wholes, *(self._wholes(inputs, again, shelf) if again else ())])
        before = self._before(wholes, shelf)

        def check(whole: Whole, stages: Stages) -> DocumentReport:
            beside = (shelf[number].answer for number in others.get(whole.number, ()))
            found = (one for one in (*before.get(whole.number, ()), *beside) if isinstance(one, Document))
            compared = (*previous, *found)
            return self._session.examined(
                whole.files, shelf[whole.number].answer, compared, self.problems, stages
            )

        longest = self._session.settings.check_seconds + _GRACE
        for at, answer in self._spread(check, wholes, lambda whole: whole.files[0], longest):
            whole = wholes[at]
            report = self._died(whole, shelf, answer) if isinstance(answer, Died) else answer
            self._put(inputs, whole, self._accepting.marked(report))
            self._done += len(whole.files)
            self._hear(Step(whole.files[0], "done", 0.0))

    def _put(self, inputs: Sequence[Input], whole: Whole, report: DocumentReport) -> None:
        if self._keeper is None:
            self.reports.put(whole.number, report)
        else:
            self._keeper.keep([inputs[member] for member in whole.members], report)

    def _wholes(self, inputs: Sequence[Input], numbers: Sequence[int], shelf: Shelf[ReadFile]) -> list[Whole]:
        """Read files, put together those that make one document, and lay them on the shelf."""
        contents = Contents(self._documents.limits)

        def read(number: int, stages: Stages) -> ReadFile:
            return self._documents.read(number, inputs[number], contents, stages)

        departments: dict[int, str | None] = {}
        pieces = []
        longest = self._documents.longest + _GRACE
        for at, answer in self._spread(read, numbers, lambda number: inputs[number].path, longest):
            number = numbers[at]
            path = inputs[number].path
            file = ReadFile(self._dead(path, answer)) if isinstance(answer, Died) else answer
            shelf.put(number, file)
            departments[number] = _department(file)
            if file.piece is not None:
                pieces.append(file.piece)
        sets = {
            found[0].number: [piece.number for piece in found]
            for found in joined(sorted(pieces, key=lambda piece: piece.number))
        }
        followers = {number for leader in sets.values() for number in leader[1:]}
        wholes = []
        for number in sorted(departments):
            if number in followers:
                continue
            members = sets.get(number, [number])
            if len(members) > 1:
                merged = self._documents.merged([shelf[member] for member in members])
                shelf.put(number, merged)
                departments[number] = _department(merged)
            files = tuple(inputs[member].path for member in members)
            wholes.append(Whole(number, tuple(members), files, inputs[number].group, departments[number]))
        return wholes

    def _before(self, wholes: Sequence[Whole], shelf: Shelf[ReadFile]) -> dict[int, list[Document]]:
        """Return the earlier documents that each document of a batch is compared with."""
        if self._earlier is None:
            return {}
        found = {}
        for whole in wholes:
            document = shelf[whole.number].answer
            if isinstance(document, Document) and (files := self._earlier.of(document)):
                found[whole.number] = self._sound(files)
        self.problems += self._earlier.problems
        self._earlier.problems.clear()
        return found

    def _previous(self) -> list[Document]:
        """Return the earlier documents that the user named."""
        return self._sound(self._gathered(self._session.settings.previous))

    def _sound(self, inputs: Sequence[Input]) -> list[Document]:
        """Return the documents of files; one that could not be read is a problem of the run."""
        shelf = Shelf[ReadFile]()
        sound = []
        for whole in self._wholes(inputs, range(len(inputs)), shelf) if inputs else ():
            answer = shelf[whole.number].answer
            if isinstance(answer, Document):
                sound.append(answer)
            else:
                message = unread_finding(answer, self._session.settings.lang).message
                self.problems.append(Problem(whole.files[0], message, Exit.UNREAD))
        return sound

    # ------------------------------------------------------------ processes

    def _spread(
        self,
        function: Callable[[_Task, Stages], _Result],
        tasks: Sequence[_Task],
        path_of: Callable[[_Task], str],
        longest: float,
    ) -> Iterator[tuple[int, _Result | Died]]:
        """Yield a function's results; what was noted where it worked is noted here, too."""
        failures = self._session.plugins.failures

        def noted(task: _Task, tell: Tell) -> tuple[_Result, list[Problem], list[Failure]]:
            before = len(self.problems), len(failures)
            with uncollected():
                result = function(task, Stages(path_of(task), tell))
            new = self.problems[before[0] :], failures[before[1] :]
            del self.problems[before[0] :], failures[before[1] :]
            return result, *new

        jobs = self._session.settings.jobs or os.cpu_count() or 1
        for at, answer in spread(noted, tasks, jobs, self._hear, longest):
            if isinstance(answer, Died):
                yield at, answer
                continue
            result, problems, failed = answer
            self.problems += problems
            failures += failed
            yield at, result

    def _hear(self, step: Step) -> None:
        self._told(replace(step, done=self._done, total=self._total))

    def _dead(self, path: str, how: Died) -> ReadError:
        return self._documents.too_long(path) if how.late else ReadError("BL911", path, cause=how.cause)

    def _died(self, whole: Whole, shelf: Shelf[ReadFile], how: Died) -> DocumentReport:
        """Return the report on a document whose process ended during the check."""
        answer = shelf[whole.number].answer
        broken = partial(self._session.broken_off, whole.files, answer)
        if how.late:
            return broken(self._documents.too_long(whole.files[0]))
        self.problems.append(Problem(whole.files[0], how.cause, Exit.PLUGIN))
        return broken(None)

    def _interruption(self) -> Problem:
        done, total = self._done, self._total
        zh = f"按 Ctrl-C 中断：共 {total} 个文件，{done} 个已核对完，其余没有核对，不在本报告中"
        en = f"interrupted: {done} of {total} files were finished; the others were not checked and are not in this report"
        return Problem("budgetlint", en if self._session.settings.lang == "en" else zh, Exit.INTERRUPTED)


def _department(file: ReadFile) -> str | None:
    return file.answer.classification.department if isinstance(file.answer, Document) else None


def _beside(wholes: Sequence[Whole]) -> dict[int, list[int]]:
    """Return the numbers of the documents that each may be compared with: its department's in its folder."""
    alike: dict[tuple[str, str], list[int]] = {}
    for whole in wholes:
        if whole.department and whole.group:
            alike.setdefault((whole.group, whole.department), []).append(whole.number)
    return {
        number: [other for other in numbers if other != number]
        for numbers in alike.values()
        if len(numbers) > 1
        for number in numbers
    }
