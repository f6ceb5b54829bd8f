"""A line on the terminal that says how far a long run is; nothing of it where nobody watches."""

from __future__ import annotations

import shutil
import time
import unicodedata
from pathlib import PurePath
from typing import TextIO

from budgetlint.run.stages import Step

#: A run shorter than this shows nothing; the line is drawn anew no oftener than that. In seconds.
_UNSEEN, _DRAWN_EVERY = 1.0, 0.1
_STAGES = {
    "read": ("读取", "reading"),
    "structure": ("整理", "structuring"),
    "name": ("认名称", "naming"),
    "rules": ("核对", "checking"),
    "diagnose": ("归因", "diagnosing"),
    "done": ("完成", "finished"),
}


class ProgressLine:
    """Shows files, stage and time left on one line of a terminal, and takes it away at the end."""

    def __init__(self, stream: TextIO, language: str) -> None:
        self._stream = stream if stream.isatty() else None
        self._language = language
        self._began = self._drawn = time.monotonic()
        self._shown = False

    def told(self, step: Step) -> None:
        """Hear of a step."""
        now = time.monotonic()
        if self._stream is None or now - self._began < _UNSEEN or now - self._drawn < _DRAWN_EVERY:
            return
        self._drawn, self._shown = now, True
        line = said(step, now - self._began, self._language)
        self._stream.write(f"\r\x1b[K{fitted(line, shutil.get_terminal_size().columns - 1)}")
        self._stream.flush()

    def close(self) -> None:
        """Take the line away."""
        if self._stream is not None and self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def said(step: Step, seconds: float, language: str) -> str:
    """Return the line: files finished, what is done to which, and the time left as far as it can be told."""
    english = language == "en"
    stage = _STAGES[step.stage][english]
    name = PurePath(step.path.rpartition("!")[2]).name
    parts = [f"{step.done}/{step.total}" + (" files" if english else " 份"), f"{stage} {name}"]
    if step.done:
        left = seconds / step.done * (step.total - step.done)
        parts.insert(1, _left(left, english))
    return "  ".join(parts)


def _left(seconds: float, english: bool) -> str:
    if seconds < 60:
        return f"about {seconds:.0f} s left" if english else f"约剩 {seconds:.0f} 秒"
    minutes = seconds / 60
    return f"about {minutes:.0f} min left" if english else f"约剩 {minutes:.0f} 分钟"


def fitted(line: str, width: int) -> str:
    """Return as much of a line as a terminal of so many columns shows; Chinese characters take two."""
    taken = 0
    for at, char in enumerate(line):
        taken += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if taken > width:
            return line[:at]
    return line
