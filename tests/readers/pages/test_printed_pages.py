"""A pdf page is read as it is printed: crop box, layers, form fields, turned text, fonts without characters, damage."""

from __future__ import annotations

import io
from typing import Any

import pytest
from tests.readers.pages.made_pages import page_with, pikepdf, ruled, saved, shown, song

from budgetlint.document import GridBlock, ParagraphBlock, Source
from budgetlint.readers.pages.pdf import READER
from budgetlint.readers.pages.turning import laid_flat

XS, YS = [100.0, 200, 300], [600.0, 620, 640]
FRAME = ruled(XS, YS) + shown("项目", 105, 625) + shown("合计", 205, 625) + shown("甲", 105, 605)


def cells(source: Source) -> list[list[str]]:
    return [
        [cell.text for cell in row]
        for block in source.blocks
        if isinstance(block, GridBlock)
        for row in block.rows
    ]


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, ParagraphBlock)]


def test_only_what_lies_in_the_crop_box_is_read() -> None:
    document = pikepdf.new()
    content = (
        FRAME
        + shown("1.00", 205, 605)
        + ruled([700, 800, 900], YS)
        + shown("外", 705, 625)
        + shown("页外", 700, 700)
    )
    page_with(document, content, (1200, 800)).CropBox = [0, 0, 600, 800]
    page_with(document, shown("页边", 500, 100) + shown("内", 700, 700), (1200, 800)).CropBox = [
        600,
        0,
        1200,
        800,
    ]
    source = READER.read("页.pdf", saved(document))
    assert cells(source) == [["项目", "合计"], ["甲", "1.00"]] and texts(source) == ["内"]


def layered(config: dict[str, Any]) -> tuple[Any, Any, Any]:
    """A page whose table has one figure on one layer and another on the other."""
    document = pikepdf.new()
    groups = [
        document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=name)) for name in ("旧", "新")
    ]
    content = FRAME + "".join(
        f"/OC /L{at} BDC {shown(text, 205, 605)} EMC\n" for at, text in enumerate(("999.00", "1.00"))
    )
    page = page_with(document, content)
    page.Resources.Properties = pikepdf.Dictionary({f"/L{at}": group for at, group in enumerate(groups)})
    document.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array(groups), D=pikepdf.Dictionary(config))
    return document, page, groups


def test_layers_that_are_off_are_not_read() -> None:
    document, _, groups = layered({})
    document.Root.OCProperties.D.OFF = pikepdf.Array([groups[0]])
    assert cells(READER.read("页.pdf", saved(document)))[1] == ["甲", "1.00"]
    all_off, _, groups = layered({"/BaseState": pikepdf.Name.OFF})
    all_off.Root.OCProperties.D.ON = pikepdf.Array([groups[1]])
    assert cells(READER.read("页.pdf", saved(all_off)))[1] == ["甲", "1.00"]


def test_a_form_and_a_membership_of_a_layer_that_is_off_are_not_read() -> None:
    document, page, groups = layered({})
    document.Root.OCProperties.D.OFF = pikepdf.Array([groups[0]])
    member = pikepdf.Dictionary(Type=pikepdf.Name.OCMD, OCGs=pikepdf.Array([groups[0]]))
    page.Resources.Properties["/L0"] = document.make_indirect(member)
    form = pikepdf.Stream(document, shown("密", 100, 500).encode())
    form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 600, 800]})
    form.update({"/Resources": pikepdf.Dictionary(Font=page.Resources.Font), "/OC": groups[0]})
    page.Resources.XObject = pikepdf.Dictionary(F=form)
    page.contents_add(pikepdf.Stream(document, b"/F Do"))
    source = READER.read("页.pdf", saved(document))
    assert cells(source)[1] == ["甲", "1.00"] and not texts(source)


