"""The public face is what it says, and loading it loads nothing else."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import budgetlint


def test_every_public_name_can_be_had() -> None:
    for name in budgetlint.__all__:
        assert getattr(budgetlint, name) is not None
    assert sorted(budgetlint.__all__) == budgetlint.__all__ == dir(budgetlint)


def test_what_plugins_need_is_public() -> None:
    needed = {
        "check",
        "Bundle",
        "Document",
        "Outcome",
        "Finding",
        "Verdict",
        "hookimpl",
        "RulePack",
        "Reader",
    }
    assert needed <= set(budgetlint.__all__)


def test_importing_the_package_imports_no_module_of_it() -> None:
    code = "import sys, budgetlint; print([name for name in sys.modules if name.startswith('budgetlint.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


#: What plugins may import of us; docs/插件开发.md says what is in them.
PUBLIC = {"budgetlint", "budgetlint.readers.pages", "budgetlint.readers.safe"}


def test_our_own_plugins_use_what_is_public() -> None:
    plugins = Path(__file__).parents[1] / "plugins"
    found = {
        (path.relative_to(plugins), node.module)
        for path in plugins.glob("*/src/**/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "budgetlint"
    }
    assert found
    assert {use for use in found if use[1] not in PUBLIC} == set()


def test_every_name_of_the_public_packages_can_be_had() -> None:
    for name in PUBLIC:
        package = import_module(name)
        for public in package.__all__:
            assert getattr(package, public) is not None


def test_a_document_is_read_without_a_check(clean: Path) -> None:
    tree = budgetlint.read(clean)
    assert [table.title for table in tree.tables] == ["部门支出总表"]
    assert tree.tables[0].id == "b.expense"
