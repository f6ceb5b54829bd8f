"""Visits the nodes of a rule without recursion, so that no rule is too deep to look at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from budgetlint.language.syntax import Node


def nodes(root: Any) -> Iterator[Any]:
    """Yield a node and every node below it, each before its children, left to right."""
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(children(node)))


def children(node: Any) -> list[Any]:
    """Return the nodes directly below a node, in the order of the text."""
    found: list[Any] = []
    for name in _field_names(node.__class__):
        value = getattr(node, name)
        if value.__class__ is tuple:
            found += [part for part in value if _is_node(part.__class__)]
        elif _is_node(value.__class__):
            found.append(value)
    return found


@cache
def _field_names(kind: type[Node]) -> tuple[str, ...]:
    return kind.__struct_fields__


@cache
def _is_node(kind: Any) -> bool:
    return issubclass(kind, Node)


def depth(root: Any) -> int:
    """Return how many nodes stand one inside the other at the deepest place."""
    level, deepest = [root], 0
    while level:
        deepest += 1
        level = [child for node in level for child in children(node)]
    return deepest
