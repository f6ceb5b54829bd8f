"""Visits the nodes of a rule without recursion, so that no rule is too deep to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from budgetlint.language.syntax import Span


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
    for item in fields(node):
        value = getattr(node, item.name)
        for part in value if isinstance(value, tuple) else (value,):
            if is_dataclass(part) and not isinstance(part, Span):
                found.append(part)
    return found


def depth(root: Any) -> int:
    """Return how many nodes stand one inside the other at the deepest place."""
    level, deepest = [root], 0
    while level:
        deepest += 1
        level = [child for node in level for child in children(node)]
    return deepest
