"""Functions rule text may call by name: what a plugin registers, and the ids of the core's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

#: What a function takes and gives: an exact number (money in 元, percentages as ratios) or a text.
Value: TypeAlias = "Decimal | str"

#: Names the core's functions have in the plan.
BUILTIN = ("abs", "level", "length", "official-name", "number-in", "unit-in")


class Function(Struct, frozen=True):
    """A pure function for the rule language, registered through ``register_functions``.

    Attributes:
        name: its id in plans, also its English name; ordinary lower-case words.
        chinese: its Chinese name; neither may be a word of the language.
        parameters: type of each argument, ``number`` or ``text``.
        result: type of what it returns.
        call: the function itself: no side effects, no clock, no randomness; raises ValueError where the arguments
            have no answer, which makes the check UNDETERMINED(not-a-number).
    """

    name: str
    chinese: str
    parameters: tuple[str, ...]
    result: str
    call: Callable[..., Value]


def function_named(name: str, functions: Mapping[str, Function]) -> Function:
    """Return the function a rule calls by its English or Chinese name; the static check has seen that there is one."""
    return functions.get(name) or next(f for f in functions.values() if f.chinese == name)
