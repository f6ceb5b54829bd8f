"""Word's own ways: printed numbers, outline levels, tracked changes, text boxes, notes, nested tables."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.readers.made import package

from budgetlint.document import GridBlock, ParagraphBlock, Source
from budgetlint.readers.word.body import cell_text, intricate_cells, plain_cell_text
from budgetlint.readers.word.counting import counted, formatted
from budgetlint.readers.word.docx import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **parts: str) -> Source:
    files = {f"word/{name}.xml": content for name, content in parts.items()}
    files["word/document.xml"] = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return read("文.docx", package(files))


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, ParagraphBlock)]


def test_list_numbers_are_printed_before_their_paragraphs() -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">'
        + level.format(0, "chineseCounting", "%1、")
        + level.format(1, "decimal", "%1.%2")
        + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="3"/></w:numPr>'
    items = [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0), ("戊", 1)]
    source = word("".join(p(text, number.format(depth)) for text, depth in items), numbering=numbering)
    shown = [text[:-1] for text in texts(source)]
    assert (shown[0], shown[3]) == ("一、", "二、")
    assert [text[-2:] for text in (shown[1], shown[2], shown[4])] == [".1", ".2", ".1"]


def test_outline_level_comes_from_the_paragraph_or_its_styles() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="x"/><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="y"/><w:basedOn w:val="c"/></w:style></w:styles>'
    )
    body = p("一", '<w:outlineLvl w:val="0"/>') + "".join(
        p("二", f'<w:pStyle w:val="{key}"/>') for key in "abc"
    )
    levels = [block.level for block in word(body, styles=styles).blocks if isinstance(block, ParagraphBlock)]
    assert levels == [1, 2, 2, None]


def test_changes_are_read_as_accepted_and_said() -> None:
    changed = (
        "<w:p><w:r><w:t>收入</w:t></w:r><w:del><w:r><w:delText>100</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>200</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r></w:p>"
    )
    source = word(changed)
    assert texts(source) == ["收入200"]
    assert {notice.id for notice in source.notices} == {"BL105", "BL107"}


def test_field_codes_are_left_out_and_results_kept() -> None:
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert texts(word(field)) == ["7"]


def test_text_box_is_read_once_and_footnote_follows() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    body = (
        f"<w:p {mc}><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f'<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p("脚注")}</w:footnote></w:footnotes>'
    assert texts(word(body, footnotes=notes)) == ["正文", "框内", "脚注"]


def test_table_for_layout_is_passed_through_and_inner_text_is_kept() -> None:
    inner = tbl(tc(p("科目")) + tc(p("金额")), tc(p("甲")) + tc(p("1.00")))
    source = word(tbl(tc(p("标题") + inner + p("注：无"))))
    assert [type(block) for block in source.blocks] == [ParagraphBlock, GridBlock, ParagraphBlock]
    held = word(tbl(tc(p("外")) + tc(inner + p(""))))
    (grid,) = held.blocks
    assert isinstance(grid, GridBlock) and grid.rows[0][1].text == "科目 金额\n甲 1.00"


def test_rows_with_free_columns_before_keep_their_columns() -> None:
    short = f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc(p("1.00"))}'
    (grid,) = word(tbl(tc(p("甲")) + tc(p("2.00")), short)).blocks
    assert isinstance(grid, GridBlock)
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "2.00"], ["", "1.00"]]


def test_numbers_in_chinese() -> None:
    assert [counted(n) for n in (1, 10, 13, 20, 21, 105, 110)] == [
        "一",
        "十",
        "十三",
        "二十",
        "二十一",
        "一百〇五",
        "一百一十",
    ]
    assert formatted(3, "decimalEnclosedCircleChinese") == "③" and formatted(4, "lowerRoman") == "iv"


RUNS = (
    "<w:t>示例</w:t>",
    "<w:t xml:space='preserve'> 12 </w:t>",
    "<w:br/>",
    "<w:tab/>",
    "<w:t/>",
    "<w:noBreakHyphen/>",
)


@given(st.lists(st.lists(st.sampled_from(RUNS), max_size=3), min_size=1, max_size=3))
@settings(max_examples=60)
def test_plain_cells_read_the_same_as_by_the_whole_walk(paragraphs: list[list[str]]) -> None:
    inside = "".join(f"<w:p>{''.join(f'<w:r>{run}</w:r>' for run in runs)}</w:p>" for runs in paragraphs)
    table = etree.fromstring(f"<w:tbl {W}><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>")
    cell = table[0][0]
    if cell not in intricate_cells(table):
        assert plain_cell_text(cell) == cell_text(cell, lambda properties: "")
    else:
        assert any(run in inside for run in ("<w:br/>", "<w:tab/>", "<w:noBreakHyphen/>"))
