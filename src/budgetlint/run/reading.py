"""Reads one input: picks the reader by content, and gives its blocks, or the tree itself where the file holds one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import TypeAlias

from msgspec.structs import replace

from budgetlint.document import Document, ReadError, Source
from budgetlint.plugins.manager import Brought, Plugin
from budgetlint.readers.bundled import OFFICE
from budgetlint.readers.reader import Reader
from budgetlint.readers.safe.isolate import Limits, read_isolated, refusal_of

#: Readers that need no process of their own for a file of usual size: plain Python over decoded text.
_IN_PROCESS = frozenset({"text"})
_USUAL_BYTES = 4 << 20
OFFICE_STARTS = 30.0
#: Is told of a plugin, what of it was called, and what it raised, while that is handled.
Failed: TypeAlias = Callable[[Plugin, str, Exception], None]
TREE_SUFFIXES = frozenset({".yaml", ".yml"})


def read_content(
    path: str,
    content: bytes,
    readers: Sequence[Brought],
    failed: Failed,
    chosen: str | None,
    convert: bool = False,
    limits: Limits | None = None,
) -> Source | Document:
    """Read one file.

    Args:
        path: what reports call it; of its suffix only a tree's counts for sure.
        content: what it holds.
        readers: all registered readers with the plugins that brought them.
        failed: told of a reader that could not look at the content; the others are asked all the same.
        chosen: name of the reader to use whatever the content looks like.
        convert: old office formats go through LibreOffice first.
        limits: what reading may take; every reader but the one of plain text works in a process of its own.

    Raises:
        ReadError: it could not be read: BL901 it is empty, BL983 no reader knows the content, BL984 two readers are
            equally sure, BL985 no reader has the chosen name, BL986 the reader failed unexpectedly, or the reader's
            own id.
    """
    if not content or content.isspace():
        raise ReadError("BL901", path)
    suffix = PurePath(path.rpartition("!")[2]).suffix.lower()
    if chosen is None and suffix in TREE_SUFFIXES:
        from budgetlint.document.yaml import load_document

        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ReadError("BL902", path) from None
        return load_document(text, path)
    reader = _pick(path, content, suffix, readers, failed, chosen)
    if convert and reader.name == OFFICE.name:
        from budgetlint.readers.office import conversion_notice

        given, content = content, converted_content(path, content, limits)
        reader = _pick(path, content, "", readers, failed, None)
        source = _read(reader, path, content, limits)
        return replace(source, notices=(*source.notices, conversion_notice(path, given, content)))
    return _read(reader, path, content, limits)


def _read(reader: Reader, path: str, content: bytes, limits: Limits | None) -> Source:
    if reader.name not in _IN_PROCESS or len(content) > _USUAL_BYTES:
        return read_isolated(reader, path, content, limits)
    try:
        return reader.source(path, content)
    except Exception as error:
        id, facts = refusal_of(error, reader.name)
        raise ReadError(id, path, **facts) from error


def convertible(content: bytes) -> bool:
    """Tell whether some bytes are in an old office format that has to be converted."""
    return OFFICE.sniff(content) > 0


def converted_content(path: str, content: bytes, limits: Limits | None = None) -> bytes:
    """Return what a file in an old office format holds in one that can be read.

    Raises:
        ReadError: BL903 (LibreOffice is not installed), BL904, BL905 or BL910.
    """
    from budgetlint.readers.office import converted

    # LibreOffice takes some seconds to start, whatever the file.
    seconds = OFFICE_STARTS + 2 * (limits or Limits()).seconds
    return converted(path, content, seconds)


def suffixes_of(readers: Sequence[Brought]) -> frozenset[str]:
    """Return the suffixes of files that are taken from folders and archives."""
    return frozenset(suffix for brought in readers for suffix in brought.thing.suffixes)


def _pick(
    path: str,
    content: bytes,
    suffix: str,
    readers: Sequence[Brought],
    failed: Failed,
    chosen: str | None,
) -> Reader:
    if chosen is not None:
        for brought in readers:
            if brought.thing.name == chosen:
                reader: Reader = brought.thing
                return reader
        names = "、".join(brought.thing.name for brought in readers)
        raise ReadError("BL985", path, reader=chosen, known=names)
    ranked = [
        (_confidence(brought, content, failed), suffix in brought.thing.suffixes, brought)
        for brought in readers
    ]
    best = max((rank[:2] for rank in ranked), default=(0.0, False))
    if best[0] <= 0:
        raise ReadError("BL983", path)
    first, *others = [brought for confidence, fits, brought in ranked if (confidence, fits) == best]
    if others:
        names = "、".join(f"{brought.thing.name}（{brought.plugin.name}）" for brought in (first, *others))
        raise ReadError("BL984", path, readers=names)
    picked: Reader = first.thing
    return picked


def _confidence(brought: Brought, content: bytes, failed: Failed) -> float:
    """Return how sure a reader is; one that raises is not."""
    try:
        return float(brought.thing.sniff(content))
    except Exception as error:
        failed(brought.plugin, f"{brought.thing.name}.sniff", error)
        return 0.0
