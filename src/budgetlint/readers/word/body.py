"""Walk the body of a Word document: every paragraph and table in reading order, tables laid out with their spans."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any, TypeAlias

from budgetlint.document.text import cell_lines
from budgetlint.readers.word.text import T, printed
from budgetlint.readers.word.xml import MATH, MC, W, is_on, number_in, value

_TC_PR, _GRID_SPAN, _V_MERGE, _H_MERGE, _VAL = (
    f"{W}tcPr",
    f"{W}gridSpan",
    f"{W}vMerge",
    f"{W}hMerge",
    f"{W}val",
)
P, TBL, TR, TC, CHUNK = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}altChunk"
_STYLE = f"{W}pStyle"
#: Given a paragraph's properties, the number printed before it, which is then counted.
Number: TypeAlias = Callable[[Any], str]
_WRAPPERS = frozenset(
    {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}
    | {f"{MC}AlternateContent", f"{MC}Choice"}
)
#: What stands in a cell that is more than runs of text.
_INTRICATE = (
    *(
        f"{W}{name}"
        for name in (
            "br", "cr", "del", "drawing", "dstrike", "endnoteReference", "fldChar", "footnoteReference", "instrText", "ins",
            "lastRenderedPageBreak", "moveFrom", "moveTo", "noBreakHyphen", "numPr", "object", "pict", "ptab",
            "ruby", "sdt", "strike", "sym", "tab", "tbl", "txbxContent", "vanish",
        )
    ),
    f"{MC}AlternateContent",
    f"{MATH}oMath",
)  # fmt: skip
_UNMERGED = (1, None, None)
#: Word's own cap on columns.
MOST_COLUMNS = 63
#: Deeper nesting of tables is an attack, not a document.
DEEPEST = 12


def body_blocks(holder: Any, depth: int = 0) -> Iterator[Any]:
    """Yield the w:p, w:tbl and w:altChunk elements of a body, cell or text box.

    A table that only frames others is passed through.
    """
    for child in holder:
        if child.tag in (P, CHUNK):
            yield child
        elif child.tag == TBL:
            inner = _framed(child) if depth < DEEPEST else None
            if inner is None:
                yield child
            else:
                for cell in inner:
                    yield from body_blocks(cell, depth + 1)
        elif child.tag in _WRAPPERS:
            yield from body_blocks(child, depth)


def _framed(table: Any) -> list[Any] | None:
    """Return the cells of a table for layout (one column that holds tables), None for a table of data."""
    rows = table_rows(table)
    if any(len(row_cells(row)) != 1 for row in rows):
        return None
    cells = [row_cells(row)[0] for row in rows]
    return cells if any(cell.find(TBL) is not None for cell in cells) else None


def table_rows(table: Any) -> list[Any]:
    """Return the rows of a table, deleted and hidden ones left out."""
    return [row for row in _unwrapped(table, TR) if not _deleted(row)]


def row_cells(row: Any) -> list[Any]:
    """Return the cells of a row."""
    return list(_unwrapped(row, TC))


def _unwrapped(holder: Any, tag: str) -> Iterator[Any]:
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _unwrapped(child, tag)


def _deleted(row: Any) -> bool:
    """Tell a row that is not printed: deleted, or hidden."""
    properties = row.find(f"{W}trPr")
    if properties is None:
        return False
    return properties.find(f"{W}del") is not None or is_on(properties.find(f"{W}hidden"))


def row_offset(row: Any) -> int:
    """Return how many grid columns a row leaves free before its first cell."""
    properties = row.find(f"{W}trPr")
    return _number(properties, "gridBefore", 0) if properties is not None else 0


def _merges(table: Any) -> dict[Any, tuple[int, str | None, str | None]]:
    """Return the settings of the cells of a table (and of tables inside it) that state any; most cells state none."""
    merges: dict[Any, tuple[int, str | None, str | None]] = {}
    for setting in table.iter(_GRID_SPAN, _V_MERGE, _H_MERGE):
        holder = setting.getparent()
        cell = holder.getparent() if holder.tag == _TC_PR else None
        if cell is None:
            continue
        span, vertical, horizontal = merges.get(cell, _UNMERGED)
        value = setting.get(_VAL)
        if setting.tag == _GRID_SPAN:
            span = max(1, min(MOST_COLUMNS, _integer(value, 1)))
        elif setting.tag == _V_MERGE:
            vertical = value or "continue"
        else:
            horizontal = value or "continue"
        merges[cell] = span, vertical, horizontal
    return merges


def _number(properties: Any, name: str, default: int) -> int:
    element = properties.find(f"{W}{name}")
    return _integer(element.get(_VAL), default) if element is not None else default


def _integer(value: str | None, default: int) -> int:
    number = number_in(value)
    return default if number is None else number


def table_layout(table: Any) -> list[dict[int, tuple[Any, int, int]]]:
    """Lay a table out: for each row, grid column → (cell element, row span, column span) of the cells that begin there."""
    rows: list[dict[int, tuple[Any, int, int]]] = []
    open_merges: dict[int, tuple[int, int]] = {}
    merges = _merges(table)
    for number, row in enumerate(table_rows(table)):
        cells: dict[int, tuple[Any, int, int]] = {}
        column = max(0, min(MOST_COLUMNS, row_offset(row)))
        previous: int | None = None
        for cell in row_cells(row):
            # span: grid columns; the other two: "restart", "continue" or None
            span, vertical, horizontal = merges.get(cell, _UNMERGED)
            if horizontal == "continue" and previous is not None:
                element, height, width = cells[previous]
                cells[previous] = (element, height, width + span)
            elif vertical == "continue" and column in open_merges and open_merges[column][1] == span:
                above = rows[open_merges[column][0]]
                element, _, width = above[column]
                above[column] = (element, number - open_merges[column][0] + 1, width)
                previous = None
            else:
                cells[column] = (cell, 1, span)
                previous = column
                open_merges.pop(column, None)
                if vertical == "restart":
                    open_merges[column] = (number, span)
            column += span
            if column > 4 * MOST_COLUMNS:
                break
        rows.append(cells)
    return rows


def intricate_cells(table: Any, numbered: Collection[str] = ()) -> set[Any]:
    """Return the cells of a table that hold more than paragraphs of plain text: only they need :func:`cell_text`.

    ``numbered`` are the paragraph styles that print a number.
    """
    cells: set[Any] = set()
    for element in table.iterdescendants(*_INTRICATE, *([_STYLE] if numbered else [])):
        if element.tag == _STYLE and value(element) not in numbered:
            continue
        holder = element
        while holder is not table and holder not in cells:
            if holder.tag == TC:
                cells.add(holder)
            holder = holder.getparent()
    return cells


def plain_cell_text(cell: Any) -> str:
    """Return the text of a cell that holds nothing but plain text: its paragraphs as lines."""
    lines: list[str] = []
    text = ""
    for element in cell.iter(P, T):
        if element.tag == T:
            text += element.text or ""
        elif text:
            lines.append(text)
            text = ""
    lines.append(text)
    return cell_lines(lines) if len(lines) > 1 else lines[0].rstrip()


def cell_text(cell: Any, number: Number, depth: int = 0) -> str:
    """Return the text of a cell: its paragraphs as lines; the rows of a table inside it as lines too."""
    lines: list[str] = []
    for child in cell:
        if child.tag == P:
            found = printed(child)
            lines.append(number(child.find(f"{W}pPr")) + found.text)
            lines += [cell_text(box, number, depth + 1) for box in found.boxes if depth < DEEPEST]
        elif child.tag == TBL and depth < DEEPEST:
            for row in table_rows(child):
                inside = (cell_text(inner, number, depth + 1) for inner in row_cells(row))
                lines.append(" ".join(filter(None, inside)))
        elif child.tag in _WRAPPERS:
            lines.append(cell_text(child, number, depth))
    return cell_lines(lines)
