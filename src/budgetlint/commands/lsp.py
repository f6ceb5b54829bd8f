"""``budgetlint lsp``: a language server for rule files, over standard input and output."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from budgetlint.checking.judging.tracing import trace
from budgetlint.commands.showing.following import trace_lines
from budgetlint.config import Settings
from budgetlint.document import Bundle, ReadError
from budgetlint.language.syntax import Rule
from budgetlint.reporters.words import Words
from budgetlint.results.report import Exit
from budgetlint.results.unread import unread_finding
from budgetlint.results.wording import about
from budgetlint.run.opening import open_session
from budgetlint.workbench.answers import Workbench


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Answer an editor until it ends the conversation."""
    try:
        from budgetlint.workbench.server import build
    except ImportError as error:
        zh = f"缺少 {error.name}，请安装：pip install 'budgetlint[lsp]'"
        en = f"{error.name} is missing; install it with: pip install 'budgetlint[lsp]'"
        sys.stderr.write(f"{en if settings.lang == 'en' else zh}\n")
        return Exit.USAGE
    session = open_session(settings)
    bundle = None
    if options.document is not None:
        try:
            bundle = Bundle(session.read(options.document))
        except ReadError as error:
            message = unread_finding(error, settings.lang).message
            sys.stderr.write(f"{about(error.path, message, settings.lang)}\n")
            return Exit.UNREAD

    def follow(rule: Rule, bundle: Bundle) -> Iterator[str]:
        language = settings.lang
        vocabulary = session.packs.vocabulary_of_all()
        yield from trace_lines(trace(rule, bundle, vocabulary, session.functions, language), Words(language))

    bench = Workbench(session, bundle, follow)
    for problem in bench.problems():
        sys.stderr.write(f"{problem}\n")
    build(bench).start_io()
    return Exit.CLEAN
