"""Open the zip package of a document without trusting it: members, sizes and ratio are capped while reading."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from contextlib import suppress

from budgetlint.document import ReadError

MOST_MEMBERS = 5_000
MOST_PART_BYTES = 256_000_000
MOST_BYTES = 768_000_000
#: A part may inflate this much, once it is larger than a megabyte.
MOST_RATIO = 250
_CHUNK = 1 << 18


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

    Raises:
        ReadError: BL904 (damaged), BL905 (encrypted), BL906 (a zip bomb, doubled or absolute names).
    """

    def __init__(self, path: str, data: bytes) -> None:
        self._path = path
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise ReadError("BL904", path, cause=str(error)) from None
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

    def read(self, name: str) -> bytes:
        """Return the content of a part.

        Raises:
            KeyError: there is no such part.
            ReadError: BL904, BL905 or BL906.
        """
        info = self._members.get(name) or self._members[self._folded[name.lower()]]
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
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            EOFError,
            OSError,
            NotImplementedError,
        ) as error:
            raise ReadError("BL904", self._path, cause=f"{name}: {error}") from None
        return b"".join(chunks)

    def _refused(self, cause: str) -> ReadError:
        return ReadError("BL906", self._path, cause=cause)
