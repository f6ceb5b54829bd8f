"""An Office package (ECMA-376 part 2): its parts and how they are related, in a zip or in one XML file (Flat OPC)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from budgetlint.document import ReadError
from budgetlint.readers.safe.xmlsafe import parse_xml
from budgetlint.readers.safe.zipsafe import Package
from budgetlint.readers.sniffing import is_flat

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_OFFICE_DOCUMENT = "/officeDocument"
#: Strict documents (ECMA-376 part 1) name everything under another root than transitional ones (part 4).
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}


class Relation(NamedTuple):
    """A relation of a part: the last word of its type (``styles``), the part it leads to, whether that lies outside."""

    kind: str
    target: str
    external: bool


class Parts(Protocol):
    """What holds the parts of a package by name, whatever the case of the letters."""

    def __contains__(self, name: str) -> bool: ...

    def read(self, name: str) -> bytes:
        """Return the content of a part."""


class OfficePackage:
    """The parts of an Office package.

    Raises:
        ReadError: as :class:`~budgetlint.readers.safe.zipsafe.Package`.
    """

    def __init__(self, path: str, data: bytes) -> None:
        self._path = path
        self._parts: Parts = FlatParts(path, data) if is_flat(data) else Package(path, data)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """Return the content of a part."""
        return self._parts.read(name)

    def xml(self, name: str) -> Any:
        """Return the root element of a part, strict names made transitional; None where there is no such part."""
        return parse_xml(self._path, name, as_transitional(self.read(name))) if name in self else None

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the relations of a part by their ids; "" is the package itself."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for one in root if root is not None else ():
            if not isinstance(one.tag, str):
                continue
            target = str(one.get("Target", ""))
            external = one.get("TargetMode") == "External"
            kind = str(one.get("Type", "")).rpartition("/")[2]
            found[str(one.get("Id"))] = Relation(
                kind, target if external else located(folder, target), external
            )
        return found


def located(folder: str, target: str) -> str:
    """Return the name of the part that a relation from a folder leads to."""
    whole = target if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(whole).lstrip("/")


def main_part(path: str, parts: Parts, default: str = "word/document.xml") -> str:
    """Return the name of the part that holds the text or the sheets."""
    if "_rels/.rels" in parts:
        for one in parse_xml(path, "_rels/.rels", parts.read("_rels/.rels")):
            if str(one.get("Type", "")).endswith(_OFFICE_DOCUMENT):
                return located("", str(one.get("Target", "")))
    return default


def as_transitional(data: bytes) -> bytes:
    """Return a part with the names of strict documents as transitional ones have them."""
    if _STRICT in data[:4096]:
        for strict, transitional in _TRANSITIONAL.items():
            data = data.replace(strict, transitional)
    return data


class FlatParts:
    """The parts of a package written as one XML file (Word: “Word XML 文档”)."""

    def __init__(self, path: str, data: bytes) -> None:
        from lxml import etree

        parts: dict[str, bytes] = {}
        for part in parse_xml(path, "pkg:package", data).iter(f"{_PKG}part"):
            name = str(part.get(f"{_PKG}name", "")).lstrip("/").lower()
            held = part.find(f"{_PKG}xmlData")
            if held is not None and len(held):
                parts[name] = etree.tostring(held[0], with_tail=False)
            else:
                parts[name] = _binary(path, name, part.findtext(f"{_PKG}binaryData"))
        self._parts: Mapping[str, bytes] = parts

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def read(self, name: str) -> bytes:
        """Return the content of a part."""
        return self._parts[name.lower()]


def _binary(path: str, name: str, text: str | None) -> bytes:
    import base64
    import binascii

    try:
        return base64.b64decode(text or "")
    except (binascii.Error, ValueError) as error:
        raise ReadError("BL904", path, cause=f"{name}: {error}") from None
