"""Take from a page what people see: hidden and struck-out parts and the page's furniture left out, inputs as text."""

from __future__ import annotations

import re

from msgspec import Struct, field

from budgetlint.readers.web.look import Look, hides, strikes
from budgetlint.readers.web.markers import marked_items
from budgetlint.readers.web.tree import Node

_UNPRINTED = frozenset(
    (
        "script", "style", "noscript", "template", "head", "title", "nav", "aside", "button", "datalist", "svg",
        "frameset", "noframes", "audio", "video", "canvas",
    )
)  # fmt: skip
#: Where a list item keeps the number printed before it: no page can write an attribute of this name.
MARKER = "::marker="
#: Furniture of the page; within an article or a section they hold its headings and notes.
_PAGE_FURNITURE, _PARTS = frozenset(("header", "footer")), frozenset(("article", "section", "main"))
_STRUCK = frozenset(("del", "s", "strike"))
_FOREIGN = frozenset(("iframe", "object", "embed", "frame"))
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumb|crumbs?|sidebar|footer|copyright|toolbar|share|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)
#: Inputs that show what they hold; the others show a box, or nothing.
_TEXT_INPUTS = frozenset(
    ("", "text", "number", "tel", "email", "url", "search", "date", "month", "datetime-local")
)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d*)?|\.\d+)\s*(px|pt|cm|mm|in|em|%|)")
_PIXELS = {"px": 1.0, "": 1.0, "pt": 4 / 3, "cm": 37.8, "mm": 3.78, "in": 96.0, "em": 16.0}
#: A picture as large as a table: in pixels, or in hundredths of the page.
TABLE_WIDTH, TABLE_HEIGHT, TABLE_SHARE = 300.0, 80.0, 50.0
#: A drawing that says so many characters is more than a mark.
FEWEST_WORDS = 20


class Shown(Struct):
    """What was left out of a page on the way: pictures and documents that were not read, text struck out."""

    look: Look
    unread: list[tuple[str, str]] = field(default_factory=list)
    struck: bool = False

    def pruned(self, node: Node, in_part: bool = False) -> Node:
        """Return an element with what people see of it; ordered lists have their numbers as text."""
        in_part = in_part or node.tag in _PARTS
        markers = (
            {id(item): marker for item, marker in marked_items(node, self.look)} if node.tag == "ol" else {}
        )
        kept: list[Node | str] = []
        for child in node.children:
            if isinstance(child, str):
                kept.append(child)
            elif child.tag in ("input", "textarea", "select"):
                kept.append(_value(child, self.look))
            elif child.tag in _STRUCK or strikes(self.look.of(child)):
                self.struck = self.struck or bool(child.text().strip())
            elif child.tag == "svg":
                self._note_drawing(child)
            elif self._is_printed(child, in_part):
                self._note(child, node)
                inner = self.pruned(child, in_part)
                marker = markers.get(id(child), "")
                if marker:
                    inner.attributes = {**inner.attributes, MARKER: marker}
                kept.append(inner)
        return Node(node.tag, node.attributes, kept)

    def _is_printed(self, node: Node, in_part: bool) -> bool:
        """Tell whether people see an element, page furniture left out."""
        attributes = node.attributes
        if node.tag in _UNPRINTED or (node.tag in _PAGE_FURNITURE and not in_part):
            return False
        if "hidden" in attributes or hides(self.look.of(node)):
            return False
        if attributes.get("role") in ("navigation", "banner", "contentinfo", "search"):
            return False
        named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        return not (_FURNITURE.search(named) and len(node.text()) < 2_000 and not has_data(node))

    def _note_drawing(self, node: Node) -> None:
        """Take note of a drawing that holds text, or is as large as a table."""
        style = self.look.of(node)
        hidden = hides(style) or "hidden" in node.attributes
        words = "".join(one.text().strip() for one in node.walk() if one.tag == "text")
        wide, high = _size(node, style, "width"), _size(node, style, "height")
        large = wide is not None and high is not None and wide[0] >= TABLE_WIDTH and high[0] >= TABLE_HEIGHT
        if not hidden and (len(words) >= FEWEST_WORDS or large):
            self.unread.append(("图形", "svg"))

    def _note(self, node: Node, holder: Node) -> None:
        """Take note of an element whose content is not in the page."""
        source = node.attributes.get("src") or node.attributes.get("data") or ""
        if node.tag in _FOREIGN and source and not _is_nothing(node):
            self.unread.append(("嵌入的文档", _named(source)))
        elif node.tag == "img" and _is_table_sized(node, holder, self.look):
            self.unread.append(("图片", _named(source)))


def has_data(node: Node) -> bool:
    """Tell whether an element holds a table."""
    return any(one.tag == "table" for one in node.walk())


def _named(source: str) -> str:
    """Return a source as a message names it; one that holds its own data has no name."""
    return source.partition(",")[0] if source.startswith("data:") else source[:120]


def _value(node: Node, look: Look) -> str:
    """Return the text that an input shows."""
    if "hidden" in node.attributes or hides(look.of(node)):
        return ""
    if node.tag == "input":
        return (
            node.attributes.get("value", "")
            if node.attributes.get("type", "").lower() in _TEXT_INPUTS
            else ""
        )
    if node.tag == "textarea":
        return node.text()
    options = [one for one in node.walk() if one.tag == "option"]
    chosen = [one for one in options if "selected" in one.attributes] or options[:1]
    return "、".join(one.text().strip() for one in chosen)


def _is_nothing(node: Node) -> bool:
    return node.attributes.get("width") in ("0", "1") or node.attributes.get("height") in ("0", "1")


def _is_table_sized(node: Node, holder: Node, look: Look) -> bool:
    """Tell a picture as large as a table; one that does not say its size is, where it stands alone in its block."""
    style = look.of(node)
    width, height = _size(node, style, "width"), _size(node, style, "height")
    if width is None and height is None:
        alone = holder.tag in ("p", "div", "td", "figure", "center") and not holder.text().strip()
        return alone and sum(one.tag == "img" for one in holder.elements()) == 1
    wide = width is None or (width[0] >= TABLE_SHARE if width[1] == "%" else width[0] >= TABLE_WIDTH)
    high = height is None or height[1] == "%" or height[0] >= TABLE_HEIGHT
    return wide and high


def _size(node: Node, style: str, name: str) -> tuple[float, str] | None:
    said = re.findall(rf"(?:^|;)\s*{name}\s*:\s*([^;]+)", style)
    match = _LENGTH.match(said[-1] if said else node.attributes.get(name, ""))
    if match is None:
        return None
    unit = match[2]
    return (float(match[1]), "%") if unit == "%" else (float(match[1]) * _PIXELS[unit], "px")
