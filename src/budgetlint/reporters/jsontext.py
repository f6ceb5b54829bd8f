"""Writes JSON that is JSON on every stream: what its encoding lacks is escaped as JSON escapes it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable
from typing import Any, TextIO

_ESCAPING = "budgetlint.json"


def dump(data: Any, stream: TextIO) -> None:
    """Write data as JSON with an indent of one, and a line end."""
    write_text([*json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(data), "\n"], stream)


def write_text(parts: Iterable[str], stream: TextIO) -> None:
    """Write the parts of a JSON text."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    for part in parts:
        stream.write(part.encode(encoding, _ESCAPING).decode(encoding))


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(json.dumps(char)[1:-1] for char in lacking), error.end


codecs.register_error(_ESCAPING, _escaped)
