"""Composes the grammar: the words of keywords.toml and the ``*.lark`` parts as one text, and Lark's parser from it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from budgetlint.language.keywords import keywords
from budgetlint.resources import grammar_folder

if TYPE_CHECKING:
    from lark import Lark

PARTS = ("rule", "condition", "expression", "terminals")

_END = r"(?![\w/／·])"
#: One step of a name: word signs with attached brackets （境）, or anything between 【】 or 「」.
_STEP = r"(?:[\w·](?:[\w·]|[（(][^\s（）()、，,；;|｜]*[）)])*|【[^】\n]*】|「[^」\n]*」)"


@lru_cache(maxsize=1)
def grammar_text() -> str:
    """Return the whole grammar as one text for Lark."""
    words = keywords()
    priorities = words.priorities()
    terminals = [
        f"{word.token}.{priorities[word.token] + 2}: /{_slashes(word.pattern())}/"
        for word in words.words.values()
        if not word.unit
    ]
    fillings = {"__NAME__": name_pattern().pattern, "__UNIT__": words.unit_pattern()}
    parts = "\n".join((grammar_folder() / f"{part}.lark").read_text("utf-8") for part in PARTS)
    for mark, filling in fillings.items():
        parts = parts.replace(mark, _slashes(filling))
    return parts + "\n" + "\n".join(terminals) + "\n"


@lru_cache(maxsize=1)
def name_pattern() -> re.Pattern[str]:
    """Return what a bare name is: steps joined by /, never what another token could be."""
    words = keywords()
    taken = (
        words.reserved_pattern(),
        rf"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?\s*(?i:{words.unit_pattern()})?{_END}",
        rf"[A-Z]{{2,4}}[0-9]{{3}}{_END}",
        rf"第[一二三四五六七八九十百0-9０-９]+(?:节|部分){_END}",
    )
    return re.compile(rf"(?!{'|'.join(taken)}){_STEP}(?:[/／]{_STEP})*")


def build_parser(builder: Any = None, *, lexer: str = "contextual", strict: bool = False) -> Lark:
    """Return a new LALR parser with the start symbols ``rule`` and ``sentence``.

    Args:
        builder: an object with a method for each rule of the grammar, called while parsing; None gives Lark's trees.
        lexer: ``contextual`` or ``basic``; both give the same tokens.
        strict: refuse any conflict of the grammar or collision of its terminals (slow; for tests).
    """
    from lark import Lark
    from lark import lexer as lark_lexer

    # Where interegular is installed (developers), Lark compares all terminals for seconds: only the tests want that.
    compared = lark_lexer.has_interegular
    lark_lexer.has_interegular = compared and strict
    try:
        return Lark(
            grammar_text(),
            parser="lalr",
            lexer=lexer,
            start=["rule", "sentence"],
            transformer=builder,
            strict=strict,
        )
    finally:
        lark_lexer.has_interegular = compared


def _slashes(pattern: str) -> str:
    """Escape the slashes of a pattern that stands between slashes."""
    return pattern.replace("\\/", "/").replace("/", "\\/")
