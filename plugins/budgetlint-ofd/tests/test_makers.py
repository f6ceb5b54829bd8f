"""OFD as its makers write it: short steps, composites, turned tables, watermarks, glyphs without text, several documents."""

from __future__ import annotations

import io
import zipfile
from html import escape

import pytest
from budgetlint_ofd import register_readers

from budgetlint import Source
from budgetlint.document import GridBlock, ParagraphBlock

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
(READER,) = register_readers()


def code(words: str, more: str = 'X="0" Y="3.5" DeltaX="4"') -> str:
    return f"<ofd:TextCode {more}>{escape(words)}</ofd:TextCode>"


def text(words: str, x: float, y: float, more: str = "", codes: str = "", size: float = 4) -> str:
    """A text whose one step holds for all characters."""
    step = size / 2 if words.isascii() else size
    held = codes or code(words, f'X="0" Y="{size * 0.88}" DeltaX="{step}"')
    return f'<ofd:TextObject ID="1" Boundary="{x} {y} 100 {size}" Font="1" Size="{size}" {more}>{held}</ofd:TextObject>'


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    data = f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="2" Boundary="{x0} {y0} {max(x1 - x0, 0.1)} {max(y1 - y0, 0.1)}">{data}</ofd:PathObject>'


def table(rows: list[list[str]], left: float, top: float) -> str:
    xs = [left, left + 50, left + 80]
    ys = [top + 8 * at for at in range(len(rows) + 1)]
    rules = [line(xs[0], y, xs[-1], y) for y in ys] + [line(x, ys[0], x, ys[-1]) for x in xs]
    words = [text(cell, xs[c] + 2, ys[r] + 2) for r, row in enumerate(rows) for c, cell in enumerate(row)]
    return "".join(rules + words)


ROWS = [["项目", "合计"], ["教育支出", "120.00"]]


def packed(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def document(
    folder: str, *pages: str, common: str = "", more: str = "", case: str = "Pages"
) -> dict[str, str]:
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    held = f"<ofd:CommonData>{area}{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{more}"
    parts = {f"{folder}/Document.xml": f"<ofd:Document {NAMESPACE}>{held}</ofd:Document>"}
    for number, content in enumerate(pages):
        page = f"<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer ID='9'>{content}</ofd:Layer></ofd:Content></ofd:Page>"
        parts[f"{folder}/{case}/Page_{number}/Content.xml"] = page
    return parts


def entry(*folders: str) -> dict[str, str]:
    bodies = "".join(
        f"<ofd:DocBody><ofd:DocRoot>{name}/Document.xml</ofd:DocRoot></ofd:DocBody>" for name in folders
    )
    return {"OFD.xml": f"<ofd:OFD {NAMESPACE}>{bodies}</ofd:OFD>"}


def read(*pages: str, parts: dict[str, str] | None = None, **more: str) -> Source:
    return READER.read(
        "文.ofd", packed({**entry("Doc_0"), **document("Doc_0", *pages, **more), **(parts or {})})
    )


def cells(source: Source) -> list[list[str]]:
    return [
        [cell.text for cell in row]
        for block in source.blocks
        if isinstance(block, GridBlock)
        for row in block.rows
    ]


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, ParagraphBlock)]


def test_one_step_holds_for_all_characters_and_a_code_without_place_begins_where_the_last_did() -> None:
    source = read(table(ROWS, 20, 40))
    assert cells(source) == ROWS and not source.notices
    two = code("教育", 'X="8" Y="3.5" DeltaX="4"') + code("支出", 'Y="9.5" DeltaX="g 1 4"')
    assert texts(read(text("", 20, 20, codes=two))) == ["教育支出"] or texts(
        read(text("", 20, 20, codes=two))
    ) == ["教育", "支出"]
    assert texts(read(text("", 20, 20, codes=code("部门预算", 'X="0" Y="3.5"')))) == ["部门预算"]


