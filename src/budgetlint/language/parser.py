"""Parses rule text, in either vocabulary, into the nodes of :mod:`budgetlint.language.syntax`.

Lark is imported only when the first rule is parsed; the grammar is built once per process.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.language.build_rules import RuleBuilder
from budgetlint.language.errors import RuleError, RuleProblem, shown_in
from budgetlint.language.printer import print_check
from budgetlint.language.scanner import Chunk, limit_error, split_rules
from budgetlint.language.syntax import Rule

if TYPE_CHECKING:
    from lark import Lark

_LOCK = threading.Lock()


class ParsedFile(Struct, frozen=True):
    """The rules of a file that could be read, and every error of those that could not."""

    rules: tuple[Rule, ...]
    errors: tuple[RuleError, ...] = ()


def parse_file(text: str, file: str) -> ParsedFile:
    """Parse every rule of a file; a broken one costs itself only.

    Args:
        text: the file's text.
        file: how the file is called in spans and errors.
    """
    chunks, errors = split_rules(text, file)
    rules = []
    for chunk in chunks:
        try:
            rules.append(parse_chunk(chunk, file, "rule", text))
        except RuleProblem as problem:
            errors.extend(problem.errors)
    errors.sort(key=lambda error: (error.line, error.column))
    return ParsedFile(tuple(rules), tuple(errors))


def parse_sentence(text: str, file: str = "--rule") -> Rule:
    """Parse one bare check as rule CLI001, of severity error, on the basis of 勾稽关系.

    Raises:
        RuleProblem: the sentence cannot be read.
    """
    chunk = Chunk(text, 1)
    error = limit_error(chunk, file)
    if error:
        raise RuleProblem(error)
    rule = parse_chunk(chunk, file, "sentence", text)
    return replace(rule, sentence=print_check(rule.checks[0]))


def parse_chunk(chunk: Chunk, file: str, start: str, source: str) -> Rule:
    """Parse the text of one rule (``start`` ``rule``) or one sentence (``sentence``).

    Raises:
        RuleProblem: it cannot be read.
    """
    from lark.exceptions import UnexpectedInput

    from budgetlint.language.meant.misread import explain

    with _LOCK:
        parser, builder = _parser()
        builder.file = file
        steps = parser.parse_interactive(chunk.text, start=start)
        lexer_state: Any = steps.lexer_thread.state
        lexer_state.line_ctr.line = chunk.line
        try:
            rule: Rule = steps.resume_parse()  # type: ignore[no-untyped-call]
        except UnexpectedInput as unexpected:
            raise RuleProblem(explain(unexpected, chunk, file, source)) from None
        except RuleProblem as problem:
            raise RuleProblem(*(shown_in(error, source) for error in problem.errors)) from None
    return rule


@lru_cache(maxsize=1)
def _parser() -> tuple[Lark, RuleBuilder]:
    from budgetlint.language.grammar import build_parser

    builder = RuleBuilder()
    return build_parser(builder), builder
