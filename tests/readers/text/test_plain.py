"""Plain text becomes paragraphs and grids, whatever its encoding and layout."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlint.document import GridBlock, ParagraphBlock, ReadError, Source
from budgetlint.readers.text.plain import MOST_LINES, READER, decode

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


HEAD = "支出表\n\n部门：示例局\n\n单位：万元\n\n"


def aligned(body: str) -> list[list[str]]:
    (grid,) = grids(read(HEAD + body))
    return words(grid)


def test_amounts_that_drift_keep_their_order() -> None:
    found = aligned(
        "科目编码      科目名称           合计      基本支出     项目支出\n"
        "          合计              530.00   404.25   125.75\n"
        "201       一般公共服务支出         380.00        300.00      80.00\n"
        "20101     人大事务             380.00        300.00      80.00\n"
        "2010102   一般行政管理事务           80.00     0.00      80.00\n"
    )
    assert [row[2:] for row in found[1:]] == [
        ["530.00", "404.25", "125.75"],
        ["380.00", "300.00", "80.00"],
        ["380.00", "300.00", "80.00"],
        ["80.00", "0.00", "80.00"],
    ]


def test_names_go_on_below_their_rows() -> None:
    found = aligned(
        "科目编码      科目名称           合计      基本支出\n"
        "208       社会保障和就业支出         60.00    60.00\n"
        "2080505   机关事业单位基本养老保险      35.40    35.40\n"
        "          缴费支出\n"
        "210       卫生健康支出            18.25    18.25\n"
    )
    assert [row[1] for row in found[1:]] == [
        "社会保障和就业支出",
        "机关事业单位基本养老保险缴费支出",
        "卫生健康支出",
    ]


def test_names_stand_around_the_line_of_their_code() -> None:
    found = aligned(
        "科目编码        科目名称       合计      基本支出\n"
        "            一般公共服务\n"
        " 201                   264.87   62.63\n"
        "            支出\n"
        " 20139      社会工作事务     264.87   62.63\n"
        " 2013901    行政运行       51.32    51.32\n"
    )
    assert [row[:2] for row in found[1:]] == [
        ["201", "一般公共服务支出"],
        ["20139", "社会工作事务"],
        ["2013901", "行政运行"],
    ]


def test_blocks_side_by_side_keep_to_their_columns() -> None:
    found = aligned(
        "收入                    支出\n"
        "项目               金额      项目                       金额\n"
        "一、一般公共预算拨款收入      530.00 一、一般公共服务支出                380.00\n"
        "二、政府性基金预算拨款收        0.00 二、社会保障和就业支出                60.00\n"
        "入\n"
        "                      三、卫生健康支出                      18.25\n"
        "本年收入合计            530.00 本年支出合计                    530.00\n"
        "收入总计              530.00 支出总计                      530.00\n"
    )
    assert found[2:] == [
        ["一、一般公共预算拨款收入", "530.00", "一、一般公共服务支出", "380.00"],
        ["二、政府性基金预算拨款收入", "0.00", "二、社会保障和就业支出", "60.00"],
        ["", "", "三、卫生健康支出", "18.25"],
        ["本年收入合计", "530.00", "本年支出合计", "530.00"],
        ["收入总计", "530.00", "支出总计", "530.00"],
    ]


def test_running_numbers_are_a_column_of_their_own() -> None:
    lines = [("", "合计", "9.00"), ("201", "一般公共服务支出", "5.00"), ("20101", "人大事务", "5.00")]
    lines += [
        ("208", "社会保障和就业支出", "4.00"),
        ("20805", "行政事业单位养老支出", "3.00"),
        ("20808", "抚恤", "1.00"),
    ]
    body = "".join(
        f"{number:<6}{code:<10}{name:<16}{total:>8}    {total:>8}\n"
        for number, (code, name, total) in enumerate(lines, 1)
    )
    found = aligned(f"序号    科目编码      科目名称               合计        基本支出\n{body}")
    assert found[0][0] == "序号"
    assert [tuple(row[:4]) for row in found[1:]] == [
        (str(number), *line) for number, line in enumerate(lines, 1)
    ]


def test_a_header_alone_is_an_empty_table() -> None:
    empty = "科目编码 科目名称 本年支出合计 基本支出 项目支出\n         合计\n"
    _, grid = grids(read(f"{ALIGNED}\n{HEAD}{empty}"))
    assert words(grid)[0] == ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]


def test_a_code_apart_from_its_name_is_brought_home() -> None:
    found = aligned(
        "科目编码        科目名称              决算数      上年数\n"
        "30239    其他交通费用          2.43     2.00\n"
        "30240    税金及附加费用         0.00     0.00\n"
        "30299\n"
        "         其他商品和服务支出            0.20     0.10\n"
        "310资本性支出                 0.00     0.00\n"
        "31002    办公设备购置          0.00     0.00\n"
    )
    assert [row[:2] for row in found[3:5]] == [["30299", "其他商品和服务支出"], ["310", "资本性支出"]]


def test_a_text_longer_than_any_document_is_refused() -> None:
    with pytest.raises(ReadError) as refused:
        READER.read("长.txt", b"x\n" * (MOST_LINES + 1))
    assert refused.value.id == "BL907"


def test_a_title_in_book_marks_ends_the_aligned_table_above_it() -> None:
    indent = " " * 20
    tables = [
        f"{indent}《{name}决算表》\n编制单位：示例局\n金额单位：万元\n"
        f"科目编码{' ' * 16}科目名称  合计   基本支出\n"
        f"201{' ' * 17}公共服务  10.00      4.00\n"
        f"221{' ' * 17}住房保障   2.00      2.00\n\n"
        for name in ("收入", "支出")
    ]
    blocks = READER.read("示例.txt", "\n".join(tables).encode()).blocks
    assert [len(block.rows) for block in blocks if isinstance(block, GridBlock)] == [3, 3]
    assert "《支出决算表》" in [block.text for block in blocks if isinstance(block, ParagraphBlock)]
