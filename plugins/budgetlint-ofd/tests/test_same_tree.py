"""An OFD file gives the same tree as the page it could have been printed from, up to places."""

from __future__ import annotations

import io
import zipfile
from html import escape

from budgetlint_ofd import register_readers
from tests.readers.made import DOCUMENT, TableSpec, as_html
from tests.readers.test_same_tree import shape

from budgetlint.normalise import structure
from budgetlint.readers.web import html

SIZE, LEFT, RIGHT = 3.0, 20.0, 190.0


def width(char: str) -> float:
    return SIZE / 2 if char.isascii() else SIZE


def text(words: str, x: float, y: float) -> str:
    steps = " ".join(str(width(char)) for char in words[:-1])
    return (
        f'<TextObject ID="1" Boundary="{x} {y} 100 {SIZE}" Font="1" Size="{SIZE}">'
        f'<TextCode X="0" Y="{SIZE * 0.88}" DeltaX="{steps}">{escape(words)}</TextCode></TextObject>'
    )


def frame(left: float, top: float, right: float, bottom: float) -> str:
    data = f"M 0 0 L {right - left} 0 L {right - left} {bottom - top} L 0 {bottom - top} C"
    box = f"{left} {top} {right - left} {bottom - top}"
    return f'<PathObject ID="2" Boundary="{box}"><AbbreviatedData>{data}</AbbreviatedData></PathObject>'


def paragraph(words: str, top: float) -> tuple[str, float]:
    drawn, line, end = "", "", LEFT
    for char in words:
        if end + width(char) > RIGHT:
            drawn, top = drawn + text(line, LEFT, top), top + 5
            line, end = "", LEFT
        line, end = line + char, end + width(char)
    return drawn + text(line, LEFT, top), top + 7


def table(spec: TableSpec, top: float) -> tuple[str, float]:
    step = (RIGHT - LEFT) / len(spec.rows[0])
    drawn = ""
    for number, row in enumerate(spec.rows):
        for column, cell in enumerate(row):
            if cell is not None:
                x, y = LEFT + step * column, top + 6 * number
                drawn += frame(x, y, x + step * cell[2], y + 6 * cell[1])
                drawn += text(cell[0], x + 1, y + 1.5) if cell[0] else ""
    return drawn, top + 6 * len(spec.rows) + 4


def as_ofd() -> bytes:
    drawn, top = "", 20.0
    for item in DOCUMENT:
        part, top = table(item, top) if isinstance(item, TableSpec) else paragraph(item, top)
        drawn += part
    area = "<CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea></CommonData>"
    parts = {
        "OFD.xml": "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>",
        "Doc_0/Document.xml": f'<Document>{area}<Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>',
        "Doc_0/P.xml": f'<Page><Content><Layer ID="3">{drawn}</Layer></Content></Page>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_tree_is_the_same() -> None:
    (reader,) = register_readers()
    assert shape(structure(reader.read("文", as_ofd()))) == shape(
        structure(html.read("文", as_html(DOCUMENT)))
    )
