"""Finding installed plugins: by the files that installers write, and what ``importlib.metadata`` finds."""

from __future__ import annotations

import sys
import zipfile
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from budgetlint.plugins.discovery import Found, find_plugins


def _distribution(folder: Path, name: str, points: str, version: str = "1.0") -> None:
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\nName: no\n")
    (info / "entry_points.txt").write_text(points)


@pytest.mark.parametrize("group", ["budgetlint", "console_scripts", "pytest11", "none such"])
def test_it_finds_what_importlib_finds(group: str) -> None:
    expected = {
        (p.name, p.value, p.dist and (p.dist.name, p.dist.version)) for p in entry_points(group=group)
    }
    assert {(f.name, f.value, (f.distribution, f.version)) for f in find_plugins(group)} == expected


def test_the_first_of_two_installations_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _distribution(
        tmp_path / "one", "a-plugin", "# note\n[other]\nx = y\n\n[zz.group]\nmine = a.module:thing\n"
    )
    _distribution(tmp_path / "two", "a-plugin", "[zz.group]\nmine = old\n", "0.9")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "one"), str(tmp_path / "two"), str(tmp_path / "none")])
    assert list(find_plugins("zz.group")) == [Found("mine", "a.module:thing", "a-plugin", "1.0")]


def test_archives_on_the_path_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "plugins.zip", "w") as archive:
        archive.writestr(
            "b_plugin-2.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: b-plugin\nVersion: 2.0\n"
        )
        archive.writestr("b_plugin-2.0.dist-info/entry_points.txt", "[zz.group]\nmine = b\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "plugins.zip")])
    assert list(find_plugins("zz.group")) == [Found("mine", "b", "b-plugin", "2.0")]


def test_an_entry_point_may_name_an_object() -> None:
    assert Found("one", "os:path.join").load() is __import__("os").path.join
    assert Found("one", "os.path").load() is __import__("os").path
