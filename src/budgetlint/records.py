"""Dataclasses that cost next to nothing to define: their constructor is written when the first one is made.

Every name stands for the standard library's of that name, which type checkers see, and whose functions work with such
classes, too (through ``__dataclass_fields__``, made when it is asked for).
The standard library compiles six methods a class, half a millisecond each time a process starts: with a hundred and
fifty classes that was a sixth of a check. Here only the constructor is compiled, for the classes that are used; the
other methods are shared. Of the options there are ``frozen``, ``slots`` and ``kw_only``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import MISSING as MISSING
    from dataclasses import Field as Field
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import fields as fields
    from dataclasses import is_dataclass as is_dataclass
    from dataclasses import replace as replace
else:
    import dataclasses
    from dataclasses import MISSING, Field, field
    from inspect import get_annotations
    from operator import attrgetter

    __all__ = ["MISSING", "Field", "dataclass", "field", "fields", "is_dataclass", "replace"]

    def dataclass(*, frozen=False, slots=False, kw_only=False):
        """Make a class a dataclass, as ``dataclasses.dataclass`` does; equal ones compare equal, frozen ones hash."""

        def make(cls):
            own = _own_fields(cls, kw_only)
            inherited = {}
            for base in reversed(cls.__mro__[1:]):
                inherited |= getattr(base, "__record_fields__", {})
            members = {name: value for name, value in vars(cls).items() if name not in own}
            members.pop("__dict__", None)
            members.pop("__weakref__", None)
            members |= _shared_methods(cls, {**inherited, **own}, frozen, set(members))
            if slots:
                members["__slots__"] = tuple(name for name in own if name not in inherited)
            return type(cls)(cls.__name__, cls.__bases__, members)

        return make

    def replace(instance, /, **changes):
        """Return a copy of a dataclass with some fields changed."""
        fields = getattr(instance, "__record_fields__", None)
        if fields is None:
            return dataclasses.replace(instance, **changes)
        for name, item in fields.items():
            if name not in changes and item.init:
                changes[name] = getattr(instance, name)
        return instance.__class__(**changes)

    def fields(kind):
        """Return the fields of a dataclass, or of an instance of one."""
        known = getattr(kind, "__record_fields__", None)
        return dataclasses.fields(kind) if known is None else tuple(known.values())

    def is_dataclass(kind):
        """Tell a dataclass, or an instance of one."""
        return hasattr(kind, "__record_fields__") or dataclasses.is_dataclass(kind)

    def _own_fields(cls, kw_only):
        """Return the fields that a class declares itself, by name."""
        fields = {}
        for name, annotation in get_annotations(cls).items():
            value = cls.__dict__.get(name, MISSING)
            fields[name] = item = value if isinstance(value, Field) else field(default=value)
            item.name, item.type = name, annotation
            if item.kw_only is MISSING:
                item.kw_only = kw_only
        return fields

    def _shared_methods(cls, fields, frozen, present):
        """Return what every dataclass has; what the class defines itself stays."""
        compared = _values([item.name for item in fields.values() if item.compare])
        methods = {
            "__record_fields__": fields,
            "__record_frozen__": frozen,
            "__dataclass_fields__": _FromTwin(),
            "__dataclass_params__": _FromTwin(),
            "__match_args__": tuple(name for name, item in fields.items() if item.init and not item.kw_only),
            "__init__": _first_init,
            "__repr__": _repr,
            "__eq__": lambda self, other: (
                compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented
            ),
            "__hash__": (lambda self: hash(compared(self))) if frozen else None,
        }
        if frozen:
            methods |= {
                "__setattr__": _refuse,
                "__delattr__": _refuse,
                "__getstate__": _state,
                "__setstate__": _restore,
            }
        return {name: method for name, method in methods.items() if name not in present}

    def _values(names):
        """Return a function that gives the values of some fields as a tuple."""
        if len(names) > 1:
            return attrgetter(*names)
        return (lambda self: (getattr(self, names[0]),)) if names else lambda self: ()

    def _first_init(self, *values, **named):
        """Stand for the constructor until the first instance is made."""
        cls = next(owner for owner in type(self).__mro__ if "__record_fields__" in owner.__dict__)
        cls.__init__ = _written_init(cls)
        cls.__init__(self, *values, **named)

    def _written_init(cls):
        """Return the constructor of a class, compiled."""
        fields = cls.__record_fields__
        known = {"MISSING": MISSING, "assign": object.__setattr__}
        positional, keyword, lines = [], [], []
        for name, item in fields.items():
            value = name
            if item.default_factory is not MISSING:
                known[f"make_{name}"] = item.default_factory
                value = f"make_{name}()" + (f" if {name} is MISSING else {name}" if item.init else "")
            elif item.default is not MISSING:
                known[f"default_{name}"] = item.default
                value = name if item.init else f"default_{name}"
            if item.init:
                default = "" if value == name else "=MISSING"
                default = f"=default_{name}" if f"default_{name}" in known else default
                (keyword if item.kw_only else positional).append(name + default)
            lines.append(_assignment(cls, name, value, known))
        if hasattr(cls, "__post_init__"):
            lines.append("self.__post_init__()")
        arguments = ", ".join(["self", *positional, *(["*", *keyword] if keyword else [])])
        body = "".join(f"\n  {line}" for line in lines) or "\n  pass"
        made = {}
        exec(f"def create({', '.join(known)}):\n def __init__({arguments}):{body}\n return __init__", made)
        init = made["create"](**known)
        init.__qualname__ = f"{cls.__qualname__}.__init__"
        return init

    def _assignment(cls, name, value, known):
        """Return the line that gives a field its first value."""
        if not cls.__record_frozen__:
            return f"self.{name} = {value}"
        slot = getattr(cls, name, None)
        if hasattr(slot, "__set__"):
            known[f"set_{name}"] = slot.__set__
            return f"set_{name}(self, {value})"
        return f"assign(self, {name!r}, {value})"

    def _repr(self):
        shown = [name for name, item in self.__record_fields__.items() if item.repr]
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def _refuse(self, name, *value):
        raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")

    def _state(self):
        return [getattr(self, name) for name in self.__record_fields__]

    def _restore(self, state):
        for name, value in zip(self.__record_fields__, state, strict=True):
            object.__setattr__(self, name, value)

    class _FromTwin:
        """An attribute that the standard library wants of a dataclass, taken from one of its own with the same fields."""

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, instance, owner):
            return getattr(_twin(owner), self.name)

    def _twin(cls):
        fields = [(name, item.type, _copied(item)) for name, item in cls.__record_fields__.items()]
        twin = dataclasses.make_dataclass(
            cls.__name__, fields, init=False, repr=False, eq=False, frozen=cls.__record_frozen__
        )
        for name in ("__dataclass_fields__", "__dataclass_params__"):
            setattr(cls, name, getattr(twin, name))
        return twin

    def _copied(item):
        kept = ("init", "repr", "hash", "compare", "metadata", "kw_only", "default", "default_factory")
        return field(**{name: value for name in kept if (value := getattr(item, name)) is not MISSING})
