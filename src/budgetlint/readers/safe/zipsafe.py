"""Open the zip package of a document without trusting it: members, sizes and ratio are capped while reading."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress
from typing import BinaryIO

from budgetlint.document import ReadError

MOST_MEMBERS = 5_000
MOST_PART_BYTES = 256_000_000
MOST_BYTES = 768_000_000
#: A part may inflate this much, once it is larger than a megabyte.
MOST_RATIO = 250
_CHUNK = 1 << 18
#: The directory of so many members, each with a long name, has not so many bytes; it is held in memory as a whole.
_MOST_DIRECTORY_BYTES = 8_000_000
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_LONGEST_END = 65_535 + 22 + 20 + 56


def part_name(info: zipfile.ZipInfo) -> str:
    """Return a part's name with forward slashes.

    A name that does not say it is UTF-8 is UTF-8 all the same (macOS), or GBK (Chinese Windows), whose second bytes
    may be backslashes: so it is decoded first.
    """
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        with suppress(UnicodeEncodeError):
            raw = name.encode("cp437")
            for encoding in ("utf-8", "gb18030"):
                with suppress(UnicodeDecodeError):
                    return raw.decode(encoding).replace("\\", "/")
    return name.replace("\\", "/")


class Package:
    """The parts of a zip package by name; folders are no parts.

    A name is found whatever the case of its letters: part names are equal without regard to it (ECMA-376 part 2,
    6.2.2.3), and makers of OFD rely on it as well.

    Args:
        path: what the package is called.
        data: its content, or a file that can be sought in, of which only what is asked for is read.

    Raises:
        ReadError: BL904 (damaged), BL905 (encrypted), BL906 (a zip bomb, doubled or absolute names).
    """

    def __init__(self, path: str, data: bytes | BinaryIO) -> None:
        self._path = path
        self._read = 0
        stream = io.BytesIO(data) if isinstance(data, bytes) else data
        if (size := _directory_size(stream)) > _MOST_DIRECTORY_BYTES:
            raise self._refused(f"{size} > {_MOST_DIRECTORY_BYTES} bytes")
        try:
            self._zip = zipfile.ZipFile(stream)
        except MemoryError:
            raise
        except Exception as error:
            # The library has no list of what damage can make it raise.
            raise ReadError("BL904", path, cause=str(error) or type(error).__name__) from None
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._folded: dict[str, str] = {}
        infos = self._zip.infolist()
        if len(infos) > MOST_MEMBERS:
            raise self._refused(f"{len(infos)} > {MOST_MEMBERS}")
        for info in infos:
            name = part_name(info)
            if not name or name.endswith("/"):
                continue
            if name in self._members:
                raise self._refused(f"{name} ×2")
            if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
                raise self._refused(name)
            self._members[name] = info
            self._folded.setdefault(name.lower(), name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts in stored order."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members or name.lower() in self._folded

    def stored_name(self, name: str) -> str:
        """Return a part's name as the package writes it; the name itself where there is no such part."""
        return name if name in self._members else self._folded.get(name.lower(), name)

    def read(self, name: str) -> bytes:
        """Return the content of a part.

        Raises:
            ReadError: BL904 (there is no such part, too), BL905 or BL906.
        """
        info = self._info(name)
        if info.flag_bits & 1:
            raise ReadError("BL905", self._path)
        limit = min(MOST_PART_BYTES, max(1_000_000, info.compress_size * MOST_RATIO))
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._read += len(chunk)
                    if size > limit or self._read > MOST_BYTES:
                        raise self._refused(f"{name}: > {min(limit, MOST_BYTES)} bytes")
                    chunks.append(chunk)
        except (ReadError, MemoryError):
            raise
        except Exception as error:
            raise ReadError("BL904", self._path, cause=f"{name}: {error or type(error).__name__}") from None
        return b"".join(chunks)

    def size(self, name: str) -> int:
        """Return how many bytes a part says it has; ``read`` does not trust it.

        Raises:
            ReadError: BL904, there is no such part.
        """
        return self._info(name).file_size

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = self._members.get(name) or self._members.get(self._folded.get(name.lower(), ""))
        if info is None:
            raise ReadError("BL904", self._path, cause=f"{name}: missing")
        return info

    def _refused(self, cause: str) -> ReadError:
        return ReadError("BL906", self._path, cause=cause)


def _directory_size(stream: BinaryIO) -> int:
    """Return how many bytes a package's directory says it has; 0 where nothing says it."""
    whole = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, whole - _LONGEST_END))
    tail = stream.read(_LONGEST_END)
    at = tail.rfind(_END)
    if at < 0 or at + 16 > len(tail):
        return 0
    size: int = struct.unpack_from("<I", tail, at + 12)[0]
    at = tail.rfind(_END_64, 0, at)
    if size == 0xFFFFFFFF and 0 <= at <= len(tail) - 48:
        size = struct.unpack_from("<Q", tail, at + 40)[0]
    return size
