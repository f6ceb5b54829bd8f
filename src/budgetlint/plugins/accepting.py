"""Looks at what plugins register before anything works with it, so that a slip is said where it was made."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from pathlib import Path
from typing import Any

from budgetlint.language.functions import Function
from budgetlint.packs.manifest import RulePack
from budgetlint.results.findings import Severity


def refusal(hook: str, thing: Any, names: Container[str | None]) -> str | None:
    """Return what is wrong with a thing that a hook brought, or None.

    Args:
        hook: the ``register_…`` hook.
        thing: one item of the list it returned.
        names: names of the things of the same hook that came before.
    """
    wanted = _KINDS[hook]()
    if not isinstance(thing, wanted):
        return f"{hook} must return a list of {wanted.__name__}, this is {type(thing).__name__}"
    wrong = _CHECKS[hook](thing)
    name = name_of(thing)
    if wrong is None and name is not None and name in names:
        wrong = f"the name {name} is taken"
    return f"{wanted.__name__}: {wrong}" if wrong else None


def name_of(thing: Any) -> str | None:
    """Return what users call a registered thing, where it has a name of its own."""
    return getattr(thing, "id", None) or getattr(thing, "name", None)


def _pack(thing: Any) -> str | None:
    if not isinstance(thing.folder, Path):
        return f"folder must be a pathlib.Path, not {type(thing.folder).__name__}"
    return None if (thing.folder / "pack.toml").is_file() else f"no pack.toml in {thing.folder}"


def _reader(thing: Any) -> str | None:
    if not isinstance(thing.suffixes, tuple) or not all(str(s).startswith(".") for s in thing.suffixes):
        return f"suffixes must be a tuple of suffixes with their dot, not {thing.suffixes!r}"
    return _uncallable(thing, "sniff", "read")


def _function(thing: Any) -> str | None:
    from budgetlint.language.keywords import keywords

    words = {form for word in keywords().words.values() for form in word.forms}
    for name in (thing.name, thing.chinese):
        if name in words:
            return f"{name} is a word of the language"
    if {*thing.parameters, thing.result} - {"number", "text"}:
        return "parameters and result are number or text"
    return _uncallable(thing, "call")


def _check(thing: Any) -> str | None:
    if not isinstance(thing.severity, Severity):
        return f"{thing.id}: severity must be a Severity, not {thing.severity!r}"
    return _uncallable(thing, "run")


def _annotator(thing: Any) -> str | None:
    return _uncallable(thing, "write")


def _reporter(thing: Any) -> str | None:
    return _uncallable(thing, "write")


def _uncallable(thing: Any, *names: str) -> str | None:
    return next((f"{name} must be a function" for name in names if not callable(getattr(thing, name))), None)


def _reader_type() -> type:
    from budgetlint.readers.reader import Reader

    return Reader


def _check_type() -> type:
    from budgetlint.checking.check import PythonCheck

    return PythonCheck


def _reporter_type() -> type:
    from budgetlint.reporters.reporter import Reporter

    return Reporter


def _annotator_type() -> type:
    from budgetlint.annotate.annotator import Annotator

    return Annotator


_KINDS: Mapping[str, Callable[[], type]] = {
    "register_rule_packs": lambda: RulePack,
    "register_readers": _reader_type,
    "register_functions": lambda: Function,
    "register_checks": _check_type,
    "register_reporters": _reporter_type,
    "register_annotators": _annotator_type,
}
_CHECKS: Mapping[str, Callable[[Any], str | None]] = {
    "register_rule_packs": _pack,
    "register_readers": _reader,
    "register_functions": _function,
    "register_checks": _check,
    "register_reporters": _reporter,
    "register_annotators": _annotator,
}
