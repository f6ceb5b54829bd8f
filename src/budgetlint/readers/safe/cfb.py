"""Tell what an OLE compound file holds (xls, doc, an encrypted package) by the names in its directory."""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
#: A directory is read this far at most; its chain may loop.
MOST_SECTORS = 4_096


def is_cfb(data: bytes) -> bool:
    """Tell whether these bytes begin a compound file."""
    return data.startswith(MAGIC)


def streams_of(data: bytes) -> set[str]:
    """Return the names of streams and storages; an empty set where the directory cannot be followed."""
    return set(streams_at(data))


def streams_at(data: bytes) -> dict[str, tuple[int, int]]:
    """Return the first sector and the length in bytes of each stream by its name."""
    if len(data) < 512:
        return {}
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        return {}
    size = 1 << shift
    fat: list[int] = []
    for sector in struct.unpack_from("<109I", data, 76):
        if sector < 0xFFFFFFF0 and (sector + 2) * size <= len(data) + size:
            chunk = data[(sector + 1) * size : (sector + 2) * size]
            fat += struct.unpack(f"<{len(chunk) // 4}I", chunk[: len(chunk) // 4 * 4])
    streams: dict[str, tuple[int, int]] = {}
    sector = struct.unpack_from("<I", data, 48)[0]
    for _ in range(MOST_SECTORS):
        if sector >= 0xFFFFFFF0 or (sector + 1) * size >= len(data):
            break
        start = (sector + 1) * size
        for at in range(start, min(start + size, len(data) - _ENTRY + 1), _ENTRY):
            length = struct.unpack_from("<H", data, at + 64)[0]
            if 2 <= length <= 64:
                name = data[at : at + length - 2].decode("utf-16-le", "replace")
                streams[name] = struct.unpack_from("<II", data, at + 116)
        sector = fat[sector] if sector < len(fat) else 0xFFFFFFFF
    return streams
