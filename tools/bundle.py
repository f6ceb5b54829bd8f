"""Makes a folder that runs budgetlint on a machine without network, and without Python where an archive of one is given.

    python tools/bundle.py --platform win_amd64 [--python ARCHIVE] [--out FOLDER]

The folder holds the wheels of budgetlint, of its plugins and of everything they need for one platform, launchers, and
checksums. ARCHIVE is an embeddable or standalone Python for that platform, supplied by whoever bundles.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXTRAS = "pdf,html,annotate,office,web"
#: Platform → what uv calls it, and the tags of wheels that run on it. Kylin V10 and UOS 20 have glibc 2.28.
PLATFORMS = {
    "win_amd64": ("x86_64-pc-windows-msvc", ("win_amd64",)),
    "manylinux_x86_64": (
        "x86_64-manylinux_2_28",
        tuple(f"manylinux{version}_x86_64" for version in ("_2_28", "_2_27", "_2_26", "_2_17", "2014")),
    ),
    "manylinux_aarch64": (
        "aarch64-manylinux_2_28",
        tuple(f"manylinux{version}_aarch64" for version in ("_2_28", "_2_27", "_2_26", "_2_17", "2014")),
    ),
}

_BOOT = '''"""Runs budgetlint from the wheels beside it: unpacked once into this folder, nothing installed anywhere else."""

import os
import shutil
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIBRARY = HERE / "library"
MADE_FOR = {version}

if sys.version_info[:2] != MADE_FOR or sys.maxsize < 2**32:
    wanted = ".".join(map(str, MADE_FOR))
    sys.exit("需要 Python " + wanted + "（64 位），现在是 " + sys.version.split()[0] + " / Python " + wanted + " is needed")
if not (LIBRARY / "ready").is_file():
    shutil.rmtree(LIBRARY, ignore_errors=True)
    for wheel in sorted((HERE / "wheels").glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(LIBRARY)
    (LIBRARY / "ready").write_text("")
# Processes that are started from here look in the same place.
os.environ["PYTHONPATH"] = str(LIBRARY)
sys.path.insert(0, str(LIBRARY))

if __name__ == "__main__":
    from budgetlint.cli import main

    sys.exit(main(sys.argv[1:] or ["serve"]))
'''
_WINDOWS = """@echo off\r
chcp 65001 >nul\r
cd /d "%~dp0"\r
if exist "python\\python.exe" (\r
  "python\\python.exe" boot.py %*\r
) else (\r
  where py >nul 2>nul && (py -3 boot.py %*) || (python boot.py %*)\r
)\r
if errorlevel 2 pause\r
"""
_POSIX = """#!/bin/sh
cd "$(dirname "$0")" || exit 2
for python in python/bin/python3 python/python3; do
  [ -x "$python" ] && exec "$python" boot.py "$@"
done
command -v python3 >/dev/null || { echo "请先安装 Python {wanted} / install Python {wanted} first" >&2; exit 2; }
exec python3 boot.py "$@"
"""
_README = """budgetlint 核对台

