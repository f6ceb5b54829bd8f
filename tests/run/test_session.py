"""One story for every document: nothing that goes wrong is silent, and nothing unread or unchecked is a pass."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from budgetlint import Outcome, PythonCheck, Reader, Report, Severity, Source, check, hookimpl
from budgetlint.config import Settings
from budgetlint.plugins.discovery import Found
from budgetlint.plugins.manager import load_plugins
from budgetlint.reporters.json import write as write_json
from budgetlint.results.report import Counts, DocumentReport, Exit, Problem, worst
from budgetlint.run.limited import TimeUp
from budgetlint.run.opening import open_session
from budgetlint.run.stages import STAGES, Step

pytestmark = pytest.mark.usefixtures("no_bundled_rules")


def _checked(path: object, rules: Path, **settings: object) -> Report:
    return check(path, rules=(str(rules),), select=("ZZ",), **settings)


def test_folders_and_archives_give_their_documents_in_order(clean: Path, rules: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for name in ("b.txt", "a.txt", ".hidden.txt", "~$lock.txt"):
        (folder / name).write_bytes(clean.read_bytes())
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("内/文本.txt", clean.read_bytes())
        archive.writestr("readme.exe", b"x")
    report = _checked(folder, rules)
    names = [document.path.removeprefix(str(folder) + "/") for document in report.documents]
    assert names == ["a.txt", "b.txt", "c.zip!内/文本.txt"]
    assert all(document.counts.holds == 5 for document in report.documents)


def test_names_in_archives_may_be_gbk(clean: Path, rules: Path, tmp_path: Path) -> None:
    archive = tmp_path / "old.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(zipfile.ZipInfo("XXXX.txt"), clean.read_bytes())
    archive.write_bytes(archive.read_bytes().replace(b"XXXX.txt", "预算".encode("gbk") + b".txt"))
    (document,) = _checked(archive, rules).documents
    assert document.path.endswith("!预算.txt")


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\x00\x01\x02\x03"])
def test_what_no_reader_knows_is_a_finding(tmp_path: Path, rules: Path, content: bytes) -> None:
    file = tmp_path / "x.bin"
    file.write_bytes(content)
    report = _checked(file, rules)
    assert [finding.rule[:3] for finding in report.documents[0].findings] == ["BL9"]
    assert report.exit_code() is Exit.UNREAD


def _plugins(**hooks: object):
    module = ModuleType("example")
    for name, hook in hooks.items():
        hook.__name__ = name
        setattr(module, name, hookimpl(hook))
    plugins = load_plugins()
    plugins.add("example", module, "example-dist", "1")
    return plugins


def _reader(name: str, confidence: float = 1.0) -> Reader:
    return Reader(name, (".x",), lambda content: confidence, lambda path, content: Source(path, name, ()))


def test_a_tie_names_both_plugins_and_reader_chooses(tmp_path: Path) -> None:
    file = tmp_path / "x.x"
    file.write_text("x")
    plugins = _plugins(register_readers=lambda: [_reader("one"), _reader("two")])
    (document,) = open_session(Settings(), plugins).check([str(file)]).documents
    assert not document.read
    assert "one" in document.findings[0].message and "two" in document.findings[0].message
    plugins = _plugins(register_readers=lambda: [_reader("one"), _reader("two")])
    assert open_session(Settings(reader="two"), plugins).read(str(file)).format == "two"


def test_a_reader_that_cannot_look_at_a_file_leaves_it_to_the_others(clean: Path, rules: Path) -> None:
    blind = Reader("blind", (".txt",), lambda content: 1 / 0, lambda path, content: Source(path, "blind", ()))
    plugins = _plugins(register_readers=lambda: [blind])
    report = open_session(Settings(rules=(str(rules),), select=("ZZ",)), plugins).check([str(clean)])
    assert report.documents[0].counts.holds == 5
    assert [problem.path for problem in report.problems] == ["example.blind.sniff"]
    assert report.exit_code() is Exit.PLUGIN


@pytest.mark.parametrize("answer", [None, ("x",), Source("x", "x", ("x",))])  # type: ignore[arg-type]
def test_a_reader_that_gives_no_blocks_leaves_the_file_unread(tmp_path: Path, answer: object) -> None:
    file = tmp_path / "x.x"
    file.write_text("x")
    broken = Reader("broken", (".x",), lambda content: 1.0, lambda path, content: answer)  # type: ignore[arg-type,return-value]
    plugins = _plugins(register_readers=lambda: [broken])
    (document,) = open_session(Settings(), plugins).check([str(file)]).documents
    assert [finding.rule for finding in document.findings] == ["BL986"]


def test_a_broken_plugin_ends_in_3_unless_it_is_allowed(clean: Path, rules: Path) -> None:
    broken = Found("broken", "no_such_module_anywhere")
    for allowed, expected in ((False, Exit.PLUGIN), (True, Exit.CLEAN)):
        settings = Settings(rules=(str(rules),), select=("ZZ",), allow_broken_plugins=allowed)
        report = open_session(settings, load_plugins([broken])).check([str(clean)])
        assert report.documents[0].counts.holds == 5
        assert report.exit_code() is expected
        assert ("broken", "broken") in {(plugin.name, plugin.status) for plugin in report.plugins}


def test_a_check_that_raises_ends_in_3_and_the_rest_is_checked(clean: Path, rules: Path) -> None:
    def run(bundle, vocabulary):
        raise RuntimeError("boom")
        yield Outcome  # pragma: no cover

    raising = PythonCheck("ZZ900", "示例", Severity.ERROR, (), "示例", run)
    plugins = _plugins(register_checks=lambda: [raising])
    report = open_session(Settings(rules=(str(rules),), select=("ZZ",)), plugins).check([str(clean)])
    assert report.documents[0].counts.holds == 5
    assert report.exit_code() is Exit.PLUGIN


def test_last_years_document_is_found_by_kind_and_year(clean: Path, tmp_path: Path) -> None:
    last = tmp_path / "last.txt"
    last.write_text(clean.read_text(encoding="utf-8").replace("2024年", "2023年"), encoding="utf-8")
    rule = (
        "table 部门支出总表 row 合计 column 合计 equals last year's table 部门支出总表 row 合计 column 合计"
    )
    without = check(clean, rule_texts=(rule,), select=("CLI",))
    given = check(clean, rule_texts=(rule,), select=("CLI",), previous=(str(last),))
    assert not without.problems and not given.problems
    assert [report.documents[0].counts.holds for report in (without, given)] == [0, 1]
    assert without.documents[0].counts.undetermined == 1


def test_what_the_user_says_goes_over_the_classification(clean: Path) -> None:
    session = open_session(Settings(kind="单位决算", year=1999, region="甲省"))
    known = session.read(str(clean)).classification
    assert (known.kind, known.year, known.region) == ("单位决算", 1999, "甲省")


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([], Exit.CLEAN),
        ([Exit.FINDINGS, Exit.UNREAD], Exit.UNREAD),
        ([Exit.UNREAD, Exit.PLUGIN], Exit.PLUGIN),
        ([Exit.PLUGIN, Exit.USAGE, Exit.FINDINGS], Exit.USAGE),
    ],
)
def test_the_worst_exit_code_counts(codes: list[Exit], expected: Exit) -> None:
    assert worst(codes) is expected


def test_a_report_without_documents_or_verdicts_is_no_pass() -> None:
    assert Report("1").exit_code() is Exit.UNREAD
    assert Report("1", documents=(DocumentReport("x"),)).exit_code() is Exit.UNREAD
    sound = DocumentReport("x", counts=Counts(holds=1, decided=1))
    assert Report("1", documents=(sound,)).exit_code() is Exit.CLEAN
    assert (
        Report("1", documents=(sound,), problems=(Problem("x", "y", Exit.USAGE),)).exit_code() is Exit.USAGE
    )


@pytest.fixture
def three(clean: Path, tmp_path: Path) -> Path:
    """Return a folder with three sound documents, of which the second says 出事."""
    folder = tmp_path / "three"
    folder.mkdir()
    text = clean.read_text(encoding="utf-8")
    for name, content in (("a", text), ("b", text.replace("负责示例工作", "出事")), ("c", text)):
        (folder / f"{name}.txt").write_text(content, encoding="utf-8")
    return folder


def _trouble(monkeypatch: pytest.MonkeyPatch, where: str, how: Callable[[], object]) -> None:
    """Let something happen in a function wherever its first argument says 出事."""
    module, _, name = where.rpartition(".")
    sound = getattr(import_module(module), name)

    def troubled(first: object, *others: object) -> object:
        return how() if "出事" in repr(first) else sound(first, *others)

    monkeypatch.setattr(where, troubled)


def _crash() -> object:
    raise RuntimeError("boom")


def _die() -> object:
    os.kill(os.getpid(), signal.SIGKILL)
    return None


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("where", "expected"),
    [("budgetlint.normalise.structure", Exit.UNREAD), ("budgetlint.run.examining.select_rules", Exit.PLUGIN)],
)
def test_a_crash_costs_one_document(
    three: Path, rules: Path, monkeypatch: pytest.MonkeyPatch, where: str, expected: Exit, jobs: int
) -> None:
    if where.endswith("select_rules"):
        sound = import_module("budgetlint.run.examining").select_rules

        def troubled(packs: object, document: object, choice: object) -> object:
            return _crash() if document.source.endswith("b.txt") else sound(packs, document, choice)

        monkeypatch.setattr(where, troubled)
    else:
        _trouble(monkeypatch, where, _crash)
    report = _checked(three, rules, jobs=jobs)
    assert [document.counts.holds for document in report.documents] == [5, 0, 5]
    assert report.exit_code() is expected


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork")
@pytest.mark.parametrize(
    "where", ["budgetlint.normalise.structure", "budgetlint.run.examining.summarise_tables"]
)
def test_a_killed_process_costs_one_document_and_is_named(
    three: Path, rules: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    _trouble(monkeypatch, where, _die)
    report = _checked(three, rules, jobs=2)
    assert [document.counts.holds for document in report.documents] == [5, 0, 5]
    said = {finding.rule for finding in report.documents[1].findings} | {p.path for p in report.problems}
    assert said == ({"BL911"} if "normalise" in where else {str(three / "b.txt")})


def test_reports_are_the_same_however_many_processes(three: Path, rules: Path) -> None:
    (three / "d.txt").write_bytes(b"")
    reports = []
    for jobs in (1, 3, 0):
        stream = io.StringIO()
        write_json(_checked(three, rules, jobs=jobs), stream, "zh")
        reports.append(stream.getvalue())
    assert reports[0] == reports[1] == reports[2]


def test_reading_is_held_to_the_limits_of_the_settings(tmp_path: Path) -> None:
    def forever(path: str, content: bytes) -> Source:
        while True:
            pass

    endless = Reader("one", (".x",), lambda content: 1.0, forever)
    (tmp_path / "x.x").write_text("x")
    session = open_session(Settings(read_seconds=1), _plugins(register_readers=lambda: [endless]))
    (document,) = session.check([str(tmp_path / "x.x")]).documents
    assert [finding.rule for finding in document.findings] == ["BL910"]
    assert "1 " in document.findings[0].message


def test_a_second_check_of_a_session_says_nothing_of_the_first(
    clean: Path, rules: Path, tmp_path: Path
) -> None:
    blind = Reader("blind", (".x",), lambda content: 1 / 0, lambda path, content: Source(path, "blind", ()))
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    (mixed / "a.txt").write_bytes(clean.read_bytes())
    (mixed / "b.ceb").write_bytes(b"x")
    settings = Settings(rules=(str(rules),), select=("ZZ",), previous=(str(tmp_path / "gone.txt"),))
    session = open_session(settings, _plugins(register_readers=lambda: [blind]))
    first, again = session.check([str(mixed)]), session.check([str(mixed)])
    assert len(first.passed_over) == 1 and {problem.path for problem in first.problems} == {
        "example.blind.sniff",
        str(tmp_path / "gone.txt"),
    }
    assert (first.problems, first.passed_over) == (again.problems, again.passed_over)
    assert session.check([str(clean)]).passed_over == ()


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_stage_of_every_file_is_told(three: Path, rules: Path, jobs: int) -> None:
    (three / "d.txt").write_bytes(b"")
    steps: list[Step] = []
    _checked(three, rules, jobs=jobs, told=steps.append)
    ended = {(Path(step.path).name, step.stage) for step in steps if step.seconds is not None}
    assert ended == {(f"{name}.txt", stage) for name in "abc" for stage in STAGES} | {("d.txt", "done")}
    finished = [(step.done, step.total) for step in steps if step.stage == "done"]
    assert finished == [(number, 4) for number in range(1, 5)]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    "where", ["budgetlint.normalise.structure", "budgetlint.checking.kernels.deciding.ledger_of"]
)
def test_a_document_that_takes_too_long_costs_itself(
    three: Path, rules: Path, monkeypatch: pytest.MonkeyPatch, where: str, jobs: int
) -> None:
    module, _, name = where.rpartition(".")
    sound = getattr(import_module(module), name)

    def slow(*arguments: object) -> object:
        read = [getattr(one, "document", one) for one in arguments[:2]]
        if "出事" in repr(read):
            raise TimeUp
        return sound(*arguments)

    monkeypatch.setattr(where, slow)
    report = _checked(three, rules, jobs=jobs)
    assert [document.counts.holds for document in report.documents] == [5, 0, 5]
    assert [finding.rule for finding in report.documents[1].findings] == ["BL991"]
    assert report.exit_code() is Exit.UNREAD


@pytest.mark.parametrize("jobs", [1, 2])
def test_interrupted_a_run_reports_what_was_done(
    three: Path, rules: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr("budgetlint.run.batches.LEAST", 1)

    def interrupt(step: Step) -> None:
        if step.stage == "done" and step.done == 2:
            raise KeyboardInterrupt

    report = _checked(three, rules, jobs=jobs, told=interrupt)
    assert [document.counts.holds for document in report.documents] == [5, 5]
    assert report.exit_code() is Exit.INTERRUPTED == 130
    (problem,) = report.problems
    assert "2" in problem.message and "3" in problem.message


def test_the_folder_of_an_installed_pack_takes_its_place(tmp_path: Path) -> None:
    """Who works on a pack that is installed validates the working copy, not both."""
    from shutil import copytree

    from budgetlint.resources import rules_folder

    working = tmp_path / "national"
    copytree(rules_folder() / "national", working)
    installed = open_session(Settings())
    session = open_session(Settings(rules=(str(working),)))
    assert session.problems == []
    assert [pack.manifest.name for pack in session.packs.packs] == [
        pack.manifest.name for pack in installed.packs.packs
    ]
    assert working in {pack.source.pack.folder for pack in session.packs.packs}
