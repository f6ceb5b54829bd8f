"""Turns what Lark could not read into an error for people: what stood there, what was expected, what was meant."""

from __future__ import annotations

from typing import Any

from budgetlint.language.errors import RuleError, error_at
from budgetlint.language.scanner import Chunk
from budgetlint.language.syntax import Span


def explain(unexpected: Any, chunk: Chunk, file: str, source: str) -> RuleError:
    """Return the error for Lark's UnexpectedToken or UnexpectedCharacters."""
    line, column = unexpected.line, unexpected.column
    token = getattr(unexpected, "token", None)
    width = len(token) if token else 1
    if line is None or line < 1:
        lines = chunk.text.rstrip().splitlines()
        line, column = chunk.line + len(lines) - 1, len(lines[-1]) + 1
    span = Span(file, line, column - 1, line, column - 1 + width)
    return error_at(span, "读不懂这里", "cannot read this", source=source)