双击 {launcher}，浏览器里打开核对台，把要公开的文件拖进去。文件只在这台电脑上处理。
{python}
整个文件夹可以放在任何位置，不需要管理员权限；不用了，删除文件夹即可。
核对过的文件和结果在用户文件夹下的“budgetlint-核对台”。
checksums.txt 是各文件的 SHA-256。
"""


def main(arguments: list[str] | None = None) -> int:
    """Make the folder and say where."""
    parser = argparse.ArgumentParser(description="离线使用的文件夹 / a folder that runs offline")
    parser.add_argument("--platform", choices=PLATFORMS, required=True)
    parser.add_argument(
        "--python", type=Path, metavar="ARCHIVE", help="zip 或 tar 的 Python / a Python as zip or tar"
    )
    parser.add_argument("--python-version", default="3.11", help="为哪一版 Python / for which Python (3.11)")
    parser.add_argument("--out", type=Path, help="文件夹 / the folder")
    options = parser.parse_args(arguments)
    folder = options.out or ROOT / "dist" / f"budgetlint-{options.platform}"
    if folder.exists():
        parser.error(f"{folder} 已经存在 / exists already")
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    build_own(wheels)
    download(wheels, options.platform, options.python_version)
    if options.python is not None:
        unpack(options.python, folder / "python", windows=options.platform.startswith("win"))
    write_launchers(folder, options.platform, options.python_version, options.python is not None)
    write_checksums(folder)
    print(f"{folder}  {len(list(wheels.iterdir()))} wheels")
    return 0


def build_own(wheels: Path) -> None:
    """Build the wheels of budgetlint and its plugins."""
    for project in (ROOT, *sorted((ROOT / "plugins").glob("budgetlint-*"))):
        run([uv(), "build", "--quiet", "--wheel", "--out-dir", str(wheels), str(project)])
    (wheels / ".gitignore").unlink(missing_ok=True)


def download(wheels: Path, platform: str, version: str) -> None:
    """Download the wheels of everything needed on a platform; what has no wheel there ends it."""
    called, tags = PLATFORMS[platform]
    own = next(wheels.glob("budgetlint-[0-9]*.whl"))
    wanted = [f"budgetlint[{EXTRAS}] @ {own.resolve().as_uri()}"]
    wanted += [
        f"{wheel.name.partition('-')[0]} @ {wheel.resolve().as_uri()}"
        for wheel in wheels.glob("budgetlint_*.whl")
    ]
    # pip takes markers (colorama on Windows) from the machine it runs on; uv resolves for the other one.
    resolve = [
        uv(),
        "pip",
        "compile",
        "-",
        "--quiet",
        "--no-header",
        "--no-annotate",
        "--only-binary",
        ":all:",
    ]
    resolve += ["--python-platform", called, "--python-version", version]
    pinned = [line.strip() for line in run(resolve, "\n".join(wanted)).splitlines() if "==" in line]
    fixed = ["--no-deps", "--only-binary", ":all:", "--python-version", version, "--implementation", "cp"]
    for tag in tags:
        fixed += ["--platform", tag]
    pip = [uv(), "tool", "run", "--quiet", "pip"]
    run(
        [
            *pip,
            "download",
            "--quiet",
            "--dest",
            str(wheels),
            *fixed,
            *(line.partition(";")[0].strip() for line in pinned),
        ]
    )


def unpack(archive: Path, target: Path, windows: bool) -> None:
    """Unpack a Python; a folder that holds everything is left out, an embeddable one is told to look around itself."""
    target.mkdir()
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(target)
    else:
        with tarfile.open(archive) as opened:
            opened.extractall(target, filter="tar")
    inside = list(target.iterdir())
    if len(inside) == 1 and inside[0].is_dir():
        for path in inside[0].iterdir():
            shutil.move(path, target / path.name)
        inside[0].rmdir()
    if windows:
        # An embeddable Python ignores PYTHONPATH and finds only what its ._pth names; the workers need the library.
        for path in target.glob("python*._pth"):
            path.write_text(path.read_text() + "..\\library\n", encoding="utf-8")


def write_launchers(folder: Path, platform: str, version: str, has_python: bool) -> None:
    """Write what is double-clicked, what it runs, and a page to read."""
    made_for = tuple(int(part) for part in version.split("."))
    (folder / "boot.py").write_text(_BOOT.replace("{version}", repr(made_for)), encoding="utf-8")
    windows = platform.startswith("win")
    launcher = "核对台.bat" if windows else "核对台.sh"
    text = _WINDOWS if windows else _POSIX.replace("{wanted}", version)
    (folder / launcher).write_bytes(text.encode())
    (folder / launcher).chmod(0o755)
    python = "已带 Python，不用另装。" if has_python else f"这台电脑要先装 Python {version}（64 位）。"
    (folder / "说明.txt").write_text(_README.format(launcher=launcher, python=python), encoding="utf-8-sig")


def write_checksums(folder: Path) -> None:
    """Write the SHA-256 of every file, as sha256sum reads them."""
    lines = [
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    (folder / "checksums.txt").write_text("".join(lines), encoding="utf-8")


def uv() -> str:
    """Return the uv that is installed."""
    found = shutil.which("uv")
    if found is None:
        raise SystemExit("没有 uv：pip install uv / uv is missing")
    return found


def run(command: list[str], given: str = "") -> str:
    """Run a command and return what it says; it is shown where it fails."""
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
