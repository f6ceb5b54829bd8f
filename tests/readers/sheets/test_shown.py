"""A sheet is read as its own program shows it: escapes, formulas without results, zeros, hidden lines, boxes, lost parts."""

from __future__ import annotations

import struct

import pytest
from tests.readers.sheets.made_sheets import (
    MAIN,
    biff,
    book,
    cell,
    cells,
    relations,
    rows,
    sheet,
    texts,
    unread,
    with_part,
    without,
)

from budgetlint.document import ReadError
from budgetlint.document.amount import NOT_COMPUTED
from budgetlint.readers.sheets import xls, xlsx
from budgetlint.readers.sheets.escapes import unescaped

XDR = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
HEAD = [cell("A1", "项目"), cell("B1", "合计"), cell("C1", "基本")]


def test_escaped_characters_are_shown_as_what_they_stand_for() -> None:
    assert unescaped("合_x000D_\n计_x0009_1_x0007_") == "合\n计\t1"
    assert unescaped("_x005F_x000D_ _x12_ 0_x") == "_x000D_ _x12_ 0_x"
    data = book(sheet(rows(HEAD, [cell("A2", "合_x000D_计"), cell("B2", 1, 1), cell("C2", 1, 1)])))
    assert cells(xlsx.read("表", data)) == [[["项目", "合计", "基本"], ["合\n计", "1.00", "1.00"]]]


ON_LOAD = '<calcPr calcId="1" fullCalcOnLoad="1"/>'


def test_noughts_of_formulas_that_wait_for_calculation_are_no_results() -> None:
    body = sheet(rows(HEAD, [cell("A2", "甲"), cell("B2", 0, 1, "C2"), cell("C2", 3, 1)]))
    source = xlsx.read("表", book(body, settings=ON_LOAD))
    assert cells(source)[0][1] == ["甲", NOT_COMPUTED, "3.00"]
    assert unread(source) == [("BL108", "B2")]


@pytest.mark.parametrize("settings", ["", ON_LOAD])
def test_a_formula_whose_result_is_nought_is_nought_where_others_have_results(settings: str) -> None:
    body = sheet(rows(HEAD, [cell("A2", "甲"), cell("B2", 0, 1, "C2"), cell("C2", 0, 1)]))
    other = sheet(rows([cell("A1", "乙"), cell("B1", 5, 1, "2+3")]))
    source = xlsx.read("表", book(body, other, settings=settings))
    assert cells(source)[0][1] == ["甲", "0.00", "0.00"] and not source.notices


def test_zeros_that_a_sheet_does_not_show_are_blank() -> None:
    view = '<sheetViews><sheetView workbookViewId="0" showZeros="0"/></sheetViews>'
    held = rows(
        HEAD,
        [cell("A2", "甲"), cell("B2", 0.0, 1), cell("C2", 0.5, 1)],
        [cell("A3", "0"), cell("B3", -0.0, 1)],
    )
    assert cells(xlsx.read("表", book(sheet(held, view))))[0][1:] == [["甲", "", "0.50"], ["0", "", ""]]
    assert cells(xlsx.read("表", book(sheet(held))))[0][1:] == [["甲", "0.00", "0.50"], ["0", "0.00", ""]]


