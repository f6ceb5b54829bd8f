"""Every hook is documented with exactly its arguments, and works from end to end; one test of its name each."""

from __future__ import annotations

import inspect
import re
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from budgetlint import (
    Annotator,
    Basis,
    Classification,
    Function,
    Mark,
    Outcome,
    PythonCheck,
    Reader,
    Reporter,
    RulePack,
    Severity,
    Source,
    Verdict,
    hookimpl,
)
from budgetlint.config import Settings
from budgetlint.document import ParagraphBlock, Place
from budgetlint.plugins import hookspecs
from budgetlint.plugins.manager import Plugins, load_plugins
from budgetlint.results.report import Exit
from budgetlint.run.annotating import annotate_all
from budgetlint.run.opening import open_session

HOOKS = {
    name: inspect.signature(function)
    for name, function in vars(hookspecs).items()
    if inspect.isfunction(function) and hasattr(function, "budgetlint_spec")
}
PAGE = Path(__file__).parents[2] / "docs" / "插件开发.md"

pytestmark = pytest.mark.usefixtures("no_bundled_rules")


def _with(**hooks: object) -> Plugins:
    module = ModuleType("example")
    for name, hook in hooks.items():
        setattr(module, name, hookimpl(hook))
    plugins = load_plugins()
    plugins.add("example", module, "example-dist", "1")
    assert not plugins.broken
    return plugins


def _session(settings: Settings | None = None, **hooks: object):
    return open_session(settings or Settings(), _with(**hooks))


@pytest.mark.parametrize("name", HOOKS)
def test_the_page_documents_the_hook_with_its_arguments(name: str) -> None:
    arguments = ", ".join(HOOKS[name].parameters)
    assert re.search(
        rf"^### `{name}\({re.escape(arguments)}\)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )


@pytest.mark.parametrize("name", HOOKS)
def test_the_hook_has_a_test_of_its_name(name: str) -> None:
    assert f"test_{name}" in globals()


def test_register_rule_packs(rules: Path, clean: Path) -> None:
    def register_rule_packs():
        return [RulePack(rules)]

    session = _session(register_rule_packs=register_rule_packs)
    assert session.check([str(clean)]).documents[0].counts.holds >= 5


def test_register_readers(tmp_path: Path) -> None:
    reader = Reader(
        "made-up",
        (".made",),
        lambda content: 1.0 if content.startswith(b"MADE") else 0.0,
        lambda path, content: Source(path, "made-up", (ParagraphBlock("2024年示例部门预算"),)),
    )

    def register_readers():
        return [reader]

    file = tmp_path / "x.made"
    file.write_bytes(b"MADE")
    session = _session(register_readers=register_readers)
    assert session.read(str(file)).format == "made-up"
    assert [document.path for document in session.check([str(tmp_path)]).documents] == [str(file)]


def test_register_functions(clean: Path) -> None:
    double = Function("twice", "两倍", ("number",), "number", lambda number: number * Decimal(2))

    def register_functions():
        return [double]

    rule = "table 部门支出总表 row 合计 column 合计 is at most twice(table 部门支出总表 row 合计 column 合计)"
    session = _session(Settings(rule_texts=(rule,), select=("CLI",)), register_functions=register_functions)
    assert session.check([str(clean)]).documents[0].counts.holds == 1, session.problems


def test_register_annotators(tmp_path: Path) -> None:
    place = Place(page=1, box=(1.0, 2.0, 3.0, 4.0))
    reader = Reader(
        "made-up",
        (".made",),
        lambda content: 1.0 if content.startswith(b"MADE") else 0.0,
        lambda path, content: Source(path, "made-up", (ParagraphBlock("XX局2024年部门预算", place),)),
    )
    given: list[Mark] = []

    def write(path, content, marks, read):
        given.extend(marks)
        assert read().format == "made-up"
        return content + b" marked"

    def register_readers():
        return [reader]

    def register_annotators():
        return [Annotator("made-up", write)]

    file = tmp_path / "x.made"
    file.write_bytes(b"MADE")
    rule = "对 每一段，检查 非 段落 匹配 “XX”"
    session = _session(
        Settings(rule_texts=(rule,), select=("CLI",)),
        register_readers=register_readers,
        register_annotators=register_annotators,
    )
    report = session.check([str(file)])
    assert list(annotate_all(session, report, [str(file)], str(tmp_path / "out"))) == []
    assert (tmp_path / "out" / "x-批注.made-up").read_bytes() == b"MADE marked"
    assert [mark.place.page for mark in given] == [1]


def test_an_annotator_that_breaks_costs_its_copy_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = Reader(
        "made-up",
        (".made",),
        lambda content: 1.0 if content.startswith(b"MADE") else 0.0,
        lambda path, content: Source(path, "made-up", (ParagraphBlock("2024年部门预算"),)),
    )

    def register_readers():
        return [reader]

    def register_annotators():
        return [Annotator("made-up", lambda path, content, marks, read: "no bytes")]  # type: ignore[arg-type]

    file = tmp_path / "x.made"
    file.write_bytes(b"MADE")
    session = _session(register_readers=register_readers, register_annotators=register_annotators)
    report = session.check([str(file)])
    assert list(annotate_all(session, report, [str(file)], str(tmp_path / "out"))) == [Exit.PLUGIN]
    assert "bytes expected" in capsys.readouterr().err
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_register_checks(clean: Path) -> None:
    def run(bundle, vocabulary):
        yield Outcome("EX001", Verdict.HOLDS)
        yield Outcome("EX001", Verdict.FAILS, message="示例问题", instance="示例")

    def register_checks():
        return [PythonCheck("EX001", "示例检查", Severity.ERROR, (Basis(consistency=True),), "示例", run)]

    document = _session(register_checks=register_checks).check([str(clean)]).documents[0]
    assert document.counts.decided == 2
    assert "示例问题" in {finding.message for finding in document.findings}


def test_register_reporters() -> None:
    reporter = Reporter("made-up", ".x", lambda report, stream, language: None)

    def register_reporters():
        return [reporter]

    plugins = _with(register_reporters=register_reporters)
    assert reporter in [brought.thing for brought in plugins.collect("register_reporters")]


def test_classify_document(clean: Path) -> None:
    def classify_document(document, hints):
        return Classification("单位决算", 2001, None, "示例局")

    session = _session(classify_document=classify_document)
    known = session.read(str(clean)).classification
    assert (known.kind, known.year) == ("单位决算", 2001)


def test_check_finished(clean: Path) -> None:
    seen = []

    def check_finished(report):
        seen.append(report)
        raise RuntimeError("the archive is full")

    session = _session(check_finished=check_finished)
    report = session.check([str(clean)])
    assert [document.path for document in seen[0].documents] == [str(clean)]
    assert "archive" in report.problems[-1].message
