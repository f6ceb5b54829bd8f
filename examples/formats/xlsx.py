"""Writes a document as a workbook: every table on a sheet of its own, the text between them on sheets, too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from examples.formats.items import Cell, Item, Table
from examples.formats.packages import package

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_AMOUNT = re.compile(r"-?\d+\.\d\d")
_PLAIN, _FRAMED, _MONEY = 0, 1, 2
_EDGES = "".join(f'<{edge} style="thin"/>' for edge in ("left", "right", "top", "bottom"))
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="SimSun"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    f'<borders count="2"><border/><border>{_EDGES}</border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf borderId="1" applyBorder="1"/><xf numFmtId="2" borderId="1" applyNumberFormat="1" applyBorder="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write(items: Sequence[Item]) -> bytes:
    """Return the workbook."""
    sheets = dict(_sheets(items))
    numbers = range(1, len(sheets) + 1)
    relation = '<Relationship Id="rId{n}" Type="{type}" Target="{target}"/>'
    relations = [
        relation.format(n=n, type=f"{_OFFICE}/worksheet", target=f"worksheets/sheet{n}.xml") for n in numbers
    ]
    relations.append(relation.format(n=0, type=f"{_OFFICE}/styles", target="styles.xml"))
    overrides = [("workbook.xml", "sheet.main"), ("styles.xml", "styles")]
    overrides += [(f"worksheets/sheet{n}.xml", "worksheet") for n in numbers]
    types = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{_TYPE}.{what}+xml"/>' for name, what in overrides
    )
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, sheets, strict=True)
    )
    office = relation.format(n=1, type=f"{_OFFICE}/officeDocument", target="xl/workbook.xml")
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{types}</Types>",
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{office}</Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relations)}</Relationships>',
            "xl/styles.xml": _STYLES,
        }
        | {f"xl/worksheets/sheet{n}.xml": sheets[name] for n, name in zip(numbers, sheets, strict=True)}
    )


def _sheets(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """Yield name and content of every sheet."""
    text: list[str] = []
    number = 0
    names: set[str] = set()
    for item in [*items, None]:
        if isinstance(item, str):
            text.append(item)
            continue
        if text:
            number += 1
            yield f"正文{number}", _sheet([(Cell(line),) for line in text], frame=range(0))
            text = []
        if item is not None:
            above = [(Cell(head),) for head in item.heads]
            below = [(Cell(item.note),)] if item.note else []
            frame = range(len(above), len(above) + len(item.rows))
            yield _name(item, names), _sheet([*above, *item.rows, *below], frame)


def _name(table: Table, names: set[str]) -> str:
    """Return a name for a table's sheet that no other sheet has."""
    title = re.sub(r"[\[\]:*?/\\]", "", table.heads[0] if table.heads else "表")
    tails = ("", *(f" ({number})" for number in range(2, 1000)))
    name = next(name for tail in tails if (name := title[: 31 - len(tail)] + tail) not in names)
    names.add(name)
    return name


def _letters(column: int) -> str:
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


def _sheet(rows: Sequence[Sequence[Cell | None]], frame: range) -> str:
    lines, merged = [], []
    for at, row in enumerate(rows):
        cells = []
        for column, cell in enumerate(row):
            name = f"{_letters(column)}{at + 1}"
            if cell is None:
                cells.append(f'<c r="{name}" s="{_FRAMED}"/>')
                continue
            if cell.rows > 1 or cell.columns > 1:
                merged.append(f"{name}:{_letters(column + cell.columns - 1)}{at + cell.rows}")
            cells.append(_cell(name, cell.text, at in frame))
        lines.append(f'<row r="{at + 1}">{"".join(cells)}</row>')
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    merges = f'<mergeCells count="{len(merged)}">{merges}</mergeCells>' if merged else ""
    widths = '<cols><col min="1" max="1" width="28" customWidth="1"/><col min="2" max="16" width="18" customWidth="1"/></cols>'
    return f'<worksheet xmlns="{_MAIN}">{widths}<sheetData>{"".join(lines)}</sheetData>{merges}</worksheet>'


def _cell(name: str, text: str, framed: bool) -> str:
    if framed and _AMOUNT.fullmatch(text):
        return f'<c r="{name}" s="{_MONEY}"><v>{text}</v></c>'
    style = _FRAMED if framed else _PLAIN
    if not text:
        return f'<c r="{name}" s="{style}"/>'
    return f'<c r="{name}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
