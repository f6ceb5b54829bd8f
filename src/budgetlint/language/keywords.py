"""The words of the rule language, read from ``grammar/keywords.toml``: the only place where they stand."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct

from budgetlint.resources import grammar_folder

Tongue: TypeAlias = Literal["zh", "en"]

#: May stand before a Chinese relation or test: 应等于, 应当 包含.
_SHOULD = "应当|应|须"
#: A keyword ends where no word, path step or attached sign goes on.
_WORD_END = r"(?![\w/／·])"
#: A word that stands before numbers only ends where a number follows.
_BEFORE_NUMBER = r"(?=\s*[0-9０-９]+(?![\w/／·.．]))"


class Word(Struct, frozen=True):
    """One word: its token in the grammar, its forms in both languages (first = printed), its meaning.

    ``should`` lets 应, 应当 or 须 stand before the Chinese forms; ``unit`` is a word only behind a number, ``numbered`` only
    before one; ``mistaken`` are words people write for it that are not read (和 for 且).
    """

    token: str
    group: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    symbols: tuple[str, ...]
    meaning_zh: str
    meaning_en: str
    should: bool = False
    unit: bool = False
    mistaken: tuple[str, ...] = ()
    numbered: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """Every way to write the word, symbols last."""
        return (*self.zh, *self.en, *self.symbols)

    def printed(self, to: Tongue) -> str:
        """Return the form that fmt and translate print (the other language's where this one has none)."""
        first = (self.zh or self.en) if to == "zh" else (self.en or self.zh)
        return first[0]

    def pattern(self) -> str:
        """Return the regular expression of the word's terminal."""
        chinese = "|".join(re.escape(form) for form in _longest_first(self.zh))
        english = "|".join(_spaced(form) for form in _longest_first(self.en))
        if chinese and self.should:
            chinese = rf"(?:(?:{_SHOULD})\s*)?(?:{chinese})"
        words = "|".join(part for part in (chinese, f"(?i:{english})" if english else "") if part)
        symbols = "|".join(map(re.escape, self.symbols))
        end = _BEFORE_NUMBER if self.numbered else _WORD_END
        return f"(?:{words}){end}" + (f"|(?:{symbols})(?!=)" if symbols else "")


class Keywords(Struct, frozen=True):
    """All words of the language, by token in the file's order."""

    words: dict[str, Word]

    def printed(self, token: str, to: Tongue) -> str:
        """Return how a token is printed in a language."""
        return self.words[token].printed(to)

    def units(self) -> dict[str, str]:
        """Return every written unit with its canonical (Chinese) form."""
        return {
            form.casefold(): form if word.token == "COUNTED" else word.printed("zh")
            for word in self.words.values()
            if word.unit
            for form in word.forms
        }

    def printed_unit(self, unit: str, to: Tongue) -> str:
        """Return how a canonical unit is printed in a language."""
        word = next(word for word in self.words.values() if word.unit and unit in word.forms)
        return unit if word.token == "COUNTED" else word.printed(to)

    def unit_pattern(self) -> str:
        """Return the regular expression of a unit behind a number."""
        forms = _longest_first(tuple(self.units()))
        return "|".join(_spaced(form) if form.isascii() else re.escape(form) for form in forms)

    def reserved_pattern(self) -> str:
        """Return the regular expression of what can never be a bare name: every word, and a bare 应 or 不."""
        words = [word for word in self.words.values() if not word.unit and not word.numbered]
        numbered = [word.pattern() for word in self.words.values() if word.numbered]
        chinese = [re.escape(form) for word in words for form in word.zh]
        should = [re.escape(form) for word in words if word.should for form in word.zh]
        english = [_spaced(form) for word in words for form in word.en]
        chinese = sorted((*chinese, *_SHOULD.split("|"), "不", "不应", "不得"), key=len, reverse=True)
        return (
            f"(?:(?:{_SHOULD})(?:{'|'.join(should)})|{'|'.join(chinese)}|(?i:{'|'.join(english)}))"
            + "|".join((_WORD_END, *numbered))
        )

    def priorities(self) -> dict[str, int]:
        """Return each terminal's priority: a form that goes on where another ends is tried before it."""
        words = [word for word in self.words.values() if not word.unit]
        rank = {word.token: 2 for word in words}
        longer = [
            (short.token, long.token)
            for short in words
            for long in words
            if short is not long and any(_begins(a, b) for a in short.forms for b in long.forms)
        ]
        for _ in words:
            for short_token, long_token in longer:
                rank[long_token] = max(rank[long_token], rank[short_token] + 1)
        return rank


@lru_cache(maxsize=1)
def keywords() -> Keywords:
    """Return the words of ``grammar/keywords.toml``, read once per process.

    Raises:
        ValueError: a form stands under two tokens.
    """
    import tomli

    data = tomli.loads((grammar_folder() / "keywords.toml").read_text("utf-8"))
    words = {entry["token"]: _word(entry) for entry in data["word"]}
    owner: dict[str, str] = {}
    for word in words.values():
        for form in word.forms:
            if owner.setdefault(form.casefold(), word.token) != word.token:
                raise ValueError(f"{form!r} is a form of both {owner[form.casefold()]} and {word.token}")
    return Keywords(words)


def words_table() -> str:
    """Return the reference table of all words as Markdown: what docs/规则编写.md shows between its marks."""
    lines = ["| 类 | 中文 | English | 意思 |", "|---|---|---|---|"]
    for word in keywords().words.values():
        chinese = "·".join((*word.zh, *(symbol for symbol in word.symbols)))
        lines.append(f"| {word.group} | {chinese} | {', '.join(word.en)} | {word.meaning_zh} |")
    return "\n".join(lines) + "\n"


def _word(entry: dict[str, object]) -> Word:
    def forms(key: str) -> tuple[str, ...]:
        found = entry.get(key, [])
        return tuple(str(form) for form in found) if isinstance(found, list) else ()

    meaning = entry["meaning"]
    assert isinstance(meaning, dict)
    return Word(
        token=str(entry["token"]),
        group=str(entry["group"]),
        en=forms("en"),
        zh=forms("zh"),
        symbols=forms("symbols"),
        meaning_zh=str(meaning["zh"]),
        meaning_en=str(meaning["en"]),
        should=bool(entry.get("should", False)),
        unit=entry.get("kind") == "unit",
        mistaken=forms("mistaken"),
        numbered=entry.get("kind") == "numbered",
    )


def _longest_first(forms: tuple[str, ...]) -> list[str]:
    return sorted(forms, key=len, reverse=True)


def _spaced(form: str) -> str:
    """An English phrase with any white space between its words and either apostrophe."""
    return r"\s+".join(re.escape(word) for word in form.split()).replace("'", "['’]")


def _begins(short: str, long: str) -> bool:
    """Whether ``short`` would match at the start of ``long``, leaving a rest."""
    if len(long) <= len(short) or not long.casefold().startswith(short.casefold()):
        return False
    return not (short[-1].isalnum() and long[len(short)].isalnum())


def with_words_table(page: str) -> str:
    """Return a page with the words table between its marks brought up to date."""
    head, _, rest = page.partition("<!-- words -->\n")
    _, mark, tail = rest.partition("<!-- /words -->")
    return f"{head}<!-- words -->\n{words_table()}{mark}{tail}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_text(with_words_table(Path(name).read_text("utf-8")), "utf-8")
