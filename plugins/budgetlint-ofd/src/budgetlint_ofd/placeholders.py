"""Tell characters that only hold the places of glyphs: a CGTransform draws others in their stead (GB/T 33190, 11.4)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

#: What makers write where a glyph has no character.
_HOLDERS = frozenset("¤\ufffd\u25a1\u3013")


def unreadable(item: Any) -> set[int]:
    """Return the positions in a text object whose characters are none: they hold a place, or stand for several glyphs."""
    text = "".join(
        (one.text or "").strip("\r\n") for one in item if str(one.tag).rpartition("}")[2] == "TextCode"
    )
    found: set[int] = set()
    drawn: dict[str, set[str]] = defaultdict(set)
    places: dict[str, list[int]] = defaultdict(list)
    for one in item:
        if str(one.tag).rpartition("}")[2] != "CGTransform":
            continue
        start, count = _integer(one.get("CodePosition"), 0), _integer(one.get("CodeCount"), 1)
        glyphs = next((g.text or "" for g in one if str(g.tag).rpartition("}")[2] == "Glyphs"), "").split()
        for at in range(start, min(start + count, len(text))):
            char = text[at]
            if char in _HOLDERS or "\ue000" <= char <= "\uf8ff" or (char < " " and not char.isspace()):
                found.add(at)
            elif len(glyphs) == count:
                drawn[char].add(glyphs[at - start])
                places[char].append(at)
    for char, kinds in drawn.items():
        # One character may have two shapes; a character for three glyphs and more is no character.
        if len(kinds) > 2:
            found.update(places[char])
    return found


def _integer(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() else default
