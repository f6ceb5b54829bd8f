"""Rules and grammar are found, and the cache stands where the user wants it."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlint.resources import cache_folder, grammar_folder, rules_folder, version


def test_rules_and_grammar_are_there() -> None:
    assert (rules_folder() / "national" / "pack.toml").is_file()
    assert (grammar_folder() / "keywords.toml").is_file()


def test_the_cache_folder_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BUDGETLINT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert cache_folder() == tmp_path / "budgetlint"


def test_there_is_a_version() -> None:
    assert version()[0].isdigit()
