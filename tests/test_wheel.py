"""The wheel holds rules and grammar: unpacked to an empty folder, it lists the rules without the checkout."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it."""
    folder = tmp_path_factory.mktemp("wheel")
    if shutil.which("uv"):
        build = ["uv", "build", "--wheel", "--out-dir", str(folder), "--quiet"]
    elif importlib.util.find_spec("hatchling"):
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    else:
        pytest.skip("neither uv nor hatchling is at hand")
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    target = folder / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def test_the_rules_are_listed_from_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        f"sys.path = [p for p in sys.path if not Path(p).is_relative_to({str(ROOT / 'src')!r})]\n"
        f"sys.path.insert(0, {str(unpacked)!r})\n"
        "import budgetlint; from budgetlint.resources import rules_folder\n"
        f"assert Path(budgetlint.__file__).is_relative_to({str(unpacked)!r})\n"
        f"assert rules_folder().is_relative_to({str(unpacked)!r})\n"
        "from budgetlint.cli import main\n"
        "sys.exit(main(['rules', '--format', 'json']) == 3)"
    )
    environment = {**os.environ, "BUDGETLINT_CACHE": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    assert any(rule["id"].startswith("CN") for rule in json.loads(done.stdout))


def test_the_wheel_holds_no_strangers(unpacked: Path) -> None:
    assert {path.name for path in unpacked.iterdir()} == {
        "budgetlint",
        next(path.name for path in unpacked.glob("*.dist-info")),
    }
    assert (unpacked / "budgetlint" / "bundled" / "grammar" / "keywords.toml").is_file()
    assert (unpacked / "budgetlint" / "reporters" / "report.schema.json").is_file()
