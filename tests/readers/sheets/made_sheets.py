"""Workbooks made for the tests: sheets with whatever parts and settings they need."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from budgetlint.document import GridBlock, ParagraphBlock, Source

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def cell(at: str, value: str | float, style: int = 0, formula: str = "") -> str:
    """Return a cell: a text as an inline string, a number with a style."""
    if isinstance(value, str) and not formula:
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    code = f"<f>{escape(formula)}</f>" if formula else ""
    return f'<c r="{at}" s="{style}">{code}<v>{value}</v></c>'


def rows(*held: Sequence[str], first: int = 1, attributes: dict[int, str] | None = None) -> str:
    """Return rows of cells; ``attributes`` of a row by its number."""
    written = (
        f'<row r="{number}" {(attributes or {}).get(number, "")}>{"".join(one)}</row>'
        for number, one in enumerate(held, first)
    )
    return "".join(written)


def sheet(data: str, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def book(
    *sheets: str,
    more: dict[str, str | bytes] | None = None,
    settings: str = "",
    forms: Sequence[str] = ("#,##0.00",),
) -> bytes:
    """Return a workbook: style 0 is General, style n+1 the n-th of ``forms``."""
    names = "".join(f'<sheet name="表{at}" sheetId="{at}" r:id="r{at}"/>' for at in range(1, len(sheets) + 1))
    related = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    own = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode="{escape(form, {chr(34): "&quot;"})}"/>'
        for at, form in enumerate(forms)
    )
    styles = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(forms)))
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="d" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets>{settings}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{related}<Relationship Id="s" '
        f'Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts><cellXfs><xf numFmtId="0"/>{styles}'
        "</cellXfs></styleSheet>",
        **{f"xl/worksheets/sheet{at}.xml": content for at, content in enumerate(sheets, 1)},
        **(more or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def without(data: bytes, *names: str) -> bytes:
    """Return a package without some of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            if name not in names:
                target.writestr(name, source.read(name))
    return stream.getvalue()


def with_part(data: bytes, name: str, content: str) -> bytes:
    """Return a package with another content of a part."""
    stream = io.BytesIO(without(data, name))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def relations(**targets: tuple[str, str]) -> str:
    """Return a part of relations: (kind, target) by id."""
    held = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{held}</Relationships>'


def cells(source: Source) -> list[list[list[str]]]:
    return [
        [[one.text for one in row] for row in block.rows]
        for block in source.blocks
        if isinstance(block, GridBlock)
    ]


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, ParagraphBlock)]


def unread(source: Source) -> list[tuple[str, str]]:
    """Return the id and the part (or the cell) of all that was not read."""
    facts = [(notice.id, dict(notice.facts)) for notice in source.notices if notice.unread]
    return [(id, said.get("part") or said.get("cell", "")) for id, said in facts]


def biff(*records: tuple[int, bytes], sheet: str = "表") -> bytes:
    """Return an old workbook (BIFF8 in a compound file) with one sheet that holds some records."""
    name = sheet.encode("utf-16-le")
    bounds = struct.pack("<IHBB", 0, 0, len(sheet), 1) + name
    opening = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    fonts = b"".join(
        _record(0x0031, struct.pack("<5H4BB", 200, 0, 0x7FFF, 400, 0, 0, 0, 134, 0, 1) + b"\x01A")
        for _ in range(5)
    )
    styles = b"".join(
        _record(0x00E0, struct.pack("<HHH", 0, form, 0xFFF5 if at < 15 else 1) + bytes(14))
        for at, form in enumerate([0] * 16 + [4])
    )
    place = len(opening) + len(fonts) + len(styles)
    start = place + 4 + len(bounds) + 4
    bounds = struct.pack("<I", start) + bounds[4:]
    stream = opening + fonts + styles + _record(0x0085, bounds) + _record(0x000A, b"")
    stream += _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    stream += b"".join(_record(kind, body) for kind, body in records) + _record(0x000A, b"")
    return _compound(stream)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound(stream: bytes) -> bytes:
    """Wrap a workbook stream: one sector of allocation table, one of directory, then the stream."""
    stream = stream.ljust(4096, b"\x00")
    count = -(-len(stream) // 512)
    stream = stream.ljust(count * 512, b"\x00")
    chain = [*range(3, count + 2), 0xFFFFFFFE]
    table = [0xFFFFFFFD, 0xFFFFFFFE, *chain]
    assert len(table) <= 128
    table += [0xFFFFFFFF] * (128 - len(table))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(10)
    )
    header += (
        struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
        + struct.pack("<I", 0xFFFFFFFF) * 108
    )

    def entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
        raw = (name + "\0").encode("utf-16-le")
        links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<H", len(raw))
            + links
            + bytes(36)
            + struct.pack("<III", start, size, 0)
        )

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry("Workbook", 2, 2, len(stream), 0xFFFFFFFF)
    return header + struct.pack("<128I", *table) + directory.ljust(512, b"\0") + stream
