"""What Word's styles say of a paragraph: its outline level, its list and the number printed before it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from budgetlint.readers.word.lists import Lists, read_lists
from budgetlint.readers.word.xml import W, integer, value

#: Deeper chains of basedOn are loops.
_LONGEST_CHAIN = 20


class Style(Struct):
    """A paragraph style, its own settings only; ``list`` and ``depth`` as its numPr says them."""

    key: str
    based_on: str | None
    level: int | None
    list: str | None
    depth: int | None
    numbered: bool


class Styles(Struct):
    """The styles and lists of a document."""

    styles: dict[str, Style] = field(default_factory=dict)
    lists: Lists = field(default_factory=Lists)
    default: str | None = None

    def level(self, properties: Any) -> int | None:
        """Return the outline level (1 = top) of a paragraph, None for body text."""
        if properties is not None:
            own = integer(properties.find(f"{W}outlineLvl"))
            if own is not None:
                return own + 1 if 0 <= own < 9 else None
        for style in self._chain(properties):
            if style.level is not None:
                return style.level if style.level > 0 else None
        return None

    def number(self, properties: Any) -> str:
        """Return the list number printed before a paragraph, "" for none, and count it.

        List and level are inherited each by itself: heading 2 may state its level only and take the list of heading 1.
        A style that states its list but no level stands on the level that names it (ECMA-376-1, 17.9.23).
        """
        key, depth = _numbering(properties)
        for style in self._chain(properties) if key is None or depth is None else ():
            if depth is None and style.numbered:
                depth = style.depth
                if depth is None and (listed := self.lists.lists.get(key or style.list or "")) is not None:
                    depth = listed.level_of(style.key)
            if key is None:
                key = style.list
        return self.lists.next_number(key, depth or 0) if key else ""

    @property
    def numbered(self) -> frozenset[str]:
        """The styles whose paragraphs print a number; "" among them where those without a style do."""
        found = {key for key in self.styles if any(style.list for style in self._chained(key))}
        return frozenset(found | ({""} if self.default in found else set()))

    def _chain(self, properties: Any) -> list[Style]:
        named = value(properties.find(f"{W}pStyle")) if properties is not None else None
        return self._chained(named or self.default or "")

    def _chained(self, key: str) -> list[Style]:
        style = self.styles.get(key)
        chain: list[Style] = []
        while style is not None and len(chain) < _LONGEST_CHAIN:
            chain.append(style)
            style = self.styles.get(style.based_on or "")
        return chain


def read_styles(styles: Any, numbering: Any) -> Styles:
    """Read the roots of styles.xml and numbering.xml; either may be None."""
    read = Styles()
    of_lists: dict[str, str] = {}
    for element in styles.iter(f"{W}style") if styles is not None else ():
        key = element.get(f"{W}styleId") or ""
        properties = element.find(f"{W}pPr")
        list_, depth = _numbering(properties)
        if element.get(f"{W}type") == "numbering" and list_:
            of_lists[key] = list_
        if element.get(f"{W}type") not in (None, "paragraph"):
            continue
        name = value(element.find(f"{W}name")) or ""
        level = integer(properties.find(f"{W}outlineLvl")) if properties is not None else None
        heading = name.lower().removeprefix("heading ")
        if level is None and heading != name.lower() and heading.isdecimal() and len(heading) < 3:
            level = int(heading) - 1
        shown = None if level is None else (level + 1 if 0 <= level < 9 else 0)
        numbered = properties is not None and properties.find(f"{W}numPr") is not None
        read.styles[key] = Style(key, value(element.find(f"{W}basedOn")), shown, list_, depth, numbered)
        if element.get(f"{W}default") in ("1", "true"):
            read.default = key
    read.lists = read_lists(numbering, of_lists)
    return read


def _numbering(properties: Any) -> tuple[str | None, int | None]:
    """Return the list and the level that a paragraph's or a style's properties state, each None where unsaid."""
    element = properties.find(f"{W}numPr") if properties is not None else None
    if element is None:
        return None, None
    return value(element.find(f"{W}numId")), integer(element.find(f"{W}ilvl"))
