"""What is wrong with a rule, for people: where, what, the line with a caret, and what was probably meant.

``RuleProblem`` is the only exception of the language front; it carries one or more ``RuleError``.
"""

from __future__ import annotations

import unicodedata

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.language.syntax import Span


class RuleError(Struct, frozen=True):
    """One error in a rule.

    Attributes:
        file, line, column: where, both 1-based; line 0 where only the rule is known.
        zh, en: the message in Chinese and in English.
        excerpt: the line and a caret under the place, or empty.
        suggestion: what was probably meant (a name, a word, the spaced form), or empty: it stands for the ``width``
            signs from the place on.
        rule: id of the rule, where known.
        others: the same error as other guesses would have it, likeliest first; gone once the advice was tried.
    """

    file: str
    line: int
    column: int
    zh: str
    en: str
    excerpt: str = ""
    suggestion: str = ""
    rule: str = ""
    width: int = 1
    others: tuple[RuleError, ...] = ()

    @property
    def place(self) -> str:
        """``file:line:column`` as editors open it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def message(self, lang: str = "zh") -> str:
        """Return the message in a language, without place and excerpt."""
        return self.en if lang == "en" else self.zh

    def render(self, lang: str = "zh") -> str:
        """Return the whole error as people read it: place, message, excerpt, suggestion."""
        lines = [f"{self.place}: {self.message(lang)}"]
        if self.excerpt:
            lines.append(self.excerpt)
        if self.suggestion:
            lines.append(
                f"did you mean: {self.suggestion}" if lang == "en" else f"是不是要写：{self.suggestion}"
            )
        return "\n".join(lines)


class RuleProblem(ValueError):
    """A text is no rule; ``errors`` says why."""

    def __init__(self, *errors: RuleError) -> None:
        super().__init__("\n".join(error.render() for error in errors))
        self.errors = errors


def error_at(
    span: Span, zh: str, en: str, *, source: str | None = None, suggestion: str = "", rule: str = ""
) -> RuleError:
    """Return the error for a place; ``source`` is the whole text of the file, for the excerpt."""
    width = max(span.end_column - span.column if span.end_line == span.line else 1, 1)
    error = RuleError(span.file, span.line, span.column + 1, zh, en, "", suggestion, rule, width)
    return error if source is None else shown_in(error, source)


def shown_in(error: RuleError, source: str) -> RuleError:
    """Return an error with the line it is about and carets as wide as the word; the file's lines end with \\n."""
    lines = source.split("\n")
    if error.excerpt or not 0 < error.line <= len(lines):
        return error
    return replace(error, excerpt=caret_under(lines[error.line - 1], error.column - 1, error.width))


def caret_under(line: str, column: int, width: int = 1) -> str:
    """Return a line and, below it, carets under ``width`` characters from a 0-based column, by display width."""
    line = line.rstrip().replace("\t", " ")
    return f"{line}\n{' ' * display_width(line[:column])}{'^' * max(display_width(line[column : column + width]), 1)}"


def display_width(text: str) -> int:
    """Return how many columns a text takes on a screen; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
