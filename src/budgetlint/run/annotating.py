"""What ``check --annotate`` adds: a copy of every file that was read, with the findings in it marked."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from budgetlint.annotate import annotate
from budgetlint.document import ReadError
from budgetlint.results.findings import Finding
from budgetlint.results.report import DocumentReport, Exit, Report
from budgetlint.results.unread import unread_finding
from budgetlint.run.contents import Contents
from budgetlint.run.examining import internal_error
from budgetlint.run.gather import gather
from budgetlint.run.reading import converted_content, convertible
from budgetlint.run.session import Session


def annotate_all(session: Session, report: Report, paths: Sequence[str], folder: str) -> Iterator[Exit]:
    """Write the marked copies into a folder, name each on stderr, and yield an exit code for each that failed."""
    marked = {file: document for document in report.documents if document.read for file in document.files}
    limits = session.documents.limits
    readers = [brought.thing for brought in session.readers]
    annotators = [brought.thing for brought in session.plugins.collect("register_annotators")]
    contents = Contents(limits)
    for given in gather(paths, session.suffixes, limits, session.settings.exclude):
        document = marked.get(given.path)
        if document is None or given.location is None:
            continue
        try:
            content = contents.of(given.location)
            if session.settings.convert and convertible(content):
                content = converted_content(given.path, content, limits)
            findings = _in_file(document, given.path)
            read = partial(session.documents.source_of, given.path, content)
            copy = annotate(given.path, content, findings, folder, read, readers, annotators)
            sys.stderr.write(f"{copy}\n")
        except ReadError as error:
            message = unread_finding(error, session.settings.lang).message
            sys.stderr.write(f"{given.path}：{message}\n")
            yield Exit.UNREAD
        except OSError as error:
            sys.stderr.write(f"{folder}：{error.strerror}\n")
            yield Exit.USAGE
        except Exception as error:
            sys.stderr.write(f"{given.path}：{internal_error(error, session.settings.lang)}\n")
            yield Exit.PLUGIN


def _in_file(document: DocumentReport, file: str) -> Iterator[Finding]:
    """Yield the findings that point into one file of a document, with their places in it alone.

    Those that point nowhere go with the document's first file.
    """
    for finding in document.open_findings:
        here = tuple(place for place in finding.locations if place.path in ("", file))
        if here or (not finding.locations and file == document.path):
            yield replace(finding, locations=here)