@pytest.mark.parametrize(
    ("expression", "kept"),
    [
        (lambda off, on: ["/Not", off], True),
        (lambda off, on: ["/And", off, on], False),
        (lambda off, on: ["/Or", off, on], True),
        (lambda off, on: ["/And", on, ["/Not", on]], False),
    ],
)
def test_a_membership_may_say_by_an_expression_what_it_takes(expression: Any, kept: bool) -> None:
    document, page, groups = layered({})
    document.Root.OCProperties.D.OFF = pikepdf.Array([groups[0]])

    def built(one: Any) -> Any:
        if isinstance(one, list):
            return pikepdf.Array([pikepdf.Name(one[0]), *map(built, one[1:])])
        return one

    member = pikepdf.Dictionary(Type=pikepdf.Name.OCMD, VE=built(expression(*groups)))
    page.Resources.Properties["/L1"] = document.make_indirect(member)
    assert cells(READER.read("页.pdf", saved(document)))[1] == ["甲", "1.00" if kept else ""]


def test_layers_whose_use_says_they_are_off_and_those_of_inherited_resources_are_not_read() -> None:
    document, page, groups = layered({})
    groups[0].Usage = pikepdf.Dictionary(View=pikepdf.Dictionary(ViewState=pikepdf.Name.OFF))
    used = pikepdf.Dictionary(
        Event=pikepdf.Name.View, OCGs=pikepdf.Array(groups), Category=pikepdf.Array([pikepdf.Name.View])
    )
    document.Root.OCProperties.D.AS = pikepdf.Array([used])
    assert cells(READER.read("页.pdf", saved(document)))[1] == ["甲", "1.00"]
    document, page, groups = layered({})
    document.Root.OCProperties.D.OFF = pikepdf.Array([groups[0]])
    document.Root.Pages.Resources = page.Resources
    del page["/Resources"]
    assert cells(READER.read("页.pdf", saved(document)))[1] == ["甲", "1.00"]


def test_a_layer_within_a_layer_that_is_off_is_not_read() -> None:
    document, page, groups = layered({})
    document.Root.OCProperties.D.OFF = pikepdf.Array([groups[0]])
    content = f"/OC /L0 BDC {shown('外', 400, 500)} /OC /L1 BDC {shown('内', 400, 480)} EMC {shown('尾', 400, 460)} EMC "
    page.contents_add(pikepdf.Stream(document, (content + shown("显示的字", 400, 440)).encode()))
    assert texts(READER.read("页.pdf", saved(document))) == ["显示的字"]


def annotated(subtype: str, box: list[float], text: str, flags: int = 4, **more: Any) -> bytes:
    """A page with an annotation that shows a text."""
    document = pikepdf.new()
    page = page_with(document, FRAME)
    look = pikepdf.Stream(document, shown(text, 2, 4).encode())
    look.update(
        {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, box[2] - box[0], 20]}
    )
    look.update({"/Resources": pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=song(document)))})
    held = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{subtype}"), Rect=box, F=flags, AP=pikepdf.Dictionary(N=look), **more
    )  # fmt: skip
    page.Annots = pikepdf.Array([document.make_indirect(held)])
    if subtype == "Widget":
        document.Root.AcroForm = pikepdf.Dictionary(Fields=page.Annots)
    return saved(document)


def test_filled_fields_stamps_and_typed_text_are_read() -> None:
    field = annotated("Widget", [203, 601, 297, 619], "1.00", FT=pikepdf.Name.Tx, T="a", V="1.00")
    assert cells(READER.read("页.pdf", field)) == [["项目", "合计"], ["甲", "1.00"]]
    for subtype in ("Stamp", "FreeText"):
        source = READER.read("页.pdf", annotated(subtype, [100, 400, 300, 420], "已审核"))
        assert texts(source) == ["已审核"] and len(cells(source)) == 2


def entered(rect: list[float], anew: bool = False, look: str = "", **more: Any) -> bytes:
    """A page with a field that has no appearance, or one that is out of date."""
    document = pikepdf.open(io.BytesIO(annotated("Widget", rect, look or "旧", T="a", **more)))
    field = document.pages[0].Annots[0]
    if not look:
        del field["/AP"]
    if anew:
        document.Root.AcroForm.NeedAppearances = True
    return saved(document)


