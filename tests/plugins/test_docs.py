"""docs/插件开发.md: its code is one working plugin, and its texts are a working pack."""

from __future__ import annotations

import io
import re
from pathlib import Path
from types import ModuleType

import pytest

from budgetlint.config import Settings
from budgetlint.plugins.manager import Plugins, load_plugins
from budgetlint.run.opening import open_session
from budgetlint.vocabulary import load_folder

PAGE = (Path(__file__).parents[2] / "docs" / "插件开发.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.M | re.S)


@pytest.fixture
def plugins(tmp_path: Path) -> Plugins:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "pack.toml").write_text(
        'name = "example"\nbuilds-on = ["national"]\n', encoding="utf-8"
    )
    module = ModuleType("example")
    module.__file__ = str(tmp_path / "__init__.py")
    exec("\n".join(blocks("python")), vars(module))
    plugins = load_plugins()
    plugins.add("example", module, "example-dist", "1")
    return plugins


def test_the_plugin_of_the_page_reads_checks_and_reports(plugins: Plugins, tmp_path: Path) -> None:
    file = tmp_path / "x.budget"
    file.write_text(
        "#!csv-budget\n示例市示例区某局2024年部门预算\n支出总览\n科目|合计\n公用经费|1.00\n", encoding="utf-8"
    )
    session = open_session(Settings(select=("EX001",), rule_texts=("检查 一半（ 4 ） 等于 2",)), plugins)
    report = session.check([str(file)])
    assert not session.problems and not plugins.failures
    assert {outcome.rule for outcome in report.documents[0].findings} <= {"EX001"}
    (reporter,) = [b.thing for b in plugins.collect("register_reporters") if b.plugin.name == "example"]
    reporter.write(report, io.StringIO(), "zh")
    assert "example" in {pack.name for pack in report.packs}


def test_the_texts_of_the_page_are_a_vocabulary(tmp_path: Path) -> None:
    names = ("tables", "vocabulary", "reading", "review")
    for name, text in zip(names, blocks("yaml"), strict=True):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    vocabulary = load_folder(tmp_path)
    assert "本省禁用词" in vocabulary.lists and "b.oper" in vocabulary.tables
    assert "服务站" in vocabulary.words.group("分类/机构结尾")
