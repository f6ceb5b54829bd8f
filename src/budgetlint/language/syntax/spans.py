"""Where a node of a rule stands in its file."""

from __future__ import annotations

from functools import cache

from msgspec import Struct


class Span(Struct, frozen=True):
    """Where a node stands: 1-based first and last line, 0-based column of its first and behind its last character."""

    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


NO_SPAN = Span()


class Node(Struct, frozen=True, eq=False):
    """A part of a rule: equal to another of its kind wherever the two stand."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and type(other) is type(self) and _meaning(self) == _meaning(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(_meaning(self))


def _meaning(node: Node) -> tuple[object, ...]:
    return tuple(getattr(node, name) for name in compared_fields(type(node)))


@cache
def compared_fields(kind: type[Node]) -> tuple[str, ...]:
    """Return the fields that tell nodes of a kind apart: all but where a node stands."""
    return tuple(name for name in kind.__struct_fields__ if name != "span")
