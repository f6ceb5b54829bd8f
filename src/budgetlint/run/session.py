"""The one story of a check: gather, read, structure, classify, join, name, select rules, check, waive, report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.checking.check import PythonCheck
from budgetlint.config import Settings
from budgetlint.document import Bundle, Document, ReadError
from budgetlint.language.compile import Compiler
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
from budgetlint.run.documents import Documents
from budgetlint.run.examining import Examiner, internal_error
from budgetlint.run.limited import TimeUp, limited
from budgetlint.run.reading import suffixes_of
from budgetlint.run.stages import UNHEARD, Stages, Told, silent

if TYPE_CHECKING:
    from budgetlint.run.checkup import Checkup
    from budgetlint.run.keeping import Earlier


class Session(Struct):
    """Settings, plugins and packs, loaded once and used for any number of documents.

    ``problems`` is what is wrong with settings, packs and rules: it goes into every report.
    """

    settings: Settings
    plugins: Plugins
    packs: PackSet
    readers: Sequence[Brought]
    checks: Sequence[PythonCheck]
    functions: dict[str, Function]
    sentences: tuple[Rule, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    compiler: Compiler = field(default_factory=Compiler)

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

    def check(self, paths: Iterable[str], told: Told = silent, earlier: Earlier | None = None) -> Report:
        """Check documents and return the report; nothing is raised for what a document or a rule holds.

        Args:
            paths: files, folders, archives and patterns.
            told: is told of every step (see :class:`budgetlint.run.stages.Step`).
            earlier: finds the earlier documents that each is compared with, beside those of the settings.

        Broken off by Ctrl-C, the report says so and holds what was finished.
        """
        from budgetlint.run.checkup import Checkup

        opened = list(self.plugins.failures)
        checkup = Checkup(self, told, earlier=earlier)
        checkup.check(paths)
        report = self._report(checkup)
        self.plugins.tell("check_finished", report=report)
        failures = [*opened, *checkup.failures]
        # A later check of this session has failures of its own.
        self.plugins.failures[:] = opened
        problems = (*self.problems, *checkup.problems, *self._plugin_problems(failures))
        return replace(report, problems=problems)

    def read(self, path: str) -> Document:
        """Read one document and return its normalised tree; of several, the first.

        Raises:
            ReadError: it cannot be read.
        """
        from budgetlint.run.checkup import Checkup

        answer = Checkup(self, silent).read([path])
        if isinstance(answer, ReadError):
            raise answer
        return answer

    def read_all(self, paths: Iterable[str]) -> list[tuple[tuple[str, ...], Document | ReadError]]:
        """Read documents as a check does: each with its files, or what kept it from being read."""
        from budgetlint.run.checkup import Checkup

        return Checkup(self, silent).read_all(paths)

    def check_tree(self, document: Document) -> DocumentReport:
        """Check one document alone, without waivers."""
        return self.examined((document.source,), document, (), self.problems)

    def examined(
        self,
        files: tuple[str, ...],
        document: Document | ReadError,
        others: tuple[Document, ...],
        problems: list[Problem],
        stages: Stages = UNHEARD,
    ) -> DocumentReport:
        """Return the report on one document, whatever happens while it is checked.

        Args:
            files: those it was read from.
            document: itself, or why it could not be read.
            others: documents it may be compared with.
            problems: gets what went wrong in a check or in this program.
        """
        if isinstance(document, ReadError):
            return self.broken_off(files, document, document)
        examiner = Examiner(
            self.settings, self.packs, self.checks, self.functions, self.sentences, problems, self.compiler
        )
        try:
            with limited(self.settings.check_seconds):
                return replace(examiner.examine(Bundle(document, others), stages), files=files)
        except TimeUp:
            return self.broken_off(files, document, self.documents.too_long(files[0]))
        except MemoryError:
            return self.broken_off(files, document, ReadError("BL912", files[0]))
        except Exception as error:
            problems.append(Problem(files[0], internal_error(error, self.settings.lang), Exit.PLUGIN))
            return self.broken_off(files, document, None)

    def broken_off(
        self, files: tuple[str, ...], document: Document | ReadError, why: ReadError | None
    ) -> DocumentReport:
        """Return the report on a document that was not read or whose check broke off: never a pass.

        Args:
            why: what is said of it; None where a problem of the run says it.
        """
        findings = (unread_finding(why, self.settings.lang),) if why is not None else ()
        if isinstance(document, ReadError):
            return DocumentReport(files[0], findings=findings, read=False, files=files)
        return DocumentReport(
            files[0], document.classification, summarise_tables(document), findings=findings, files=files
        )

    def _report(self, checkup: Checkup) -> Report:
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
                PluginInfo(plugin.name, plugin.version, self.plugins.status(plugin))
                for plugin in self.plugins.found
            ),
            documents=checkup.reports.in_order(),
            passed_over=tuple(dict.fromkeys(checkup.passed_over)),
            problems=(*self.problems, *checkup.problems, *self._plugin_problems(self.plugins.failures)),
        )

    def _plugin_problems(self, failures: Sequence[Failure]) -> list[Problem]:
        exit = Exit.CLEAN if self.settings.allow_broken_plugins else Exit.PLUGIN
        broken = [
            Problem(plugin.name, (plugin.traceback or "").strip().rpartition("\n")[2], exit)
            for plugin in self.plugins.broken
        ]
        failed = dict.fromkeys((f"{f.plugin}.{f.hook}", f.message) for f in failures)
        return [*broken, *(Problem(where, message, exit) for where, message in failed)]
