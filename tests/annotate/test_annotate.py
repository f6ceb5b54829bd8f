"""The original comes back with the findings at their places, and nothing else in it changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from msgspec.structs import replace
from tests.readers.made import DOCUMENT, as_docx, as_html, as_xlsx

from budgetlint.annotate import annotate
from budgetlint.annotate.marks import marks_of
from budgetlint.document import GridBlock, ParagraphBlock, Place, Source
from budgetlint.readers.pages import pdf
from budgetlint.readers.sheets import xlsx
from budgetlint.readers.text import plain as text
from budgetlint.readers.web import html
from budgetlint.readers.word import docx
from budgetlint.results.findings import Finding, Severity, Suggestion, Verdict, Waived


def finding(*places: Place, message: str = "合计 1 与各项之和 2 不符", waived: bool = False) -> Finding:
    return Finding(
        "CN201", "合计应等于各项之和", Severity.ERROR, Verdict.FAILS, message,
        locations=places, waived=Waived("已核实") if waived else None,
    )  # fmt: skip


def place_of(source: Source, shown: str) -> Place:
    """The place of the first cell or paragraph that shows a text."""
    for block in source.blocks:
        if isinstance(block, ParagraphBlock) and block.text == shown:
            return block.place
        if isinstance(block, GridBlock):
            for row in block.rows:
                for cell in row:
                    if cell.text == shown:
                        return cell.place
    raise AssertionError(shown)


def test_word_gets_comments_and_the_rest_stays_byte_for_byte(tmp_path: Path) -> None:
    data = as_docx(DOCUMENT)
    source = docx.READER.read("文.docx", data)
    found = [finding(place_of(source, "1,034.50")), finding(place_of(source, DOCUMENT[-1])), finding()]
    target = annotate("文.docx", data, found, tmp_path)
    before, after = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(target)
    assert after.read("word/comments.xml").decode().count("CN201") == 3
    allowed = {
        "word/document.xml",
        "word/comments.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    }
    for name in before.namelist():
        assert name in allowed or before.read(name) == after.read(name)
    marked = docx.READER.read("文.docx", target.read_bytes())
    assert marked.blocks == source.blocks
    text_of = after.read("word/document.xml").decode()
    at = text_of.index("commentRangeStart", text_of.index("一、一般公共服务支出"))
    assert text_of[at : at + 200].count("1,034.50") == 1


def test_word_comments_are_added_to_those_there(tmp_path: Path) -> None:
    data = as_docx(DOCUMENT)
    once = annotate("文.docx", data, [finding()], tmp_path)
    twice = annotate("文.docx", once.read_bytes(), [finding()], tmp_path)
    comments = zipfile.ZipFile(twice).read("word/comments.xml").decode()
    assert comments.count("CN201") == 2 and 'id="0"' in comments and 'id="1"' in comments


def test_workbook_gets_comments_and_fills(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    data = as_xlsx(DOCUMENT)
    place = place_of(xlsx.READER.read("表.xlsx", data), "1,034.50")
    target = annotate("表.xlsx", data, [finding(place)], tmp_path)
    sheet = openpyxl.load_workbook(target)[place.sheet]
    assert "CN201" in sheet[place.cell].comment.text and sheet[place.cell].fill.fill_type == "solid"


def empty_page(pikepdf: ModuleType) -> bytes:
    """Return a PDF of one page with nothing on it."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(600, 800))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_pdf_gets_highlights_where_the_cell_stands(tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    empty = empty_page(pikepdf)
    place = Place("文.pdf", page=1, box=(100.0, 200.0, 180.0, 220.0))
    target = annotate("文.pdf", empty, [finding(place), finding(Place("文.pdf", page=1))], tmp_path)
    with pikepdf.open(target) as marked:
        kinds = [(str(a.Subtype), [float(x) for x in a.Rect]) for a in marked.pages[0].Annots]
    assert ("/Highlight", [100, 200, 180, 220]) in kinds
    assert [kind for kind, _ in kinds].count("/Popup") == 2
    assert pdf.READER.read("文.pdf", target.read_bytes()).blocks == ()


@pytest.mark.parametrize(
    ("name", "data", "read"),
    [
        ("页.html", as_html(DOCUMENT), html.read),
        ("文.txt", "标题\n\n科目\t金额\n甲\t1,034.50\n".encode(), text.read),
    ],
)
def test_others_become_a_page_with_marks(tmp_path: Path, name: str, data: bytes, read: object) -> None:
    place = place_of(read(name, data), "1,034.50")  # type: ignore[operator]
    target = annotate(name, data, [finding(place, message="<不符>")], tmp_path)
    page = target.read_text(encoding="utf-8")
    assert target.suffix == ".html" and page.count("&lt;不符&gt;") == 1
    assert page.index("1,034.50") < page.index("CN201") < page.index("</table>")


def test_waived_findings_are_left_out_and_copies_never_overwrite(tmp_path: Path) -> None:
    data = as_html(DOCUMENT)
    first = annotate("集.zip!页.html", data, [finding(waived=True)], tmp_path)
    second = annotate("页.html", data, [], tmp_path)
    assert "CN201" not in first.read_text(encoding="utf-8")
    assert first != second and {first.parent, second.parent} == {tmp_path}