def test_fields_without_an_appearance_are_read_by_their_values() -> None:
    tx, ch = pikepdf.Name.Tx, pikepdf.Name.Ch
    at = [203, 601, 297, 619]
    for field in (
        entered(at, FT=tx, V="120.00"),
        entered(at, FT=tx, V="120.00", anew=True, look="100.00"),
        entered(at, FT=ch, V="120.00", Opt=pikepdf.Array(["100.00", "120.00"]), Ff=131072),
        entered(at, FT=ch, V="x", Opt=pikepdf.Array([pikepdf.Array(["x", "120.00"])]), Ff=131072),
    ):
        assert cells(READER.read("页.pdf", field)) == [["项目", "合计"], ["甲", "120.00"]]
    kept = entered(at, FT=tx, V="120.00", look="100.00")
    assert cells(READER.read("页.pdf", kept))[1] == ["甲", "100.00"]


def test_a_field_of_several_lines_and_typed_text_without_appearance_are_read() -> None:
    lines = entered([100, 400, 300, 440], FT=pikepdf.Name.Tx, V="第一行\r第二行", Ff=4096)
    assert texts(READER.read("页.pdf", lines)) == ["第一行", "第二行"]
    document = pikepdf.open(
        io.BytesIO(annotated("FreeText", [100, 400, 300, 420], "旧", Contents="补充说明"))
    )
    del document.pages[0].Annots[0]["/AP"]
    assert texts(READER.read("页.pdf", saved(document))) == ["补充说明"]


def test_a_password_and_an_unchosen_list_are_not_read() -> None:
    for field in (
        entered([203, 601, 297, 619], FT=pikepdf.Name.Tx, V="密", Ff=1 << 13),
        entered([203, 601, 297, 619], FT=pikepdf.Name.Ch, Opt=pikepdf.Array(["1.00"]), Ff=131072),
    ):
        assert cells(READER.read("页.pdf", field))[1] == ["甲", ""]


def test_what_a_choice_of_two_looks_like_is_that_of_its_state() -> None:
    for state, shown_ in (("Yes", "√"), ("Off", "")):
        document = pikepdf.open(
            io.BytesIO(annotated("Widget", [203, 601, 297, 619], "√", FT=pikepdf.Name.Btn, T="a"))
        )
        field = document.pages[0].Annots[0]
        empty = pikepdf.Stream(document, b"")
        empty.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 9, 9]})
        field.AP.N = pikepdf.Dictionary(Yes=field.AP.N, Off=empty)
        field.AS = pikepdf.Name(f"/{state}")
        assert cells(READER.read("页.pdf", saved(document)))[1] == ["甲", shown_]


def test_a_form_that_other_programs_draw_is_said_to_be_unread() -> None:
    document = pikepdf.open(
        io.BytesIO(annotated("Widget", [203, 601, 297, 619], "1.00", FT=pikepdf.Name.Tx, T="a"))
    )
    document.Root.AcroForm.XFA = pikepdf.Stream(document, b"<xdp/>")
    assert not READER.read("页.pdf", saved(document)).notices
    document.Root.NeedsRendering = True
    (notice,) = READER.read("页.pdf", saved(document)).notices
    assert notice.unread and dict(notice.facts)["what"] == "表单"


def test_hidden_annotations_and_comments_are_not_read() -> None:
    assert not texts(READER.read("页.pdf", annotated("Stamp", [100, 400, 300, 420], "密", flags=2)))
    assert not texts(READER.read("页.pdf", annotated("Text", [100, 400, 300, 420], "注")))


