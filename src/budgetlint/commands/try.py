"""``budgetlint try``: type a sentence, and see what it reads in a document."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from budgetlint.checking.judging.tracing import to_data, trace
from budgetlint.commands.showing.following import trace_lines
from budgetlint.config import Settings
from budgetlint.document import Bundle, ReadError
from budgetlint.language.errors import RuleProblem
from budgetlint.language.reading import read_sentence
from budgetlint.reporters.jsontext import dump
from budgetlint.reporters.words import Words
from budgetlint.results.findings import Verdict
from budgetlint.results.report import Exit
from budgetlint.results.unread import unread_finding
from budgetlint.results.wording import about
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Try the sentences of ``options.sentences``, else those typed in, on ``options.path``."""
    session = open_session(settings)
    try:
        bundle = bundle_of(session, options.path)
    except ReadError as error:
        message = unread_finding(error, settings.lang).message
        sys.stderr.write(f"{about(error.path, message, settings.lang)}\n")
        return Exit.UNREAD
    if options.sentences:
        return _tried(options.sentences, session, bundle, options.format)
    words = Words(settings.lang)
    if sys.stdin.isatty() and options.format == "text":
        sys.stdout.write(
            words(
                "写一句检查，回车看它读到了什么；空行结束\n",
                "type a check and press return; an empty line ends\n",
            )
        )
    return _tried(_typed(session), session, bundle, options.format)


def bundle_of(session: Session, path: str) -> Bundle:
    """Return a document with the earlier ones named in the settings.

    Raises:
        ReadError: it cannot be read.
    """
    others = tuple(session.read(previous) for previous in session.settings.previous)
    return Bundle(session.read(path), others)


def _tried(sentences: Iterable[str], session: Session, bundle: Bundle, form: str) -> Exit:
    """Follow each sentence; the exit code is that of the worst: 2 for one that cannot be read, 1 for one that fails."""
    vocabulary, language = session.packs.vocabulary_of_all(), session.settings.lang
    own = session.packs.vocabulary_for(bundle.document.classification.region)
    unreadable = failed = False
    data: list[dict[str, Any]] = []
    for sentence in sentences:
        try:
            rule = read_sentence(sentence, vocabulary, session.functions, "try")
        except RuleProblem as problem:
            unreadable = True
            if form == "json":
                data.append(
                    {"sentence": sentence, "errors": [error.render(language) for error in problem.errors]}
                )
            else:
                sys.stdout.writelines(f"{error.render(language)}\n" for error in problem.errors)
            continue
        traced = trace(rule, bundle, own, session.functions, language)
        failed = failed or any(Verdict.FAILS.value in check.counts for check in traced.checks)
        if form == "json":
            data.append({"sentence": sentence, **to_data(traced)})
        else:
            sys.stdout.writelines(f"{line}\n" for line in trace_lines(traced, Words(language)))
    if form == "json":
        dump(data, sys.stdout)
    return Exit.USAGE if unreadable else Exit.FINDINGS if failed else Exit.CLEAN


def _typed(session: Session) -> Iterator[str]:
    """Yield the lines that are typed or piped in, up to an empty one."""
    ask = _prompt(session)
    while True:
        try:
            line = ask().strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not line:
            return
        yield line


def _prompt(session: Session) -> Callable[[], str]:
    """Return what asks for a line: with completion on a terminal that has prompt_toolkit."""
    if not sys.stdin.isatty():
        return _piped
    try:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.completion import WordCompleter
    except ImportError:
        return lambda: input("> ")
    from budgetlint.language.keywords import keywords
    from budgetlint.language.naming import Names

    names = Names(session.packs.vocabulary_of_all(), session.functions).all()
    forms = [form for word in keywords().words.values() for form in word.forms]
    asking: PromptSession[str] = PromptSession(
        completer=WordCompleter(sorted({*forms, *names}), sentence=False)
    )
    return lambda: asking.prompt("> ")


def _piped() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line
