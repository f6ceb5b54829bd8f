"""What a page's own styles say of an element: hidden, struck out, how its list is numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from budgetlint.readers.web.tree import Node

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_AT_BLOCK = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@[^{};]*;")
#: One element by its tag, class or id; selectors of several elements are left out.
_SELECTOR = re.compile(r"([a-zA-Z][\w-]*)?(?:([.#])([\w\u00b7-\U0010ffff-]+))?$")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE
)
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_LIST = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)


class Look(Struct):
    """The styles of a page; an element's own come after those of its class."""

    _rules: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def of(self, node: Node) -> str:
        """Return the declarations that apply to an element, the last the strongest."""
        attributes = node.attributes
        keys = [("", ".", name) for name in attributes.get("class", "").split()]
        if attributes.get("id"):
            keys.append(("", "#", attributes["id"]))
        if not self._rules:
            return attributes.get("style", "")
        named = [(node.tag, "", ""), *keys, *((node.tag, mark, name) for _, mark, name in keys)]
        found = [self._rules[key] for key in named if key in self._rules]
        return ";".join([*found, attributes.get("style", "")])


def read_look(root: Node) -> Look:
    """Read the style elements of a page."""
    look = Look()
    for node in root.walk():
        if node.tag == "style":
            text = _AT_BLOCK.sub("", _COMMENT.sub("", node.text()))
            for selectors, declarations in _RULE.findall(text):
                for key in _keys(selectors):
                    look._rules[key] = f"{look._rules.get(key, '')};{declarations}"
    return look


def _keys(selectors: str) -> Iterator[tuple[str, str, str]]:
    for selector in selectors.split(","):
        match = _SELECTOR.fullmatch(selector.strip())
        if match is not None and match[0]:
            yield (match[1] or "").lower(), match[2] or "", match[3] or ""


def hides(style: str) -> bool:
    """Tell whether declarations hide an element; a later one may show it again."""
    if not _HIDDEN.search(style):
        return False
    said: dict[str, str] = {}
    for one in style.split(";"):
        name, _, value = one.partition(":")
        said[name.strip().lower()] = value
    return any(
        _HIDDEN.fullmatch(f"{name}:{value.strip()}".replace("!important", "").strip())
        for name, value in said.items()
    )


def strikes(style: str) -> bool:
    """Tell whether declarations strike an element's text out."""
    return _STRUCK.search(style) is not None


def list_style(style: str) -> str | None:
    """Return how declarations number a list, None where they do not say."""
    found = _LIST.findall(style)
    return found[-1].strip().lower() if found else None
