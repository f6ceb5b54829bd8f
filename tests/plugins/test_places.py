"""Every place's pack: its made-up example is read whole and clean, and a changed figure of it is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlint.config import Settings
from budgetlint.packs import RulePack
from budgetlint.packs.manifest import read_manifest
from budgetlint.results.findings import Severity, Verdict
from budgetlint.results.report import DocumentReport
from budgetlint.run.opening import open_session

PLUGINS = Path(__file__).parents[2] / "plugins"
EXAMPLES = sorted(PLUGINS.glob("*/examples/*.txt"))


def examined(file: Path, example: Path) -> DocumentReport:
    name = example.parents[1].name
    manifest = read_manifest(RulePack(example.parents[1] / "src" / name.replace("-", "_") / "pack"))
    session = open_session(Settings(region=manifest.region))
    (document,) = session.check([str(file)]).documents
    return document


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parents[1].name)
def test_the_example_is_read_whole_and_clean(example: Path) -> None:
    document = examined(example, example)
    assert [(f.rule, f.message) for f in document.findings] == []
    assert [table.title for table in document.tables if table.id is None] == []
    assert len(document.tables) >= 9


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parents[1].name)
def test_a_changed_figure_is_found(example: Path, tmp_path: Path) -> None:
    text = example.read_text(encoding="utf-8")
    at = text.rindex("住房公积金\t") + len("住房公积金\t")
    file = tmp_path / example.name
    file.write_text(text[:at] + "7" + text[at + 1 :], encoding="utf-8")
    found = examined(file, example).findings
    assert any(f.severity is Severity.ERROR and f.verdict is Verdict.FAILS for f in found)


def test_a_table_that_the_place_requires_is_missed(tmp_path: Path) -> None:
    example = next(path for path in EXAMPLES if path.parents[1].name == "budgetlint-jiangsu")
    text = example.read_text(encoding="utf-8")
    file = tmp_path / example.name
    file.write_text(text[: text.index("政府采购支出表\n")], encoding="utf-8")
    rules = {f.rule for f in examined(file, example).findings if f.verdict is Verdict.FAILS}
    assert "JS101.4" in rules
