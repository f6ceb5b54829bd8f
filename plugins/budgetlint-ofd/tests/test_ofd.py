"""An OFD file reads into the same paragraphs and tables as any other format; broken ones are refused by name."""

from __future__ import annotations

import io
import zipfile
from html import escape

import pytest
from budgetlint_ofd import register_readers
from budgetlint_ofd.drawing import deltas

from budgetlint.document import GridBlock, ReadError

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 4.0


def text(words: str, x: float, y: float) -> str:
    steps = " ".join(str(SIZE / 2 if char.isascii() else SIZE) for char in words[:-1])
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 100 {SIZE}" Font="1" Size="{SIZE}">'
        f'<ofd:TextCode X="0" Y="{SIZE * 0.88}" DeltaX="{steps}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    box = f"{x0} {y0} {max(x1 - x0, 0.1)} {max(y1 - y0, 0.1)}"
    data = f"M 0 0 L {x1 - x0} {y1 - y0}"
    return f'<ofd:PathObject ID="2" Boundary="{box}"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def ofd(*pages: str, head: str = "") -> bytes:
    parts = {
        "OFD.xml": f"{head}<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for number, page in enumerate(pages):
        content = f"<ofd:Content><ofd:Layer ID='9'>{page}</ofd:Layer></ofd:Content>"
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = f"<ofd:Page {NAMESPACE}>{content}</ofd:Page>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return stream.getvalue()


def table(rows: list[list[str]], top: float) -> str:
    xs = [20.0, 90.0, 150.0]
    ys = [top + 8 * at for at in range(len(rows) + 1)]
    rules = [line(xs[0], y, xs[-1], y) for y in ys] + [line(x, ys[0], x, ys[-1]) for x in xs]
    words = [
        text(cell, xs[c] + 2, ys[r] + 2) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell
    ]
    return "".join(rules + words)


(READER,) = register_readers()


def test_text_and_tables_are_read_and_a_cut_table_is_one() -> None:
    first = text("部门收支总表", 80, 20) + table([["项目", "预算数"], ["一、财政拨款收入", "1,234.50"]], 40)
    second = table([["收入总计", "1,234.50"]], 20)
    source = READER.read("示例.ofd", ofd(first, second))
    title, grid = source.blocks
    assert not isinstance(title, GridBlock) and title.text == "部门收支总表"
    assert isinstance(grid, GridBlock) and grid.breaks == (2,)
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["项目", "预算数"],
        ["一、财政拨款收入", "1,234.50"],
        ["收入总计", "1,234.50"],
    ]
    place = grid.rows[2][1].place
    assert place.page == 2 and place.box is not None
    assert [round(edge) for edge in place.box] == [255, 763, 425, 785]


def test_page_of_a_picture_is_unread() -> None:
    picture = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="1"/>'
    (notice,) = READER.read("扫描.ofd", ofd(picture)).notices
    assert notice.unread and notice.place.page == 1


def test_repeated_steps_are_unfolded() -> None:
    assert deltas("1 g 3 2.5 4", 5) == [1.0, 2.5, 2.5, 2.5, 4.0]
    assert len(deltas("g 2000000000 1", 5)) == 5
    assert deltas("1 2", 4) == [1.0, 2.0, 2.0, 2.0] and deltas("3 g 1 2", 4) == [3.0, 2.0, 2.0, 2.0]
    assert deltas("", 3) == []


@pytest.mark.parametrize(
    ("data", "id"),
    [
        (ofd(table([["甲", "1"]], 20))[:300], "BL904"),
        (ofd("", head="<!DOCTYPE a [<!ENTITY b 'c'>]>"), "BL908"),
    ],
)
def test_broken_files_are_refused_by_name(data: bytes, id: str) -> None:
    assert READER.sniff(data) == 1.0
    with pytest.raises(ReadError) as caught:
        READER.read("坏.ofd", data)
    assert caught.value.id == id
