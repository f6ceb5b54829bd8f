"""What a workbook hides or keeps apart is said; a published page is read without its furniture."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import pytest

from budgetlint.document import GridBlock, ParagraphBlock, ReadError
from budgetlint.document.amount import NOT_COMPUTED
from budgetlint.readers.bundled import HTML, OFFICE
from budgetlint.readers.sheets import xls, xlsx
from budgetlint.readers.web import html

openpyxl = pytest.importorskip("openpyxl")


def workbook(fill: object) -> bytes:
    book = openpyxl.Workbook()
    fill(book.active)  # type: ignore[operator]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_hidden_rows_and_columns_are_left_out_and_said() -> None:
    def fill(sheet: object) -> None:
        for row in (["科目", "代码", "金额"], ["甲", "x", 1], ["乙", "y", 2], ["丙", "z", 3]):
            sheet.append(row)  # type: ignore[attr-defined]
        sheet.row_dimensions[3].hidden = True  # type: ignore[attr-defined]
        sheet.column_dimensions["B"].hidden = True  # type: ignore[attr-defined]

    source = xlsx.read("表.xlsx", workbook(fill))
    (grid,) = source.blocks
    assert isinstance(grid, GridBlock)
    assert [[cell.text for cell in row] for row in grid.rows] == [["科目", "金额"], ["甲", "1"], ["丙", "3"]]
    assert {dict(notice.facts)["what"] for notice in source.notices if notice.id == "BL103"} == {"行", "列"}


def test_old_workbooks_hide_rows_and_columns_too(office: Callable[[bytes, str, str], bytes]) -> None:
    def fill(sheet: object) -> None:
        for row in (["科目", "代码", "金额"], ["甲", "x", 1.5], ["乙", "y", 2.5], ["丙", "z", 3.5]):
            sheet.append(row)  # type: ignore[attr-defined]
        sheet.row_dimensions[3].hidden = True  # type: ignore[attr-defined]
        sheet.column_dimensions["B"].hidden = True  # type: ignore[attr-defined]

    source = xls.read("表.xls", office(workbook(fill), "xlsx", "xls"))
    (grid,) = (block for block in source.blocks if isinstance(block, GridBlock))
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["科目", "金额"],
        ["甲", "1.5"],
        ["丙", "3.5"],
    ]
    assert {dict(notice.facts)["what"] for notice in source.notices} == {"行", "列"}


def test_figures_shown_otherwise_than_stored_are_said() -> None:
    def fill(sheet: object) -> None:
        sheet.append(["科目", "金额"])  # type: ignore[attr-defined]
        sheet.append(["甲", -44.4])  # type: ignore[attr-defined]
        sheet["B2"].number_format = "0.00;0.00"  # type: ignore[index]

    source = xlsx.read("表.xlsx", workbook(fill))
    (notice,) = source.notices
    assert notice.id == "BL104" and notice.place.cell == "B2"


@pytest.mark.parametrize(
    ("stored", "form", "shown"),
    [(12345678, "0!.0000", "1234.5678"), (12345678, "0.00,", "12345.68"), (45352, "yyyy", "2024")],
)
def test_a_larger_unit_or_a_date_is_not_shown_otherwise(stored: int, form: str, shown: str) -> None:
    def fill(sheet: object) -> None:
        sheet.append(["科目", "金额"])  # type: ignore[attr-defined]
        sheet.append(["甲", stored])  # type: ignore[attr-defined]
        sheet["B2"].number_format = form  # type: ignore[index]

    source = xlsx.read("表.xlsx", workbook(fill))
    (grid,) = source.blocks
    assert isinstance(grid, GridBlock) and grid.rows[1][1].text == shown
    assert not source.notices


def test_a_merged_cell_with_nothing_beside_it_is_a_line_of_text() -> None:
    def fill(sheet: object) -> None:
        sheet["B10"] = "示例市示例区某局"  # type: ignore[index]
        sheet.merge_cells("B10:H14")  # type: ignore[attr-defined]

    (block,) = xlsx.read("封面.xlsx", workbook(fill)).blocks
    assert isinstance(block, ParagraphBlock) and block.text == "示例市示例区某局"


def test_formula_without_a_result_is_unread() -> None:
    def fill(sheet: object) -> None:
        sheet.append(["甲", "=1+1"])  # type: ignore[attr-defined]

    source = xlsx.read("表.xlsx", workbook(fill))
    (notice,), (grid,) = source.notices, source.blocks
    assert notice.id == "BL108" and notice.unread
    assert isinstance(grid, GridBlock) and [cell.text for cell in grid.rows[0]] == ["甲", NOT_COMPUTED]


def test_page_furniture_and_layout_are_told_from_content() -> None:
    links = "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(6))
    page = (
        f"<html><body><nav>导航</nav><ul>{links}</ul><table><tr><td><h1>示例区某局预算</h1><p>一段<b>正文</b>。</p>"
        "<table><tr><th>科目</th><th>金额</th></tr><tr><td>甲</td><td>1.00</td></tr></table></td></tr></table>"
        "<div style='display:none'>隐藏</div><footer>版权</footer><script>var a;</script></body></html>"
    )
    blocks = html.read("页.html", page.encode()).blocks
    assert [(b.text, b.level) for b in blocks if isinstance(b, ParagraphBlock)] == [
        ("示例区某局预算", 1),
        ("一段正文。", None),
    ]
    (grid,) = (block for block in blocks if isinstance(block, GridBlock))
    assert [[cell.text for cell in row] for row in grid.rows] == [["科目", "金额"], ["甲", "1.00"]]


def test_a_page_wrapped_in_a_form_or_a_layout_of_many_columns_is_read() -> None:
    data = "<table><tr><th>科目</th><th>金额</th></tr><tr><td>甲</td><td>1.00</td></tr></table>"
    side = "".join(f"<td>栏{n}</td>" for n in range(3))
    page = f"<form><input><table><tr>{side}<td>{data}</td></tr></table></form>"
    grids = [block for block in html.read("页.html", page.encode()).blocks if isinstance(block, GridBlock)]
    assert [[cell.text for cell in row] for grid in grids for row in grid.rows] == [
        ["科目", "金额"],
        ["甲", "1.00"],
    ]


@pytest.mark.parametrize("first", ["MIME-Version: 1.0", "Subject: x"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_the_page_of_a_single_file_web_page_is_read(first: str, charset: str) -> None:
    body = base64.encodebytes("<html><p>示例区</p></html>".encode(charset)).decode()
    head = f'Content-Type: text/html; charset="{charset}"\nContent-Transfer-Encoding: base64'
    outer = f"{first}\nContent-Type: multipart/related; boundary=b"
    data = f"{outer}\n\n--b\n{head}\n\n{body}\n--b--\n".encode()
    assert HTML.sniff(data) > max(OFFICE.sniff(data), 0.1)
    assert [b.text for b in html.read("页.mht", data).blocks if isinstance(b, ParagraphBlock)] == ["示例区"]


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", "utf-8"),
        ("gb18030", "gb2312"),
        ("utf-16", "utf-16"),
        ("utf-8", "gb2312"),
        ("gb18030", "utf-8"),
        ("gb18030", "iso-8859-1"),
    ],
)
def test_pages_are_decoded_whatever_charset_they_name(encoding: str, charset: str) -> None:
    data = f"<html><meta charset={charset}><p>示例区</p></html>".encode(encoding)
    assert [b.text for b in html.read("页", data).blocks if isinstance(b, ParagraphBlock)] == ["示例区"]


def test_old_office_files_are_refused_with_advice() -> None:
    with pytest.raises(ReadError) as caught:
        OFFICE.read("文.doc", b"{\\rtf1 x}")
    assert caught.value.id == "BL909"
