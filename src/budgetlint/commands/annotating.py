"""What ``check --annotate`` adds: a copy of every document that was read, with its findings marked in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from budgetlint.annotate import annotate
from budgetlint.document import ReadError
from budgetlint.gather import gather
from budgetlint.report import Exit, Report
from budgetlint.session import Session
from budgetlint.unread import unread_finding


def annotate_all(session: Session, report: Report, paths: Sequence[str], folder: str) -> Iterator[Exit]:
    """Write the marked copies into a folder, name each on stderr, and yield an exit code for each that failed."""
    marked = {document.path: document for document in report.documents if document.read}
    for given in gather(paths, session.suffixes):
        document = marked.get(given.path)
        if document is None:
            continue
        try:
            copy = annotate(given.path, given.content, document.open_findings, folder)
            sys.stderr.write(f"{copy}\n")
        except ReadError as error:
            message = unread_finding(error, session.settings.lang).message
            sys.stderr.write(f"{given.path}：{message}\n")
            yield Exit.UNREAD
        except OSError as error:
            sys.stderr.write(f"{folder}：{error.strerror}\n")
            yield Exit.USAGE
