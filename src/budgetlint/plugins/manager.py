"""Finds plugins, loads them one at a time, calls their hooks one at a time, and remembers who brought what.

A broken plugin never takes others along: it is recorded with its traceback, and the rest works on without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

import pluggy
from msgspec import Struct, field

from budgetlint.plugins import hookspecs
from budgetlint.plugins.accepting import name_of, refusal
from budgetlint.plugins.discovery import Found, find_plugins
from budgetlint.resources import version

CORE = "budgetlint"
T = TypeVar("T")


class Plugin(Struct, frozen=True):
    """A plugin that was found.

    Attributes:
        name: of its entry point; the core's own is ``budgetlint``.
        distribution, version: what it was installed as.
        hooks: the hooks it implements; empty while broken.
        traceback: why it could not be loaded, or None.
    """

    name: str
    distribution: str
    version: str
    hooks: tuple[str, ...] = ()
    traceback: str | None = None


class Failure(Struct, frozen=True):
    """A hook call that raised, or returned what it may not."""

    plugin: str
    hook: str
    message: str
    traceback: str


class Brought(Struct, frozen=True):
    """A thing a plugin registered, with the plugin that brought it."""

    plugin: Plugin
    thing: Any


class Plugins(Struct):
    """All plugins, and the one way to call them; ``unknown`` are names to be left out that no plugin has."""

    _manager: pluggy.PluginManager
    _modules: dict[str, Any] = field(default_factory=dict)
    found: list[Plugin] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    unknown: tuple[str, ...] = ()

    def add(self, name: str, module: Any, distribution: str, version: str) -> None:
        """Register one plugin module; one with a misspelt or misdeclared hook is recorded as broken."""
        try:
            self._manager.register(module, name)
            self._manager.check_pending()
        except Exception:
            if self._manager.has_plugin(name):
                self._manager.unregister(name=name)
            self.add_broken(name, distribution, version, _traceback())
            return
        hooks = tuple(sorted(caller.name for caller in self._manager.get_hookcallers(module) or ()))
        self._modules[name] = module
        self.found.append(Plugin(name, distribution, version, hooks))

    def add_broken(self, name: str, distribution: str, version: str, why: str) -> None:
        """Record a plugin that could not be loaded."""
        self.found.append(Plugin(name, distribution, version, traceback=why))

    def status(self, plugin: Plugin) -> str:
        """Return ``ok``, ``broken`` (it could not be loaded) or ``failing`` (some of what it does or brings)."""
        if plugin.traceback is not None:
            return "broken"
        return "failing" if any(failure.plugin == plugin.name for failure in self.failures) else "ok"

    @property
    def broken(self) -> tuple[Plugin, ...]:
        """The plugins that could not be loaded."""
        return tuple(plugin for plugin in self.found if plugin.traceback is not None)

    def collect(self, hook: str) -> list[Brought]:
        """Call a ``register_…`` hook of every plugin, the core's first, and return what they bring."""
        brought: list[Brought] = []
        for plugin in self._with(hook):
            for answer in self._call(plugin, hook, {}):
                if isinstance(answer, (str, bytes)) or not isinstance(answer, Sequence):
                    self._refuse(plugin, hook, f"{hook} must return a list, not {type(answer).__name__}")
                    continue
                for thing in answer:
                    names = {name_of(earlier.thing) for earlier in brought}
                    wrong = None if plugin.name == CORE else refusal(hook, thing, names)
                    if wrong is None:
                        brought.append(Brought(plugin, thing))
                    else:
                        self._refuse(plugin, hook, wrong)
        return brought

    def first(self, hook: str, wanted: type[T], **arguments: Any) -> T | None:
        """Return the first answer that is not None, asking the core last; None when nobody answers.

        Args:
            hook: the hook to call.
            wanted: what an answer has to be; any other is a failure of its plugin.
            arguments: the hook's own.
        """
        plugins = self._with(hook)
        for plugin in [*plugins[1:], *plugins[:1]] if plugins and plugins[0].name == CORE else plugins:
            for answer in self._call(plugin, hook, arguments):
                if isinstance(answer, wanted):
                    return answer
                if answer is not None:
                    message = f"{hook} must return a {wanted.__name__}, not {type(answer).__name__}"
                    self._refuse(plugin, hook, message)
        return None

    def tell(self, hook: str, **arguments: Any) -> None:
        """Call a hook of every plugin whose answers do not matter."""
        for plugin in self._with(hook):
            for _ in self._call(plugin, hook, arguments):
                pass

    def failed(self, plugin: Plugin, where: str, error: Exception) -> None:
        """Record that something of a plugin raised; to be called while the exception is handled."""
        self.failures.append(Failure(plugin.name, where, f"{type(error).__name__}: {error}", _traceback()))

    def _refuse(self, plugin: Plugin, hook: str, message: str) -> None:
        self.failures.append(Failure(plugin.name, hook, message, message))

    def _with(self, hook: str) -> list[Plugin]:
        return [plugin for plugin in self.found if hook in plugin.hooks]

    def _call(self, plugin: Plugin, hook: str, arguments: dict[str, Any]) -> Iterator[Any]:
        others = [module for name, module in self._modules.items() if name != plugin.name]
        caller = self._manager.subset_hook_caller(hook, remove_plugins=others)
        try:
            answer = caller(**arguments)
        except Exception as error:
            self.failed(plugin, hook, error)
            return
        yield from answer if isinstance(answer, list) else [answer]


def _traceback() -> str:
    """Return the traceback of the exception being handled."""
    import traceback

    return traceback.format_exc()


def load_plugins(entry_points: Sequence[Found] | None = None, without: Collection[str] = ()) -> Plugins:
    """Load the core's own plugin and then every installed one, by entry point, in the order of their names.

    Args:
        entry_points: what to load instead of the installed entry points of the group ``budgetlint``.
        without: names of plugins that are not even loaded.
    """
    from budgetlint.plugins import builtin

    manager = pluggy.PluginManager(hookspecs.GROUP)
    manager.add_hookspecs(hookspecs)
    plugins = Plugins(manager)
    plugins.add(CORE, builtin, CORE, version())
    if entry_points is None:
        entry_points = find_plugins(hookspecs.GROUP)
    plugins.unknown = tuple(sorted(set(without) - {found.name for found in entry_points}))
    for found in sorted(entry_points, key=lambda found: found.name):
        if found.name in without:
            continue
        try:
            module = found.load()
        except Exception:
            plugins.add_broken(found.name, found.distribution, found.version, _traceback())
        else:
            plugins.add(found.name, module, found.distribution, found.version)
    return plugins
