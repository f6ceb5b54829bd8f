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
