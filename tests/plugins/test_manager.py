"""Plugins load one at a time, and a broken one never takes others along."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from budgetlint import Reader, RulePack, hookimpl
from budgetlint.plugins.manager import load_plugins


class Point:
    """An entry point whose module is at hand, or that raises when loaded."""

    def __init__(self, name: str, module: object) -> None:
        self.name = name
        self.distribution = f"dist-{name}"
        self.version = "1.2"
        self._module = module

    def load(self) -> object:
        if isinstance(self._module, Exception):
            raise self._module
        return self._module


def _module(**hooks: object) -> ModuleType:
    module = ModuleType("example")
    for name, hook in hooks.items():
        hook.__name__ = name
        setattr(module, name, hookimpl(hook))
    return module


def _packs(folder: Path):
    folder.mkdir()
    (folder / "pack.toml").touch()
    return lambda: [RulePack(folder)]


def test_what_is_brought_knows_who_brought_it(tmp_path: Path) -> None:
    plugins = load_plugins([Point("one", _module(register_rule_packs=_packs(tmp_path / "one")))])
    brought = [b for b in plugins.collect("register_rule_packs") if b.plugin.name == "one"]
    assert [(b.thing.folder.name, b.plugin.distribution, b.plugin.version) for b in brought] == [
        ("one", "dist-one", "1.2")
    ]


def test_a_plugin_that_cannot_be_imported_is_recorded_and_the_next_one_loads(tmp_path: Path) -> None:
    good = Point("two", _module(register_rule_packs=_packs(tmp_path / "two")))
    plugins = load_plugins([Point("one", ImportError("no such thing")), good])
    (broken,) = plugins.broken
    assert (broken.name, broken.distribution, broken.version) == ("one", "dist-one", "1.2")
    assert "no such thing" in (broken.traceback or "")
    assert "two" in {b.plugin.name for b in plugins.collect("register_rule_packs")}


@pytest.mark.parametrize("name", ["register_rule_pack", "check_finish"])
def test_a_misspelt_hook_is_an_error(name: str) -> None:
    plugins = load_plugins([Point("one", _module(**{name: lambda: []}))])
    assert [plugin.name for plugin in plugins.broken] == ["one"]


def test_an_unknown_argument_is_an_error() -> None:
    plugins = load_plugins([Point("one", _module(register_readers=lambda nonsense: []))])
    assert [plugin.name for plugin in plugins.broken] == ["one"]


def test_a_plugin_that_raises_does_not_take_others_along() -> None:
    def raising():
        raise RuntimeError("boom")

    reader = Reader("made-up", (".made",), lambda content: 0.0, lambda path, content: None)
    plugins = load_plugins(
        [
            Point("one", _module(register_readers=raising)),
            Point("two", _module(register_readers=lambda: [reader])),
        ]
    )
    names = {brought.thing.name for brought in plugins.collect("register_readers")}
    assert {"text", "made-up"} <= names
    assert [(failure.plugin, failure.hook) for failure in plugins.failures] == [("one", "register_readers")]


def test_a_hook_that_returns_no_list_is_recorded() -> None:
    plugins = load_plugins([Point("one", _module(register_readers=lambda: "reader"))])
    plugins.collect("register_readers")
    assert [failure.plugin for failure in plugins.failures] == ["one"]


def test_the_first_answer_counts_and_the_core_is_asked_last() -> None:
    from budgetlint.document import Classification, Document
    from budgetlint.plugins.hints import Hints
    from budgetlint.vocabulary import Vocabulary

    def classify_document(document, hints):
        return Classification(kind="部门预算", year=1999) if document.title == "示例" else None

    plugins = load_plugins([Point("one", _module(classify_document=classify_document))])
    hints = Hints(Vocabulary())
    known = plugins.first(
        "classify_document", Classification, document=Document("x", title="示例"), hints=hints
    )
    assert known.year == 1999
    assert (
        plugins.first("classify_document", Classification, document=Document("x", title="别的"), hints=hints)
        is not None
    )


def test_an_answer_of_another_kind_is_a_failure_and_the_core_answers() -> None:
    from budgetlint.document import Classification, Document
    from budgetlint.plugins.hints import Hints
    from budgetlint.vocabulary import Vocabulary

    plugins = load_plugins([Point("one", _module(classify_document=lambda document, hints: "部门预算"))])
    answer = plugins.first(
        "classify_document", Classification, document=Document("x"), hints=Hints(Vocabulary())
    )
    assert isinstance(answer, Classification)
    assert [failure.plugin for failure in plugins.failures] == ["one"]


def test_a_thing_that_cannot_work_is_left_out_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").touch()
    module = _module(register_rule_packs=lambda: ["pack", RulePack(tmp_path)])
    plugins = load_plugins([Point("one", module)])
    brought = [b.thing for b in plugins.collect("register_rule_packs") if b.plugin.name == "one"]
    assert brought == [RulePack(tmp_path)]
    assert [failure.plugin for failure in plugins.failures] == ["one"]
