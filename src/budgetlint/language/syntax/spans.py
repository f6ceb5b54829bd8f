"""Where a node of a rule stands in its file."""

from __future__ import annotations

from budgetlint.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """Where a node stands: 1-based first and last line, 0-based column of its first and behind its last character."""

    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


NO_SPAN = Span()


def no_span() -> Span:
    """Return the field of a node's place, which takes no part in equality."""
    return field(default=NO_SPAN, compare=False, repr=False)
