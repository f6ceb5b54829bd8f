"""Turns rules into plain data that JSON can hold, and back: how compiled packs are cached.

A node is ``{"is": "Compare", field: value, …}`` without fields that have their default; an enumeration is
``{"one": "Relation", "of": "equals"}``, an exact number ``{"exact": "12.30"}``, a place four numbers.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from budgetlint.findings import Severity, Verdict
from budgetlint.language import syntax
from budgetlint.language.syntax import NO_SPAN, Rule, Span

#: Changes whenever the nodes of ``syntax`` change their meaning.
VERSION = 1

_NODES: dict[str, Any] = {
    name: item
    for name, item in vars(syntax).items()
    if isinstance(item, type) and (is_dataclass(item) or issubclass(item, Enum))
} | {"Severity": Severity, "Verdict": Verdict}


def to_plain(rule: Rule) -> dict[str, Any]:
    """Return a rule as plain data."""
    return {"version": VERSION, "file": rule.span.file, "rule": _encode(rule)}


def from_plain(data: dict[str, Any]) -> Rule:
    """Return the rule that :func:`to_plain` gave.

    Raises:
        ValueError: the data is of another version or is no rule.
    """
    if data.get("version") != VERSION:
        raise ValueError(f"rule data of version {data.get('version')!r}, not {VERSION}")
    try:
        rule = _decode(data["rule"], data["file"])
    except (KeyError, TypeError, ArithmeticError) as error:
        raise ValueError(f"no rule data: {error}") from error
    if not isinstance(rule, Rule):
        raise ValueError("no rule data")
    return rule


def _encode(value: Any) -> Any:
    if isinstance(value, Enum):
        return {"one": type(value).__name__, "of": value.value}
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Decimal):
        return {"exact": str(value)}
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    node: Any = type(value)
    data: dict[str, Any] = {"is": node.__name__}
    for name, default in _defaults(node):
        item = getattr(value, name)
        if isinstance(item, Span):
            if item != NO_SPAN:
                data[name] = [item.line, item.column, item.end_line, item.end_column]
        elif default is MISSING or item != default:
            data[name] = _encode(item)
    return data


def _decode(data: Any, file: str) -> Any:
    if isinstance(data, list):
        return tuple(_decode(item, file) for item in data)
    if not isinstance(data, dict):
        return data
    if "exact" in data:
        return Decimal(data["exact"])
    if "one" in data:
        return _NODES[data["one"]](data["of"])
    arguments = {
        name: Span(file, *item) if name == "span" else _decode(item, file)
        for name, item in data.items()
        if name != "is"
    }
    return _NODES[data["is"]](**arguments)


@cache
def _defaults(node: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((item.name, item.default) for item in fields(node))
