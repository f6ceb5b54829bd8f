"""Writes a document as a Word file: headings with outline levels, bordered tables with merged headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from examples.formats.items import Item, Table
from examples.formats.layout import column_widths
from examples.formats.packages import package

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
#: In twentieths of a point: the width of the text on a page of A4, and the margins.
WIDTH, _MARGIN = 9006, 1450
#: Columns are measured for text of this size, larger than it is: which font is at hand is not known here.
_ROOMY = 11.0
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_INSET = '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
_LEVELS = ((0, re.compile(r"第.部分 ")), (1, re.compile(r"[一二三四五六七八九十]+、[^：。]{2,30}$")))


def write(items: Sequence[Item], width: int = WIDTH) -> bytes:
    """Return the file; ``width`` is that of the text, in twentieths of a point."""
    body = []
    for number, item in enumerate(items, 1):
        if isinstance(item, Table):
            body.append(_table(item, width))
        else:
            # What comes again later is a line of the contents, not the heading.
            body.append(_paragraph(item, level=None if item in items[number:] else _level(item)))
    page = (
        f'<w:sectPr><w:pgSz w:w="{width + 2 * _MARGIN}" w:h="16838"/><w:pgMar w:top="1440" w:right="{_MARGIN}" '
        f'w:bottom="1440" w:left="{_MARGIN}" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
    )
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}{page}</w:body></w:document>',
        }
    )


def _level(text: str) -> int | None:
    return next((level for level, pattern in _LEVELS if pattern.match(text)), None)


def _paragraph(text: str, level: int | None = None, align: str = "left", size: int = 21) -> str:
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    bold = "<w:b/>" if level is not None else ""
    fonts = '<w:rFonts w:ascii="SimSun" w:hAnsi="SimSun" w:eastAsia="SimSun"/>'
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    run = f'<w:r><w:rPr>{fonts}{bold}<w:sz w:val="{size}"/></w:rPr>{"<w:br/>".join(lines)}</w:r>'
    return f'<w:p><w:pPr><w:jc w:val="{align}"/>{outline}</w:pPr>{run if text else ""}</w:p>'


def _table(table: Table, room: int) -> str:
    above = [
        _paragraph(head, align="left" if number else "center") for number, head in enumerate(table.heads)
    ]
    below = [_paragraph(table.note)] if table.note else []
    widths = [round(width * 20) for width in column_widths(table, room / 20, _ROOMY)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(f"<w:tr>{_row(table, number, widths)}</w:tr>" for number in range(len(table.rows)))
    properties = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>{_INSET}'
    drawn = f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    return "".join([*above, drawn, *below, _paragraph("")])


def _row(table: Table, number: int, widths: Sequence[int]) -> str:
    """Return the cells of a row; a cell merged downwards is told again in the rows below."""
    cells = []
    for column, cell in enumerate(table.rows[number]):
        if cell is not None:
            merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
        else:
            cell = next(
                (
                    above
                    for up in range(1, number + 1)
                    if (above := table.rows[number - up][column]) and above.rows > up
                ),
                None,
            )
            if cell is None:
                continue
            merge = "<w:vMerge/>"
        text = "" if merge == "<w:vMerge/>" else cell.text
        align = "right" if text.replace(".", "").isdigit() and "." in text else "left"
        width = f'<w:tcW w:w="{sum(widths[column : column + cell.columns])}" w:type="dxa"/><w:gridSpan w:val="{cell.columns}"/>'
        cells.append(f"<w:tc><w:tcPr>{width}{merge}</w:tcPr>{_paragraph(text, align=align, size=16)}</w:tc>")
    return "".join(cells)
