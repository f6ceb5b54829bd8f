"""Data flows one way: the contracts of pyproject.toml hold, and every module has its place in them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
#: Modules a folder may hold: more than that nobody keeps in mind.
WIDEST = 24


def test_the_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports" + (".exe" if os.name == "nt" else ""))
    done = subprocess.run([str(lint), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_has_its_layer() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = data["tool"]["importlinter"]["contracts"][0]["layers"]
    placed = {name.strip().removeprefix("budgetlint.") for layer in layers for name in layer.split("|")}
    package = ROOT / "src" / "budgetlint"
    modules = {
        path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert modules - placed == {"__init__", "__main__", "config", "disk", "resources", "said"}


def test_the_page_on_the_architecture_is_true() -> None:
    """Its floors are the contract's, which import-linter holds the imports to; the modules it names are there."""
    page = (ROOT / "docs" / "架构.md").read_text(encoding="utf-8")
    drawn = page.partition("```text\n")[2].partition("```")[0].split("\n")[:-1]
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = data["tool"]["importlinter"]["contracts"][0]["layers"]
    assert [set(floor.split(" | ")) for floor in drawn] == [
        set(layer.replace("budgetlint.", "").split(" | ")) for layer in layers
    ]
    package = ROOT / "src" / "budgetlint"
    way = page.partition("```mermaid")[2].partition("```")[0]
    named = re.findall(r"(?<![\w.])([a-z]+(?:\.[a-z_]+)*(?:\.\*)?)(?=[：、])", way)
    assert len(named) > 10
    for name in named:
        path = package / name.removesuffix(".*").replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__init__.py").is_file(), name


def test_modules_stay_short() -> None:
    long = {
        path.name: lines
        for folder in (ROOT / "src", ROOT / "plugins")
        for path in folder.rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 350
    }
    assert long == {}


def test_no_folder_is_wider_than_a_screen() -> None:
    package = ROOT / "src" / "budgetlint"
    folders = [
        package,
        *(path for path in package.rglob("*") if path.is_dir() and path.name != "__pycache__"),
    ]
    wide = {
        str(folder.relative_to(package)): width
        for folder in folders
        if (width := sum(path.suffix == ".py" and path.name != "__init__.py" for path in folder.iterdir()))
        > WIDEST
    }
    assert wide == {}
