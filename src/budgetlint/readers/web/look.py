"""What a page's own styles say of an element: hidden, struck out, how its list is numbered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from budgetlint.readers.web.tree import Node

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
#: What holds on a screen whatever its size; rules for anything else are left out.
_ALWAYS = re.compile(
    r"@media\s+(?:all|screen|only\s+screen)\s*\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}", re.IGNORECASE
)
_AT_BLOCK = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@[^{};]*;")
_COMPOUND = re.compile(r"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w\u00b7-\U0010ffff-]+|\[[^\]]*\])*)$")
_PIECE = re.compile(r"([.#])([\w\u00b7-\U0010ffff-]+)|\[\s*([\w-]+)\s*(?:=\s*[\"']?([^\]\"']*)[\"']?\s*)?\]")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE
)
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_LIST = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)


class _Compound(Struct, frozen=True):
    """One element of a selector: its tag, its classes, its id, its attributes (with a value, or None for any)."""

    tag: str
    classes: frozenset[str]
    ids: frozenset[str]
    attributes: tuple[tuple[str, str | None], ...]

    def fits(self, node: Node) -> bool:
        """Tell whether an element is one of those."""
        held = node.attributes
        return (
            self.tag in ("", node.tag)
            and self.ids <= {held.get("id", "")}
            and self.classes <= frozenset(held.get("class", "").split())
            and all(name in held and value in (None, held[name]) for name, value in self.attributes)
        )


class _Selector(Struct, frozen=True):
    """A selector: its elements from the outside in, each with whether it is a child of the one before, its weight."""

    parts: tuple[tuple[_Compound, bool], ...]
    weight: tuple[int, int, int]

    def fits(self, path: Sequence[Node]) -> bool:
        """Tell whether an element, the last of a path from the root, is one of those."""
        return self._fits(len(self.parts) - 1, path, len(path) - 1)

    def _fits(self, part: int, path: Sequence[Node], at: int) -> bool:
        compound, is_child = self.parts[part]
        if not compound.fits(path[at]):
            return False
        if part == 0:
            return True
        above = (at - 1,) if is_child else range(at - 1, -1, -1)
        return any(other >= 0 and self._fits(part - 1, path, other) for other in above)


class Look(Struct):
    """The declarations that apply to each element of a page, the last the strongest."""

    _of: dict[int, str] = field(default_factory=dict)

    def of(self, node: Node) -> str:
        """Return the declarations that apply to an element of the page."""
        return self._of.get(id(node), "") or node.attributes.get("style", "")


def read_look(root: Node) -> Look:
    """Read the style elements of a page, and say of each element what they and its own style declare."""
    look = Look()
    by_key: dict[str, list[tuple[_Selector, int, str]]] = {}
    count = 0
    for node in root.walk():
        if node.tag == "style":
            text = _AT_BLOCK.sub("", _ALWAYS.sub(r"\1", _COMMENT.sub("", node.text())))
            for selectors, declarations in _RULE.findall(text):
                for selector in filter(None, map(_selector, selectors.split(","))):
                    last = selector.parts[-1][0]
                    key = next(
                        (
                            f"{mark}{name}"
                            for mark, names in (("#", last.ids), (".", last.classes))
                            for name in names
                        ),
                        last.tag,
                    )
                    count += 1
                    by_key.setdefault(key, []).append((selector, count, declarations))
    if by_key:
        _apply(root, [], by_key, look)
    return look


def _apply(
    node: Node, above: list[Node], by_key: Mapping[str, list[tuple[_Selector, int, str]]], look: Look
) -> None:
    """Find what the rules declare of an element and of all in it."""
    above.append(node)
    held = node.attributes
    keys = ["", node.tag, *(f".{name}" for name in held.get("class", "").split())]
    if held.get("id"):
        keys.append(f"#{held['id']}")
    found = [rule for key in keys for rule in by_key.get(key, ()) if rule[0].fits(above)]
    if found:
        found.sort(key=lambda rule: (rule[0].weight, rule[1]))
        said = [one for *_, declarations in found for one in declarations.split(";")]
        strong = [one for one in said if "!important" in one]
        look._of[id(node)] = ";".join([*said, held.get("style", ""), *strong])
    for child in node.elements():
        _apply(child, above, by_key, look)
    above.pop()


def _selector(text: str) -> _Selector | None:
    """Return a selector of elements within one another; None for one that asks for anything else."""
    parts: list[tuple[_Compound, bool]] = []
    is_child = False
    for word in text.replace(">", " > ").split():
        if word == ">":
            is_child = True
            continue
        match = _COMPOUND.match(word)
        if match is None or not match[0]:
            return None
        pieces = _PIECE.findall(match[2])
        tag = (match[1] or "").lower().replace("*", "")
        classes = frozenset(name for mark, name, *_ in pieces if mark == ".")
        ids = frozenset(name for mark, name, *_ in pieces if mark == "#")
        attributes = tuple((name, value or None) for *_, name, value in pieces if name)
        parts.append((_Compound(tag, classes, ids, attributes), is_child))
        is_child = False
    if not parts:
        return None
    weight = (
        sum(len(one.ids) for one, _ in parts),
        sum(len(one.classes) + len(one.attributes) for one, _ in parts),
        sum(bool(one.tag) for one, _ in parts),
    )
    return _Selector(tuple(parts), weight)


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
