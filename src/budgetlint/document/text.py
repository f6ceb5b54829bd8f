"""How printed Chinese text is compared: widths folded, spaces gone, numbering and 其中 set aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_NUMERAL = "一二三四五六七八九十百零〇"
#: 一、 （一） 1. 1、 (1) ① 第一部分 … at the start of a label or heading.
_NUMBERING = re.compile(
    rf"^(?:第[{_NUMERAL}\d]+(?:部分|章|节|条)|[({{（][{_NUMERAL}\d]+[)}}）]|[{_NUMERAL}]+(?:[、.．,，]|(?<=十)(?=\s))|"
    rf"\d+(?:\.\d+)*(?:[、．)）]|\.(?!\d))|[①-⑳])[、.．:：]?"
)
_AMONG = re.compile(r"^其中[:：]?")


@lru_cache(maxsize=65536)
def squeeze(text: str) -> str:
    """Fold widths (NFKC) and drop every white space: how two printed labels are compared."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=65536)
def bare_label(text: str) -> str:
    """Return a label without spaces, numbering (一、 （一） 1.) and a leading 其中：."""
    label = squeeze(text)
    while True:
        shorter = _AMONG.sub("", _NUMBERING.sub("", label, count=1), count=1)
        if shorter == label or not shorter:
            return label
        label = shorter


def numbering_of(text: str) -> str:
    """Return the numbering a label or heading starts with (squeezed), or an empty string."""
    match = _NUMBERING.match(squeeze(text))
    return match.group(0) if match else ""


_OUTLINE = (
    re.compile(r"^[一二三四五六七八九十]+[、.．]"),
    re.compile(r"^\([一二三四五六七八九十]+\)"),
    re.compile(r"^\d{1,2}[、.．](?!\d)"),
    re.compile(r"^\(\d{1,2}\)"),
)


def numbering_depth(words: str) -> int | None:
    """Return how deep a squeezed label's numbering lies: 0 一、, 1 （一）, 2 1., 3 (1); None without."""
    return next((level for level, pattern in enumerate(_OUTLINE) if pattern.match(words)), None)


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0}


def chinese_number(text: str) -> int | None:
    """Read 十三, 二十, 一百零五 or 13 as an integer; None when it is not a number."""
    text = squeeze(text)
    if text.isdigit():
        return int(text)
    total = current = 0
    for char in text:
        if char in _DIGITS:
            current = _DIGITS[char]
        elif char == "十":
            total, current = total + (current or 1) * 10, 0
        elif char == "百":
            total, current = total + (current or 1) * 100, 0
        else:
            return None
    return total + current if text else None


def cell_lines(lines: Iterable[str]) -> str:
    """Return the lines of a cell as one text: blanks around them dropped, but for the indentation of the first line.

    How far a label is indented tells what it is a part of.
    """
    kept = [line.rstrip() for line in lines if line.strip()]
    return "\n".join([*kept[:1], *(line.lstrip() for line in kept[1:])])


#: Control and format characters (those that turn the direction of writing), line ends of Unicode, lone surrogates.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


def printable(text: str) -> str:
    """Return a text whose characters move no cursor and turn no line around: such ones are written as ``\\u202e``."""
    if text.isprintable():
        return text
    return "".join(_escaped(char) if unicodedata.category(char) in _UNPRINTABLE else char for char in text)


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
