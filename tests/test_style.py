"""The house rules that tools can check: ruff over everything, mypy strict over the sources."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "src", "tests", "plugins", "examples"], ["mypy", "--no-error-summary"]],
    ids=lambda c: c[0],
)
def test_the_sources_are_clean(command: list[str]) -> None:
    run = [sys.executable, "-m", *command]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
