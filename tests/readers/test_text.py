"""Plain text becomes paragraphs and grids, whatever its encoding and layout."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlint.document import GridBlock, ParagraphBlock, ReadError, Source
from budgetlint.readers.text import READER, decode

ROWS = "支出表\n单位：万元\n\n科目\t金额\n甲\t1.00\n\n乙\t2.00\n"


def read(text: str) -> Source:
    return READER.read("sample.txt", text.encode())


def grids(source: Source) -> list[GridBlock]:
    return [block for block in source.blocks if isinstance(block, GridBlock)]


def words(grid: GridBlock) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_every_usual_encoding_gives_the_same_blocks(encoding: str) -> None:
    assert READER.read("sample.txt", ROWS.encode(encoding)).blocks == read(ROWS).blocks


@pytest.mark.parametrize("content", [b"", b"  \n\n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        READER.read("empty.txt", content)
    assert caught.value.id == "BL901"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ReadError) as caught:
        READER.read("odd.txt", bytes(range(128, 256)) * 3)
    assert caught.value.id == "BL902"


@pytest.mark.parametrize("content", [b"PK\x03\x04rest", b"%PDF-1.7", b"\xd0\xcf\x11\xe0"])
def test_other_formats_are_not_taken_for_text(content: bytes) -> None:
    assert READER.sniff(content) == 0


@given(st.binary(max_size=200))
def test_decoding_never_breaks(content: bytes) -> None:
    text = decode(content)
    assert text is None or isinstance(text, str)


def test_tab_separated_lines_are_rows_and_an_empty_line_a_break() -> None:
    (grid,) = grids(read(ROWS))
    assert words(grid) == [["科目", "金额"], ["甲", "1.00"], ["乙", "2.00"]]
    assert grid.breaks == (2,)
    assert (grid.rows[2][1].place.line, grid.place.line, grid.place.end_line) == (7, 4, 7)


def test_a_page_number_inside_a_table_is_passed_over() -> None:
    (grid,) = grids(read("a\t1\n\n- 12 -\n\nb\t2\n"))
    assert words(grid) == [["a", "1"], ["b", "2"]]


def test_cells_on_lines_of_their_own() -> None:
    text = "表\n\t项目\n\t数量\n\n\t第一行\n第二行\n\t3\n\n\n\n\t甲\n\t\n\n后文。\n"
    (grid,) = grids(read(text))
    assert words(grid) == [["项目", "数量"], ["第一行\n第二行", "3"], ["甲", ""]]
    assert grid.breaks == (2,)
    assert grid.rows[1][0].place.line == 5
    assert grid.rows[1][0].place.end_line == 6


def test_a_cell_of_several_paragraphs_with_empty_lines_between() -> None:
    row = "\t1\n\t甲\n\t二\n\n"
    text = f"{row}{row}\t2\n\t第一段\n\n第二段\n\t三\n\n\n标题\n"
    (grid,) = grids(read(text))
    assert words(grid)[2] == ["2", "第一段\n第二段", "三"]


def test_markdown_tables_and_markup() -> None:
    source = read(
        "## 第一部分 概况\n\n| 项目 | 值 |\n|:--|--:|\n| **甲** | $\\geq 95\\%$ |\n\n<p>正文&amp;</p>\n"
    )
    heading, grid, text = source.blocks
    assert isinstance(heading, ParagraphBlock) and (heading.text, heading.level) == ("第一部分 概况", 2)
    assert isinstance(grid, GridBlock) and words(grid) == [["项目", "值"], ["甲", "≥95%"]]
    assert isinstance(text, ParagraphBlock) and text.text == "正文&"


def test_bookmarks_are_no_words() -> None:
    (block,) = read("[bookmark: _Toc_1]收支总表\n").blocks
    assert isinstance(block, ParagraphBlock) and block.text == "收支总表"


ALIGNED = """\
                 示例支出表
编制部门：示例局                         单位：元

         项目                  支出预算

科目编码    科目名称        合计      基本支出    项目支出

201     一般公共服务支出     1,000      600      400

20101   人大事务          1,000      600      400

        合计            1,000      600      400
注：示例。
"""


def test_columns_aligned_with_spaces() -> None:
    (grid,) = grids(read(ALIGNED))
    assert words(grid)[0] == ["项目", "", "支出预算", "", ""]
    assert words(grid)[1] == ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    assert words(grid)[2:] == [
        ["201", "一般公共服务支出", "1,000", "600", "400"],
        ["20101", "人大事务", "1,000", "600", "400"],
        ["", "合计", "1,000", "600", "400"],
    ]


def test_text_may_be_aligned_by_the_width_of_chinese_characters() -> None:
    rows = [
        ("科目编码", "科目名称", "合计", "项目支出"),
        ("212", "城乡社区支出", "130.84", ""),
        ("21208", "国有土地使用权出让收入安排的支出", "130.84", "130.84"),
        ("2120801", "征地和拆迁补偿支出", "", "130.84"),
        ("2120802", "土地开发支出", "7.00", "7.00"),
    ]
    wide = (10, 36, 10, 10)
    text = "\n".join(
        "  "
        + "".join(
            cell + " " * (width - sum(2 if char > "\u2e7f" else 1 for char in cell))
            for cell, width in zip(row, wide, strict=True)
        ).rstrip()
        for row in rows
    )
    (grid,) = grids(read(f"支出表\n\n单位：万元\n\n{text}\n"))
    assert [tuple(line) for line in words(grid)] == rows
