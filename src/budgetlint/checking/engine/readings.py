"""Tells of printed texts what tests ask: what they contain, match, are listed in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from budgetlint.document.text import squeeze
from budgetlint.language.syntax import TestKind
from budgetlint.vocabulary import Vocabulary


def is_listed(text: str, name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a list of the vocabulary, or a list of codes, has a squeezed text."""
    if name in vocabulary.codes:
        return any(text in (entry.code, squeeze(entry.name)) for entry in vocabulary.codes[name])
    return text in {squeeze(entry) for entry in vocabulary.lists.get(name, ())}


def reads_as(kind: TestKind, printed: str, text: str) -> bool:
    """Tell whether a squeezed text contains another, begins with it …, or matches it as a pattern."""
    match kind:
        case TestKind.MATCHES:
            return _regex(text).search(printed) is not None
        case TestKind.CONTAINS:
            return text in printed
        case TestKind.STARTS:
            return printed.startswith(text)
        case TestKind.ENDS:
            return printed.endswith(text)
        case _:
            return printed == text


@lru_cache(maxsize=512)
def _regex(pattern: str) -> Any:
    """Compile a user's pattern with RE2, whose matching time is linear."""
    import re2

    return re2.compile(pattern)
