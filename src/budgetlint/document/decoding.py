"""Reads bytes as text in whatever encoding they are, and tells text that was read in the wrong one."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What no text holds but white space.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(content: bytes) -> str | None:
    """Return the text of a file in UTF-8, UTF-16 or GB18030, None where it is none of them."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _try(content, encoding)
    if b"\x00" in content[:4096]:
        even, odd = content[0:4096:2].count(0), content[1:4096:2].count(0)
        return _try(content, "utf-16-be" if even > odd else "utf-16-le") if even or odd else None
    text = _try(content, "utf-8")
    return text if text is not None else _try(content, "gb18030")


def _try(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if len(_CONTROLS.findall(text)) > len(text) // 100 else text


def garbled(text: str) -> str:
    """Return what a text was that was read in the wrong encoding ("" where it reads well).

    ``Big5``: read as GB18030; ``UTF-8``: read as GB18030 or as Latin letters; ``?``: so many characters were replaced that nobody can tell.
    Nothing is guessed from a few signs: what the text says once it is put right must be common Chinese.
    """
    sample = text[:_SAMPLE]
    han = sum("\u4e00" <= char <= "\u9fff" for char in sample)
    if sample.count("\ufffd") + 3 * sample.count("锟斤拷") > max(len(sample) // 50, 5):
        return "?"
    common = sum(char in _COMMON for char in sample)
    if han >= _FEW and common * 25 > han:
        return ""
    for read_as, was, name in _WRONG:
        try:
            right = sample.encode(read_as, "ignore").decode(was, "ignore")
        except (UnicodeError, LookupError):
            continue
        found = sum(char in _COMMON for char in right)
        if found >= _FEW and found > 4 * common + _FEW and found * 12 > len(right.strip()):
            return name
    return ""


#: The commonest characters of such documents, in both scripts.
_COMMON = frozenset(
    "的一是在和为年度单位预算支出收入经费项目情况说明财政部门万元其中公共本合计門預單財項為費經說決決算總"
)
_SAMPLE, _FEW = 20_000, 10
#: An encoding a text was read in, what it was written in, and its name.
_WRONG = (
    ("gb18030", "big5", "Big5"),
    ("gb18030", "utf-8", "UTF-8"),
    ("latin-1", "utf-8", "UTF-8"),
    ("cp1252", "utf-8", "UTF-8"),
)
