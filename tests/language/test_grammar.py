"""The grammar has no conflict, and its tokens need no context."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lark import Lark

from budgetlint.language.grammar import build_parser
from budgetlint.language.keywords import keywords

#: What rules are written of: every form of every word, and what stands between and around words.
PIECES = [
    *(form for word in keywords().words.values() for form in word.forms),
    *(
        "应",
        "应当",
        "须",
        "不",
        "第",
        "六",
        "十二",
        "节",
        "部分",
        "6",
        "2024",
        "１，０００",
        "12.50",
        "%",
        "AB101",
        "ab101",
    ),
    *(
        "“甲 乙”",
        '"a"',
        "《预算法》",
        "《办法》第十条",
        "| 合计 | 1 |",
        "：",
        ":",
        "、",
        "（",
        "）",
        "/",
        "·",
        "，",
        "；",
        " ",
        "\n",
        "# 注",
    ),
    *("合计", "人员经费", "三公", "section", "a", "B", "_", "【其 中】", "「表」", "境"),
]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)


@pytest.fixture(scope="session")
def contextual() -> Any:
    return build_parser()


def test_strict_grammar_has_no_conflicts() -> None:
    build_parser(strict=True)


def collision(parser: Lark, text: str) -> set[str]:
    """Return the terminals of one priority that could all begin a text, where none of a higher priority could.

    Lark's own comparison (``strict``) leaves it to interegular, which takes ``\\w`` and ``\\d`` for ASCII: it sees no
    collision of Chinese words. Here the terminals are tried on texts, by the regular expressions they are lexed with.
    """
    could = [t for t in parser.terminals if re.match(t.pattern.to_regexp(), text)]
    highest = max((t.priority for t in could), default=0)
    names = {t.name for t in could if t.priority == highest}
    return names if len(names) > 1 else set()


def test_a_collision_of_chinese_words_is_seen() -> None:
    parser = Lark(r"""
        start: A | B
        A: /\w+/
        B: /[一-龥]+/
    """)
    assert collision(parser, "合计") == {"A", "B"}


@pytest.fixture(scope="session")
def basic() -> Lark:
    return build_parser(lexer="basic")


@given(texts)
@example("应当等于")
@example("第六节")
def test_one_terminal_begins_any_text(basic: Lark, text: str) -> None:
    assert collision(basic, text) == set()


def test_one_terminal_begins_every_form_of_every_word(basic: Lark) -> None:
    assert {piece: found for piece in PIECES if (found := collision(basic, piece))} == {}


def test_basic_and_contextual_lexers_give_the_same_tokens(
    contextual: Any, basic: Lark, samples: list[str]
) -> None:
    for text in samples:
        assert tokens(basic, text) == tokens(contextual, text), text


def tokens(parser: Any, text: str) -> list[tuple[str, str]]:
    steps = parser.parse_interactive(text, start="rule")
    return [(token.type, str(token)) for token in steps.iter_parse()]
