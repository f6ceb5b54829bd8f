"""The parts of a workbook package beside the sheets' cells: which sheets, the shared strings, the number formats."""

from __future__ import annotations

import posixpath
import re
from typing import Any

from msgspec import Struct

from budgetlint.readers.safe.opc import OfficePackage
from budgetlint.readers.sheets.a1 import whole_number
from budgetlint.readers.sheets.escapes import unescaped
from budgetlint.readers.sheets.number_format import BUILT_IN

#: A formula with a result other than nought.
_RESULT = re.compile(rb"(?:</f>|<f[^>]*/>)<v>(?!0(?:\.0+)?</v>)[^<]")


def local(element: Any) -> str:
    """Return an element's name without its namespace (strict and transitional workbooks differ in it)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Any, name: str) -> list[Any]:
    """Return the children with a name."""
    return [child for child in element if local(child) == name] if element is not None else []


class SheetPart(Struct, frozen=True):
    """A sheet: its name, its part, whether people see it; ``kind`` is ``worksheet``, ``chartsheet`` …."""

    name: str
    part: str
    hidden: bool
    kind: str = "worksheet"


class Workbook(Struct, frozen=True):
    """What all sheets share.

    Attributes:
        sheets: those whose cells are read.
        strings: the shared strings.
        formats: the number format of each cell style.
        struck: the cell styles whose font strikes out what it shows.
        epoch_1904: days are counted from 1904.
        uncalculated: no formula has a result: the program that opens the file is to calculate them.
        charts: sheets that hold a chart and no cells.
        lost: parts that are named and are not there.
    """

    sheets: tuple[SheetPart, ...]
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    struck: frozenset[int] = frozenset()
    epoch_1904: bool = False
    uncalculated: bool = False
    charts: tuple[SheetPart, ...] = ()
    lost: tuple[SheetPart, ...] = ()


def read_workbook(package: OfficePackage, main: str) -> Workbook:
    """Read workbook.xml and the parts it names."""
    root = package.xml(main)
    relations = package.relations(main)
    sheets: list[SheetPart] = []
    epoch_1904 = on_load = False
    for element in root.iter():
        name = local(element)
        if name == "sheet":
            key = next((value for attribute, value in element.items() if attribute.endswith("}id")), "")
            said = element.get("name", "")
            hidden = element.get("state", "visible") != "visible"
            relation = relations.get(key)
            if relation is None:
                sheets.append(SheetPart(said, said, hidden, ""))
            else:
                sheets.append(SheetPart(said, relation.target, hidden, relation.kind))
        elif name == "workbookPr":
            epoch_1904 = element.get("date1904") in ("1", "true")
        elif name == "calcPr":
            on_load = element.get("fullCalcOnLoad") in ("1", "true")
    folder = posixpath.dirname(main)
    of_kind = {one.kind: one.target for one in relations.values() if not one.external}
    lost = [one for one in sheets if one.kind in ("worksheet", "") and one.part not in package]
    for kind in ("sharedStrings", "styles"):
        part = of_kind.get(kind, "")
        if part and part not in package:
            lost.append(SheetPart("", part, False, kind))
    read = [one for one in sheets if one.kind == "worksheet" and one.part in package]
    styles = package.xml(of_kind.get("styles", posixpath.join(folder, "styles.xml")))
    return Workbook(
        tuple(read),
        _strings(package.xml(of_kind.get("sharedStrings", posixpath.join(folder, "sharedStrings.xml")))),
        _formats(styles),
        _struck(styles),
        epoch_1904,
        on_load and not any(_RESULT.search(package.read(one.part)) for one in read),
        tuple(one for one in sheets if one.kind == "chartsheet"),
        tuple(lost),
    )


def rich_text(element: Any) -> str:
    """Return the text of a string item; phonetic hints and what is struck out in the midst of it left out."""
    parts: list[str] = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r" and not any(_strikes(one) for one in children(child, "rPr")):
            parts += [text.text or "" for text in child if local(text) == "t"]
    return "".join(parts)


def _strings(root: Any) -> tuple[str, ...]:
    return tuple(unescaped(rich_text(item)) for item in children(root, "si"))


def _strikes(font: Any) -> bool:
    return any(one.get("val") not in ("0", "false") for one in children(font, "strike"))


def _struck(root: Any) -> frozenset[int]:
    """Return the cell styles whose font is struck out."""
    fonts = [font for holder in children(root, "fonts") for font in holder]
    struck = {str(at) for at, font in enumerate(fonts) if _strikes(font)}
    styles = [style for holder in children(root, "cellXfs") for style in holder] if struck else []
    return frozenset(at for at, style in enumerate(styles) if style.get("fontId") in struck)


def _formats(root: Any) -> tuple[str, ...]:
    if root is None:
        return ("General",)
    own: dict[int, str] = {}
    for holder in children(root, "numFmts"):
        for element in holder:
            own[whole_number(element.get("numFmtId"), 0)] = element.get("formatCode") or "General"
    formats: list[str] = []
    for holder in children(root, "cellXfs"):
        for element in holder:
            number = whole_number(element.get("numFmtId"), 0)
            formats.append(own.get(number) or BUILT_IN.get(number, "General"))
    return tuple(formats) or ("General",)
