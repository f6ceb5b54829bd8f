"""What a Word document draws in place of text: pictures the size of a table, charts, pasted workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from budgetlint.readers.safe.opc import Relation
from budgetlint.readers.word.xml import R, W

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
#: Lengths in a point.
_EMU, _TWIPS = 12_700, 20
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "": 0.75}
#: A picture may be a table from this share of the lines' width on, and this height in points (four rows).
TABLE_WIDTH, TABLE_HEIGHT = 0.5, 60.0
#: The width of a line where a document does not say it: A4 with Word's margins.
USUAL_WIDTH = 415.0


class Unread(NamedTuple):
    """Something drawn whose text was not read: what it is in Chinese, and its part."""

    what: str
    part: str


def unread_in(drawn: Any, relations: Mapping[str, Relation], line_width: float) -> Iterator[Unread]:
    """Yield what a w:drawing, w:pict or w:object shows that may hold text or figures.

    Args:
        drawn: the element.
        relations: those of the part it stands in.
        line_width: in points; smaller pictures than a table are seals, logos and marks.
    """
    objects = list(drawn.iter(f"{_O}OLEObject"))
    for one in objects:
        yield Unread("嵌入的对象", _part(one.get(f"{R}id"), relations) or str(one.get("ProgID", "")))
    if objects or _is_behind(drawn):
        return
    for chart in drawn.iter(f"{_C}chart"):
        yield Unread("图表", _part(chart.get(f"{R}id"), relations))
    for diagram in drawn.iter(f"{_DGM}relIds"):
        yield Unread("图形", _part(diagram.get(f"{R}dm"), relations))
    width, height = _size(drawn)
    if width < TABLE_WIDTH * line_width or height < TABLE_HEIGHT:
        return
    for picture in drawn.iter(f"{_A}blip", f"{_V}imagedata"):
        key = picture.get(f"{R}embed") or picture.get(f"{R}link") or picture.get(f"{R}id")
        yield Unread("图片", _part(key, relations))
        return


def line_width_of(body: Any) -> float:
    """Return how wide a line of the document is, in points, by the page of its last section."""
    section = next(reversed(list(body.iter(f"{W}sectPr"))), None) if body is not None else None
    size, margins = (
        section.find(f"{W}{name}") if section is not None else None for name in ("pgSz", "pgMar")
    )
    width = _number(size, "w") or 11_906.0
    edges = [_number(margins, name) for name in ("left", "right")]
    return max(width - sum(1800.0 if edge is None else edge for edge in edges), width / 4) / _TWIPS


def _number(element: Any, name: str) -> float | None:
    try:
        return float(element.get(f"{W}{name}")) if element is not None else None
    except (TypeError, ValueError):
        return None


def _part(key: str | None, relations: Mapping[str, Relation]) -> str:
    relation = relations.get(key or "")
    return relation.target if relation is not None else ""


def _is_behind(drawn: Any) -> bool:
    """Tell a drawing that lies behind the text: a watermark or a page's ground."""
    anchor = drawn.find(f"{_WP}anchor")
    if anchor is not None:
        return anchor.get("behindDoc") in ("1", "true")
    return any("z-index:-" in str(shape.get("style", "")) for shape in drawn.iter(f"{_V}shape"))


def _size(drawn: Any) -> tuple[float, float]:
    """Return a drawing's width and height, in points; zero where it does not say."""
    extent = next(drawn.iter(f"{_WP}extent"), None)
    if extent is not None:
        return _emu(extent.get("cx")), _emu(extent.get("cy"))
    for shape in drawn.iter(f"{_V}shape", f"{_V}rect", f"{_V}group"):
        style = str(shape.get("style", ""))
        return _length(style, "width"), _length(style, "height")
    return 0.0, 0.0


def _emu(text: str | None) -> float:
    return int(text) / _EMU if text is not None and text.isdecimal() and len(text) < 12 else 0.0


def _length(style: str, name: str) -> float:
    match = re.search(rf"(?:^|;)\s*{name}\s*:\s*(\d+(?:\.\d*)?|\.\d+)\s*([a-z]*)", style)
    return float(match[1]) * _UNITS.get(match[2], 0.0) if match is not None else 0.0
