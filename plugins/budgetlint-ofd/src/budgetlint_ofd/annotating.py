"""Mark findings on the pages of an OFD package as annotations (GB/T 33190, chapter 15), their words in the remark."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, count
from typing import Any

from lxml import etree

from budgetlint import Mark
from budgetlint_ofd.drawing import POINTS, child, local
from budgetlint_ofd.package import OfdDocument, OfdPackage, OfdPage, located
from budgetlint_ofd.reader import area_of

AUTHOR = "budgetlint"
_COLORS = {"error": "255 153 153", "warning": "255 230 102", "notice": "179 217 255"}
#: How much of what lies below a mark shows through it, of 255.
_ALPHA = "110"
#: The sign of a finding without a box, in millimetres: its size, and how far from the page's upper left corner.
_SIGN, _INSET = 6.0, 8.0
#: Elements of a document that stand behind its annotations.
_BEHIND = frozenset({"CustomTags", "Attachments", "Extensions"})


def annotated(path: str, data: bytes, marks: Sequence[Mark]) -> bytes:
    """Return the package with an annotation for each mark; every part that is not about them stays byte for byte.

    A mark without a page stands on the first. A seal over the document no longer holds: it is another file.

    Raises:
        ReadError: as reading the file does.
    """
    package = OfdPackage(path, data)
    changes = _Changes(package)
    by_page: dict[int, list[Mark]] = {}
    for mark in marks:
        by_page.setdefault(mark.place.page or 1, []).append(mark)
    number = 0
    for document in package.documents():
        marked = []
        for page in document.pages:
            number += 1
            if number in by_page:
                marked.append((page, by_page[number]))
        if marked:
            changes.annotate(document, marked)
    return changes.packed(data)


class _Changes:
    """The parts of a package that are changed or new."""

    def __init__(self, package: OfdPackage) -> None:
        self._package = package
        self._changed: dict[str, Any] = {}

    def annotate(self, document: OfdDocument, marked: Sequence[tuple[OfdPage, Sequence[Mark]]]) -> None:
        """Add annotations to pages of one document."""
        root = self._tree(document.part)
        common = child(root, "CommonData")
        largest = child(common, "MaxUnitID")
        ids = count(
            max(int((largest.text or "0") if largest is not None else 0), self._largest(document)) + 1
        )
        listed, at = self._list_of(root, document.part)
        entries = {str(one.get("PageID")): one for one in listed}
        for page, marks in marked:
            file = child(entries.get(page.id), "FileLoc") if page.id in entries else None
            if file is not None and file.text:
                held = self._tree(located(at, file.text))
            else:
                name = self._free(f"{at.rpartition('/')[0]}/Page_{page.id}/Annotation{{}}.xml")
                held = self._changed[name] = _made(root, "PageAnnot", nsmap=root.nsmap)
                entry = _add(listed, "Page", PageID=page.id)
                _add(entry, "FileLoc", "/" + name)
            for annotation in _annotations(root, area_of(document, page), marks, ids):
                held.append(annotation)
        if largest is not None:
            largest.text = str(next(ids) - 1)

    def _list_of(self, root: Any, main: str) -> tuple[Any, str]:
        """Return the list of a document's annotations and the name of its part; made where there is none."""
        entry = child(root, "Annotations")
        if entry is not None and entry.text and located(main, entry.text) in self._package.package:
            name = located(main, entry.text)
            return self._tree(name), name
        name = self._free(f"{main.rpartition('/')[0]}/Annots/Annotations{{}}.xml")
        if entry is None:
            entry = _made(root, "Annotations")
            behind = next((at for at, one in enumerate(root) if local(one) in _BEHIND), len(root))
            root.insert(behind, entry)
        entry.text = "/" + name
        self._changed[name] = _made(root, "Annotations", nsmap=root.nsmap)
        return self._changed[name], name

    def _largest(self, document: OfdDocument) -> int:
        """Return the largest id that anything on the pages bears: some makers do not keep MaxUnitID."""
        roots = [page.root for page in document.pages if page.root is not None]
        roots += [appearance for page in document.pages for appearance in page.annotations]
        ids = (one.get("ID") or "" for root in roots for one in root.iter())
        return max((int(one) for one in ids if one.isdigit()), default=0)

    def _tree(self, name: str) -> Any:
        name = self._package.package.stored_name(name)
        if name not in self._changed:
            self._changed[name] = self._package.part(name)
        return self._changed[name]

    def _free(self, pattern: str) -> str:
        names = (pattern.format(number).lstrip("/") for number in chain([""], count(1)))
        return next(name for name in names if name not in self._package.package and name not in self._changed)

    def packed(self, data: bytes) -> bytes:
        """Return the package with the changes."""
        written = {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            for name, root in self._changed.items()
        }
        stream = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(data)) as old,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for info in old.infolist():
                name = info.filename.replace("\\", "/").lstrip("/")
                content = written.pop(name) if name in written else old.read(info)
                new.writestr(info, content, zipfile.ZIP_DEFLATED)
            for name, content in written.items():
                new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return stream.getvalue()


def _annotations(
    root: Any, area: Sequence[float], marks: Sequence[Mark], ids: Iterator[int]
) -> Iterator[Any]:
    """Yield an annotation for each mark of a page whose shown area is (left, top, width, height) in millimetres."""
    left, top, _, height = area
    beside = count()
    today = date.today().isoformat()
    for mark in marks:
        if mark.place.box is None:
            at = _INSET + next(beside) * (_SIGN + 1)
            x, y, wide, high = left + _INSET, top + at, _SIGN, _SIGN
        else:
            x0, y0, x1, y1 = (edge / POINTS for edge in mark.place.box)
            x, y, wide, high = left + x0, top + height - y1, x1 - x0, y1 - y0
        said = {"ID": str(next(ids)), "Type": "Highlight", "Creator": AUTHOR, "LastModDate": today}
        annotation = _made(root, "Annot", **said)
        _add(annotation, "Remark", _printable(mark.text))
        appearance = _add(annotation, "Appearance", Boundary=_numbers(x, y, wide, high))
        box = {"ID": str(next(ids)), "Boundary": _numbers(0, 0, wide, high), "Alpha": _ALPHA}
        shape = _add(appearance, "PathObject", Fill="true", Stroke="false", **box)
        _add(shape, "FillColor", Value=_COLORS.get(mark.severity.value, _COLORS["notice"]))
        outline = f"M 0 0 L {wide:.3f} 0 L {wide:.3f} {high:.3f} L 0 {high:.3f} C"
        _add(shape, "AbbreviatedData", outline)
        yield annotation


def _made(like: Any, name: str, nsmap: Any = None, **attributes: str) -> Any:
    """Return an element in the namespace of another."""
    namespace = etree.QName(like).namespace
    tag = f"{{{namespace}}}{name}" if namespace else name
    return etree.Element(tag, attributes, nsmap=nsmap or like.nsmap)


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    element = _made(parent, name, **attributes)
    element.text = text
    parent.append(element)
    return element


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}" for value in values)


def _printable(text: str) -> str:
    """Return a text without the characters XML cannot hold."""
    return "".join(char for char in text if (char >= " " or char in "\t\n") and char not in "\ufffe\uffff")
