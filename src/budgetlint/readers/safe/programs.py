"""Other programs at work on a file: neither they nor what they start outlive their time, or us."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress

#: Starts a program beside a watch over the pipe that comes in; where that ends, all that the program started is ended.
_WATCHED = 'exec 3<&0 </dev/null; (read -r _ <&3; kill -9 0) & exec 3<&-; exec "$@"'


def ran(command: Sequence[str], seconds: float) -> bool:
    """Run a program to its end; tell whether it ended in time, whatever came of it.

    What it started (a launcher leaves its program behind) ends with it, and where this process is killed, or broken off
    by an exception, the whole ends too. Where there is no shell (Windows) the program itself alone is ended.

    Raises:
        OSError: it cannot be started.
    """
    if os.name != "posix":
        return _ended(_started(command, subprocess.DEVNULL), seconds)
    # Only this process holds the end that is written to.
    read, write = os.pipe()
    try:
        try:
            watched = ["/bin/sh", "-c", _WATCHED, "sh", *command]
            process = _started(watched, read)
        finally:
            os.close(read)
        return _ended(process, seconds)
    finally:
        os.close(write)


def _started(command: Sequence[str], source: int) -> subprocess.Popen[bytes]:
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=source, stdout=nothing, stderr=nothing, start_new_session=True)


def _ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            if os.name == "posix":
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
