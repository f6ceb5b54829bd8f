"""Add comments to the cells of one sheet: the comments part, and the drawing that says where each opens."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from budgetlint.annotate.marks import AUTHOR
from budgetlint.annotate.package import Changes, printable
from budgetlint.readers.sheets.a1 import position
from budgetlint.readers.sheets.xlsx_parts import children, local

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: What stands behind w:legacyDrawing in a sheet.
_BEHIND = frozenset(
    [
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    ]
)
_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_KIND = (
    f'<v:shapetype {_NAMESPACES} id="_x0000_t202_budgetlint" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
#: How wide a note is at least, in the unit of column widths (digits), a column whose width is not said; how many
#: characters stand on its lines, how many lines it has at most.
_WIDE, _COLUMN, _PER_LINE, _MOST_LINES = 40.0, 8.5, 20, 24


def write_comments(changes: Changes, sheet: str, notes: Mapping[str, Sequence[str]]) -> None:
    """Add notes to the cells of a sheet, behind what is said there already; keys are A1 references."""
    root = changes.tree(sheet)
    relations = _STRICT if "purl.oclc.org" in str(root.tag) else _TRANSITIONAL
    comments = _comments(changes, sheet, relations, root.tag.rpartition("}")[0] + "}")
    held = {comment.get("ref"): comment for part in children(comments, "commentList") for comment in part}
    new = {cell: said for cell, said in notes.items() if cell not in held}
    for cell, said in notes.items():
        _say(comments, held.get(cell), cell, said)
    _draw(changes, sheet, root, relations, new)


def _comments(changes: Changes, sheet: str, relations: str, space: str) -> Any:
    """Return the root of a sheet's comments part, made where it has none."""
    from lxml import etree

    kind = f"{relations}/comments"
    found = changes.related(sheet, kind)
    if found is not None:
        return changes.tree(found[1])
    root = etree.Element(f"{space}comments", nsmap={None: space.strip("{}")})
    etree.SubElement(root, f"{space}authors")
    etree.SubElement(root, f"{space}commentList")
    name = changes.free_name("xl/comments{}.xml")
    changes.add(name, root, f"{_SHEET_TYPE}comments+xml")
    changes.relate(sheet, kind, name)
    return root


def _say(comments: Any, comment: Any, cell: str, notes: Sequence[str]) -> None:
    """Write notes into a cell's comment, a new one where it has none."""
    from lxml import etree

    space = comments.tag.rpartition("}")[0] + "}"
    text = "\n".join(map(printable, notes))
    if comment is None:
        authors, listed = (children(comments, name)[0] for name in ("authors", "commentList"))
        names = [author.text for author in authors]
        if AUTHOR not in names:
            etree.SubElement(authors, f"{space}author").text = AUTHOR
            names.append(AUTHOR)
        said = {"ref": cell, "authorId": str(names.index(AUTHOR))}
        holder = etree.SubElement(etree.SubElement(listed, f"{space}comment", said), f"{space}text")
    else:
        holder, text = children(comment, "text")[0], "\n" + text
    run = etree.Element(f"{space}r")
    written = etree.SubElement(run, f"{space}t")
    written.text = text
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    last = max((at for at, one in enumerate(holder) if local(one) in ("t", "r")), default=-1)
    holder.insert(last + 1, run)


def _draw(
    changes: Changes, sheet: str, root: Any, relations: str, notes: Mapping[str, Sequence[str]]
) -> None:
    """Add the boxes in which comments open to the sheet's drawing, made where it has none."""
    from lxml import etree

    if not notes:
        return
    kind = f"{relations}/vmlDrawing"
    pointer = next(iter(children(root, "legacyDrawing")), None)
    found = changes.related(sheet, kind, pointer.get(f"{{{relations}}}id")) if pointer is not None else None
    if found is None:
        name = changes.free_name("xl/drawings/vmlDrawing{}.vml")
        changes.declare_suffix("vml", _VML_TYPE)
        content = _DRAWING
        key = changes.relate(sheet, kind, name)
        if pointer is None:
            pointer = etree.Element(f"{root.tag.rpartition('}')[0]}}}legacyDrawing")
            behind = next((at for at, one in enumerate(root) if local(one) in _BEHIND), len(root))
            root.insert(behind, pointer)
        pointer.set(f"{{{relations}}}id", key)
    else:
        name = found[1]
        content = changes.content(name)
    first = max(map(int, re.findall(rb"_x0000_s(\d+)", content)), default=_first_id(sheet)) + 1
    shapes = ("" if _KIND.encode() in content else _KIND) + "".join(
        _shape(first + number, cell, said, root) for number, (cell, said) in enumerate(notes.items())
    )
    before, _, after = content.rpartition(b"</xml>")
    changes.write(name, before + shapes.encode() + b"</xml>" + after)


def _first_id(sheet: str) -> int:
    """Return a number for a sheet's first box that no other sheet's drawing has."""
    return 1024 * (900 + int("0" + "".join(filter(str.isdecimal, sheet.rpartition("/")[2]))[:4]))


def _shape(number: int, cell: str, notes: Sequence[str], sheet: Any) -> str:
    row, column = position(cell) or (0, 0)
    end = _end_column(sheet, column + 1)
    lines = min(_MOST_LINES, sum(1 + len(note) // _PER_LINE for note in notes) + 1)
    return (
        f'<v:shape {_NAMESPACES} id="_x0000_s{number}" type="#_x0000_t202_budgetlint"'
        f' style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{column + 1}, 12, {row}, 4, {end}, 12, {row + lines}, 4</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _end_column(sheet: Any, first: int) -> int:
    """Return the 0-based column in which a note ends that begins in another: some columns are wide, some narrow."""
    said = [
        (int(one.get("min") or 0) - 1, int(one.get("max") or 0) - 1, float(one.get("width") or _COLUMN))
        for holder in children(sheet, "cols")
        for one in holder
        if one.get("hidden") not in ("1", "true")
    ]
    left, column = _WIDE, first
    while left > 0 and column < first + 10:
        left -= next((width for start, end, width in said if start <= column <= end), _COLUMN)
        column += 1
    return column
