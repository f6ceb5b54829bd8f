"""``check --timing`` says for what people wait: every stage of every document, with its share."""

from __future__ import annotations

from budgetlint.commands.showing.timing import Timing
from budgetlint.reporters.words import Words
from budgetlint.run.stages import Step


def test_stages_are_added_up_and_shared_out() -> None:
    heard: list[Step] = []
    timing = Timing(heard.append)
    steps = [
        Step("甲.txt", "read"),
        Step("甲.txt", "read", 1.0),
        Step("甲.txt", "rules", 3.0),
        Step("乙.txt", "rules", 2.0),
        Step("甲.txt", "done", 0.0, 1, 2),
    ]
    for step in steps:
        timing.told(step)
    timing.reported(4.0)
    assert heard == steps
    lines = list(timing.lines(Words("en")))
    assert lines == [
        "甲.txt  4.00 s",
        "  read  1.00 s  25%",
        "  rules  3.00 s  75%",
        "乙.txt  2.00 s",
        "  rules  2.00 s  100%",
        "all files  10.00 s",
        "  report  4.00 s  40%",
    ]
