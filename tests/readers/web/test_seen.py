"""A page is read as a browser shows it: struck-out text, inputs, hidden rows, numbered lists, headings, pictures, frames."""

from __future__ import annotations

import pytest

from budgetlint.document import GridBlock, ParagraphBlock, Source
from budgetlint.readers.web.html import read

ROWS = "<tr><td>项目<td>合计<tr><td>甲<td>1.00"


def page(body: str, style: str = "") -> Source:
    head = f"<head><style>{style}</style></head>" if style else ""
    return read("页.html", f"<!DOCTYPE html><html>{head}<body>{body}</body></html>".encode())


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, ParagraphBlock)]


def cells(source: Source) -> list[list[str]]:
    return [
        [cell.text for cell in row]
        for block in source.blocks
        if isinstance(block, GridBlock)
        for row in block.rows
    ]


def unread(source: Source) -> list[tuple[str, str]]:
    return [(notice.id, dict(notice.facts)["part"]) for notice in source.notices if notice.unread]


@pytest.mark.parametrize(
    "struck",
    [
        "<s>100</s>",
        "<strike>100</strike>",
        "<span style='text-decoration: line-through'>100</span>",
        "<b class=x>100</b>",
    ],
)
def test_text_that_is_struck_out_is_no_text_and_said(struck: str) -> None:
    source = page(
        f"<p>支出{struck}120万元</p><table>{ROWS}<tr><td>乙<td><del>9</del>2.00</table>",
        ".x{text-decoration:line-through}",
    )
    assert texts(source) == ["支出120万元"] and cells(source)[-1] == ["乙", "2.00"]
    assert [notice.id for notice in source.notices] == ["BL105"]


def test_inputs_show_what_they_hold() -> None:
    kinds = "<input value='1.00'><input type=hidden value='x'><input type=checkbox value='y'>"
    more = "<textarea>2.00</textarea><select><option>甲<option selected>乙</select><input style='display:none' value='z'>"
    (_, row) = cells(page(f"<table><tr><td>项目<td>合计<td>类<tr><td>甲<td>{kinds}<td>{more}</table>"))
    assert row == ["甲", "1.00", "2.00乙"]


def test_what_a_class_or_an_id_hides_is_left_out() -> None:
    style = "/* x */ tr.off, #gone { display : none } @media print { .shown { display: none } } .a .shown{display:none}"
    body = f"<table>{ROWS}<tr class=off><td>乙<td>2.00<tr class='shown'><td>丙<td>3.00</table><p id=gone>密</p><p class=off>文</p>"
    source = page(body, style)
    assert cells(source)[1:] == [["甲", "1.00"], ["丙", "3.00"]] and texts(source) == ["文"]


@pytest.mark.parametrize(
    ("rule", "hidden"),
    [
        ("table.t tr.off{display:none}", True),
        ("#box .t > tbody > tr.off { display: none !important }", True),
        ("tr.off td{display:none}", True),
        ("tr[data-k='1']{visibility:collapse}", True),
        ("@media screen{.off{display:none}}", True),
        (".off{display:none} table .off{display:table-row}", False),
        ("table .off{display:none} .off{display:table-row}", True),
        (".other .off{display:none}", False),
        ("#box > tr.off{display:none}", False),
        ("tr:hover{display:none}", False),
        (".off.more{display:none}", False),
    ],
)
def test_rows_are_hidden_by_what_a_style_sheet_says_of_them(rule: str, hidden: bool) -> None:
    body = (
        f"<div id=box><table class=t><tbody>{ROWS}<tr class=off data-k=1><td>乙<td>2.00</tbody></table></div>"
    )
    assert (["乙", "2.00"] in cells(page(body, rule))) is not hidden


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        (".draft td.old{text-decoration: line-through}", ""),
        (".draft td .new{text-decoration: line-through}", "9.00"),
    ],
)
def test_figures_are_struck_out_by_what_a_style_sheet_says_of_them(rule: str, shown: str) -> None:
    body = f"<table class=draft>{ROWS}<tr><td>乙<td class=old>9.00</table>"
    assert cells(page(body, rule))[-1] == ["乙", shown]


