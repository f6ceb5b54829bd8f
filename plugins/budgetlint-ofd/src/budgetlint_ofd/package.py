"""The parts of an OFD package: its documents, their pages, what they share, and the annotations on their pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from budgetlint import ReadError
from budgetlint.readers.safe import Package, parse_xml
from budgetlint_ofd.drawing import child, local

MOST_PAGES = 2_000


class OfdPage(Struct):
    """A page: its part, its content (None where it is not there), and what annotations draw on it."""

    part: str
    id: str
    root: Any
    annotations: list[Any] = field(default_factory=list)


class OfdDocument(Struct):
    """One document of a package; ``part`` is its own."""

    part: str
    common: Any
    templates: dict[str, Any]
    units: dict[str, Any]
    pages: list[OfdPage]


class OfdPackage:
    """Opens a package and follows what its parts name.

    Raises:
        ReadError: BL904 (damaged), BL905 (encrypted), BL906 (unsafe package), BL907 (larger than a cap), BL908 (DOCTYPE).
    """

    def __init__(self, path: str, data: bytes) -> None:
        self._path = path
        self.package = Package(path, data)
        #: parts that are named and are not there
        self.lost: list[str] = []

    def part(self, name: str) -> Any:
        """Return the root element of a part."""
        if name not in self.package:
            raise ReadError("BL904", self._path, cause=name)
        return parse_xml(self._path, name, self.package.read(name))

    def documents(self) -> Iterator[OfdDocument]:
        """Yield the documents: a package may hold several."""
        bodies = [one for one in self.part("OFD.xml") if local(one) == "DocBody"]
        roots = [child(body, "DocRoot") for body in bodies]
        named = [one.text for one in roots if one is not None and one.text]
        if not named:
            raise ReadError("BL904", self._path, cause="DocRoot")
        for name in named:
            yield self._document(located("", name))

    def _document(self, main: str) -> OfdDocument:
        root = self.part(main)
        common = child(root, "CommonData")
        held = list(common) if common is not None else []
        templates = {
            str(one.get("ID")): self._or_lost(located(main, str(one.get("BaseLoc"))))
            for one in held
            if local(one) == "TemplatePage"
        }
        units: dict[str, Any] = {}
        for one in held:
            if local(one) in ("PublicRes", "DocumentRes") and one.text:
                units.update(self._units(located(main, one.text)))
        listed = child(root, "Pages")
        entries = [one for one in (listed if listed is not None else ()) if local(one) == "Page"]
        if len(entries) > MOST_PAGES:
            raise ReadError("BL907", self._path, what="页", count=str(len(entries)), limit=str(MOST_PAGES))
        pages = []
        for entry in entries:
            part = located(main, str(entry.get("BaseLoc")))
            content = self._or_lost(part)
            for one in content if content is not None else ():
                if local(one) == "PageRes" and one.text:
                    units.update(self._units(located(part, one.text)))
            pages.append(OfdPage(part, str(entry.get("ID")), content))
        self._annotate(main, child(root, "Annotations"), {page.id: page for page in pages})
        return OfdDocument(main, common, templates, units, pages)

    def _or_lost(self, name: str) -> Any:
        """Return a part's root; None, and it is taken down as lost, where it is not there."""
        if name in self.package:
            return self.part(name)
        self.lost.append(name)
        return None

    def _units(self, name: str) -> dict[str, Any]:
        """Return the composite graphic units of a part of resources."""
        root = self._or_lost(name)
        held = child(root, "CompositeGraphicUnits")
        return {str(one.get("ID")): one for one in (held if held is not None else ())}

    def _annotate(self, main: str, entry: Any, pages: dict[str, OfdPage]) -> None:
        """Give each page what its annotations draw; those that are not shown, and watermarks, left out."""
        if entry is None or not entry.text:
            return
        listed = located(main, entry.text)
        root = self._or_lost(listed)
        for one in root if root is not None else ():
            file, page = child(one, "FileLoc"), pages.get(str(one.get("PageID")))
            if file is None or not file.text or page is None:
                continue
            held = self._or_lost(located(listed, file.text))
            for annotation in held if held is not None else ():
                shown = annotation.get("Visible") != "false" and annotation.get("Type") != "Watermark"
                if local(annotation) == "Annot" and shown:
                    page.annotations += [part for part in annotation if local(part) == "Appearance"]


def located(base: str, name: str) -> str:
    """Return a part's name; relative to the part that names it unless it begins with a slash."""
    name = name.strip()
    if name.startswith("/"):
        return posixpath.normpath(name.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), name))
