"""Compiles a pack once and keeps the result as plain JSON in the user's cache folder.

A hit needs neither Lark nor a YAML reader, and opens none of the pack's files. With a compiled pack its stamp is kept:
the name, size and time of everything the result depends on (the pack's own files, the grammar, the modules that
compile it), the stamps of the packs it builds on, the version and the functions' signatures.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from budgetlint.disk import read_regular
from budgetlint.language.functions import Function
from budgetlint.resources import cache_folder, grammar_folder, version

_FORMAT = "4"
_SOURCES = (".toml", ".yaml", ".csv", ".rule")
_COMPILING = ("language", "vocabulary", "packs")
_KEPT = 64


class Kept(msgspec.Struct, frozen=True):
    """What the cache holds, with the stamp of what it was made from."""

    stamp: str


K = TypeVar("K", bound=Kept)


def stamp(folder: Path, bases: Iterable[str], functions: Mapping[str, Function]) -> str:
    """Return the stamp of a pack: a text that changes with whatever its compiled form depends on."""
    parts = [_FORMAT, version(), str(folder), _of_the_compiler(), *bases]
    parts += [f"{f.name} {f.chinese} {f.parameters} {f.result}" for _, f in sorted(functions.items())]
    return "\n".join([*parts, *_stamps(folder, _SOURCES)])


def recall(stamp: str, kind: type[K]) -> K | None:
    """Return what was kept under a stamp, or None; a damaged file counts as none."""
    try:
        sum, _, content = read_regular(_file(stamp)).partition(b"\n")
        if sum != _checksum(content):
            return None
        kept = msgspec.json.decode(content, type=kind)
    except (OSError, ValueError):
        return None
    return kept if kept.stamp == stamp else None


def keep(data: Kept) -> None:
    """Keep data under its stamp; a cache folder that cannot be written is no error, nor is a path that is no text."""
    import tempfile

    folder = cache_folder()
    try:
        content = msgspec.json.encode(data)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
        with os.fdopen(handle, "wb") as stream:
            stream.write(_checksum(content) + b"\n" + content)
        os.replace(name, _file(data.stamp))
        _forget_oldest(folder)
    except (OSError, UnicodeError):
        return


def _checksum(content: bytes) -> bytes:
    return b"%08x" % zlib.crc32(content)


def _file(stamp: str) -> Path:
    """Return where something is kept; two stamps may meet in one file, which then holds the later."""
    return cache_folder() / f"{zlib.crc32(os.fsencode(stamp)):08x}.json"


def _forget_oldest(folder: Path) -> None:
    kept = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in kept[_KEPT:]:
        file.unlink(missing_ok=True)


@cache
def _of_the_compiler() -> str:
    """Return what tells one state of grammar and compiling modules from another: in a checkout they change daily."""
    package = Path(__file__).parents[1]
    folders = [package / name for name in _COMPILING]
    modules = [line for folder in folders for line in _stamps(folder, (".py",))]
    return "\n".join([*modules, *_stamps(grammar_folder(), ("",))])


def _stamps(folder: Path, suffixes: tuple[str, ...]) -> list[str]:
    """Return name, size and time of every file in and below a folder with one of some suffixes, or of one file."""
    if folder.is_file():
        stat = folder.stat()
        return [f"{folder.name} {stat.st_size} {stat.st_mtime_ns}"]
    found = []
    pending = [(str(folder), "")]
    while pending:
        where, under = pending.pop()
        with os.scandir(where) as entries:
            for entry in entries:
                if entry.is_dir():
                    pending.append((entry.path, f"{under}{entry.name}/"))
                elif entry.name.endswith(suffixes) and entry.is_file():
                    stat = entry.stat()
                    found.append(f"{under}{entry.name} {stat.st_size} {stat.st_mtime_ns}")
    return sorted(found)
