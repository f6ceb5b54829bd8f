"""Other programs never outlive their time, this process, or an exception; nor does what they start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from budgetlint.readers.safe.programs import ran
from budgetlint.run.limited import TimeUp, limited

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs /proc")
#: A launcher that leaves its program behind: it writes that one's number into a file.
LAUNCHER = 'sleep 50 & echo $! > "$1.part"; mv "$1.part" "$1"; '


def _launched(file: Path, then: str) -> list[str]:
    return ["/bin/sh", "-c", LAUNCHER + then, "sh", str(file)]


def _is_gone(file: Path, seconds: float = 10) -> bool:
    process = Path(f"/proc/{file.read_text().strip()}/stat")
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if process.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def test_what_a_program_leaves_behind_ends_with_it(tmp_path: Path) -> None:
    assert ran(_launched(tmp_path / "pid", "exit 0"), 20)
    assert _is_gone(tmp_path / "pid")


def test_a_program_that_takes_too_long_is_ended_with_all_it_started(tmp_path: Path) -> None:
    assert not ran(_launched(tmp_path / "pid", "wait"), 0.5)
    assert _is_gone(tmp_path / "pid")


def test_work_that_is_broken_off_leaves_no_program_behind(tmp_path: Path) -> None:
    with pytest.raises(TimeUp), limited(0.5):
        ran(_launched(tmp_path / "pid", "wait"), 40)
    assert _is_gone(tmp_path / "pid")


def test_a_killed_parent_leaves_no_program_behind(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    code = f"from budgetlint.readers.safe.programs import ran; ran({_launched(file, 'wait')!r}, 40)"
    parent = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + 30
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert _is_gone(file)
