"""The house rules that tools can check: ruff over everything, mypy strict over the sources."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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


def test_no_law_fails_for_want_of_speed() -> None:
    assert settings.default is not None
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check
