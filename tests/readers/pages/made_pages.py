"""Pages of pdf made for the tests: content streams over the fonts that every reader of pdf must know."""

from __future__ import annotations

import io
from typing import Any

pikepdf = __import__("pytest").importorskip("pikepdf")


def song(document: Any) -> Any:
    """Return a Chinese font that is not in the file; its codes are UTF-16."""
    name = pikepdf.Name
    descriptor = pikepdf.Dictionary(
        Type=name.FontDescriptor, FontName=name("/STSong-Light"), Flags=6, FontBBox=[-25, -254, 1000, 880],
        ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=880, StemV=93,
    )  # fmt: skip
    inner = pikepdf.Dictionary(
        Type=name.Font, Subtype=name.CIDFontType0, BaseFont=name("/STSong-Light"), FontDescriptor=descriptor,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=4), DW=1000,
        W=[1, pikepdf.Array([500] * 95)],
    )  # fmt: skip
    return document.make_indirect(
        pikepdf.Dictionary(
            Type=name.Font, Subtype=name.Type0, BaseFont=name("/STSong-Light"), Encoding=name("/UniGB-UCS2-H"),
            DescendantFonts=pikepdf.Array([document.make_indirect(inner)]),
        )
    )  # fmt: skip


def without_ink(document: Any, text: str) -> Any:
    """Return a font whose glyphs are empty: code 1 is the first character of the text, and so on."""
    name = pikepdf.Name
    codes = [f"/g{code}" for code in range(1, len(text) + 1)]
    empty = document.make_indirect(pikepdf.Stream(document, b"1000 0 0 0 0 0 d1"))
    pairs = "".join(f"<{code:02x}> <{ord(char):04x}>\n" for code, char in enumerate(text, 1))
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange {len(text)} beginbfchar\n{pairs}endbfchar endcmap end end"
    )
    return document.make_indirect(
        pikepdf.Dictionary(
            Type=name.Font, Subtype=name.Type3, FontBBox=[0, 0, 0, 0], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=pikepdf.Dictionary({code: empty for code in codes}), FirstChar=1, LastChar=len(text),
            Widths=pikepdf.Array([1000] * len(text)),
            Encoding=pikepdf.Dictionary(Type=name.Encoding, Differences=[1, *map(name, codes)]),
            ToUnicode=pikepdf.Stream(document, to_unicode.encode()),
        )
    )  # fmt: skip


def shown(text: str, left: float, bottom: float, size: float = 10, font: str = "F1") -> str:
    """Return the operators that print a text in the font of :func:`song`."""
    return f"BT /{font} {size} Tf {left} {bottom} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def ruled(xs: list[float], ys: list[float]) -> str:
    """Return the operators that draw the rules of a table."""
    across = [f"{xs[0]} {y} m {xs[-1]} {y} l S\n" for y in ys]
    return "0.5 w\n" + "".join(across + [f"{x} {ys[0]} m {x} {ys[-1]} l S\n" for x in xs])


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def page_with(document: Any, content: str, size: tuple[float, float] = (600, 800), **fonts: Any) -> Any:
    """Add a page that shows some content; F1 is the Chinese font."""
    page = document.add_blank_page(page_size=size)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary({"/F1": song(document)}))
    for key, font in fonts.items():
        page.Resources.Font[f"/{key}"] = font
    page.Contents = pikepdf.Stream(document, content.encode())
    return page