@pytest.mark.parametrize("matrix", ["", 'CTM="0.5 0 0 0.5 0 0"'])
def test_composites_draw_what_their_units_hold(matrix: str) -> None:
    unit = f'<ofd:CompositeGraphicUnit ID="70"><ofd:Content>{table(ROWS, 0, 0)}</ofd:Content></ofd:CompositeGraphicUnit>'
    resources = (
        f"<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    )
    drawn = f'<ofd:CompositeObject ID="3" Boundary="20 40 160 40" ResourceID="70" {matrix}/>'
    source = read(drawn, common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", parts={"Doc_0/Res.xml": resources})
    assert cells(source) == ROWS
    (grid,) = source.blocks
    assert grid.rows[0][0].place.box is not None
    assert round(grid.rows[0][0].place.box[0] / 72 * 25.4) == 20


def test_parts_are_found_whatever_their_case_and_a_page_that_is_not_there_is_named() -> None:
    assert (
        cells(
            READER.read(
                "文.ofd", packed({**entry("DOC_0"), **document("Doc_0", table(ROWS, 20, 40), case="pages")})
            )
        )
        == ROWS
    )
    parts = {**entry("Doc_0"), **document("Doc_0", table(ROWS, 20, 40), "")}
    del parts["Doc_0/Pages/Page_1/Content.xml"]
    (notice,) = READER.read("文.ofd", packed(parts)).notices
    assert (notice.id, notice.unread, notice.place.page) == ("BL112", True, 2)


def test_every_document_of_a_package_is_read() -> None:
    parts = {
        **entry("Doc_0", "Doc_1"),
        **document("Doc_0", text("甲部门", 20, 20)),
        **document("Doc_1", text("乙部门", 20, 20)),
    }
    source = READER.read("文.ofd", packed(parts))
    assert texts(source) == ["甲部门", "乙部门"] and [block.place.page for block in source.blocks] == [1, 2]


@pytest.mark.parametrize("matrix", ["0 1 -1 0 200 0", "0 -1 1 0 0 200", "-1 0 0 -1 200 200"])
def test_a_page_whose_table_is_turned_is_turned_back(matrix: str) -> None:
    block = f'<ofd:CompositeObject ID="3" Boundary="0 0 200 200" ResourceID="70" CTM="{matrix}"/>'
    unit = f'<ofd:CompositeGraphicUnit ID="70"><ofd:Content>{table(ROWS, 20, 40)}</ofd:Content></ofd:CompositeGraphicUnit>'
    resources = (
        f"<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    )
    source = read(
        block, common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>", parts={"Doc_0/Res.xml": resources}
    )
    assert cells(source) == ROWS


def test_slanted_text_is_a_watermark_and_a_turned_cell_is_read() -> None:
    mark = "".join(
        text("内部资料", 20 + 60 * at, 30 + 20 * at, 'CTM="0.8 -0.6 0.6 0.8 0 0"', size=9) for at in range(2)
    )
    source = read(table(ROWS, 20, 40) + mark)
    assert cells(source) == ROWS and not texts(source)
    frame = (
        [line(20, y, 60, y) for y in (40, 80)]
        + [line(x, 40, x, 80) for x in (20, 35, 60)]
        + [line(35, 60, 60, 60)]
    )
    inside = text("1.00", 38, 48) + text("2.00", 38, 68) + text("支出", 24, 64, 'CTM="0 -1 1 0 0 0"')
    assert cells(read("".join(frame) + inside + text("说明文字", 20, 20))) == [["支出", "1.00"], ["", "2.00"]]


def test_glyphs_without_characters_are_said_and_ligatures_are_not() -> None:
    def drawn(words: str, glyphs: str, count: int) -> str:
        transform = f'<ofd:CGTransform CodePosition="0" CodeCount="{count}" GlyphCount="{count}"><ofd:Glyphs>{glyphs}</ofd:Glyphs></ofd:CGTransform>'
        return text("", 20, 20, codes=transform + code(words))

    for page in (drawn("¤¤¤¤", "11 12 13 14", 4), drawn("口口口口", "11 12 13 14", 4)):
        (notice,) = read(page).notices
        assert notice.id == "BL109" and notice.unread and notice.place.page == 1
    sound = read(drawn("部门预算", "11 12 13 14", 4))
    assert texts(sound) == ["部门预算"] and not sound.notices


def annotations(kind: str, visible: str = "true") -> dict[str, str]:
    listed = f'<ofd:Annotations {NAMESPACE}><ofd:Page PageID="0"><ofd:FileLoc>A.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    shown = f'<ofd:Appearance Boundary="20 100 100 20">{text("已审核", 0, 0)}</ofd:Appearance>'
    held = f'<ofd:PageAnnot {NAMESPACE}><ofd:Annot ID="5" Type="{kind}" Visible="{visible}">{shown}</ofd:Annot></ofd:PageAnnot>'
    return {"Doc_0/Annots/Annotations.xml": listed, "Doc_0/Annots/A.xml": held}


def test_templates_and_annotations_are_drawn_with_the_page() -> None:
    more = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
    assert texts(read(text("正文", 20, 20), more=more, parts=annotations("Stamp"))) == ["正文", "已审核"]
    for kind, visible in (("Watermark", "true"), ("Stamp", "false")):
        assert texts(read(text("正文", 20, 20), more=more, parts=annotations(kind, visible))) == ["正文"]


@pytest.mark.parametrize(
    "steps",
    ["4", "4 4 4", "g 3 4", "4 g 2 4", "g 2 4 4", "g 9 4", "g 1 4 g 2 4", "4.0 4.00 4e0", "g", "x 4", ""],
)
def test_steps_are_repeated_in_every_form_their_makers_write(steps: str) -> None:
    made = text("", 20, 20, codes=code("部门预算", f'X="0" Y="3.5" DeltaX="{steps}"'))
    assert texts(read(made)) == ["部门预算"]


def test_steps_downwards_set_a_text_upright_in_its_cell() -> None:
    frame = [line(20, y, 60, y) for y in (40, 80)] + [line(x, 40, x, 80) for x in (20, 35, 60)]
    down = text("", 25, 44, codes=code("民生支出", 'X="0" Y="3.5" DeltaY="g 3 6"'))
    (row,) = cells(read("".join(frame) + down + text("1.00", 40, 58)))
    assert row[0].replace("\n", "") == "民生支出" and row[1] == "1.00"


def unit(key: int, content: str) -> str:
    return f'<ofd:CompositeGraphicUnit ID="{key}"><ofd:Content>{content}</ofd:Content></ofd:CompositeGraphicUnit>'


def test_composites_within_composites_are_placed_by_both_and_circles_end() -> None:
    inner = '<ofd:CompositeObject ID="4" Boundary="10 10 100 40" ResourceID="71"/>'
    around = '<ofd:CompositeObject ID="5" Boundary="0 0 9 9" ResourceID="70"/>'
    units = unit(70, inner) + unit(71, table(ROWS, 0, 0))
    resources = f"<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits>{{}}</ofd:CompositeGraphicUnits></ofd:Res>"
    drawn = '<ofd:CompositeObject ID="3" Boundary="20 40 160 60" ResourceID="70"/>'
    common = "<ofd:PublicRes>Res.xml</ofd:PublicRes>"
    source = read(drawn, common=common, parts={"Doc_0/Res.xml": resources.format(units)})
    assert cells(source) == ROWS
    box = source.blocks[0].rows[0][0].place.box
    assert box is not None and round(box[0] / 72 * 25.4) == 30
    circle = resources.format(unit(70, around + text("甲部门", 0, 0)))
    assert "甲部门" in "".join(texts(read(drawn, common=common, parts={"Doc_0/Res.xml": circle})))


@pytest.mark.parametrize("order", ["Background", "Foreground"])
def test_a_template_is_drawn_with_the_page_whatever_its_order(order: str) -> None:
    template = f"<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer ID='8'>{table(ROWS, 20, 40)}</ofd:Layer></ofd:Content></ofd:Page>"
    common = f'<ofd:TemplatePage ID="6" BaseLoc="Tpls/T.xml" ZOrder="{order}"/>'
    held = {
        **entry("Doc_0"),
        **document("Doc_0", text("说明", 20, 20), common=common),
        "Doc_0/Tpls/T.xml": template,
    }
    page = held["Doc_0/Pages/Page_0/Content.xml"]
    held["Doc_0/Pages/Page_0/Content.xml"] = page.replace(
        "<ofd:Content>", f'<ofd:Template TemplateID="6" ZOrder="{order}"/><ofd:Content>', 1
    )
    source = READER.read("文.ofd", packed(held))
    assert cells(source) == ROWS and texts(source) == ["说明"] and not source.notices