def test_a_drawing_that_says_much_is_named_and_a_mark_is_not() -> None:
    words = "<text>教育支出 一百二十万元 其中基本支出一百万元</text>"
    for drawing in (f"<svg>{words}</svg>", "<svg width=600 height=300><path d='M0 0'/></svg>"):
        assert unread(page(f"<p>支出总表</p>{drawing}")) == [("BL111", "svg")]
    for mark in (
        "<svg width=16 height=16></svg>",
        "<svg><text>标</text></svg>",
        f"<svg hidden>{words}</svg>",
    ):
        assert not page(f"<p>支出总表</p>{mark}").notices


def test_values_of_inputs_stand_in_their_cells_whatever_their_kind() -> None:
    kinds = "<input type=number value=1.50><input type=date value=2024-01-31><input disabled value=甲>"
    more = "<select><optgroup label=类><option>乙<option selected>丙</optgroup></select><textarea rows=2>丁\n戊</textarea>"
    (_, row) = cells(page(f"<table><tr><td>项目<td>值<tr><td>{kinds}<td>{more}</table>"))
    assert row[0] == "1.502024-01-31甲" and row[1].replace("\n", "").replace(" ", "") == "丙丁戊"


@pytest.mark.parametrize(
    ("list_", "shown"),
    [
        ("<ol type=A start=3><li>甲<li>乙</ol>", ["C. 甲", "D. 乙"]),
        ("<ol reversed start=3><li>甲<li>乙</ol>", ["3. 甲", "2. 乙"]),
        ("<ol class=k start=9><li>甲<li>乙<li>丙</ol>", ["九、甲", "十、乙", "十一、丙"]),
        ("<div class=w><ol><li>甲</ol></div>", ["壹、甲"]),
    ],
)
def test_lists_are_numbered_by_their_attributes_and_by_style_sheets(list_: str, shown: list[str]) -> None:
    style = "ol.k{list-style-type:cjk-ideographic} .w ol{list-style-type:simp-chinese-formal}"
    assert texts(page(list_, style)) == shown


