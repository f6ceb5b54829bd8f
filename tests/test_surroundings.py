"""Odd surroundings: no standard output, one that is full or in another encoding, Ctrl-C, readers that go away."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAIN = [sys.executable, "-c", "import sys; from budgetlint.cli import main; sys.exit(main())"]
DOCUMENT = str(next(ROOT.glob("examples/text/*2024年部门预算.txt")))
posix = pytest.mark.skipif(os.name != "posix", reason="what a shell of Unix can do")


def _run(*arguments: str, **how: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*MAIN, "check", DOCUMENT, *arguments], timeout=60, check=False, **how)  # type: ignore[call-overload,no-any-return]


@posix
def test_without_a_standard_output_only_what_goes_there_is_refused(tmp_path: Path) -> None:
    closed = {"preexec_fn": lambda: os.close(1), "stderr": subprocess.PIPE}
    refused = _run(**closed)
    assert refused.returncode == 2 and b"--format" in refused.stderr and b"Traceback" not in refused.stderr
    assert _run("--format", f"json:{tmp_path / 'r.json'}", **closed).returncode == 0
    assert json.loads((tmp_path / "r.json").read_bytes())["documents"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_a_full_disk_is_said_and_ends_in_2() -> None:
    with open("/dev/full", "wb") as full:
        done = _run(stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2 and b"space" in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["latin-1", "gbk"])
def test_json_is_json_in_every_encoding(encoding: str) -> None:
    done = _run("--format", "json", stdout=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": encoding})
    assert json.loads(done.stdout.decode(encoding))["documents"][0]["path"] == DOCUMENT


def _until(come: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for something a process does, however slow the machine is: here for its compiled packs, made at the start."""
    end = time.monotonic() + seconds
    while not come():
        assert time.monotonic() < end, "it never began"
        time.sleep(0.05)


def test_files_that_cannot_be_read_cost_themselves_and_are_named(tmp_path: Path) -> None:
    """The first promise of the README."""
    sound = Path(DOCUMENT).read_bytes()
    word = next((ROOT / "examples" / "docx").glob("*.docx")).read_bytes()
    bad = {
        "截断.docx": word[:1_000],
        "空.txt": b"",
        "坏.zip": b"PK\x03\x04" + word[40:300],
        "坏.pdf": b"%PDF-1.7\n",
    }
    for name, content in {"好.txt": sound, **bad}.items():
        (tmp_path / name.partition(".")[0]).mkdir(exist_ok=True)
        (tmp_path / name.partition(".")[0] / name).write_bytes(content)
    command = [*MAIN, "check", str(tmp_path), "--jobs", "2", "--format", "json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=120, check=False)
    found = {Path(one["path"]).name: one for one in json.loads(done.stdout)["documents"]}
    assert done.returncode == 4 and set(found) == {"好.txt", *bad}
    assert found["好.txt"]["verdicts"]["holds"]
    for name in bad:
        assert not found[name]["verdicts"]["holds"]
        assert [one["rule"].startswith("BL9") for one in found[name]["findings"]] == [True]


@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_in_130_with_a_report_and_leaves_nothing_behind(tmp_path: Path, jobs: str) -> None:
    """The second promise of the README, of an interruption; of a killed program and a full disk: test_pool, test_disk."""
    cache = tmp_path.with_name(f"{tmp_path.name}-cache")
    for number in range(400):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "文本.txt").write_bytes(Path(DOCUMENT).read_bytes())
    running = subprocess.Popen(
        [*MAIN, "check", str(tmp_path), "--jobs", jobs, "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "BUDGETLINT_CACHE": str(cache)},
        # A shell that runs the tests in the background has its children ignore the signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    _until(lambda: any(cache.glob("*.json")))
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=120)
    assert running.returncode == 130 and b"Traceback" not in err
    if out:  # else it had not begun
        assert "Ctrl-C" in json.loads(out)["errors"][-1]["message"]
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)


@posix
def test_a_reader_of_the_output_sees_its_end_though_the_parent_was_killed(tmp_path: Path) -> None:
    """The child that reads a file holds nothing of the parent's, and ends with it."""
    code = (
        "import os, signal, sys, time\n"
        "from budgetlint.readers.reader import Reader\n"
        "from budgetlint.readers.safe.isolate import Limits, read_isolated\n"
        "def read(path, data):\n"
        "    open(path, 'w').write(str(os.getpid()))\n"
        "    os.kill(os.getppid(), signal.SIGKILL)\n"
        "    time.sleep(50)\n"
        "read_isolated(Reader('x', (), lambda d: 1.0, read), sys.argv[1], b'x', Limits(seconds=60))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "pid")], stdout=subprocess.PIPE, timeout=40, check=False
    )
    assert done.returncode == -signal.SIGKILL
    child = int((tmp_path / "pid").read_text())
    for _ in range(100):
        if not os.path.exists(f"/proc/{child}"):
            return
        time.sleep(0.1)
    state = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]
    assert state == "Z", "the child outlived its parent"


def test_nothing_is_sent_anywhere(tmp_path: Path) -> None:
    """The third promise of the README: a whole check, every format written, with every socket forbidden."""
    code = (
        "import sys\n"
        "def audit(event, arguments):\n"
        "    if event.startswith('socket.') and event != 'socket.__new__':\n"
        "        raise RuntimeError(event)\n"
        "sys.addaudithook(audit)\n"
        "from budgetlint.cli import main\n"
        "sys.exit(main())\n"
    )
    folder = ROOT / "examples"
    files = [
        str(file)
        for format in ("text", "docx", "xlsx", "html", "pdf", "ofd")
        for file in sorted((folder / format).iterdir())[:1]
    ]
    outputs = [
        option for name in ("json", "html", "sarif") for option in ("--format", f"{name}:{tmp_path / name}")
    ]
    done = subprocess.run(
        [sys.executable, "-c", code, "check", *files, *outputs, "--annotate", str(tmp_path / "copies")],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    assert len(json.loads((tmp_path / "json").read_bytes())["documents"]) == len(files)
