"""The grammar has no conflict, and its tokens need no context."""

from __future__ import annotations

from typing import Any

import pytest

from budgetlint.language.grammar import build_parser


@pytest.fixture(scope="session")
def contextual() -> Any:
    return build_parser()


def test_strict_grammar_has_no_conflicts_and_no_collisions() -> None:
    build_parser(strict=True)


def test_basic_and_contextual_lexers_give_the_same_tokens(contextual: Any, samples: list[str]) -> None:
    basic = build_parser(lexer="basic")
    for text in samples:
        assert tokens(basic, text) == tokens(contextual, text), text


def tokens(parser: Any, text: str) -> list[tuple[str, str]]:
    steps = parser.parse_interactive(text, start="rule")
    return [(token.type, str(token)) for token in steps.iter_parse()]
