"""Runs the examples of checks written in Python: each is a text that is read as any other, with the verdict it must get.

The examples of a check stand in one file, each under a line that announces its verdict: 【通过】, 【不符】, 【无法核对】.
The core's are ``rules/checks/ID.txt``; a plugin's are where its check says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.checking.check import PythonCheck
from budgetlint.document import Bundle, Document
from budgetlint.normalise import classify, name, structure
from budgetlint.readers.text.plain import READER
from budgetlint.resources import rules_folder
from budgetlint.results.findings import Outcome, Verdict
from budgetlint.run.examples import worst_of
from budgetlint.vocabulary import Vocabulary

_VERDICTS = {"通过": Verdict.HOLDS, "不符": Verdict.FAILS, "无法核对": Verdict.UNDETERMINED}
_ANNOUNCED = re.compile(rf"^【({'|'.join(_VERDICTS)})】\n", re.MULTILINE)


class CheckExample(Struct, frozen=True):
    """One example: the text, the verdict it announces, where it begins (a 1-based line of its file)."""

    check: str
    verdict: Verdict
    text: str
    file: str
    line: int


class CheckResult(Struct, frozen=True):
    """What one example came to; ``error`` is set where its text could not be read or the check raised."""

    example: CheckExample
    actual: Verdict | None
    outcomes: tuple[Outcome, ...] = ()
    error: str = ""

    @property
    def passed(self) -> bool:
        """The check reached the announced verdict."""
        return self.actual is self.example.verdict


def examples_of(check: PythonCheck) -> tuple[CheckExample, ...]:
    """Return the examples of a check, () where it has no file of them."""
    file = check.examples or rules_folder() / "checks" / f"{check.id}.txt"
    if not file.is_file():
        return ()
    text = file.read_text(encoding="utf-8")
    begun = list(_ANNOUNCED.finditer(text))
    ends = [*(match.start() for match in begun[1:]), len(text)]
    return tuple(
        CheckExample(
            check.id,
            _VERDICTS[match[1]],
            text[match.end() : end],
            str(file),
            text.count("\n", 0, match.start()) + 1,
        )
        for match, end in zip(begun, ends, strict=True)
    )


def run_examples(check: PythonCheck, vocabulary: Vocabulary) -> Iterator[CheckResult]:
    """Run every example of a check with the vocabulary documents are read with."""
    for example in examples_of(check):
        try:
            outcomes = tuple(check.run(Bundle(_document(example.text, vocabulary)), vocabulary))
        except Exception as error:
            yield CheckResult(example, None, error=f"{type(error).__name__}: {error}")
        else:
            yield CheckResult(example, worst_of(outcomes), outcomes)


def _document(text: str, vocabulary: Vocabulary) -> Document:
    found = structure(READER.read("示例.txt", text.encode()))
    return name(replace(found, classification=classify(found, vocabulary)), vocabulary)
