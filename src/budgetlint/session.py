"""The one story of a check: gather, read, structure, classify, name, select rules, check, waive, report."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from budgetlint.checking.check import PythonCheck
from budgetlint.config import Settings
from budgetlint.document import Bundle, Classification, Document, ReadError, Source
from budgetlint.findings import Outcome, Reason, Verdict
from budgetlint.gather import Input, gather
from budgetlint.language.functions import Function
from budgetlint.language.syntax import Rule
from budgetlint.packs.load import PackSet
from budgetlint.packs.select import Choice, applies, review_items, select_rules
from budgetlint.plugins.hints import Hints
from budgetlint.plugins.manager import Brought, Plugins
from budgetlint.reading import read_input, suffixes_of
from budgetlint.report import (
    Counts,
    Coverage,
    DocumentReport,
    Exit,
    PackInfo,
    PluginInfo,
    Problem,
    Report,
    TableCoverage,
    Unchecked,
    summarise_tables,
)
from budgetlint.resources import version
from budgetlint.unread import unread_finding
from budgetlint.vocabulary import Vocabulary
from budgetlint.waivers import WaiverError, read_waivers, stale, waive


@dataclass(slots=True)
class Session:
    """Settings, plugins and packs, loaded once and used for any number of documents.

    ``problems`` collects what went wrong beside the documents' figures; it goes into every report.
    """

    settings: Settings
    plugins: Plugins
    packs: PackSet
    readers: Sequence[Brought]
    checks: Sequence[PythonCheck]
    functions: dict[str, Function]
    sentences: tuple[Rule, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def choice(self) -> Choice:
        """What the user chose among the rules."""
        return Choice(self.settings.select, self.settings.ignore, self.settings.profiles)

    @property
    def suffixes(self) -> frozenset[str]:
        """Suffixes of the files that are taken from folders and archives."""
        return suffixes_of(self.readers)

    def check(self, paths: Iterable[str]) -> Report:
        """Check documents and return the report; nothing is raised for what a document or a rule holds."""
        previous = [
            document for document in map(self._or_problem, self._gather(self.settings.previous)) if document
        ]
        read = [(given, self._read(given)) for given in self._gather(paths)]
        documents = []
        for given, document in read:
            if isinstance(document, ReadError):
                finding = unread_finding(document, self.settings.lang)
                documents.append(DocumentReport(given.path, findings=(finding,), read=False))
            else:
                documents.append(self._check(document, self._others(given, document, read, previous)))
        report = self._report(self._waived(documents))
        self.plugins.tell("check_finished", report=report)
        return replace(report, problems=(*self.problems, *self._plugin_problems()))

    def read(self, path: str) -> Document:
        """Read one document and return its normalised tree.

        Raises:
            ReadError: it cannot be read, or ``path`` holds other than one document.
        """
        given, *_ = self._gather([path])
        document = self._read(given)
        if isinstance(document, ReadError):
            raise document
        return document

    def _gather(self, paths: Iterable[str]) -> list[Input]:
        return list(gather(paths, self.suffixes))

    def _read(self, given: Input) -> Document | ReadError:
        try:
            source = read_input(given, self.readers, self.settings.reader, self.settings.convert)
            return source if isinstance(source, Document) else self._understand(source)
        except ReadError as error:
            return error
        except Exception as error:
            return ReadError("BL986", given.path, reader="normalise", cause=self._internal(given.path, error))

    def _understand(self, source: Source) -> Document:
        from budgetlint.normalise import name, structure

        document = structure(source)
        known = self._classify(document)
        document = replace(document, classification=known)
        return name(document, self.packs.vocabulary_for(known.region))

    def _classify(self, document: Document) -> Classification:
        said = {
            key: value
            for key in ("kind", "year", "region")
            if (value := getattr(self.settings, key)) is not None
        }
        vocabulary = self.packs.vocabulary_for(None)
        vocabulary = replace(vocabulary, lists={**vocabulary.lists, "regions": self.packs.places})
        answer = self.plugins.first("classify_document", document=document, hints=Hints(vocabulary, **said))
        return replace(answer or Classification(), **said)

    def _or_problem(self, given: Input) -> Document | None:
        document = self._read(given)
        if isinstance(document, ReadError):
            message = unread_finding(document, self.settings.lang).message
            self.problems.append(Problem(given.path, message, Exit.UNREAD))
            return None
        return document

    @staticmethod
    def _others(
        given: Input,
        document: Document,
        read: Sequence[tuple[Input, Document | ReadError]],
        previous: Sequence[Document],
    ) -> tuple[Document, ...]:
        """Return the documents one may be compared with: what the user named, and its department's in its folder."""
        department = document.classification.department
        beside = [
            other
            for source, other in read
            if isinstance(other, Document)
            and other is not document
            and given.group
            and source.group == given.group
            and department
            and other.classification.department == department
        ]
        return (*previous, *beside)

    def _check(self, document: Document, others: tuple[Document, ...]) -> DocumentReport:
        try:
            return self._checked(Bundle(document, others))
        except Exception as error:
            self.problems.append(
                Problem(document.source, self._internal(document.source, error), Exit.PLUGIN)
            )
            return DocumentReport(document.source, document.classification, summarise_tables(document))

    def _checked(self, bundle: Bundle) -> DocumentReport:
        from budgetlint.checking.coverage import coverage
        from budgetlint.checking.diagnose import diagnose
        from budgetlint.checking.evaluate import evaluate
        from budgetlint.checking.masking import masked, masked_place
        from budgetlint.checking.sensitive import mask
        from budgetlint.language.compile import compile_rule

        document = bundle.document
        vocabulary = self.packs.vocabulary_for(document.classification.region)
        rules = (*select_rules(self.packs, document, self.choice), *self.sentences)
        outcomes = evaluate([compile_rule(rule) for rule in rules], bundle, vocabulary, self.functions)
        checks = [
            check
            for check in self.checks
            if self.choice.takes(check.id) and applies(check.scope, document, self.settings.profiles)
        ]
        if not bundle.others:
            asked = {rule.id for rule in self.sentences}
            outcomes = [o if o.rule in asked else _without_other(o) for o in outcomes]
        for check in checks:
            outcomes += self._run(check, bundle, vocabulary)
        by_id: dict[str, Rule | PythonCheck] = {rule.id: rule for rule in rules}
        by_id |= {check.id: check for check in checks}
        findings = diagnose(outcomes, by_id, document, self.settings.lang)
        covered = coverage(document, outcomes)
        unchecked = tuple(
            Unchecked(mask(amount.printed), masked_place(amount.place), amount.table)
            for amount in (covered.unchecked if self.settings.uncovered else ())
        )
        tables = tuple(TableCoverage(title or None, *counts) for title, counts in covered.tables.items())
        return DocumentReport(
            path=document.source,
            classification=document.classification,
            tables=summarise_tables(document),
            counts=Counts.of(outcomes),
            findings=tuple(masked(finding) for finding in findings),
            coverage=Coverage(covered.numbers, covered.verified, covered.contradicted, unchecked, tables),
            title=mask(document.title),
            review=review_items(vocabulary, document.kind),
        )

    def _waived(self, documents: list[DocumentReport]) -> list[DocumentReport]:
        """Mark waived findings; what is wrong with the waivers themselves is said with the last document."""
        settings, today = self.settings, date.today()
        try:
            waivers = read_waivers(Path(settings.waivers))
        except WaiverError as error:
            self.problems.append(Problem(error.file, error.message(settings.lang), Exit.USAGE))
            return documents
        used: set[str] = set()
        marked = []
        for document in documents:
            findings, answered = waive(document.findings, waivers, today)
            used |= answered
            marked.append(replace(document, findings=findings))
        if marked and not settings.select and not settings.ignore:
            more = stale(settings.waivers, waivers, frozenset(used), today, settings.lang)
            marked[-1] = replace(marked[-1], findings=(*marked[-1].findings, *more))
        return marked

    def _run(self, check: PythonCheck, bundle: Bundle, vocabulary: Vocabulary) -> list[Outcome]:
        try:
            return list(check.run(bundle, vocabulary))
        except Exception as error:
            self.problems.append(Problem(check.id, self._internal(check.id, error), Exit.PLUGIN))
            return []

    def _internal(self, what: str, error: Exception) -> str:
        where = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{type(error).__name__}: {error} ({where.name}:{where.lineno})"
        return f"internal error: {said}" if self.settings.lang == "en" else f"内部错误：{said}"

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
            problems=(*self.problems, *self._plugin_problems()),
        )

    def _plugin_problems(self) -> list[Problem]:
        exit = Exit.CLEAN if self.settings.allow_broken_plugins else Exit.PLUGIN
        broken = [
            Problem(plugin.name, (plugin.traceback or "").strip().rpartition("\n")[2], exit)
            for plugin in self.plugins.broken
        ]
        failed = [Problem(f"{f.plugin}.{f.hook}", f.message, exit) for f in self.plugins.failures]
        return [*broken, *failed]


def _without_other(outcome: Outcome) -> Outcome:
    """Set aside what a pack's rule says of another document where none was given: nobody asked for that comparison."""
    if outcome.reason is not Reason.MISSING_DOCUMENT:
        return outcome
    return replace(outcome, verdict=Verdict.SKIPPED, reason=None, cause="")
