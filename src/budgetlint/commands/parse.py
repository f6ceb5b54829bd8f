"""``budgetlint parse``: show one document as rules see it."""

from __future__ import annotations

import argparse
import sys

from budgetlint.config import Settings
from budgetlint.document import ReadError
from budgetlint.reporters.jsontext import dump
from budgetlint.results.report import Exit
from budgetlint.results.unread import unread_finding
from budgetlint.run.opening import open_session


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Print the tree of ``options.path`` in ``options.format``."""
    session = open_session(settings)
    try:
        document = session.read(options.path)
    except ReadError as error:
        sys.stderr.write(f"{error.path}：{unread_finding(error, settings.lang).message}\n")
        return Exit.UNREAD
    if options.names:
        from budgetlint.commands.names import print_names

        print_names(document, session, options.format, settings.lang)
    elif options.format == "yaml":
        from budgetlint.document.yaml import dump_document

        sys.stdout.write(dump_document(document))
    elif options.format == "json":
        from budgetlint.document.plain import to_data

        dump(to_data(document), sys.stdout)
    else:
        from budgetlint.commands.showing.tree import print_tree

        print_tree(document, sys.stdout)
    return Exit.CLEAN
