"""``budgetlint explain``: one rule whole, in both vocabularies."""

from __future__ import annotations

import argparse
import sys
from pprint import pformat

from budgetlint.checking.check import PythonCheck
from budgetlint.commands.rules import basis_text
from budgetlint.config import Settings
from budgetlint.document import ReadError
from budgetlint.language.syntax import Rule
from budgetlint.reporters.jsontext import dump
from budgetlint.reporters.words import Words
from budgetlint.results.report import Exit
from budgetlint.results.unread import unread_finding
from budgetlint.results.wording import about
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session
from budgetlint.said import said


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Print the rule or check ``options.id``."""
    session = open_session(settings)
    rule = next((rule for rule in session.packs.rules if rule.id == options.id), None)
    if rule is not None and options.file is not None:
        return _follow(rule, session, options.file, options.format)
    if rule is not None:
        _explain_rule(rule, session, options.plan)
        return Exit.CLEAN
    check = next((check for check in session.checks if check.id == options.id), None)
    if check is not None:
        _explain_check(check)
        return Exit.CLEAN
    english = (
        f"there is no rule {options.id}; budgetlint rules lists them; name your own with --rules FOLDER\n"
    )
    sys.stderr.write(
        english
        if settings.lang == "en"
        else f"没有编号为 {options.id} 的规则；budgetlint rules 列出全部规则，自己的规则加 --rules 文件夹\n"
    )
    return Exit.USAGE


def _follow(rule: Rule, session: Session, file: str, form: str) -> Exit:
    """Show what a rule reads in a document."""
    from importlib import import_module

    from budgetlint.checking.judging.tracing import to_data, trace
    from budgetlint.commands.showing.following import trace_lines

    language = session.settings.lang
    try:
        bundle = import_module("budgetlint.commands.try").bundle_of(session, file)
    except ReadError as error:
        sys.stderr.write(f"{about(error.path, unread_finding(error, language).message, language)}\n")
        return Exit.UNREAD
    vocabulary = session.packs.vocabulary_for(bundle.document.classification.region)
    traced = trace(rule, bundle, vocabulary, session.functions, language)
    if form == "json":
        dump(to_data(traced), sys.stdout)
    else:
        sys.stdout.writelines(f"{line}\n" for line in trace_lines(traced, Words(language)))
    return Exit.CLEAN


def _explain_rule(rule: Rule, session: Session, with_plan: bool) -> None:
    from budgetlint.language.printer import print_rule

    pack = session.packs.pack_of(rule)
    sys.stdout.write(f"{rule.id} {rule.name}\n")
    sys.stdout.write(
        f"规则包 {pack.manifest.title or pack.manifest.name}  {rule.span.file}:{rule.span.line}\n"
    )
    sys.stdout.write(f"依据 {'；'.join(map(basis_text, rule.basis))}\n\n")
    for language in ("zh", "en"):
        sys.stdout.write(print_rule(rule, language).rstrip() + "\n\n")
    from budgetlint.checking.kernels.ways import by_columns
    from budgetlint.language.compile import compile_rule

    for plan in compile_rule(rule).plans:
        number = f" {plan.number}" if plan.number else ""
        sys.stdout.write(f"核对方式{number} {'按列' if by_columns(plan) else '逐条'}\n")
        if with_plan:
            sys.stdout.write(pformat(plan, width=110) + "\n")


def _explain_check(check: PythonCheck) -> None:
    sys.stdout.write(f"{check.id} {said(check.name).zh}\n级别 {check.severity.value}\n")
    sys.stdout.write(
        f"依据 {'；'.join(map(basis_text, check.basis))}\n{said(check.sentence).zh}\n\n{said(check.name).en}\n{said(check.sentence).en}\n"
    )
