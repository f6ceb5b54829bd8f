"""Read OFD files: the text and lines of each page, laid out by the same ruling grid as a pdf."""

from __future__ import annotations

import posixpath
from typing import Any

from budgetlint import Notice, Place, ReadError, Source
from budgetlint.readers.pages import Page, PageContent, blocks_of, content_of
from budgetlint.readers.safe import Package, parse_xml
from budgetlint_ofd.drawing import POINTS, Drawing, child, local, numbers

MOST_PAGES = 2_000
#: From this share of a page on, a picture may hold what the page says.
PICTURE_SHARE = 0.25


def read(path: str, data: bytes) -> Source:
    """Read an OFD file; the place of a block is page and box, in points from the lower left.

    Raises:
        ReadError: BL904 (damaged), BL905 (encrypted), BL906 (unsafe package), BL907 (larger than a cap), BL908 (DOCTYPE).
    """
    package = Package(path, data)

    def part(name: str) -> Any:
        if name not in package:
            raise ReadError("BL904", path, cause=name)
        return parse_xml(path, name, package.read(name))

    entry = child(child(part("OFD.xml"), "DocBody"), "DocRoot")
    if entry is None or not entry.text:
        raise ReadError("BL904", path, cause="DocRoot")
    main = _located("", entry.text)
    document = part(main)
    common = child(document, "CommonData")
    default = _box(child(common, "PageArea"))
    templates = {
        str(one.get("ID")): part(_located(main, str(one.get("BaseLoc"))))
        for one in (common if common is not None else ())
        if local(one) == "TemplatePage"
    }
    listed = child(document, "Pages")
    pages = [one for one in (listed if listed is not None else ()) if local(one) == "Page"]
    if len(pages) > MOST_PAGES:
        raise ReadError("BL907", path, what="页", count=str(len(pages)), limit=str(MOST_PAGES))
    contents: list[PageContent] = []
    notices: list[Notice] = []
    for number, entry in enumerate(pages, 1):
        root = part(_located(main, str(entry.get("BaseLoc"))))
        page = _page(path, number, root, templates, default)
        contents.append(content_of(page, path))
        notices += _unread(path, page)
    return Source(path, "ofd", tuple(blocks_of(contents, path)), tuple(notices))


def _page(path: str, number: int, root: Any, templates: dict[str, Any], default: list[float] | None) -> Page:
    left, top, width, height = _box(child(root, "Area")) or default or [0.0, 0.0, 210.0, 297.0]
    drawing = Drawing(path, left, top)
    for used in (one for one in root if local(one) == "Template"):
        template = templates.get(str(used.get("TemplateID")))
        if template is not None:
            drawing.add(child(template, "Content"))
    drawing.add(child(root, "Content"))
    tall = height * POINTS

    def place_box(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        return (box[0], tall - box[3], box[2], tall - box[1])

    return Page(number, width * POINTS, tall, drawing.glyphs, drawing.strokes, place_box, drawing.pictures)


def _unread(path: str, page: Page) -> list[Notice]:
    """Say where a picture stands in place of text."""
    area = page.width * page.height or 1.0
    large = any((b[2] - b[0]) * (b[3] - b[1]) > PICTURE_SHARE * area for b in page.pictures)
    if large and len(page.glyphs) < 20:
        return [Notice("BL106", Place(path, page=page.number), (("page", str(page.number)),), unread=True)]
    return []


def _box(area: Any) -> list[float] | None:
    """Return (left, top, width, height) in millimetres of the page's shown area."""
    for name in ("PhysicalBox", "ApplicationBox"):
        element = child(area, name)
        box = numbers(element.text) if element is not None else []
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            return box
    return None


def _located(base: str, name: str) -> str:
    """Return a part's name; relative to the part that names it unless it begins with a slash."""
    name = name.strip()
    if name.startswith("/"):
        return posixpath.normpath(name.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), name))