def test_a_text_whose_format_shows_none_is_blank_and_one_with_words_around_it_has_them() -> None:
    shared = {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>密</t></si><si><t>12</t></si></sst>'}
    line = '<row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1" t="s" s="2"><v>1</v></c><c r="C1"><v>1</v></c></row>'
    source = xlsx.read("表", book(sheet(line), more=shared, forms=(";;;", '"第"@"号"')))
    assert cells(source) == [[["第12号", "1"]]]


def test_lines_without_height_or_width_are_hidden() -> None:
    held = rows(
        HEAD,
        [cell("A2", "甲"), cell("B2", 1, 1), cell("C2", 1, 1)],
        [cell("A3", "乙"), cell("B3", 2, 1), cell("C3", 2, 1)],
        attributes={2: 'ht="0" customHeight="1"', 3: 'ht="10.5" customHeight="1"'},
    )
    columns = '<cols><col min="3" max="3" width="0" customWidth="1"/></cols>'
    source = xlsx.read("表", book(sheet(held, columns)))
    assert cells(source) == [[["项目", "合计"], ["乙", "2.00"]]]
    assert {dict(notice.facts)["what"] for notice in source.notices} == {"行", "列"}


def anchor(row: int, content: str, rows_: int = 6, columns: int = 5) -> str:
    ends = f"<xdr:from><xdr:col>0</xdr:col><xdr:row>{row}</xdr:row></xdr:from>"
    ends += f"<xdr:to><xdr:col>{columns}</xdr:col><xdr:row>{row + rows_}</xdr:row></xdr:to>"
    return f"<xdr:twoCellAnchor>{ends}{content}</xdr:twoCellAnchor>"


def box(text: str, more: str = "") -> str:
    lines = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
    return f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="1" name="b" {more}/></xdr:nvSpPr><xdr:txBody>{lines}</xdr:txBody></xdr:sp>'


def drawn(*anchors: str) -> dict[str, str | bytes]:
    return {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(d=("drawing", "../drawings/drawing1.xml")),
        "xl/drawings/drawing1.xml": f"<xdr:wsDr {XDR} {A}>{''.join(anchors)}</xdr:wsDr>",
        "xl/drawings/_rels/drawing1.xml.rels": relations(
            i=("image", "../media/image1.png"), c=("chart", "../charts/chart1.xml")
        ),
    }


TABLE = rows(HEAD, [cell("A2", "甲"), cell("B2", 1, 1), cell("C2", 1, 1)])


def test_boxes_over_a_sheet_are_printed_where_they_lie() -> None:
    below = rows(HEAD, [cell("A6", "甲"), cell("B6", 1, 1)], first=5)
    more = drawn(
        anchor(8, box("说明一\n说明二")), anchor(0, box("上方")), anchor(9, box("不见", 'hidden="1"'))
    )
    source = xlsx.read("表", book(sheet(below), more=more))
    assert texts(source) == ["上方", "说明一", "说明二"]
    assert [block.place.cell for block in source.blocks] == ["A1", "A5", "A9", "A9"]


def test_large_pictures_and_charts_over_a_sheet_are_named() -> None:
    picture = '<xdr:pic><xdr:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="i"/></xdr:blipFill></xdr:pic>'
    chart = '<xdr:graphicFrame><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="c"/></xdr:graphicFrame>'
    source = xlsx.read("表", book(sheet(TABLE), more=drawn(anchor(3, picture), anchor(12, chart))))
    assert unread(source) == [("BL111", "xl/media/image1.png"), ("BL111", "xl/charts/chart1.xml")]
    assert not xlsx.read("表", book(sheet(TABLE), more=drawn(anchor(3, picture, 1, 1)))).notices


def test_parts_that_are_named_and_not_there_are_said() -> None:
    whole = book(sheet(TABLE), sheet(TABLE))
    assert not xlsx.read("表", whole).notices
    assert unread(xlsx.read("表", without(whole, "xl/worksheets/sheet2.xml"))) == [
        ("BL112", "xl/worksheets/sheet2.xml")
    ]
    assert unread(xlsx.read("表", without(whole, "xl/styles.xml"))) == [("BL112", "xl/styles.xml")]
    shared = sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1</v></c></row>')
    assert [id for id, _ in unread(xlsx.read("表", book(shared)))] == ["BL112"]


def test_parts_are_found_whatever_the_case_of_their_names() -> None:
    whole = book(sheet(TABLE), more={"xl/Worksheets/SHEET1.xml": sheet(TABLE)})
    source = xlsx.read("表", without(whole, "xl/worksheets/sheet1.xml"))
    assert cells(source)[0][1] == ["甲", "1.00", "1.00"] and not source.notices


def number(row: int, column: int, value: float) -> tuple[int, bytes]:
    return 0x0203, struct.pack("<HHHd", row, column, 16, value)


def formula(row: int, column: int, result: bytes, tokens: bytes = b"\x1e\x01\x00") -> tuple[int, bytes]:
    return 0x0006, struct.pack("<HHH", row, column, 16) + result + bytes(6) + struct.pack(
        "<H", len(tokens)
    ) + tokens


EMPTY = bytes((3, 0, 0, 0, 0, 0, 0xFF, 0xFF))
SUM = b"\x1e\x01\x00\x1e\x02\x00\x03"


def test_errors_of_old_workbooks_are_shown() -> None:
    error = bytes((2, 0, 0x07, 0, 0, 0, 0xFF, 0xFF))
    at = (0x0205, struct.pack("<HHHBB", 0, 0, 16, 0x2A, 1))
    source = xls.read("表", biff(at, formula(0, 1, error), number(0, 2, 1.0)))
    assert cells(source) == [[["#N/A", "#DIV/0!", "1.00"]]]


def test_old_formulas_without_a_result_are_not_computed() -> None:
    source = xls.read(
        "表", biff(number(0, 0, 1.0), formula(0, 1, EMPTY, SUM), formula(0, 2, struct.pack("<d", 3.0)))
    )
    assert cells(source) == [[["1.00", NOT_COMPUTED, "3.00"]]] and unread(source) == [("BL108", "B1")]
    # An empty text may be what a formula gives, where others of the workbook have results.
    text = xls.read(
        "表", biff(number(0, 0, 1.0), formula(0, 1, EMPTY), formula(0, 2, struct.pack("<d", 3.0)))
    )
    assert cells(text) == [[["1.00", "", "3.00"]]] and not text.notices
    none = xls.read("表", biff(number(0, 0, 1.0), formula(0, 1, EMPTY)))
    assert unread(none) == [("BL108", "B1")]


def test_zeros_and_rows_that_an_old_sheet_does_not_show() -> None:
    view = (0x023E, struct.pack("<H", 0x06B6 & ~0x10) + bytes(16))
    assert cells(xls.read("表", biff(view, number(0, 0, 1.0), number(0, 1, 0.0), number(0, 2, 2.0)))) == [
        [["1.00", "", "2.00"]]
    ]
    flat = (0x0208, struct.pack("<HHHHHHHH", 1, 0, 1, 0, 0, 0, 0x0100, 15))
    source = xls.read("表", biff(flat, number(0, 0, 1.0), number(1, 0, 2.0)))
    assert cells(source) == [[["1.00"]]]


def drawing(
    kind: int, *words: str, over: tuple[int, int, int, int] = (3, 0, 9, 4)
) -> list[tuple[int, bytes]]:
    """The records that draw an object over some cells (top, left, bottom, right), with its text."""
    top, left, bottom, right = over
    where = b"\x00\x00\x10\xf0\x12\x00\x00\x00" + struct.pack("<9H", 0, left, 0, top, 0, right, 0, bottom, 0)
    held = [(0x00EC, where), (0x005D, struct.pack("<HHHH", 0x15, 0x12, kind, 1) + bytes(14))]
    if words:
        count = sum(map(len, words))
        held += [(0x00EC, b""), (0x01B6, struct.pack("<HHHHHHHI", 0, 0, 0, 0, 0, count, 16, 0))]
        held += [(0x003C, b"\x01" + word.encode("utf-16-le")) for word in words]
    return held


def test_boxes_over_an_old_sheet_are_printed_and_remarks_are_not() -> None:
    source = xls.read(
        "表", biff(number(0, 0, 1.0), *drawing(6, "支出", "120万元\r第二行"), *drawing(0x19, "批注"))
    )
    assert texts(source) == ["支出120万元", "第二行"] and not source.notices
    assert [block.place.cell for block in source.blocks] == ["A1", "A4", "A4"]


def test_large_pictures_and_charts_over_an_old_sheet_are_named() -> None:
    seal = drawing(8, over=(3, 0, 5, 1))
    source = xls.read("表", biff(number(0, 0, 1.0), *drawing(8), *drawing(5, over=(20, 1, 30, 6)), *seal))
    assert [(dict(one.facts)["what"], dict(one.facts)["cell"]) for one in source.notices] == [
        ("图片", "A4"),
        ("图表", "B21"),
    ]


STRUCK = "<fonts><font/><font><strike/></font></fonts>"


def test_what_a_font_strikes_out_is_left_out_and_said() -> None:
    whole = book(
        sheet(rows(HEAD, [cell("A2", "甲"), cell("B2", 99, 2), cell("C2", 1, 1)])), forms=("0.00", "0.0")
    )
    styles = (
        f'<styleSheet xmlns="{MAIN}">{STRUCK}<cellXfs><xf numFmtId="0"/><xf numFmtId="2" fontId="0"/>'
        '<xf numFmtId="2" fontId="1"/></cellXfs></styleSheet>'
    )
    source = xlsx.read("表", with_part(whole, "xl/styles.xml", styles))
    assert cells(source) == [[["项目", "合计", "基本"], ["甲", "", "1.00"]]]
    assert [(one.id, one.place.cell, one.unread) for one in source.notices] == [("BL105", "B2", False)]


def test_a_word_struck_out_in_a_cell_is_left_out() -> None:
    runs = (
        "<r><t>支出</t></r><r><rPr><strike/></rPr><t>旧</t></r><r><rPr><strike val='0'/></rPr><t>新</t></r>"
    )
    line = f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c><c r="B1"><v>1</v></c></row>'
    assert cells(xlsx.read("表", book(sheet(line)))) == [[["支出新", "1"]]]


def test_days_written_as_dates_are_shown_by_their_format() -> None:
    line = '<row r="1"><c r="A1" t="d" s="1"><v>2025-12-09T12:00:00</v></c><c r="B1" t="d" s="1"><v>x</v></c></row>'
    source = xlsx.read("表", book(sheet(line), forms=('yyyy"年"m"月"',)))
    assert cells(source) == [[["2025年12月", "x"]]]


def test_a_picture_in_a_cell_is_named() -> None:
    line = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c></row>'
    source = xlsx.read("表", book(sheet(line)))
    assert cells(source) == [[["1"]]] and [id for id, _ in unread(source)] == ["BL111"]


def test_a_box_that_older_programs_see_otherwise_is_printed_once() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    inner = f"<mc:AlternateContent {mc}><mc:Choice Requires='a14'>{{}}</mc:Choice><mc:Fallback>{{}}</mc:Fallback></mc:AlternateContent>"
    in_anchor = anchor(8, inner.format(box("新"), box("旧")))
    for drawn_ in (in_anchor, inner.format(anchor(8, box("新")), anchor(8, box("旧")))):
        assert texts(xlsx.read("表", book(sheet(TABLE), more=drawn(drawn_)))) == ["新"]


def test_an_old_workbook_whose_sectors_run_in_a_circle_or_that_is_larger_than_any_is_refused() -> None:
    sound = biff(number(0, 0, 1.0))
    assert cells(xls.read("表", sound))
    # sector 2 is the stream's first: the table of sectors stands right behind the header
    circle = sound[: 512 + 4 * 3] + struct.pack("<I", 2) + sound[512 + 4 * 4 :]
    large = biff((0x0200, struct.pack("<IIHHH", 0, 1 << 31, 0, 10, 0)), number(0, 0, 1.0))
    for broken in (circle, large):
        with pytest.raises(ReadError) as refusal:
            xls.read("表", broken)
        assert refusal.value.id == "BL904"
