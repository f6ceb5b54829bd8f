"""Write findings into a Word file as comments; every part but those that hold comments stays as it is, byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Sequence
from typing import Any

from budgetlint.annotate.marks import AUTHOR, Mark
from budgetlint.readers.docx import main_part
from budgetlint.readers.docx_body import TBL, P, body_blocks, table_layout
from budgetlint.readers.docx_styles import W
from budgetlint.readers.xmlsafe import parse_xml
from budgetlint.readers.zipsafe import Package, part_name

_NAMESPACE = W.strip("{}")
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def write(path: str, data: bytes, marks: Sequence[Mark]) -> bytes:
    """Return the document with a comment for each mark."""
    package = Package(path, data)
    main = main_part(path, package)
    root = parse_xml(path, main, package.read(main))
    changed: dict[str, Any] = {}
    name = _comments_part(path, package, main, changed)
    comments = changed[name]
    number = max((int(one.get(f"{W}id") or 0) for one in comments), default=-1) + 1
    body = root.find(f"{W}body")
    blocks = list(body_blocks(body)) if body is not None else []
    for mark in marks:
        paragraph = _paragraph_at(mark, blocks)
        if paragraph is not None:
            _anchor(paragraph, number)
            _comment(comments, number, mark)
            number += 1
    changed[main] = root
    return _packed(data, package, changed)


def _paragraph_at(mark: Mark, blocks: Sequence[Any]) -> Any:
    """Return the w:p a mark points at: its paragraph, the first of its cell, else the document's first."""
    place = mark.place
    if not blocks:
        return None
    index = place.paragraph if place.paragraph is not None and place.paragraph < len(blocks) else 0
    block = blocks[index]
    if block.tag == TBL:
        rows = table_layout(block)
        cells = rows[place.grid_row] if place.grid_row is not None and place.grid_row < len(rows) else {}
        before = [column for column in cells if column <= (place.grid_column or 0)]
        holder = cells[max(before)][0] if before else block
        return next(holder.iter(P), None)
    return block


def _anchor(paragraph: Any, number: int) -> None:
    """Put the marks of a comment around all that a paragraph prints."""
    from lxml import etree

    start = etree.Element(f"{W}commentRangeStart", {f"{W}id": str(number)})
    at = 1 if len(paragraph) and paragraph[0].tag == f"{W}pPr" else 0
    paragraph.insert(at, start)
    etree.SubElement(paragraph, f"{W}commentRangeEnd", {f"{W}id": str(number)})
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}commentReference", {f"{W}id": str(number)})


def _comment(comments: Any, number: int, mark: Mark) -> None:
    from lxml import etree

    attributes = {f"{W}id": str(number), f"{W}author": AUTHOR, f"{W}initials": "BL"}
    comment = etree.SubElement(comments, f"{W}comment", attributes)
    for note in mark.notes:
        run = etree.SubElement(etree.SubElement(comment, P), f"{W}r")
        text = etree.SubElement(run, f"{W}t")
        text.text = "".join(char for char in note if char >= " " or char in "\t\n")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _comments_part(path: str, package: Package, main: str, changed: dict[str, Any]) -> str:
    """Return the name of the comments part, made and declared where the document has none."""
    from lxml import etree

    folder = posixpath.dirname(main)
    relations_name = f"{folder}/_rels/{posixpath.basename(main)}.rels"
    if relations_name in package:
        relations = parse_xml(path, relations_name, package.read(relations_name))
    else:
        relations = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    for relation in relations:
        if relation.get("Type") == _RELATION:
            target = str(relation.get("Target"))
            name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            if name in package:
                changed[name] = parse_xml(path, name, package.read(name))
                return name
    name = f"{folder}/comments.xml"
    taken = {relation.get("Id") for relation in relations}
    key = next(f"rIdBudgetlint{n}" for n in range(len(taken) + 1) if f"rIdBudgetlint{n}" not in taken)
    etree.SubElement(
        relations, f"{{{_RELATIONS}}}Relationship", {"Id": key, "Type": _RELATION, "Target": "comments.xml"}
    )
    changed[relations_name] = relations
    types_name = "[Content_Types].xml"
    if types_name in package:
        types = parse_xml(path, types_name, package.read(types_name))
        etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": f"/{name}", "ContentType": _TYPE})
        changed[types_name] = types
    changed[name] = etree.Element(f"{W}comments", nsmap={"w": _NAMESPACE})
    return name


def _packed(data: bytes, package: Package, changed: dict[str, Any]) -> bytes:
    """Return the package with some parts replaced or added, the others copied."""
    from lxml import etree

    def text_of(root: Any) -> bytes:
        content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return content

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            name = part_name(info)
            if name not in package:
                continue
            content = text_of(changed.pop(name)) if name in changed else package.read(name)
            new.writestr(info, content, zipfile.ZIP_DEFLATED)
        for name, root in changed.items():
            new.writestr(zipfile.ZipInfo(name), text_of(root), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
