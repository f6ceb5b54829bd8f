"""Read OFD files: the text and lines of each page, laid out by the same model of a page as a pdf."""

from __future__ import annotations

from typing import Any

from budgetlint import Notice, Place, Source
from budgetlint.readers.pages import Drawing as PageDrawing
from budgetlint.readers.pages import (
    PageContent,
    blocks_of,
    content_of,
    pages_on,
    readable,
    unread_notice,
    upright,
)
from budgetlint_ofd.drawing import POINTS, Drawing, child, local, numbers
from budgetlint_ofd.matrices import moved
from budgetlint_ofd.package import OfdDocument, OfdPackage, OfdPage


def read(path: str, data: bytes) -> Source:
    """Read an OFD file; the place of a block is page and box, in points from the lower left.

    Raises:
        ReadError: BL904 (damaged), BL905 (encrypted), BL906 (unsafe package), BL907 (larger than a cap), BL908 (DOCTYPE).
    """
    package = OfdPackage(path, data)
    contents: list[PageContent] = []
    notices: list[Notice] = []
    number = 0
    for document in package.documents():
        for entry in document.pages:
            number += 1
            if entry.root is None:
                facts = (("part", entry.part), ("page", str(number)))
                notices.append(Notice("BL112", Place(path, page=number), facts, unread=True))
                continue
            drawn = _drawn(path, document, entry)
            _, _, width, height = area_of(document, entry)
            page = upright(
                PageDrawing(
                    number,
                    width * POINTS,
                    height * POINTS,
                    0.0,
                    0.0,
                    drawn.characters,
                    drawn.strokes,
                    drawn.pictures,
                )
            )
            notice = unread_notice(page, path, drawn.unmapped, drawn.curves)
            contents += [content_of(one, path) for one in pages_on(readable(page, notice))]
            if notice is not None:
                notices.append(notice)
    said = {dict(notice.facts).get("part") for notice in notices}
    notices += [
        Notice("BL112", Place(path), (("part", part),), unread=True)
        for part in dict.fromkeys(package.lost)
        if part not in said
    ]
    return Source(path, "ofd", tuple(blocks_of(contents, path)), tuple(notices))


def _drawn(path: str, document: OfdDocument, page: OfdPage) -> Drawing:
    """Draw a page: the templates it uses, its own content, its annotations."""
    left, top, _, height = area_of(document, page)
    drawing = Drawing(path, left, top, height, document.units)
    for used in (one for one in page.root if local(one) == "Template"):
        drawing.add(child(document.templates.get(str(used.get("TemplateID"))), "Content"))
    drawing.add(child(page.root, "Content"))
    for appearance in page.annotations:
        box = numbers(appearance.get("Boundary"))
        drawing.add(appearance, moved(box[0], box[1]) if len(box) == 4 else moved(0.0, 0.0))
    return drawing


def area_of(document: OfdDocument, page: OfdPage) -> list[float]:
    """Return (left, top, width, height) of what is shown of a page, in millimetres."""
    default = _box(child(document.common, "PageArea")) or [0.0, 0.0, 210.0, 297.0]
    return _box(child(page.root, "Area")) or default


def _box(area: Any) -> list[float] | None:
    for name in ("PhysicalBox", "ApplicationBox"):
        element = child(area, name)
        box = numbers(element.text) if element is not None else []
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            return box
    return None
