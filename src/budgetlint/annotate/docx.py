"""Write findings into a Word file as comments; every part but those that hold comments stays as it is, byte for byte."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import Any

from budgetlint.annotate.marks import AUTHOR, Mark
from budgetlint.annotate.package import Changes, printable
from budgetlint.readers.safe.opc import main_part
from budgetlint.readers.word.body import TBL, P, body_blocks, table_layout
from budgetlint.readers.word.xml import W

_NAMESPACE = W.strip("{}")
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def write(path: str, data: bytes, marks: Sequence[Mark]) -> bytes:
    """Return the document with a comment for each mark."""
    changes = Changes(path, data)
    main = main_part(path, changes.package)
    root = changes.tree(main)
    comments = changes.tree(_comments_part(changes, main))
    number = max((int(one.get(f"{W}id") or 0) for one in comments), default=-1) + 1
    body = root.find(f"{W}body")
    blocks = list(body_blocks(body)) if body is not None else []
    for mark in marks:
        paragraph = _paragraph_at(mark, blocks)
        if paragraph is not None:
            _anchor(paragraph, number)
            _comment(comments, number, mark)
            number += 1
    return changes.packed()


def _paragraph_at(mark: Mark, blocks: Sequence[Any]) -> Any:
    """Return the w:p a mark points at: its paragraph, the first of its cell, else the document's first."""
    place = mark.place
    if not blocks:
        return None
    index = place.paragraph if place.paragraph is not None and place.paragraph < len(blocks) else 0
    block = next((one for one in reversed(blocks[: index + 1]) if one.tag in (P, TBL)), None)
    if block is None:
        return None
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
        text.text = printable(note)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _comments_part(changes: Changes, main: str) -> str:
    """Return the name of the comments part, made and declared where the document has none."""
    from lxml import etree

    found = changes.related(main, _RELATION)
    if found is not None:
        return found[1]
    name = changes.free_name(f"{posixpath.dirname(main)}/comments{{}}.xml")
    changes.add(name, etree.Element(f"{W}comments", nsmap={"w": _NAMESPACE}), _TYPE)
    changes.relate(main, _RELATION, name)
    return name
