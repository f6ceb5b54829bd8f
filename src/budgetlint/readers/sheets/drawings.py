"""What is drawn on a sheet: the text of its boxes, and pictures, charts and objects that are not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from budgetlint.document import Notice, ParagraphBlock, Place
from budgetlint.readers.safe.opc import OfficePackage
from budgetlint.readers.sheets.a1 import a1, whole_number

_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_EMU = 12_700
#: A smaller picture than four rows of some columns, in points, is a seal or a mark.
TABLE_WIDTH, TABLE_HEIGHT = 200.0, 60.0


class Drawn(NamedTuple):
    """Something drawn over a sheet.

    Attributes:
        row, cell: where its upper left corner lies: 0-based row, A1 name.
        text: what a text box says, line by line.
        what, part: what was not read, in Chinese, and its part; "" for a text box.
    """

    row: int
    cell: str
    text: str = ""
    what: str = ""
    part: str = ""


def drawn_on(package: OfficePackage, sheet: str) -> Iterator[Drawn]:
    """Yield what is drawn on a sheet, from the top down; ``sheet`` is its part."""
    for relation in package.relations(sheet).values():
        if relation.external:
            continue
        if relation.kind in ("oleObject", "package"):
            yield Drawn(0, "A1", what="嵌入的对象", part=relation.target)
        elif relation.kind == "drawing" and relation.target in package:
            root = package.xml(relation.target)
            _drop_fallbacks(root)
            anchors = root.iter(
                *(f"{_XDR}{name}CellAnchor" for name in ("two", "one")), f"{_XDR}absoluteAnchor"
            )
            found = [one for anchor in anchors for one in _anchored(package, relation.target, anchor)]
            yield from sorted(found, key=lambda one: one.row)


def _drop_fallbacks(root: Any) -> None:
    """Take out what is drawn in place of something that older programs do not know."""
    for fallback in list(root.iter(f"{_MC}Fallback")):
        holder = fallback.getparent()
        if holder.find(f"{_MC}Choice") is not None:
            holder.remove(fallback)


def _anchored(package: OfficePackage, part: str, anchor: Any) -> Iterator[Drawn]:
    start = anchor.find(f"{_XDR}from") if isinstance(anchor.tag, str) else None
    row, column = (_number(start, name) for name in ("row", "col"))
    cell = a1(row, column)
    for shape in anchor.iter(f"{_XDR}sp"):
        lines = ["".join(run.text or "" for run in line.iter(f"{_A}t")) for line in shape.iter(f"{_A}p")]
        text = "\n".join(line for line in lines if line.strip())
        if text and not _is_hidden(shape):
            yield Drawn(row, cell, text)
    relations = package.relations(part)
    for chart in anchor.iter(f"{_C}chart"):
        yield Drawn(row, cell, what="图表", part=_target(relations, chart.get(f"{_R}id")))
    for picture in anchor.iter(f"{_XDR}pic"):
        blip = next(picture.iter(f"{_A}blip"), None)
        if blip is not None and not _is_hidden(picture) and _is_large(anchor, picture):
            yield Drawn(row, cell, what="图片", part=_target(relations, blip.get(f"{_R}embed")))


def _target(relations: Any, key: str | None) -> str:
    return relations[key].target if key in relations else ""


def _number(start: Any, name: str) -> int:
    text = start.findtext(f"{_XDR}{name}", "0").strip() if start is not None else "0"
    return whole_number(text, 0)


def _is_hidden(shape: Any) -> bool:
    named = next(shape.iter(f"{_XDR}cNvPr"), None)
    return named is not None and named.get("hidden") in ("1", "true")


def _is_large(anchor: Any, picture: Any) -> bool:
    """Tell a picture as large as a table, by its own size or by the cells it covers."""
    for extent in (*picture.iter(f"{_A}ext"), anchor.find(f"{_XDR}ext")):
        size = [extent.get(name, "") for name in ("cx", "cy")] if extent is not None else []
        if size and all(whole_number(side, 0) > 0 for side in size):
            return int(size[0]) >= TABLE_WIDTH * _EMU and int(size[1]) >= TABLE_HEIGHT * _EMU
    start, end = anchor.find(f"{_XDR}from"), anchor.find(f"{_XDR}to")
    if end is None:
        return False
    return (
        _number(end, "row") - _number(start, "row") >= 4 and _number(end, "col") - _number(start, "col") >= 3
    )


def unread(path: str, sheet: str, what: str, part: str, cell: str | None = None) -> Notice:
    """Return the notice that something drawn on a sheet was not read."""
    facts = (("what", what), ("part", part), ("sheet", sheet), *((("cell", cell),) if cell else ()))
    return Notice("BL111", Place(path, sheet=sheet), facts, unread=True)


def boxes(path: str, sheet: str, drawn: Iterable[Drawn]) -> list[ParagraphBlock]:
    """Return the lines of text boxes as paragraphs, each at the cell its box begins over."""
    return [
        ParagraphBlock(line.strip(), Place(path, sheet=sheet, cell=one.cell), None, number == 0)
        for one in drawn
        for number, line in enumerate(one.text.split("\n"))
        if line.strip()
    ]
