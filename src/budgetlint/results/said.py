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


#: What plugins may give: a plain text stands for both languages.
Wording: TypeAlias = "str | Said"


def said(text: Wording) -> Said:
    """Return a text as one in both languages."""
    return text if isinstance(text, Said) else Said(text, text)


def told(text: Wording, language: str) -> str:
    """Return a text in ``zh`` or ``en``."""
    return text.to(language) if isinstance(text, Said) else text
