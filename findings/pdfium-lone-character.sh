#!/bin/sh
# pypdfium2 5.0.0 (PDFium 143): the text of a page lacks a text object whose one glyph has no ink.
# One would guess: text extraction gives every character a content stream prints, whatever fonts the machine has.
# Seen: a lone character of a font whose glyph is empty (a Chinese font neither in the file nor installed, the empty font
# behind a scan) is left out, while two such characters side by side are both there.
# Exits non-zero where that is no longer so.
set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet pypdfium2==5.0.0 pikepdf==10.0.2
"$folder/env/bin/python" - <<'PYTHON'
import io
import pikepdf
import pypdfium2

name = pikepdf.Name
document = pikepdf.new()
empty = document.make_indirect(pikepdf.Stream(document, b"1000 0 0 0 0 0 d1"))
unicode = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def "
    b"1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfchar <01> <652f> <02> <51fa> endbfchar endcmap end end"
)
font = pikepdf.Dictionary(
    Type=name.Font, Subtype=name.Type3, FontBBox=[0, 0, 0, 0], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
    CharProcs=pikepdf.Dictionary({"/a": empty, "/b": empty}), FirstChar=1, LastChar=2, Widths=[1000, 1000],
    Encoding=pikepdf.Dictionary(Type=name.Encoding, Differences=[1, name("/a"), name("/b")]),
    ToUnicode=pikepdf.Stream(document, unicode),
)
page = document.add_blank_page(page_size=(300, 300))
page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=document.make_indirect(font)))
page.Contents = pikepdf.Stream(document, b"BT /F 10 Tf 20 200 Td <0102> Tj ET BT /F 10 Tf 20 100 Td <02> Tj ET")
stream = io.BytesIO()
document.save(stream)
text = pypdfium2.PdfDocument(stream.getvalue())[0].get_textpage().get_text_bounded()
print("pypdfium2", pypdfium2.PYPDFIUM_INFO, "PDFium", pypdfium2.PDFIUM_INFO)
print("printed: 支出 and 出; extracted:", repr(text))
raise SystemExit(0 if text.count("出") == 1 and "支" in text else 1)
PYTHON
