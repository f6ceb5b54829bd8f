"""Parse an HTML page into a small tree, with selectolax where it is installed, else with lxml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from budgetlint.document import ReadError

#: Parsers are quadratic on deep nesting, or silently drop it; no published page nests this deep.
DEEPEST, MOST_TAGS = 200, 1_000_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(/?)>")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_CLOSED_BY_NEXT = frozenset(
    ["p", "li", "td", "th", "tr", "option", "dt", "dd", "thead", "tbody", "tfoot", "colgroup"]
)
#: What a page that is not UTF-8 names where it is GB18030 in truth: its subsets, and what fits any bytes.
_WRONGLY_NAMED = frozenset(["gb2312", "gbk", "utf-8", "iso-8859-1", "latin1", "windows-1252", "us-ascii"])
#: A page with no more of its characters damaged is UTF-8 all the same.
_LOST_SHARE = 0.002
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)


class Node(Struct):
    """An element: lower-case tag, attributes, and its children, elements and text in order."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    def elements(self) -> Iterator[Node]:
        """Yield the child elements."""
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> Iterator[Node]:
        """Yield this element and all below it."""
        yield self
        for child in self.elements():
            yield from child.walk()

    def text(self) -> str:
        """Return all text in it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


def decode(data: bytes) -> str:
    """Return a page's text: by its mark, as UTF-8 where it is that, by the charset it names, or as GB18030.

    Pages name a wrong charset often, and Chinese text in another encoding is never UTF-8 by chance.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") <= len(text) * _LOST_SHARE:
        return text
    named = _CHARSET.search(data[:4096])
    name = named[1].decode("ascii").lower() if named else "gb18030"
    for encoding in ("gb18030" if name in _WRONGLY_NAMED else name, "gb18030"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("gb18030", "replace")


def parse_html(path: str, data: bytes) -> Node:
    """Parse a page.

    Raises:
        ReadError: BL907 where it is nested too deep or holds too many tags.
    """
    text = decode(data)
    _refuse_depth(path, text)
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        return _from_lxml(text)
    root = LexborHTMLParser(text).root
    return _from_lexbor(root) if root is not None else Node("html", {})


def _refuse_depth(path: str, text: str) -> None:
    depth = deepest = count = 0
    for match in _TAG.finditer(text):
        count += 1
        tag = match[2].lower()
        if tag in _VOID or tag in _CLOSED_BY_NEXT or match[3]:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
        if deepest > DEEPEST or count > MOST_TAGS:
            what = "嵌套层数" if deepest > DEEPEST else "标签"
            limit = DEEPEST if deepest > DEEPEST else MOST_TAGS
            raise ReadError("BL907", path, what=what, count=f">{limit}", limit=str(limit))


def _from_lexbor(element: Any) -> Node:
    node = Node(element.tag or "unknown", {key: value or "" for key, value in element.attributes.items()})
    child = element.child
    while child is not None:
        tag = child.tag or "unknown"
        if tag == "-text":
            node.children.append(child.text_content or "")
        elif not tag.startswith(("-", "!", "_")):
            node.children.append(_from_lexbor(child))
        child = child.next
    return node


def _from_lxml(text: str) -> Node:
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    root = html.document_fromstring(text.encode("utf-8") or b"<html/>", parser=parser)
    return _converted(root)


def _converted(element: Any) -> Node:
    node = Node(str(element.tag).lower(), {str(key): str(value) for key, value in element.attrib.items()})
    if element.text:
        node.children.append(element.text)
    for child in element:
        if isinstance(child.tag, str):
            node.children.append(_converted(child))
        if child.tail:
            node.children.append(child.tail)
    return node
