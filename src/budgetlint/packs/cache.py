"""Compiles a pack once and keeps the result as plain JSON in the user's cache folder.

A hit needs neither Lark nor a YAML reader. The name of a cached pack is a digest of everything the result depends on:
the pack's own files, the digests of the packs it builds on, the grammar, the version, the modules that compile it
and the functions' signatures.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from budgetlint.language.functions import Function
from budgetlint.resources import cache_folder, grammar_folder, version

_FORMAT = "1"
_SOURCES = (
    "pack.toml",
    "vocabulary.yaml",
    "tables.yaml",
    "review.yaml",
    "codes/*.csv",
    "pairs/*.csv",
    "**/*.rule",
)
_COMPILING = ("language", "vocabulary", "packs")
_KEPT = 64


def digest(folder: Path, bases: Iterable[str], functions: Mapping[str, Function]) -> str:
    """Return the digest of all that a compiled pack depends on."""
    sha = hashlib.sha256()
    parts = [_FORMAT, version(), str(folder), _digest_of_files(grammar_folder(), ("**/*",)), _code(), *bases]
    parts += [f"{f.name} {f.chinese} {f.parameters} {f.result}" for _, f in sorted(functions.items())]
    sha.update("\x1f".join(parts).encode())
    sha.update(_digest_of_files(folder, _SOURCES).encode())
    return sha.hexdigest()[:32]


def recall(key: str) -> dict[str, Any] | None:
    """Return what was kept under a digest, or None; a damaged file counts as none."""
    try:
        data = json.loads((cache_folder() / f"{key}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) else None


def keep(key: str, data: dict[str, Any]) -> None:
    """Keep plain data under a digest; a cache folder that cannot be written is no error."""
    folder = cache_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(data, stream, ensure_ascii=False, separators=(",", ":"))
        os.replace(name, folder / f"{key}.json")
        _forget_oldest(folder)
    except OSError:
        return


def _forget_oldest(folder: Path) -> None:
    kept = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in kept[_KEPT:]:
        file.unlink(missing_ok=True)


def _code() -> str:
    """Return what tells one state of the compiling modules from another: in a checkout they change daily."""
    package = Path(__file__).parents[1]
    files = sorted(file for name in _COMPILING for file in (package / name).rglob("*.py"))
    return "\x1f".join(f"{file.name} {(stat := file.stat()).st_size} {stat.st_mtime_ns}" for file in files)


def _digest_of_files(folder: Path, patterns: tuple[str, ...]) -> str:
    sha = hashlib.sha256()
    files = {file for pattern in patterns for file in folder.glob(pattern) if file.is_file()}
    for file in sorted(files):
        content = file.read_bytes()
        sha.update(f"{file.relative_to(folder).as_posix()}\x1f{len(content)}\x1f".encode())
        sha.update(content)
    return sha.hexdigest()
