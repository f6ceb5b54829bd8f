"""What is wrong with a rule, for people: where, what, the line with a caret, and what was probably meant.

``RuleProblem`` is the only exception of the language front; it carries one or more ``RuleError``.
"""

from __future__ import annotations

import unicodedata

from msgspec import Struct

from budgetlint.language.syntax import Span


class RuleError(Struct, frozen=True):
    """One error in a rule.

    Attributes:
        file, line, column: where, both 1-based; line 0 where only the rule is known.
        zh, en: the message in Chinese and in English.
        excerpt: the line and a caret under the place, or empty.
        suggestion: what was probably meant (a name, a word, the spaced form), or empty.
        rule: id of the rule, where known.
    """

    file: str
    line: int
    column: int
    zh: str
    en: str
    excerpt: str = ""
    suggestion: str = ""
    rule: str = ""

    def message(self, lang: str = "zh") -> str:
        """Return the message in a language, without place and excerpt."""
        return self.en if lang == "en" else self.zh

    def render(self, lang: str = "zh") -> str:
        """Return the whole error as people read it: place, message, excerpt, suggestion."""
        lines = [f"{self.file}:{self.line}:{self.column}: {self.message(lang)}"]
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
    excerpt = ""
    if source is not None and span.line:
        lines = source.splitlines()
        if span.line <= len(lines):
            width = span.end_column - span.column if span.end_line == span.line else 1
            excerpt = caret_under(lines[span.line - 1], span.column, max(width, 1))
    return RuleError(span.file, span.line, span.column + 1, zh, en, excerpt, suggestion, rule)


def caret_under(line: str, column: int, width: int = 1) -> str:
    """Return a line and, below it, carets under ``width`` characters from a 0-based column, by display width."""
    line = line.rstrip().replace("\t", " ")
    return f"{line}\n{' ' * display_width(line[:column])}{'^' * max(display_width(line[column : column + width]), 1)}"


def display_width(text: str) -> int:
    """Return how many columns a text takes on a screen; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
