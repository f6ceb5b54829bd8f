"""Examines one document: the rules that apply to it, the checks in Python, and what came of them as a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.checking.check import PythonCheck
from budgetlint.config import Settings
from budgetlint.document import Bundle
from budgetlint.language.compile import Compiler
from budgetlint.language.functions import Function
from budgetlint.language.syntax import Rule
from budgetlint.packs.load import PackSet
from budgetlint.packs.select import Choice, applies, review_items, select_rules
from budgetlint.results.drawing import Drawing
from budgetlint.results.figures import PrintedFigure
from budgetlint.results.findings import Finding, Outcome
from budgetlint.results.report import (
    Coverage,
    DocumentReport,
    Exit,
    Problem,
    TableCoverage,
    Unchecked,
    recognises,
    summarise_tables,
)
from budgetlint.run.stages import UNHEARD, Stages
from budgetlint.said import told
from budgetlint.vocabulary import Vocabulary

if TYPE_CHECKING:
    from budgetlint.checking.case import Case
    from budgetlint.checking.kernels.ledger import Ledger


class Examiner(Struct, frozen=True):
    """What documents are examined with; a check in Python that raises is noted in ``problems``."""

    settings: Settings
    packs: PackSet
    checks: Sequence[PythonCheck]
    functions: dict[str, Function]
    sentences: tuple[Rule, ...]
    problems: list[Problem]
    compiler: Compiler

    @property
    def choice(self) -> Choice:
        """What the user chose among the rules."""
        return Choice(self.settings.select, self.settings.ignore, self.settings.profiles)

    def examine(self, bundle: Bundle, stages: Stages = UNHEARD) -> DocumentReport:
        """Return the report on a bundle's first document, its findings masked of what nobody should repeat."""
        from budgetlint.checking.case import Case, case_of
        from budgetlint.checking.checks.sensitive import mask
        from budgetlint.checking.judging.coverage import coverage
        from budgetlint.checking.judging.diagnose import diagnose
        from budgetlint.checking.judging.masking import masked, masked_place
        from budgetlint.checking.judging.passes import Judging, judged, judged_again, was_set_aside
        from budgetlint.checking.judging.proving import Proof
        from budgetlint.checking.kernels.deciding import ledger_of

        document = bundle.document
        vocabulary = self.packs.vocabulary_for(document.classification.region)
        rules = (*select_rules(self.packs, document, self.choice), *self.sentences)
        compiled = [self.compiler.compiled(rule) for rule in rules]
        checks = [
            check
            for check in self.checks
            if self.choice.takes(check.id) and applies(check.scope, document, self.settings.profiles)
        ]

        def decided(case: Case, only: frozenset[str] | None = None) -> Ledger:
            chosen = [one for one in compiled if only is None or one.rule.id in only]
            ledger = ledger_of(chosen, case, vocabulary, self.functions)
            taken = [check for check in checks if only is None or check.id in only]
            own = [outcome for check in taken for outcome in self._run(check, case, vocabulary)]
            return replace(ledger, outcomes=[*ledger.outcomes, *own])

        def again(changed: Bundle, only: frozenset[str]) -> Ledger:
            other = case_of(changed)
            return judged_again(replace(judging, case=other, ledger_of=lambda case: decided(case, only)))

        case = Case(document, bundle.others)
        self._refuse_unfit(case)
        asked = None if self.settings.previous else self._asked()
        judging = Judging(case, vocabulary, decided, {check.id for check in checks}, asked)
        with stages.stage("rules"):
            ledger = judged(judging)
        by_id: dict[str, Rule | PythonCheck] = {rule.id: rule for rule in self._named(rules)}
        by_id |= {check.id: check for check in checks}
        with stages.stage("diagnose"):
            proof = Proof(ledger, case, again)
            found = diagnose(ledger, by_id, document, self.settings.lang, proof.mends)
            findings = [masked(finding) for finding in found]
            covered = coverage(case, ledger)
        unchecked = tuple(
            Unchecked(mask(amount.printed), masked_place(amount.place), amount.table)
            for amount in (covered.unchecked if self.settings.uncovered else ())
        )
        tables = tuple(TableCoverage(title or None, *counts) for title, counts in covered.tables.items())
        return DocumentReport(
            path=document.source,
            classification=document.classification,
            tables=summarise_tables(document),
            counts=ledger.counts,
            findings=tuple(findings),
            coverage=Coverage(covered.numbers, covered.verified, covered.contradicted, unchecked, tables),
            title=mask(document.title),
            review=self._review(vocabulary, document.kind),
            recognised=recognises(document, vocabulary.lists.get("主要表", ())),
            uncompared=sum(was_set_aside(outcome) for outcome in ledger.outcomes),
            drawing=self._drawing(case, ledger, findings, by_id, vocabulary) if self.settings.draw else None,
            figures=self._figures(case, ledger) if self.settings.figures else (),
        )

    def _drawing(
        self,
        case: Case,
        ledger: Ledger,
        findings: Sequence[Finding],
        rules: Mapping[str, Rule | PythonCheck],
        vocabulary: Vocabulary,
    ) -> Drawing:
        from budgetlint.drawing import draw

        names = {id: (told(rule.name, self.settings.lang), rule.severity) for id, rule in rules.items()}
        return draw(case, ledger, findings, names, vocabulary, self.settings.lang)

    def _figures(self, case: Case, ledger: Ledger) -> tuple[PrintedFigure, ...]:
        from budgetlint.checking.judging.coverage import looked_at
        from budgetlint.checking.judging.figures import printed_figures

        return tuple(printed_figures(case, *looked_at(ledger)))

    def _refuse_unfit(self, case: Bundle) -> None:
        """Say so where the earlier documents the user named are of no year or kind to compare this one with."""
        from budgetlint.checking.engine.evaluate import fitting

        document, others = case.document, case.others
        if not self.settings.previous or not others or document.kind is None or document.year is None:
            return
        if any(fitting(other, document) for other in others):
            return
        given = "、".join(f"{other.year or '?'}年度{other.kind or '?'}" for other in others)
        wanted = f"{document.year - 1}年度{document.kind}"
        if document.kind.endswith("决算"):
            wanted += f" 或 {document.year}年度{document.kind.replace('决算', '预算')}"
        zh = f"--previous 给出的是 {given}，不能与 {document.year}年度{document.kind} 对照：要的是 {wanted}"
        en = f"--previous names {given}, which does not compare with {document.year} {document.kind}: wanted is {wanted}"
        self.problems.append(Problem(document.source, en if self.settings.lang == "en" else zh, Exit.USAGE))

    def _named(self, rules: Sequence[Rule]) -> Iterator[Rule]:
        """Yield rules by the names they go by in the language of the run."""
        if self.settings.lang != "en":
            yield from rules
            return
        names = self.packs.english().rules
        for rule in rules:
            given = "check given on the command line" if rule.sentence else rule.name
            yield replace(rule, name=names.get(rule.id, given))

    def _review(self, vocabulary: Vocabulary, kind: str | None) -> tuple[str, ...]:
        items = review_items(vocabulary, kind)
        if self.settings.lang != "en":
            return items
        english = self.packs.english().review
        return tuple(english.get(item, item) for item in items)

    def _asked(self) -> frozenset[str]:
        """Return the rules that the user gave for this run: what they cannot be decided for is said."""
        folders = {Path(folder) for folder in self.settings.rules}
        own = (rule for pack in self.packs.packs if pack.source.pack.folder in folders for rule in pack.rules)
        return frozenset(rule.id for rule in (*self.sentences, *own))

    def _run(self, check: PythonCheck, bundle: Bundle, vocabulary: Vocabulary) -> list[Outcome]:
        try:
            return list(check.run(bundle, vocabulary))
        except Exception as error:
            self.problems.append(Problem(check.id, internal_error(error, self.settings.lang), Exit.PLUGIN))
            return []


def internal_error(error: BaseException, language: str) -> str:
    """Say what went wrong inside budgetlint or a plugin, and where."""
    import traceback

    where = traceback.extract_tb(error.__traceback__)[-1]
    said = f"{type(error).__name__}: {error} ({where.name}:{where.lineno})"
    return f"internal error: {said}" if language == "en" else f"内部错误：{said}"
