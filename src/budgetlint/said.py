"""One thing said in both languages: whatever budgetlint tells people is said once, beside its translation."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct


class Said(Struct, frozen=True):
    """A text in Chinese and in English; where only one is known (a plugin's own words) both are that one."""

    zh: str
    en: str

    def to(self, language: str) -> str:
        """Return the text in ``zh`` or ``en``."""
        return self.en if language == "en" else self.zh


class SaidError(Exception):
    """Something is wrong, and people are told so in both languages; ``said`` is what they are told.

    Subclasses hand over what their own ``__init__`` takes, ``said`` last, so that errors pass between processes whole.
    """

    def __init__(self, *about: object) -> None:
        super().__init__(*about)
        said = about[-1]
        assert isinstance(said, Said)
        self.said = said

    def message(self, language: str) -> str:
        """Return the message in ``zh`` or ``en``."""
        return self.said.to(language)


#: What plugins may give: a plain text stands for both languages.
Wording: TypeAlias = "str | Said"


def said(text: Wording) -> Said:
    """Return a text as one in both languages."""
    return text if isinstance(text, Said) else Said(text, text)


def told(text: Wording, language: str) -> str:
    """Return a text in ``zh`` or ``en``."""
    return text.to(language) if isinstance(text, Said) else text
