"""What tells whether something was checked before: the content of files, and what they were checked with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from budgetlint.bureau.rows import FileId
from budgetlint.bureau.schema import DOCUMENTS
from budgetlint.bureau.store import open_store
from budgetlint.resources import version
from budgetlint.run import addresses
from budgetlint.run.gather import Input
from budgetlint.run.session import Session

_PACK_FILES = (".toml", ".yaml", ".csv", ".rule")
#: Settings that change what a check says of a document.
_DECIDING = (
    "select",
    "ignore",
    "profiles",
    "region",
    "kind",
    "year",
    "reader",
    "rule_texts",
    "convert",
    "lang",
)
_CHUNK = 1 << 20


class Hashes:
    """SHA-256 of files, an archive's read once for all its members."""

    def __init__(self) -> None:
        self._archive: tuple[str, FileId] | None = None

    def of(self, given: Input) -> FileId:
        """Return what a file is by its content; one that cannot be read is known by its path and error alone.

        A member of an archive is known by the archive's content and its own name.
        """
        location = given.location
        if location is None:
            return FileId(given.path, f"unread:{given.error.id if given.error else ''}")
        if not location.members:
            return FileId(given.path, *_sha256(location.file))
        if self._archive is None or self._archive[0] != location.file:
            self._archive = location.file, FileId(location.file, *_sha256(location.file))
        whole = self._archive[1]
        named = hashlib.sha256("\0".join((whole.sha256, *location.members)).encode()).hexdigest()
        return FileId(given.path, named, 0)


def document_key(files: Iterable[FileId]) -> str:
    """Return a document's key: 32 hex digits made of its files' paths and contents."""
    return hashlib.sha256("\0".join(f"{file.path}\0{file.sha256}" for file in files).encode()).hexdigest()[
        :32
    ]


def stamp_of(session: Session) -> str:
    """Return what names a way to check: version, every pack's files, and the settings that decide; 16 hex digits."""
    found = hashlib.sha256(version().encode())
    for pack in session.packs.packs:
        folder = pack.source.pack.folder
        files = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        for file in files:
            if file.suffix in _PACK_FILES and file.is_file():
                found.update(f"\0{file.name}\0".encode())
                found.update(file.read_bytes())
    for name in _DECIDING:
        found.update(f"\0{name}={getattr(session.settings, name)!r}".encode())
    for name in sorted(session.settings.previous):
        found.update(f"\0previous={_sha256(name)[0] if Path(name).is_file() else name}".encode())
    if session.settings.previous_store is not None:
        earlier = open_store(session.settings.previous_store).read(DOCUMENTS, ["document"])
        found.update(f"\0previous-store={sorted(set(earlier.column('document').to_pylist()))}".encode())
    return found.hexdigest()[:16]


def _sha256(path: str) -> tuple[str, int]:
    found, size = hashlib.sha256(), 0
    try:
        with addresses.opened(path) as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
                size += len(chunk)
    except OSError as error:
        return f"unread:{type(error).__name__}", 0
    return found.hexdigest(), size
