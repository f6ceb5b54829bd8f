"""The offline folder: launchers that need nothing installed, checksums that hold, and, where asked for, a whole one that runs."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bundle():
    spec = importlib.util.spec_from_file_location("bundle", ROOT / "tools" / "bundle.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _wheel(folder: Path) -> None:
    """Write a wheel whose budgetlint only says what it was asked."""
    (folder / "wheels").mkdir(parents=True)
    with zipfile.ZipFile(folder / "wheels" / "budgetlint-0-py3-none-any.whl", "w") as archive:
        archive.writestr("budgetlint/__init__.py", "")
        archive.writestr("budgetlint/cli.py", "def main(asked):\n    print('asked', *asked)\n    return 1\n")


@pytest.mark.skipif(os.name == "nt", reason="the launcher for Windows is a batch file")
def test_it_runs_from_itself_alone(bundle, tmp_path: Path) -> None:
    folder = tmp_path / "放在 哪里都行"
    _wheel(folder)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    bundle.write_launchers(folder, "manylinux_x86_64", version, True)
    (folder / "python" / "bin").mkdir(parents=True)
    (folder / "python" / "bin" / "python3").symlink_to(sys.executable)
    for arguments, asked in (([], "serve"), (["check", "文件.docx"], "check 文件.docx")):
        done = subprocess.run(
            [folder / "核对台.sh", *arguments], capture_output=True, text=True, cwd=tmp_path, check=False
        )
        assert (done.returncode, done.stdout.strip()) == (1, f"asked {asked}"), done.stderr


def test_another_python_is_refused_with_a_clear_word(bundle, tmp_path: Path) -> None:
    _wheel(tmp_path)
    bundle.write_launchers(tmp_path, "manylinux_x86_64", "3.1", False)
    done = subprocess.run(
        [sys.executable, tmp_path / "boot.py"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode and "3.1" in done.stderr and not (tmp_path / "library").exists()


@pytest.mark.parametrize("platform", ["win_amd64", "manylinux_aarch64"])
def test_who_has_no_python_is_told_which_to_install(bundle, platform: str, tmp_path: Path) -> None:
    bundle.write_launchers(tmp_path, platform, "3.11", False)
    assert "Python 3.11" in (tmp_path / "说明.txt").read_text("utf-8-sig")


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_python_is_unpacked_whatever_archive_it_comes_in(bundle, kind: str, tmp_path: Path) -> None:
    archive = tmp_path / f"python.{kind}"
    (tmp_path / "python.exe").write_text("")
    (tmp_path / "python311._pth").write_text("python311.zip\n.\n")
    if kind == "zip":
        with zipfile.ZipFile(archive, "w") as made:
            for name in ("python.exe", "python311._pth"):
                made.write(tmp_path / name, name)
    else:
        with tarfile.open(archive, "w:gz") as made:
            for name in ("python.exe", "python311._pth"):
                made.add(tmp_path / name, f"python/{name}")
    bundle.unpack(archive, tmp_path / "out", windows=True)
    assert (tmp_path / "out" / "python.exe").is_file()
    assert "..\\library" in (tmp_path / "out" / "python311._pth").read_text()


def test_checksums_are_those_of_the_files(bundle, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_bytes(b"x")
    bundle.write_checksums(tmp_path)
    assert (tmp_path / "checksums.txt").read_text() == f"{sha256(b'x').hexdigest()}  a/b.txt\n"


@pytest.mark.skipif(
    "BUDGETLINT_BUNDLE" not in os.environ or shutil.which("uv") is None,
    reason="downloads every wheel: set BUDGETLINT_BUNDLE=1",
)
def test_a_whole_folder_checks_a_document(bundle, tmp_path: Path) -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    out = tmp_path / "bundle"
    assert (
        bundle.main(["--platform", "manylinux_x86_64", "--python-version", version, "--out", str(out)]) == 0
    )
    document = ROOT / "examples" / "xlsx" / "示例区某局-2024年部门预算（有错）.xlsx"
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            out / "boot.py",
            "check",
            document,
            "--format",
            f"xlsx:{tmp_path / '清单.xlsx'}",
        ],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1 and (tmp_path / "清单.xlsx").is_file()
