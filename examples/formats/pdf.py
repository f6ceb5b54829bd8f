"""Writes laid-out pages as a pdf; its font is one of those every reader of Chinese has, so none is embedded."""

from __future__ import annotations

from collections.abc import Sequence

from examples.formats.items import Item
from examples.formats.layout import HEIGHT, WIDTH, Page, Style, Text, pages_of

_FILLS = {"dark": "0 0 0", "light": "0.85 0.9 0.95"}
_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
    " /FontDescriptor 5 0 R /DW 1000 /W [1 95 500] >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
    " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
)


def write(items: Sequence[Item], style: Style | None = None) -> bytes:
    """Return the pdf."""
    pages = pages_of(items, style)
    first = 3 + len(_FONT)
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 {WIDTH:g} {HEIGHT:g}]"
        " /Resources << /Font << /F1 3 0 R >> >> >>",
        *_FONT,
    ]
    for number, page in enumerate(pages):
        box = (
            f" /MediaBox [0 0 {page.width:g} {page.height:g}]"
            if page.width != WIDTH or page.height != HEIGHT
            else ""
        )
        objects.append(f"<< /Type /Page /Parent 2 0 R{box} /Contents {first + 2 * number + 1} 0 R >>")
        content = _content(page)
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return _file(objects)


def _content(page: Page) -> str:
    lines = ["0.5 w"]
    for drawn in page.drawn:
        if isinstance(drawn, Text):
            words = drawn.words.encode("utf-16-be").hex()
            lines.append(
                f"BT /F1 {drawn.size:g} Tf {drawn.x:.2f} {page.height - drawn.y:.2f} Td <{words}> Tj ET"
            )
        else:
            bottom = page.height - drawn.y - drawn.height
            box = f"{drawn.x:.2f} {bottom:.2f} {drawn.width:.2f} {drawn.height:.2f} re"
            lines.append(f"q {_FILLS[drawn.fill]} rg {box} f Q" if drawn.fill else f"{box} S")
    return "\n".join(lines)


def _file(objects: Sequence[str]) -> bytes:
    """Return a file of numbered objects with the table of where each begins."""
    data = b"%PDF-1.4\n"
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")
