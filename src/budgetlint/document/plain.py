"""The tree as plain data (dicts, lists, strings, numbers) and back: what its YAML and JSON forms hold.

A field that has its default is left out. A Decimal becomes a string, an enumeration its value, a tuple a list.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

T = TypeVar("T")


class PlainError(ValueError):
    """Data does not describe the node it should; the message names the path to the wrong value."""


def to_data(node: Any) -> Any:
    """Return a node of the tree as plain data."""
    if node is None or isinstance(node, (bool, int, float)):
        return node
    if isinstance(node, Enum):
        return node.value
    if isinstance(node, str):
        return node
    if isinstance(node, Decimal):
        return format(node, "f")
    if isinstance(node, (tuple, list)) and not hasattr(node, "_fields"):
        return [to_data(item) for item in node]
    if isinstance(node, Mapping):
        return {key: to_data(value) for key, value in node.items()}
    data: dict[str, Any] = {}
    node_type: Any = type(node)
    for name, default in _defaults(node_type):
        value = getattr(node, name)
        if default is NODEFAULT or value != default:
            data[name] = to_data(value)
    return data


def from_data(data: Any, node_type: type[T]) -> T:
    """Return the node that plain data describes.

    Raises:
        PlainError: a key is unknown or missing, or a value is of the wrong kind.
    """
    wanted: Any = node_type
    node: T = _decoder(wanted)(data, node_type.__name__)
    return node


@cache
def _defaults(node_type: Any) -> tuple[tuple[str, Any], ...]:
    if not issubclass(node_type, Struct):  # a named tuple
        return tuple((name, node_type._field_defaults.get(name, NODEFAULT)) for name in node_type._fields)
    return tuple((item.name, _default(item)) for item in fields(node_type))


def _default(item: FieldInfo) -> Any:
    if item.default is not NODEFAULT:
        return item.default
    return item.default_factory() if item.default_factory is not NODEFAULT else NODEFAULT


@cache
def _decoder(wanted: Any) -> Callable[[Any, str], Any]:
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        inner = _decoder(next(item for item in arguments if item is not type(None)))
        return lambda data, path: None if data is None else inner(data, path)
    if origin is tuple:
        return _tuple_decoder(arguments)
    if origin is dict:
        return _dict_decoder(*arguments)
    if hasattr(wanted, "__struct_fields__") or hasattr(wanted, "_fields"):
        return _node_decoder(wanted)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return lambda data, path: _called(wanted, data, path)
    if wanted is Decimal:
        return lambda data, path: _called(Decimal, str(data), path)
    return lambda data, path: _instance(data, wanted, path)


def _tuple_decoder(arguments: tuple[Any, ...]) -> Callable[[Any, str], Any]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        inner = _decoder(arguments[0])
        return lambda data, path: tuple(
            inner(item, f"{path}[{i}]") for i, item in enumerate(_instance(data, list, path))
        )
    decoders = [_decoder(argument) for argument in arguments]

    def decode(data: Any, path: str) -> Any:
        items = _instance(data, list, path)
        if len(items) != len(decoders):
            raise PlainError(f"{path}: {len(decoders)} values expected")
        return tuple(decoder(item, path) for decoder, item in zip(decoders, items, strict=True))

    return decode


def _dict_decoder(key_type: Any, value_type: Any) -> Callable[[Any, str], Any]:
    value = _decoder(value_type)

    def decode(data: Any, path: str) -> Any:
        items = _instance(data, dict, path).items()
        return {_called(key_type, key, path): value(item, f"{path}.{key}") for key, item in items}

    return decode


def _node_decoder(node_type: Any) -> Callable[[Any, str], Any]:
    hints = get_type_hints(node_type)
    needed = [name for name, default in _defaults(node_type) if default is NODEFAULT]

    def decode(data: Any, path: str) -> Any:
        mapping = _instance(data, dict, path)
        values = {}
        for key, item in mapping.items():
            if key not in hints:
                raise PlainError(f"{path}: unknown key {key}")
            values[key] = _decoder(hints[key])(item, f"{path}.{key}")
        missing = [name for name in needed if name not in values]
        if missing:
            raise PlainError(f"{path}: missing {', '.join(missing)}")
        return node_type(**values)

    return decode


def _instance(data: Any, wanted: Any, path: str) -> Any:
    if wanted is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if not isinstance(data, wanted) or (wanted is int and isinstance(data, bool)):
        raise PlainError(f"{path}: {wanted.__name__} expected, not {type(data).__name__}")
    return data


def _called(make: Callable[[Any], Any], data: Any, path: str) -> Any:
    try:
        return make(data)
    except (ValueError, TypeError, InvalidOperation) as error:
        raise PlainError(f"{path}: {error or data}") from error
