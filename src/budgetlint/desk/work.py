"""What the desk and the processes that work for it hand each other."""

from __future__ import annotations

from msgspec import Struct

from budgetlint.checking.judging.tracing import Trace
from budgetlint.desk.names import Upload
from budgetlint.results.checklist import Handed
from budgetlint.results.report import Report

#: Where a job leaves what it made, in its run's folder.
RESULT, TRIED, ANNOTATED = "result.pickle", "tried.pickle", "annotated"


class Job(Struct, frozen=True):
    """What to do: ``check`` the files, ``annotate`` one of them, or ``try`` a sentence on them."""

    what: str
    folder: str
    files: tuple[Upload, ...]
    language: str = "zh"
    sentence: str = ""
    file: int = 0
    waived: tuple[str, ...] = ()


class Result(Struct, frozen=True):
    """What a check of some uploads came to: the report by the owners' names, and the lists that came back with them."""

    report: Report
    lists: dict[str, tuple[Handed, ...]]


class Tried(Struct, frozen=True):
    """What a sentence came to: what is wrong with it, or what it reads in each document, by the owners' names."""

    errors: tuple[str, ...] = ()
    traces: tuple[tuple[str, Trace], ...] = ()
    unread: tuple[str, ...] = ()
