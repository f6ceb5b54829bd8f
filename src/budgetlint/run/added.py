"""Packs a user added as one file: a zip of text that is looked through, unpacked beside his other settings, and used like any."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec import json as msgspec_json

from budgetlint.disk import read_regular
from budgetlint.document import ReadError
from budgetlint.packs.load import Functions, PackSource, load_packs
from budgetlint.packs.manifest import PackError, RulePack, read_manifest
from budgetlint.readers.safe.zipsafe import Package
from budgetlint.resources import packs_folder
from budgetlint.said import Said

_TEXT = frozenset({".rule", ".toml", ".yaml", ".yml", ".txt", ".md"})
_NAME = re.compile(r"[\w\-]{1,40}")
_MANIFEST, _NOTE = "pack.toml", "added.json"
_MOST_BYTES = 32 << 20


class Added(Struct, frozen=True):
    """A pack that was added: its name, the file it came from, that file's SHA-256, its version, how many rules it holds."""

    name: str
    title: str
    file: str
    checksum: str
    version: str
    rules: int

    @property
    def folder(self) -> Path:
        """Where it is."""
        return packs_folder() / self.name


def added() -> tuple[Added, ...]:
    """Return the packs that were added, by name."""
    folder = packs_folder()
    notes = sorted(folder.glob(f"*/{_NOTE}")) if folder.is_dir() else []
    return tuple(msgspec_json.decode(note.read_bytes(), type=Added) for note in notes)


def with_added(sources: Sequence[PackSource]) -> list[PackSource]:
    """Return the packs of a run with those that were added: one of the same name stands in the other's stead."""
    mine = added()
    names = {one.name for one in mine}
    kept = [source for source in sources if not names or _name(source) not in names]
    return [*kept, *(PackSource(RulePack(one.folder), f"packs/{one.name}", one.version) for one in mine)]


def add(file: Path, sources: Sequence[PackSource], functions: Functions) -> Added:
    """Look a zip through, unpack it, and use it from now on; one of the same name is replaced.

    Args:
        file: the zip; its pack.toml may stand in a folder of it.
        sources: the packs that are there: what is added may build on them.
        functions: those that rules may call.

    Raises:
        PackError: it is no zip of text with one pack.toml, or a rule in it is wrong; nothing has changed then.
        OSError: it cannot be read, or not be unpacked.
    """
    content = read_regular(file, _MOST_BYTES)
    try:
        parts = _parts(str(file), Package(str(file), content))
    except ReadError as error:
        zh, en = f"打不开这个压缩包（{error.id}）", f"this archive cannot be opened ({error.id})"
        raise PackError(str(file), 0, Said(zh, en)) from error
    home = packs_folder()
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".new-") as made:
        folder = Path(made, "pack")
        for name, text in parts.items():
            target = folder.joinpath(*PurePosixPath(name).parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)
        manifest = read_manifest(RulePack(folder))
        if not _NAME.fullmatch(manifest.name):
            raise PackError(
                str(file), 0, Said("包名只能用字母、数字、汉字、连字符", "a name is letters, digits, hyphens")
            )
        others = [source for source in sources if _name(source) != manifest.name]
        loaded = load_packs([*others, PackSource(RulePack(folder))], functions)
        mine = next((pack for pack in loaded.packs if pack.source.pack.folder == folder), None)
        for wrong in (*loaded.errors, *(mine.errors if mine else ())):
            if wrong.file.startswith(made):
                inner = wrong.file[len(str(folder)) + 1 :]
                raise PackError(f"{file}!{inner}", wrong.line, Said(wrong.message("zh"), wrong.message("en")))
        rules = len(mine.rules) if mine is not None else 0
        found = Added(
            manifest.name, manifest.title, file.name, sha256(content).hexdigest(), manifest.version, rules
        )
        (folder / _NOTE).write_bytes(msgspec_json.encode(found))
        shutil.rmtree(found.folder, ignore_errors=True)
        folder.rename(found.folder)
    return found


def remove(name: str) -> bool:
    """Take an added pack away; tell whether it was there."""
    there = next((one for one in added() if one.name == name), None)
    if there is not None:
        shutil.rmtree(there.folder)
    return there is not None


def _parts(path: str, package: Package) -> dict[str, bytes]:
    """Return the files of the pack in an archive, by their paths within it, each a text."""
    names = [name for name in package.names if not name.endswith("/")]
    manifests = [name for name in names if PurePosixPath(name).name == _MANIFEST]
    if len(manifests) != 1:
        zh = f"应有一个 pack.toml，找到 {len(manifests)} 个：一个压缩包一个规则包"
        raise PackError(
            path, 0, Said(zh, f"one pack.toml is expected, {len(manifests)} found: one pack a zip")
        )
    root = manifests[0][: -len(_MANIFEST)]
    parts = {}
    for name in names:
        if not name.startswith(root):
            continue
        if PurePosixPath(name).suffix.lower() not in _TEXT:
            zh = f"规则包只能有文本（{'、'.join(sorted(_TEXT))}），不能有 {name}"
            raise PackError(path, 0, Said(zh, f"a pack is text only, not {name}"))
        parts[name[len(root) :]] = package.read(name)
    return parts


def _name(source: PackSource) -> str:
    try:
        return read_manifest(source.pack).name
    except PackError:
        return ""
