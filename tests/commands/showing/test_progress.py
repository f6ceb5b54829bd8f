"""A long run says on a terminal how far it is, within one line; elsewhere it says nothing."""

from __future__ import annotations

import io

import pytest

from budgetlint.commands.showing import progress
from budgetlint.commands.showing.progress import ProgressLine, fitted, said
from budgetlint.run.stages import STAGES, Step


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _shown(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, unseen: float) -> str:
    monkeypatch.setattr(progress, "_UNSEEN", unseen)
    monkeypatch.setattr(progress, "_DRAWN_EVERY", 0.0)
    line = ProgressLine(stream, "zh")
    for number, stage in enumerate(STAGES):
        line.told(Step("夹/某局.pdf", stage, None, number, 10))
    line.close()
    return stream.getvalue()


def test_only_a_terminal_is_shown_a_line_and_only_of_a_long_run(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _shown(_Terminal(), monkeypatch, 0.0)
    assert "3/10" in shown and "某局.pdf" in shown and "\n" not in shown
    assert shown.endswith("\r\x1b[K")
    assert _shown(_Terminal(), monkeypatch, 60.0) == ""
    assert _shown(io.StringIO(), monkeypatch, 0.0) == ""


def test_the_time_left_follows_from_what_is_finished() -> None:
    assert "30" in said(Step("a.zip!乙/某局.pdf", "rules", None, 10, 40), 10.0, "zh")
    assert "3 min" in said(Step("a", "read", None, 1, 4), 60.0, "en")
    assert "left" not in said(Step("a", "read", None, 0, 4), 60.0, "en")


def test_a_line_never_takes_more_columns_than_there_are() -> None:
    assert fitted("某局a", 5) == "某局a" and fitted("某局a", 4) == "某局" and fitted("某局a", 3) == "某"
