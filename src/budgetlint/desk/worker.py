"""The process that works on one upload: it reads and checks, is watched from outside, and may be ended at any time.

``python -m budgetlint.desk.worker JOB`` reads a job (JSON), writes what it finds beside it, and tells on standard output,
one JSON line a step, how far it is. What a file holds never reaches the process that serves pages before it is a report.
"""

from __future__ import annotations

import json
import pickle
import shutil
import sys
from pathlib import Path
from typing import Any

from msgspec import json as msgspec_json
from msgspec.structs import replace

from budgetlint.checking.judging.tracing import trace
from budgetlint.config import Settings
from budgetlint.desk.renaming import Names
from budgetlint.desk.work import ANNOTATED, RESULT, TRIED, Job, Result, Tried
from budgetlint.document import Bundle, ReadError
from budgetlint.language.errors import RuleProblem
from budgetlint.language.reading import read_sentence
from budgetlint.readers.safe.zipsafe import Package
from budgetlint.results.checklist import MARK, Handed, read_list
from budgetlint.results.findings import Finding
from budgetlint.results.report import DocumentReport
from budgetlint.results.unread import unread_finding
from budgetlint.run.opening import open_session
from budgetlint.run.stages import Step

_PROPERTIES, _STRINGS = "docProps/custom.xml", "xl/sharedStrings.xml"


def main(arguments: list[str]) -> int:
    """Do one job."""
    job = msgspec_json.decode(Path(arguments[0]).read_bytes(), type=Job)
    {"check": _check, "try": _try, "annotate": _annotate}[job.what](job)
    return 0


def _tell(**said: Any) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def _paths(job: Job) -> dict[str, str]:
    return {str(Path(job.folder, file.stored)): file.name for file in job.files}


def _check(job: Job) -> None:
    names = _paths(job)
    lists: dict[str, tuple[Handed, ...]] = {}
    documents = []
    problems: list[Finding] = []
    for path, name in names.items():
        content = Path(path).read_bytes()
        if not _is_list(content):
            documents.append(path)
            continue
        try:
            lists[name] = read_list(name, content)
        except ReadError as error:
            problems.append(unread_finding(error, job.language))
    called = Names(names)

    def told(step: Step) -> None:
        _tell(
            path=called.of(step.path),
            stage=step.stage,
            ended=step.seconds is not None,
            done=step.done,
            total=step.total,
        )

    report = open_session(Settings(lang=job.language, draw=True)).check(documents, told=told)
    unread = tuple(
        DocumentReport(finding.locations[0].path, findings=(finding,), read=False) for finding in problems
    )
    report = called.report(replace(report, documents=(*report.documents, *unread)))
    _keep(Path(job.folder, RESULT), Result(report, lists))


def _try(job: Job) -> None:
    _keep(Path(job.folder, TRIED), tried(job, Names(_paths(job))))


def tried(job: Job, called: Names) -> Tried:
    """Follow a sentence through every uploaded document."""
    session = open_session(Settings(lang=job.language))
    try:
        rule = read_sentence(job.sentence, session.packs.vocabulary_of_all(), session.functions, "try")
    except RuleProblem as problem:
        return Tried(tuple(error.render(job.language) for error in problem.errors))
    paths = [path for path in _paths(job) if not _is_list(Path(path).read_bytes())]
    traces, unread = [], []
    for files, document in session.read_all(paths):
        if isinstance(document, ReadError):
            unread.append(called.within(unread_finding(document, job.language).message))
            continue
        vocabulary = session.packs.vocabulary_for(document.classification.region)
        found = trace(rule, Bundle(document), vocabulary, session.functions, job.language)
        traces.append((called.of(files[0]), found))
    return Tried((), tuple(traces), tuple(unread))


def _annotate(job: Job) -> None:
    from budgetlint.annotate import annotate
    from budgetlint.plugins.manager import load_plugins

    result = pickle.loads(Path(job.folder, RESULT).read_bytes())
    file = job.files[job.file]
    findings = [
        replace(finding, locations=here)
        for document in result.report.documents
        if document.read and file.name in (document.files or (document.path,))
        for finding in document.findings
        if finding.fingerprint not in job.waived
        and (here := tuple(place for place in finding.locations if place.path in ("", file.name)))
    ]
    stored = Path(job.folder, file.stored)
    target = Path(job.folder, ANNOTATED, str(job.file))
    shutil.rmtree(target, ignore_errors=True)
    plugins = load_plugins()
    readers, annotators = (
        [brought.thing for brought in plugins.collect(hook)]
        for hook in ("register_readers", "register_annotators")
    )
    annotate(stored.name, stored.read_bytes(), findings, target, readers=readers, annotators=annotators)


def _is_list(content: bytes) -> bool:
    """Tell whether some bytes are a list of problems: by its mark, or, where a program dropped that, by its heads."""
    if not content.startswith(b"PK"):
        return False
    try:
        package = Package("", content)
        if _PROPERTIES in package.names and MARK.encode() in package.read(_PROPERTIES):
            return True
        strings = package.read(_STRINGS) if _STRINGS in package.names else b""
    except ReadError:
        return False
    return all(f">{head}<".encode() in strings for head in ("规则", "处理情况", "标识"))


def _keep(file: Path, thing: object) -> None:
    beside = file.with_suffix(".part")
    beside.write_bytes(pickle.dumps(thing, pickle.HIGHEST_PROTOCOL))
    beside.replace(file)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
