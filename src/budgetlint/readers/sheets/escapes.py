"""Characters that XML cannot hold, as workbooks write them: ``_x000D_`` (ECMA-376-1, 22.9.2.19)."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f]")


def unescaped(text: str) -> str:
    """Return a string of a workbook as it is shown: escapes resolved, line ends as ``\\n``, other controls dropped."""
    if "_x" not in text:
        return text
    whole = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return _CONTROLS.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))