@pytest.mark.parametrize(("matrix", "places"), [("0 1 -1 0", (158, 604)), ("0 -1 1 0", (142, 656))])
def test_text_of_a_cell_that_is_turned_reads_as_people_read_it(matrix: str, places: tuple[int, int]) -> None:
    content = ruled([100, 200, 300], [600, 660]) + ruled([200, 300], [600, 630, 660])
    content += shown("1.00", 205, 640) + shown("2.00", 205, 610)
    turned = "".join(f"{ord(char):04x}" for char in "民生支出")
    content += f"BT /F1 10 Tf {matrix} {places[0]} {places[1]} Tm <{turned}> Tj ET\n" + shown(
        "说明文字都是正的", 100, 700
    )
    document = pikepdf.new()
    page_with(document, content)
    assert cells(READER.read("页.pdf", saved(document)))[0] == ["民生支出", "1.00"]


@pytest.mark.parametrize(
    ("matrix", "xs", "bottom"), [("0 1 -1 0", (114, 130), 604), ("0 -1 1 0", (126, 110), 656)]
)
def test_two_lines_of_a_turned_cell_are_one_text_and_those_of_two_cells_are_not(
    matrix: str, xs: tuple[int, int], bottom: int
) -> None:
    content = ruled([100, 140, 300], [600, 660]) + ruled([140, 300], [600, 630, 660])
    content += shown("1.00", 205, 640) + shown("2.00", 205, 610) + shown("说明文字都是正的写在上面", 100, 700)
    for x, words in zip(xs, ("民生支出", "（万元）"), strict=True):
        turned = "".join(f"{ord(char):04x}" for char in words)
        content += f"BT /F1 10 Tf {matrix} {x} {bottom} Tm <{turned}> Tj ET\n"
    document = pikepdf.new()
    page_with(document, content)
    assert cells(READER.read("页.pdf", saved(document)))[0] == ["民生支出（万元）", "1.00"]
    document = pikepdf.new()
    page_with(document, content + ruled([100, 118, 140], [600, 660]))
    first = cells(READER.read("页.pdf", saved(document)))[0]
    assert sorted(first[:2]) == sorted(["民生支出", "（万元）"]) and first[2] == "1.00"


def test_lines_on_their_side_are_laid_flat_each_by_itself() -> None:
    down = [(char, (10.0, 100.0 + 10 * at, 20.0, 110.0 + 10 * at), 90) for at, char in enumerate("甲乙")]
    up = [(char, (60.0, 130.0 - 10 * at, 70.0, 140.0 - 10 * at), 270) for at, char in enumerate("丙丁")]
    flat = laid_flat([*down, *up])
    assert "".join(glyph.text for glyph in flat) == "甲乙丙丁"
    assert [round(glyph.left) for glyph in flat] == [10, 15, 60, 65]
    assert {round((glyph.top + glyph.bottom) / 2) for glyph in flat} == {110, 130}


def of_unknown_font(content: str) -> Source:
    """A page whose font X does not say which characters it draws."""
    document = pikepdf.new()
    font = song(document)
    del font["/Encoding"]
    font.Encoding = pikepdf.Name("/Identity-H")
    inner = font.DescendantFonts[0]
    inner.CIDSystemInfo = pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
    page_with(document, content, X=font)
    return READER.read("页.pdf", saved(document))


def test_a_page_of_a_font_without_characters_is_unread() -> None:
    source = of_unknown_font(shown("预算收入支出情况说明", 100, 700, font="X"))
    (notice,) = source.notices
    assert notice.id == "BL109" and notice.unread and notice.place.page == 1
    assert not source.blocks


def test_a_word_or_a_figure_of_such_a_font_stands_as_unreadable_and_is_counted() -> None:
    prose = shown("本部门预算收入支出情况说明如下各表所列，请予审查，并按照规定的时间向社会公开", 100, 700)
    figure = of_unknown_font(FRAME + shown("1.00", 205, 605, font="X") + prose)
    assert cells(figure) == [["项目", "合计"], ["甲", "\ufffd" * 4]]
    (notice,) = figure.notices
    assert (notice.id, notice.unread, dict(notice.facts)) == ("BL115", True, {"page": "1", "count": "4"})
    assert not of_unknown_font(FRAME + shown("1.00", 205, 605) + prose).notices
