"""The numbers a browser prints before the items of a list (CSS Counter Styles 3, 6 and 7)."""

from __future__ import annotations

from collections.abc import Iterator

from budgetlint.readers.web.look import Look, list_style
from budgetlint.readers.web.tree import Node
from budgetlint.readers.word.counting import formatted

#: CSS's names of counter styles, Word's names for the same numbers, and what is printed after them.
_STYLES = {
    "decimal": ("decimal", ". "),
    "decimal-leading-zero": ("decimalZero", ". "),
    "lower-alpha": ("lowerLetter", ". "),
    "lower-latin": ("lowerLetter", ". "),
    "upper-alpha": ("upperLetter", ". "),
    "upper-latin": ("upperLetter", ". "),
    "lower-roman": ("lowerRoman", ". "),
    "upper-roman": ("upperRoman", ". "),
    "cjk-ideographic": ("chineseCountingThousand", "、"),
    "simp-chinese-informal": ("chineseCountingThousand", "、"),
    "trad-chinese-informal": ("chineseCountingThousand", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
    "trad-chinese-formal": ("ideographLegalTraditional", "、"),
    "cjk-decimal": ("ideographDigital", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
    "japanese-informal": ("japaneseCounting", "、"),
}
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}


def marked_items(list_: Node, look: Look) -> Iterator[tuple[Node, str]]:
    """Yield the items of an ordered list with the number printed before each, "" for none."""
    items = [child for child in list_.elements() if child.tag == "li"]
    backwards = "reversed" in list_.attributes
    number = _integer(list_.attributes.get("start"), len(items) if backwards else 1)
    style = list_style(look.of(list_)) or _TYPES.get(list_.attributes.get("type", ""), "decimal")
    for item in items:
        number = _integer(item.attributes.get("value"), number)
        said = list_style(look.of(item)) or _TYPES.get(item.attributes.get("type", "")) or style
        named = next((word for word in said.split() if word in _STYLES), None)
        form, after = _STYLES[named] if named is not None else ("", "")
        if named is None and not any(word in said.split() for word in ("none", "disc", "circle", "square")):
            form, after = "decimal", ". "
        yield item, formatted(number, form) + after if form else ""
        number += -1 if backwards else 1


def _integer(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default
