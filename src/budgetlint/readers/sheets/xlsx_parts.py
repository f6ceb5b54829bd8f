"""The parts of a workbook package beside the sheets' cells: which sheets, the shared strings, the number formats."""

from __future__ import annotations

import posixpath
from typing import Any

from msgspec import Struct

from budgetlint.readers.safe.xmlsafe import parse_xml
from budgetlint.readers.safe.zipsafe import Package
from budgetlint.readers.sheets.number_format import BUILT_IN


def local(element: Any) -> str:
    """Return an element's name without its namespace (strict and transitional workbooks differ in it)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Any, name: str) -> list[Any]:
    """Return the children with a name."""
    return [child for child in element if local(child) == name] if element is not None else []


class SheetPart(Struct, frozen=True):
    """A sheet: its name, its part, whether people see it."""

    name: str
    part: str
    hidden: bool


class Workbook(Struct, frozen=True):
    """What all sheets share; ``formats`` holds the number format of each cell style."""

    sheets: tuple[SheetPart, ...]
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    epoch_1904: bool


def read_workbook(path: str, package: Package, main: str) -> Workbook:
    """Read workbook.xml and the parts it names."""
    folder = posixpath.dirname(main)
    root = parse_xml(path, main, package.read(main))
    relations = f"{folder}/_rels/{posixpath.basename(main)}.rels"
    targets: dict[str, tuple[str, str]] = {}
    if relations in package:
        for relation in parse_xml(path, relations, package.read(relations)):
            target = str(relation.get("Target", ""))
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            targets[str(relation.get("Id"))] = (str(relation.get("Type", "")), part)
    sheets: list[SheetPart] = []
    epoch_1904 = False
    for element in root.iter():
        if local(element) == "sheet":
            key = next((value for name, value in element.items() if name.endswith("}id")), "")
            kind, part = targets.get(key, ("", ""))
            if kind.endswith("/worksheet") and part in package:
                hidden = element.get("state", "visible") != "visible"
                sheets.append(SheetPart(element.get("name", ""), part, hidden))
        elif local(element) == "workbookPr":
            epoch_1904 = element.get("date1904") in ("1", "true")
    by_kind = {kind.rpartition("/")[2]: part for kind, part in targets.values() if part in package}

    def root_of(kind: str) -> Any:
        part = by_kind.get(kind)
        return parse_xml(path, part, package.read(part)) if part else None

    return Workbook(
        tuple(sheets), _strings(root_of("sharedStrings")), _formats(root_of("styles")), epoch_1904
    )


def rich_text(element: Any) -> str:
    """Return the text of a string item, phonetic hints left out."""
    parts: list[str] = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts += [text.text or "" for text in child if local(text) == "t"]
    return "".join(parts)


def _strings(root: Any) -> tuple[str, ...]:
    return tuple(rich_text(item) for item in children(root, "si"))


def _formats(root: Any) -> tuple[str, ...]:
    if root is None:
        return ("General",)
    own: dict[int, str] = {}
    for holder in children(root, "numFmts"):
        for element in holder:
            own[int(element.get("numFmtId") or 0)] = element.get("formatCode") or "General"
    formats: list[str] = []
    for holder in children(root, "cellXfs"):
        for element in holder:
            number = int(element.get("numFmtId") or 0)
            formats.append(own.get(number) or BUILT_IN.get(number, "General"))
    return tuple(formats) or ("General",)