@pytest.mark.parametrize(
    ("list_", "shown"),
    [
        ("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
        ("<ol style='list-style: trad-chinese-informal inside' start=10><li>甲<li value=20>乙</ol>", ["十、甲", "二十、乙"]),
        ("<ol class=k><li>甲<ol><li>子</ol><li>乙</ol>", ["甲、甲", "1. 子", "乙、乙"]),
        ("<ol type=I><li>甲<li>乙</ol>", ["I. 甲", "II. 乙"]),
        ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
        ("<ol style='list-style:none'><li>甲</ol><ul><li>乙</ul>", ["甲", "乙"]),
    ],
)  # fmt: skip
def test_items_of_a_list_have_the_numbers_a_browser_prints(list_: str, shown: list[str]) -> None:
    assert texts(page(list_, ".k{list-style-type:cjk-heavenly-stem}")) == shown


def test_a_list_in_a_cell_has_its_numbers_and_one_over_a_table_its_title() -> None:
    assert cells(page(f"<table>{ROWS}<tr><td><ol><li>甲<li>乙</ol><td>2.00</table>"))[-1][0] == "1. 甲\n2. 乙"
    source = page(f"<ol style='list-style-type:cjk-ideographic'><li>支出总表<table>{ROWS}</table></ol>")
    assert texts(source) == ["一、支出总表"] and cells(source)[1] == ["甲", "1.00"]


def test_headers_of_articles_hold_headings_and_that_of_the_page_its_menu() -> None:
    body = f"<header><h1>门户网站</h1></header><article><header><h1>预算</h1></header><section><header><h2>支出总表</h2></header><table>{ROWS}</table><footer>注：万元</footer></section></article><footer>版权</footer>"
    assert texts(page(body)) == ["预算", "支出总表", "注：万元"]


def test_pictures_of_the_size_of_a_table_are_named_and_marks_are_not() -> None:
    for picture in ("width=800 height=400", "style='width:100%'", "style='width:16cm;height:8cm'", ""):
        assert unread(page(f"<p>支出总表</p><p><img src='a.png' {picture}></p>")) == [("BL111", "a.png")]
    for mark in ("width=32 height=32", "style='width:2em'", "width=600 height=20"):
        assert not page(f"<p>支出总表</p><p><img src='a.png' {mark}></p>").notices
    assert not page("<p>电话<img src='a.png'></p><header><p><img src='logo.png'></p></header>").notices


def test_documents_in_frames_are_named() -> None:
    assert unread(page("<p>甲</p><iframe src='表.html'></iframe>")) == [("BL111", "表.html")]
    assert not page(
        "<p>甲</p><iframe src='x' width=0 height=0></iframe><iframe src='y' style='display:none'></iframe>"
    ).notices
    frames = b"<html><frameset><frame src='b.files/sheet001.htm'><frame src='b.files/tabstrip.htm'></frameset></html>"
    assert unread(read("簿.htm", frames)) == [("BL111", "b.files/sheet001.htm")]


def test_half_a_page_is_said_to_be_half() -> None:
    whole = f"<html><body><p>甲</p><table>{ROWS}</table><p>乙</p></body></html>".encode()
    assert not read("页.html", whole).notices
    assert unread(read("页.html", whole[:-30])) == [("BL113", "网页")]
    assert not read("页.html", f"<table>{ROWS}</table>".encode()).notices
    assert unread(read("页.html", f"<p>甲<table>{ROWS}".encode())) == [("BL113", "网页")]


def message(*parts: tuple[str, str]) -> bytes:
    held = "".join(
        f'--b\nContent-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: 8bit\nContent-Location: file:///C:/x/{name}\n\n{content}\n'
        for name, content in parts
    )
    return f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n{held}--b--\n".encode()


def sheet(name: str, source: str, more: str = "") -> str:
    return f'<x:ExcelWorksheet><x:Name>{name}</x:Name><x:WorksheetOptions>{more}</x:WorksheetOptions><x:WorksheetSource HRef="{source}"/></x:ExcelWorksheet>'


def test_every_sheet_of_a_workbook_saved_as_one_page_is_read() -> None:
    sheets = (
        sheet("支出总表", "b.files/s1.htm")
        + sheet("Sheet2", "b.files/s2.htm")
        + sheet("表三", "b.files/s3.htm")
    )
    hidden = sheet("藏", "b.files/s4.htm", "<x:Visible>SheetHidden</x:Visible>")
    frame = f"<html><!--[if gte mso 9]><xml>{sheets}{hidden}</xml><![endif]--><frameset><frame src='b.files/s1.htm'></frameset></html>"
    table = f"<html><body><table>{ROWS}</table></body></html>"
    source = read(
        "簿.mht",
        message(
            ("b.htm", frame), ("b.files/s2.htm", table), ("b.files/s1.htm", table), ("b.files/s4.htm", table)
        ),
    )
    assert [getattr(block, "text", "表") for block in source.blocks] == ["支出总表", "表", "表"]
    assert unread(source) == [("BL112", "b.files/s3.htm")]
    assert [dict(notice.facts)["sheet"] for notice in source.notices if notice.id == "BL103"] == ["藏"]


def test_frames_of_a_saved_page_are_read_in_order() -> None:
    frame = "<html><frameset><frame src='2.htm'><frame src='1.htm'></frameset></html>"
    parts = [(f"{at}.htm", f"<html><body><p>第{at}页</p></body></html>") for at in (1, 2)]
    assert texts(read("页.mht", message(("0.htm", frame), *parts))) == ["第2页", "第1页"]
