"""Writes laid-out pages as OFD, the page format of Chinese offices."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from examples.formats.items import Item
from examples.formats.layout import HEIGHT, WIDTH, Page, Style, Text, pages_of, width_of
from examples.formats.packages import package

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MILLIMETRES = 25.4 / 72


def write(items: Sequence[Item], style: Style | None = None) -> bytes:
    """Return the OFD package."""
    pages = pages_of(items, style)
    box = f"0 0 {_mm(WIDTH)} {_mm(HEIGHT)}"
    listed = "".join(
        f'<ofd:Page ID="{number + 10}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        for number in range(len(pages))
    )
    parts = {
        "OFD.xml": f'<ofd:OFD {_OFD} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>'
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData><ofd:MaxUnitID>100000</ofd:MaxUnitID>"
        f"<ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {_OFD} BaseLoc="Res"><ofd:Fonts>'
        '<ofd:Font ID="1" FontName="SimSun" FamilyName="宋体"/></ofd:Fonts></ofd:Res>',
    }
    for number, page in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(page, 1000 + 10_000 * number)
    return package(parts)


def _page(page: Page, first: int) -> str:
    drawn = "".join(_object(one, first + number) for number, one in enumerate(page.drawn, 1))
    box = f"0 0 {_mm(page.width)} {_mm(page.height)}"
    own = page.width != WIDTH or page.height != HEIGHT
    area = f"<ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>" if own else ""
    return f'<ofd:Page {_OFD}>{area}<ofd:Content><ofd:Layer ID="{first}">{drawn}</ofd:Layer></ofd:Content></ofd:Page>'


def _object(drawn: object, id: int) -> str:
    if isinstance(drawn, Text):
        top = drawn.y - drawn.size * 0.88
        box = f"{_mm(drawn.x)} {_mm(top)} {_mm(width_of(drawn.words, drawn.size))} {_mm(drawn.size)}"
        steps = " ".join(_mm(width_of(char, drawn.size)) for char in drawn.words[:-1])
        return (
            f'<ofd:TextObject ID="{id}" Boundary="{box}" Font="1" Size="{_mm(drawn.size)}">'
            f'<ofd:TextCode X="0" Y="{_mm(drawn.size * 0.88)}" DeltaX="{steps}">{escape(drawn.words)}</ofd:TextCode>'
            "</ofd:TextObject>"
        )
    width, height = _mm(drawn.width), _mm(drawn.height)
    filled = ' Fill="true" Stroke="false"' if drawn.fill else ""
    outline = f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C"
    return (
        f'<ofd:PathObject ID="{id}" Boundary="{_mm(drawn.x)} {_mm(drawn.y)} {width} {height}" LineWidth="0.18"{filled}>'
        f"<ofd:AbbreviatedData>{outline}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _mm(points: float) -> str:
    return f"{points * _MILLIMETRES:.3f}"
