"""The one story of a check: gather, read, structure, classify, join, name, select rules, check, waive, report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.checking.check import PythonCheck
from budgetlint.config import Settings
from budgetlint.document import Bundle, Document, ReadError
from budgetlint.language.functions import Function
from budgetlint.language.syntax import Rule
from budgetlint.packs.load import PackSet
from budgetlint.packs.select import Choice
from budgetlint.plugins.manager import Brought, Failure, Plugins
from budgetlint.resources import version
from budgetlint.results.report import (
    DocumentReport,
    Exit,
    PackInfo,
    PluginInfo,
    Problem,
    Report,
    summarise_tables,
)
from budgetlint.results.unread import unread_finding
from budgetlint.run.documents import Documents, ReadFile, Whole
from budgetlint.run.examining import Examiner, internal_error
from budgetlint.run.gather import gather
from budgetlint.run.pool import Died, spread
from budgetlint.run.reading import suffixes_of
from budgetlint.run.waiving import accepted

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


class Session(Struct):
    """Settings, plugins and packs, loaded once and used for any number of documents.

    ``problems`` collects what went wrong beside the documents' figures, ``passed_over`` the files of other kinds that
    folders and archives held; both go into every report.
    """

    settings: Settings
    plugins: Plugins
    packs: PackSet
    readers: Sequence[Brought]
    checks: Sequence[PythonCheck]
    functions: dict[str, Function]
    sentences: tuple[Rule, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    @property
    def choice(self) -> Choice:
        """What the user chose among the rules."""
        return Choice(self.settings.select, self.settings.ignore, self.settings.profiles)

    @property
    def documents(self) -> Documents:
        """What makes documents of files."""
        return Documents(self.settings, self.plugins, self.packs, self.readers)

    @property
    def suffixes(self) -> frozenset[str]:
        """Suffixes of the files that are taken from folders and archives."""
        return suffixes_of(self.readers)

    def check(self, paths: Iterable[str]) -> Report:
        """Check documents and return the report; nothing is raised for what a document or a rule holds."""
        previous = [
            document for whole in self._wholes(self.settings.previous) if (document := self._sound(whole))
        ]
        wholes = self._wholes(paths)
        found = self._spread(
            lambda number: self._check(wholes[number], self._others(number, wholes, previous)),
            range(len(wholes)),
        )
        documents = [
            self._unchecked(whole, report.cause) if isinstance(report, Died) else report
            for whole, report in zip(wholes, found, strict=True)
        ]
        documents, problems = accepted(documents, self.settings, date.today())
        self.problems += problems
        report = self._report(documents)
        self.plugins.tell("check_finished", report=report)
        return replace(report, problems=(*self.problems, *self._plugin_problems()))

    def read(self, path: str) -> Document:
        """Read one document and return its normalised tree; of several, the first.

        Raises:
            ReadError: it cannot be read.
        """
        first, *_ = self._wholes([path])
        if isinstance(first.answer, ReadError):
            raise first.answer
        return first.answer

    def check_tree(self, document: Document) -> DocumentReport:
        """Check one document alone, without waivers."""
        return self._check(Whole((document.source,), "", document), ())

    def _wholes(self, paths: Iterable[str]) -> list[Whole]:
        """Read files and put together those that make one document."""
        found = list(gather(paths, self.suffixes))
        self.passed_over += [given.path for given in found if given.passed_over]
        inputs = [given for given in found if not given.passed_over]
        answers = self._spread(self.documents.read, inputs)
        read = [
            ReadFile(given.path, given.group, ReadError("BL911", given.path, cause=answer.cause))
            if isinstance(answer, Died)
            else answer
            for given, answer in zip(inputs, answers, strict=True)
        ]
        return self.documents.wholes(read)

    def _spread(self, function: Callable[[_Task], _Result], tasks: Sequence[_Task]) -> list[_Result | Died]:
        """Return a function's results; what it noted in this session while it worked elsewhere is noted here, too."""

        def noted(task: _Task) -> tuple[_Result, list[Problem], list[Failure]]:
            problems, failures = len(self.problems), len(self.plugins.failures)
            result = function(task)
            new = self.problems[problems:], self.plugins.failures[failures:]
            del self.problems[problems:], self.plugins.failures[failures:]
            return result, *new

        results: list[_Result | Died] = []
        for answer in spread(noted, tasks, self.settings.jobs or os.cpu_count() or 1):
            if isinstance(answer, Died):
                results.append(answer)
                continue
            result, problems, failures = answer
            self.problems += problems
            self.plugins.failures += failures
            results.append(result)
        return results

    def _sound(self, whole: Whole) -> Document | None:
        """Return an earlier document; where it could not be read, that is a problem of the run."""
        if isinstance(whole.answer, ReadError):
            message = unread_finding(whole.answer, self.settings.lang).message
            self.problems.append(Problem(whole.files[0], message, Exit.UNREAD))
            return None
        return whole.answer

    @staticmethod
    def _others(number: int, wholes: Sequence[Whole], previous: Sequence[Document]) -> tuple[Document, ...]:
        """Return the documents one may be compared with: what the user named, and its department's in its folder."""
        mine = wholes[number]
        department = mine.answer.classification.department if isinstance(mine.answer, Document) else None
        beside = [
            other.answer
            for other in wholes
            if department
            and mine.group
            and other is not mine
            and other.group == mine.group
            and isinstance(other.answer, Document)
            and other.answer.classification.department == department
        ]
        return (*previous, *beside)

    def _check(self, whole: Whole, others: tuple[Document, ...]) -> DocumentReport:
        document = whole.answer
        if isinstance(document, ReadError):
            finding = unread_finding(document, self.settings.lang)
            return DocumentReport(whole.files[0], findings=(finding,), read=False, files=whole.files)
        examiner = Examiner(
            self.settings, self.packs, self.checks, self.functions, self.sentences, self.problems
        )
        try:
            return replace(examiner.examine(Bundle(document, others)), files=whole.files)
        except Exception as error:
            return self._unchecked(whole, internal_error(error, self.settings.lang))

    def _unchecked(self, whole: Whole, cause: str) -> DocumentReport:
        """Return the report on a document whose check broke off: a problem of the run, and never a pass."""
        self.problems.append(Problem(whole.files[0], cause, Exit.PLUGIN))
        document = whole.answer
        if isinstance(document, ReadError):
            return DocumentReport(whole.files[0], read=False, files=whole.files)
        return DocumentReport(
            whole.files[0], document.classification, summarise_tables(document), files=whole.files
        )

    def _report(self, documents: Sequence[DocumentReport]) -> Report:
        return Report(
            version=version(),
            packs=tuple(
                PackInfo(
                    pack.manifest.name,
                    pack.manifest.title,
                    pack.source.version,
                    pack.manifest.letters,
                    len(pack.rules),
                )
                for pack in self.packs.packs
            ),
            plugins=tuple(
                PluginInfo(plugin.name, plugin.version, "broken" if plugin.traceback else "ok")
                for plugin in self.plugins.found
            ),
            documents=tuple(documents),
            passed_over=tuple(dict.fromkeys(self.passed_over)),
            problems=(*self.problems, *self._plugin_problems()),
        )

    def _plugin_problems(self) -> list[Problem]:
        exit = Exit.CLEAN if self.settings.allow_broken_plugins else Exit.PLUGIN
        broken = [
            Problem(plugin.name, (plugin.traceback or "").strip().rpartition("\n")[2], exit)
            for plugin in self.plugins.broken
        ]
        failed = dict.fromkeys((f"{f.plugin}.{f.hook}", f.message) for f in self.plugins.failures)
        return [*broken, *(Problem(where, message, exit) for where, message in failed)]
