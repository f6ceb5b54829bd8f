"""What plugins register is looked at before anything works with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from budgetlint import Function, PythonCheck, Reader, Reporter, RulePack, Severity
from budgetlint.document import Source
from budgetlint.plugins.accepting import refusal
from budgetlint.resources import rules_folder


def _reader(**changed: Any) -> Reader:
    fields = {
        "name": "x",
        "suffixes": (".x",),
        "sniff": lambda data: 1.0,
        "read": lambda *_: Source("", "x", ()),
    }
    return Reader(**fields | changed)


def _function(**changed: Any) -> Function:
    fields = {
        "name": "half",
        "chinese": "一半",
        "parameters": ("number",),
        "result": "number",
        "call": lambda n: n / 2,
    }
    return Function(**fields | changed)


def _check(**changed: Any) -> PythonCheck:
    fields = {
        "id": "XX001",
        "name": "示例",
        "severity": Severity.NOTICE,
        "basis": (),
        "sentence": "示例",
        "run": print,
    }
    return PythonCheck(**fields | changed)


@pytest.mark.parametrize(
    ("hook", "thing"),
    [
        ("register_rule_packs", RulePack(rules_folder() / "national")),
        ("register_readers", _reader()),
        ("register_functions", _function()),
        ("register_checks", _check()),
        ("register_reporters", Reporter("x", ".x", lambda *_: None)),
    ],
)
def test_what_is_as_it_should_be_is_taken(hook: str, thing: object) -> None:
    assert refusal(hook, thing, ()) is None


@pytest.mark.parametrize(
    ("hook", "thing"),
    [
        ("register_rule_packs", "pack"),
        ("register_rule_packs", RulePack("/pack")),  # type: ignore[arg-type]
        ("register_rule_packs", RulePack(Path("nowhere"))),
        ("register_readers", _function()),
        ("register_readers", _reader(suffixes=("x",))),
        ("register_readers", _reader(read=None)),
        ("register_functions", _function(chinese="等于")),
        ("register_functions", _function(result="money")),
        ("register_checks", _check(severity="严重")),
        ("register_reporters", Reporter("x", ".x", "write")),  # type: ignore[arg-type]
    ],
)
def test_what_could_not_work_is_refused(hook: str, thing: object) -> None:
    assert refusal(hook, thing, ())


def test_a_name_is_given_once() -> None:
    assert "text" in (refusal("register_readers", _reader(name="text"), {"text"}) or "")
    assert refusal("register_checks", _check(), {"XX001"})