def test_a_whole_row_is_marked_at_its_first_cell(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    for name, data, read in (
        ("表.xlsx", as_xlsx(DOCUMENT), xlsx.read),
        ("页.html", as_html(DOCUMENT), html.read),
    ):
        row = place_of(read(name, data), "1,034.50").within(grid_column=None, cell=None)
        target = annotate(name, data, [finding(row)], tmp_path)
        if target.suffix == ".xlsx":
            sheet = openpyxl.load_workbook(target)["Sheet"]
            assert [cell.value for line in sheet for cell in line if cell.comment] == [
                "一、一般公共预算拨款收入"
            ]
        else:
            page = target.read_text(encoding="utf-8")
            assert page.index("一、一般公共预算拨款收入") < page.index("CN201") < page.index("1,234.50")


def test_notes_open_within_the_page(tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    empty = empty_page(pikepdf)
    corner = Place("文.pdf", page=1, box=(560.0, 5.0, 595.0, 20.0))
    target = annotate("文.pdf", empty, [finding(corner)], tmp_path)
    with pikepdf.open(target) as marked:
        (popup,) = (a for a in marked.pages[0].Annots if a.Subtype == "/Popup")
        left, bottom, right, top = (float(edge) for edge in popup.Rect)
    assert left >= 0 and bottom >= 0 and right <= 600 and top <= 800


def test_a_format_of_a_plugin_becomes_a_page_of_what_it_read(tmp_path: Path) -> None:
    place = Place("文.ofd", page=1, box=(1.0, 2.0, 3.0, 4.0))
    source = Source("文.ofd", "ofd", (ParagraphBlock("收入总计1.00万元。", place),))
    target = annotate("文.ofd", b"PK\x03\x04", [finding(place)], tmp_path, lambda: source)
    page = target.read_text(encoding="utf-8")
    assert page.index("收入总计") < page.index("CN201")


def test_a_workbooks_charts_comments_and_other_parts_stay(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from openpyxl.chart import BarChart
    from openpyxl.comments import Comment

    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(DOCUMENT)))
    sheet = book.active
    sheet.add_chart(BarChart(), "K1")
    sheet["A1"].comment = Comment("原有批注", "某人")
    book.create_sheet("另一张")["A1"] = "不动"
    stream = io.BytesIO()
    book.save(stream)
    data = stream.getvalue()
    source = xlsx.READER.read("表.xlsx", data)
    place = place_of(source, "1,034.50")
    found = [finding(place), finding(place, message="另一处\x00不符"), finding(place.within(cell="A1"))]
    target = annotate("表.xlsx", data, found, tmp_path)
    before, after = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(target)
    changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed <= {
        "xl/worksheets/sheet1.xml",
        "xl/styles.xml",
        *(name for name in before.namelist() if "comment" in name or name.endswith(".vml")),
    }
    assert xlsx.READER.read("表.xlsx", target.read_bytes()).blocks == source.blocks
    marked = openpyxl.load_workbook(target)[place.sheet]
    assert marked[place.cell].comment.text.count("CN201") == 2
    assert marked["A1"].comment.text.startswith("原有批注") and "CN201" in marked["A1"].comment.text
    assert len(marked._charts) == 1


def test_a_workbook_is_marked_again_beside_the_first_marks(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    data = as_xlsx(DOCUMENT)
    place = place_of(xlsx.READER.read("表.xlsx", data), "1,034.50")
    once = annotate("表.xlsx", data, [finding(place)], tmp_path)
    twice = annotate("表.xlsx", once.read_bytes(), [finding(place), finding()], tmp_path)
    cells = [cell for line in openpyxl.load_workbook(twice)[place.sheet] for cell in line if cell.comment]
    assert [cell.comment.text.count("CN201") for cell in cells] == [1, 2]
    drawings = [name for name in zipfile.ZipFile(twice).namelist() if name.endswith(".vml")]
    assert len(drawings) == 1 and zipfile.ZipFile(twice).read(drawings[0]).count(b"<x:Row>") == 2


def test_where_one_figure_is_suspect_the_others_only_lead_to_it() -> None:
    suspect, other = (
        Place("表.xlsx", sheet="表1", cell=cell, table="示例表", row=cell) for cell in ("B2", "B3")
    )
    found = replace(
        finding(suspect), locations=(suspect, other), suggestion=Suggestion(suspect, "1.00", "2.00", "CN201")
    )
    marks = {mark.place.cell: mark for mark in marks_of([found])}
    assert marks["B2"].severity is found.severity and marks["B3"].severity is Severity.NOTICE
    assert "B2" in marks["B3"].text and marks["B2"].text != marks["B3"].text


def test_a_copy_that_cannot_be_finished_is_not_left_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError):
        annotate("文本.txt", "示例区某局\n".encode(), [], tmp_path / "副本")
    assert list((tmp_path / "副本").iterdir()) == []
