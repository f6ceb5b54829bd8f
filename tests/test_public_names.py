"""The public face is what it says, and loading it loads nothing else."""

from __future__ import annotations

import subprocess
import sys

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
