"""Turns rules into plain data that JSON can hold, and back: how compiled packs are cached.

Equal parts of rules are written once. ``parts`` is a table in which each entry only refers to entries before it: a node
is ``["Compare", field …]``, a tuple ``["", item …]``, an enumeration ``["=Relation", "equals"]``, an exact number
``["#", "12.30"]``, a whole number ``["%", 2024]``, a place ``["@", file, line, column, line, column]``. Within an entry
a number is the index of another entry (within a place, itself); fields that end a node with their defaults are left
out. Places are kept for rules and their clauses only: what is finer is for the static check, which is over by then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from msgspec import NODEFAULT, Struct

from budgetlint.language import syntax
from budgetlint.language.syntax import NO_SPAN, Check, Example, Let, Rule, Span
from budgetlint.results.findings import Severity, Verdict

#: Changes whenever the nodes of ``syntax`` change their meaning.
VERSION = 3

_KINDS: dict[str, Any] = {
    name: item
    for name, item in vars(syntax).items()
    if isinstance(item, type) and issubclass(item, (Struct, Enum))
} | {"Severity": Severity, "Verdict": Verdict}
_PLACED = (Rule, Check, Let, Example)


def to_plain(rules: Iterable[Rule]) -> dict[str, Any]:
    """Return rules as plain data."""
    table = _Table()
    roots = [table.index(rule) for rule in rules]
    return {"version": VERSION, "files": list(table.files), "parts": table.parts, "rules": roots}


def from_plain(data: dict[str, Any]) -> tuple[Rule, ...]:
    """Return the rules that :func:`to_plain` was given.

    Raises:
        ValueError: the data is of another version or holds no rules.
    """
    if data.get("version") != VERSION:
        raise ValueError(f"rule data of version {data.get('version')!r}, not {VERSION}")
    try:
        parts = _parts(data["parts"], data["files"])
        rules = tuple(parts[number] for number in data["rules"])
    except (KeyError, IndexError, TypeError, ArithmeticError) as error:
        raise ValueError(f"no rule data: {error}") from error
    if not all(isinstance(rule, Rule) for rule in rules):
        raise ValueError("no rule data")
    return rules


class _Table:
    """The table of parts under construction."""

    def __init__(self) -> None:
        self.parts: list[list[Any]] = []
        self.files: dict[str, int] = {}
        self._known: dict[str, int] = {}

    def index(self, value: Any) -> int:
        """Return where a value stands in the table, put there if it is new."""
        entry = self._entry(value)
        key = json.dumps(entry)  # and not the entry itself: 1 and true are equal, but not the same
        if key not in self._known:
            self._known[key] = len(self.parts)
            self.parts.append(entry)
        return self._known[key]

    def _entry(self, value: Any) -> list[Any]:
        match value:
            case Enum():
                return [f"={type(value).__name__}", value.value]
            case Decimal():
                return ["#", str(value)]
            case int():
                return ["%", value]
            case tuple():
                return ["", *map(self._value, value)]
            case Span(file=file):
                number = self.files.setdefault(file, len(self.files))
                return ["@", number, value.line, value.column, value.end_line, value.end_column]
            case _:
                return self._node(value)

    def _node(self, node: Any) -> list[Any]:
        values: list[Any] = []
        length = 0
        for name, default in _defaults(node.__class__):
            value = getattr(node, name)
            if isinstance(value, Span) and not isinstance(node, _PLACED):
                value = NO_SPAN
            values.append(value)
            if default is NODEFAULT or value != default:
                length = len(values)
        return [type(node).__name__, *map(self._value, values[:length])]

    def _value(self, value: Any) -> Any:
        plain = value is None or isinstance(value, bool) or type(value) is str
        return value if plain else self.index(value)


def _parts(table: list[list[Any]], files: list[str]) -> list[Any]:
    found: list[Any] = []
    makers = _makers()
    for kind, *values in table:
        if kind == "@":
            found.append(Span(files[values[0]], *values[1:]))
        elif kind == "%":
            found.append(values[0])
        else:
            found.append(makers[kind](*[found[v] if type(v) is int else v for v in values]))
    return found


def _tuple(*items: Any) -> tuple[Any, ...]:
    return items


@cache
def _makers() -> dict[str, Callable[..., Any]]:
    """What makes each kind of entry from its values."""
    makers: dict[str, Callable[..., Any]] = {"": _tuple, "#": Decimal}
    for name, item in _KINDS.items():
        makers[f"={name}" if issubclass(item, Enum) else name] = item
    return makers


@cache
def _defaults(node: Any) -> tuple[tuple[str, Any], ...]:
    names, defaults = node.__struct_fields__, node.__struct_defaults__
    return tuple(zip(names, (NODEFAULT,) * (len(names) - len(defaults)) + defaults, strict=True))
