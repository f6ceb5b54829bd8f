"""Names of uploaded files: shown to their owner, never used as paths."""

from __future__ import annotations

import re

from msgspec import Struct

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_LONGEST = 200


class Upload(Struct, frozen=True):
    """An uploaded file: what its owner calls it, and the path it is kept under, which the desk chose."""

    name: str
    stored: str


def shown(name: str) -> str:
    """Return a name that is safe to print: no control characters, no drive, no way up, not too long."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    kept = "/".join("".join(char for char in part if char.isprintable()) for part in parts)
    return kept[-_LONGEST:] or "？"


def stored(number: int, group: int, name: str) -> str:
    """Return the path a file is kept under, relative to its run: numbers, and its suffix where that is a plain one."""
    suffix = _SUFFIX.search(name)
    return f"files/{group:03d}/{number:04d}{suffix[0].lower() if suffix else ''}"


def in_order(names: list[str]) -> list[int]:
    """Return the positions of names as people sort them: 2 before 10."""
    return sorted(
        range(len(names)),
        key=lambda at: [
            (len(part), part) if part.isdigit() else (0, part) for part in re.split(r"(\d+)", names[at])
        ],
    )
