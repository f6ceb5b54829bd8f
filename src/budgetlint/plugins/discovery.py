"""Finds the installed plugins by their entry points, as ``importlib.metadata`` does, which takes ten times as long.

Distributions lie in the folders of the module path as ``….dist-info`` or ``….egg-info`` with an ``entry_points.txt``.
Where they may lie elsewhere (archives on the path, an importer with distributions of its own),
``importlib.metadata`` is asked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.machinery import PathFinder
from typing import Any

from msgspec import Struct

_INFO = (".dist-info", ".egg-info")


class Found(Struct, frozen=True):
    """An entry point: its name, the module (``module`` or ``module:object``), and what it was installed as."""

    name: str
    value: str
    distribution: str = "?"
    version: str = "?"

    def load(self) -> Any:
        """Import what it names."""
        module, _, path = self.value.partition(":")
        loaded = import_module(module.strip())
        for step in filter(None, path.strip().split(".")):
            loaded = getattr(loaded, step)
        return loaded


def find_plugins(group: str) -> Sequence[Found]:
    """Return the entry points of a group; of a distribution that is found twice, the first on the module path."""
    if _only_folders():
        return tuple(_in_folders(group))
    from importlib.metadata import entry_points

    points = entry_points(group=group)
    return tuple(
        Found(p.name, p.value, p.dist.name, p.dist.version) if p.dist else Found(p.name, p.value)
        for p in points
    )


def _only_folders() -> bool:
    """Tell whether every distribution lies in a folder of the module path."""
    others = (finder for finder in sys.meta_path if finder is not PathFinder)
    archives = (path for path in sys.path if os.path.isfile(path))
    return not any(archives) and not any(hasattr(finder, "find_distributions") for finder in others)


def _in_folders(group: str) -> Iterator[Found]:
    seen: set[str] = set()
    for folder in sys.path:
        for info in _infos(folder or "."):
            name = os.path.basename(info).partition("-")[0].removesuffix(".egg").lower()
            if name not in seen:
                seen.add(name)
                yield from _of_distribution(info, group)


def _infos(folder: str) -> list[str]:
    try:
        return sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(_INFO))
    except OSError:
        return []


def _of_distribution(info: str, group: str) -> Iterator[Found]:
    lines = [line.strip() for line in _text(info, "entry_points.txt").splitlines()]
    if f"[{group}]" not in lines:
        return
    heads = dict(line.partition(": ")[::2] for line in _head(info))
    section = ""
    for line in lines:
        if line.startswith("["):
            section = line[1:-1]
        elif section == group and "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield Found(name.strip(), value.strip(), heads.get("Name", "?"), heads.get("Version", "?"))


def _head(info: str) -> list[str]:
    """Return the head lines of a distribution's metadata, without the description that follows them."""
    metadata = _text(info, "METADATA") or _text(info, "PKG-INFO")
    return metadata.partition("\n\n")[0].splitlines()


def _text(info: str, name: str) -> str:
    try:
        with open(os.path.join(info, name), encoding="utf-8") as stream:
            return stream.read()
    except OSError:
        return ""
