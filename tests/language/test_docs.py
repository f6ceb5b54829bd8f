"""docs/规则编写.md: every example is right, every word of the language has one, the table of words is up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from budgetlint.language.check import check_rule
from budgetlint.language.grammar import build_parser
from budgetlint.language.keywords import keywords, with_words_table
from budgetlint.language.parser import parse_file, parse_sentence
from budgetlint.resources import rules_folder
from budgetlint.vocabulary import load_folder

PAGE = Path(__file__).parents[2] / "docs" / "规则编写.md"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)


SENTENCES = [line for block in blocks("句子") for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence_is_sound(sentence: str) -> None:
    vocabulary = load_folder(rules_folder() / "national")
    errors = check_rule(parse_sentence(sentence), vocabulary, {}, sentence)
    assert not errors, errors[0].render()


@pytest.mark.parametrize("text", blocks("规则"))
def test_rule_is_sound(text: str) -> None:
    parsed = parse_file(text, "x.rule")
    assert not parsed.errors, parsed.errors[0].render()
    vocabulary = load_folder(rules_folder() / "national")
    errors = check_rule(parsed.rules[0], vocabulary, {}, text)
    assert not errors, errors[0].render()


def test_every_word_has_an_example() -> None:
    parser = build_parser()
    used: set[str] = set()
    for start, texts in (("rule", blocks("规则")), ("sentence", SENTENCES)):
        for text in texts:
            used |= {token.type for token in parser.parse_interactive(text, start=start).iter_parse()}
    words = {token for token, word in keywords().words.items() if not word.unit}
    assert words - used == set()


def test_words_table_is_up_to_date() -> None:
    page = PAGE.read_text("utf-8")
    assert with_words_table(page) == page
