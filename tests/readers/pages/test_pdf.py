"""Pages become paragraphs and tables, however they are ruled, cut and turned; what cannot be read is said."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from budgetlint.document import GridBlock, ParagraphBlock, Source
from budgetlint.readers.pages.flow import blocks_of
from budgetlint.readers.pages.glyphs import Glyph
from budgetlint.readers.pages.page import Page, content_of
from budgetlint.readers.pages.pdf import READER
from budgetlint.readers.pages.ruling import Stroke
from budgetlint.readers.pages.unread import unread_notice


def words(text: str, left: float, top: float, size: float = 10.0) -> list[Glyph]:
    """Set a text: Chinese characters a type size wide, others half of it."""
    glyphs = []
    for char in text:
        width = size / 2 if char.isascii() else size
        glyphs.append(Glyph(char, left, top, left + width, top + size, size))
        left += width
    return glyphs


def line(x0: float, y0: float, x1: float, y1: float) -> Stroke:
    return Stroke(x0, y0, x1, y1)


def page(glyphs: list[Glyph], strokes: list[Stroke], number: int = 1) -> Page:
    return Page(number, 600, 800, glyphs, strokes, lambda box: box)


def blocks(*pages: Page) -> list[object]:
    return list(blocks_of([content_of(one, "页.pdf") for one in pages], "页.pdf"))


def texts(grid: object) -> list[list[str]]:
    assert isinstance(grid, GridBlock)
    return [[cell.text for cell in row] for row in grid.rows]


def ruled(xs: list[float], ys: list[float]) -> list[Stroke]:
    return [line(xs[0], y, xs[-1], y) for y in ys] + [line(x, ys[0], x, ys[-1]) for x in xs]


def test_open_sides_are_closed_where_the_rules_end() -> None:
    strokes = [line(100, y, 400, y) for y in (200, 220, 240)] + [line(250, 200, 250, 240)]
    glyphs = (
        words("项目", 110, 205) + words("1.00", 300, 205) + words("合计", 110, 225) + words("2.00", 300, 225)
    )
    (grid,) = blocks(page(glyphs, strokes))
    assert texts(grid) == [["项目", "1.00"], ["合计", "2.00"]]


def test_missing_rules_merge_cells() -> None:
    strokes = [
        *(line(100, y, 400, y) for y in (200, 240)), line(250, 220, 400, 220),
        *(line(x, 200, x, 240) for x in (100, 250, 400)), line(325, 220, 325, 240),
    ]  # fmt: skip
    glyphs = words("名称", 110, 215) + words("其中", 300, 205) + words("甲", 270, 225) + words("乙", 340, 225)
    (grid,) = blocks(page(glyphs, strokes))
    assert isinstance(grid, GridBlock)
    spans = [[(c.text, c.row_span, c.column_span) for c in row if not c.covered] for row in grid.rows]
    assert spans == [[("名称", 2, 1), ("其中", 1, 2)], [("甲", 1, 1), ("乙", 1, 1)]]


def test_wrapped_cell_is_joined_and_a_break_is_kept() -> None:
    strokes = ruled([100, 170, 300], [200, 240])
    glyphs = words("机关事业单位", 103, 205) + words("养老保险", 103, 220) + words("合计", 200, 205)
    glyphs += words("（元）", 200, 220)
    (grid,) = blocks(page(glyphs, strokes))
    assert texts(grid) == [["机关事业单位养老保险", "合计\n（元）"]]


def test_columns_without_any_rules_are_found_by_alignment() -> None:
    rows = [
        ("科目", "合计", "基本"),
        ("教育支出", "12.00", "10.00"),
        ("住房支出", "3.00", "1.00"),
        ("合计", "15.00", "11.00"),
    ]
    glyphs: list[Glyph] = []
    for number, (name, total, basic) in enumerate(rows):
        top = 200 + 16 * number
        glyphs += words(name, 100, top) + words(total, 250, top) + words(basic, 350, top)
    (grid,) = blocks(page(glyphs, []))
    assert texts(grid) == [list(row) for row in rows]


def test_tight_columns_without_rules_are_found_by_the_rivers_between_them() -> None:
    rows = [
        ("科目", "合计", "备注"),
        ("教育支出", "12.00", "示例"),
        ("住房保障支出", "3.00", "示例"),
        ("社会保险", "15.00", "示例"),
    ]
    glyphs: list[Glyph] = []
    for number, (name, total, note) in enumerate(rows):
        top = 200 + 16 * number
        width = sum(5 if char.isascii() else 10 for char in total)
        glyphs += words(name, 100, top) + words(total, 190 - width, top) + words(note, 193, top)
    (grid,) = blocks(page(glyphs, []))
    assert texts(grid) == [list(row) for row in rows]


def test_sentences_with_figures_are_no_table() -> None:
    lines = [
        "2024 年收入 12.00 万元，",
        "比 2023 年增加 3.00 万元，",
        "其中基本支出 10.00 万元，",
        "项目支出 2.00 万元。",
    ]
    glyphs = [glyph for number, text in enumerate(lines) for glyph in words(text, 100, 200 + 16 * number)]
    assert all(isinstance(block, ParagraphBlock) for block in blocks(page(glyphs, [])))


def test_columns_that_no_rule_parts_are_cut_by_their_figures() -> None:
    strokes = ruled([100, 400], [200, 220, 240, 260, 280])
    rows = [("科目", "合计"), ("教育支出", "12.00"), ("住房支出", "3.00"), ("合计", "15.00")]
    glyphs = [
        glyph
        for number, (name, total) in enumerate(rows)
        for glyph in words(name, 110, 205 + 20 * number) + words(total, 300, 205 + 20 * number)
    ]
    (grid,) = blocks(page(glyphs, strokes))
    assert texts(grid) == [list(row) for row in rows]


def test_rows_that_no_rule_parts_are_cut_by_their_figures() -> None:
    strokes = ruled([100, 200, 300, 400], [200, 220, 280])
    rows = [("教育支出", "12.00", "1.00"), ("住房支出", "3.00", "2.00"), ("合计", "15.00", "3.00")]
    glyphs = words("科目", 110, 205) + words("本年", 210, 205) + words("上年", 310, 205)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            glyphs += words(cell, 110 + 100 * column, 225 + 18 * number)
    (grid,) = blocks(page(glyphs, strokes))
    assert texts(grid) == [["科目", "本年", "上年"], *(list(row) for row in rows)]


def test_table_cut_by_a_page_break_is_one_table() -> None:
    xs = [100.0, 250, 400]
    first = page(words("甲", 110, 705) + words("1.00", 300, 705), ruled(xs, [700, 720]))
    second = page(words("乙", 110, 65) + words("2.00", 300, 65), ruled(xs, [60, 80]), 2)
    (grid,) = blocks(first, second)
    assert texts(grid) == [["甲", "1.00"], ["乙", "2.00"]]
    assert isinstance(grid, GridBlock) and grid.breaks == (1,)
    assert [row[0].place.page for row in grid.rows] == [1, 2]


def test_row_cut_by_a_page_break_is_one_row() -> None:
    xs = [100.0, 170, 400]
    first = page(words("机关事业单位", 103, 705) + words("1.00", 300, 705), ruled(xs, [700, 720]))
    second = page(
        words("养老保险", 103, 65) + words("乙", 103, 85) + words("2.00", 300, 85),
        ruled(xs, [60, 80, 100]),
        2,
    )
    (grid,) = blocks(first, second)
    assert texts(grid) == [["机关事业单位养老保险", "1.00"], ["乙", "2.00"]]


def test_empty_half_of_a_row_under_a_repeated_header_is_dropped() -> None:
    xs = [100.0, 250, 400]
    header = [("科目", 110), ("合计", 300)]
    first = page(
        [glyph for text, x in header for glyph in words(text, x, 665)]
        + words("甲", 110, 685)
        + words("1.00", 300, 685),
        ruled(xs, [660, 680, 700]),
    )
    second = page(
        [glyph for text, x in header for glyph in words(text, x, 65)]
        + words("乙", 110, 105)
        + words("2.00", 300, 105),
        ruled(xs, [60, 80, 100, 120]),
        2,
    )
    (grid,) = blocks(first, second)
    assert texts(grid) == [["科目", "合计"], ["甲", "1.00"], ["科目", "合计"], ["乙", "2.00"]]


def test_row_with_merged_cells_cut_by_a_page_break_is_one_row() -> None:
    xs = [100, 200, 300, 400]
    upper = [
        *ruled(xs, [700, 720]),
        *(line(x, 720, x, 740) for x in (100, 200, 400)),
        line(100, 740, 400, 740),
    ]
    lower = [line(100, y, 400, y) for y in (50, 70, 90)] + [line(x, 50, x, 70) for x in (100, 200, 400)]
    lower += [line(x, 70, x, 90) for x in xs]
    first = words("名称", 103, 705) + words("数量", 203, 705) + words("单位", 303, 705)
    first += words("目标", 103, 725) + words("办理各类事项并提供各项服务的总体情况说明", 203, 725, 9.5)
    second = words("材料齐全", 203, 55) + words("合计", 103, 75) + words("1", 203, 75) + words("件", 303, 75)
    (grid,) = blocks(page(first, upper), page(second, lower, 2))
    assert texts(grid) == [
        ["名称", "数量", "单位"],
        ["目标", "办理各类事项并提供各项服务的总体情况说明材料齐全", ""],
        ["合计", "1", "件"],
    ]


def test_half_with_more_columns_gives_them_to_the_half_before() -> None:
    upper = ruled([100, 200, 400], [700, 720])
    lower = ruled([100, 200, 300, 400], [50, 70])
    first = words("项目名称", 103, 705) + words("示例项目", 203, 705)
    second = words("合计", 103, 55) + words("1", 203, 55) + words("2", 303, 55)
    (grid,) = blocks(page(first, upper), page(second, lower, 2))
    assert isinstance(grid, GridBlock)
    assert texts(grid) == [["项目名称", "示例项目", ""], ["合计", "1", "2"]]
    assert grid.rows[0][1].column_span == 2


def test_how_far_words_are_indented_is_kept() -> None:
    strokes = ruled([100, 300, 400], [200, 220, 240, 260])
    glyphs = words("其中：甲类支出", 103, 205) + words("乙类支出", 133, 225) + words("合计", 190, 245)
    (grid,) = blocks(page(glyphs, strokes))
    assert [row[0] for row in texts(grid)] == ["其中：甲类支出", "      乙类支出", "合计"]


def test_line_of_a_cell_ends_where_the_next_word_had_no_room() -> None:
    strokes = ruled([100, 200], [200, 260])
    (grid,) = blocks(
        page(
            words("群众满意度达", 103, 205) + words("98.50%以上", 103, 220),
            [*strokes, *ruled([200, 300], [200, 260])],
        )
    )
    assert texts(grid) == [["群众满意度达98.50%以上", ""]]


def test_total_row_alone_on_a_page_keeps_its_columns() -> None:
    xs = [100.0, 150, 250, 400]
    first = page(
        words("201", 103, 705) + words("甲", 160, 705) + words("1.00", 300, 705), ruled(xs, [700, 720])
    )
    second = page(words("合计", 150, 65) + words("1.00", 300, 65), ruled([100, 250, 400], [60, 80]), 2)
    (grid,) = blocks(first, second)
    assert texts(grid) == [["201", "甲", "1.00"], ["合计", "", "1.00"]]
    assert isinstance(grid, GridBlock) and grid.rows[1][0].column_span == 2 and grid.rows[1][1].covered


def test_tables_with_text_between_stay_apart() -> None:
    xs = [100.0, 250, 400]
    first = page(words("甲", 110, 605) + words("1.00", 300, 605), ruled(xs, [600, 620]))
    second = page(
        words("另一张表", 250, 100) + words("乙", 110, 135) + words("2.00", 300, 135),
        ruled(xs, [130, 150]),
        2,
    )
    assert [type(block) for block in blocks(first, second)] == [GridBlock, ParagraphBlock, GridBlock]


def test_lines_of_a_paragraph_are_joined_over_pages_and_page_numbers_dropped() -> None:
    full = "示例" * 20
    first = [*words(full, 120, 100), *words(full + "示例", 100, 118), *words(full + "示例", 100, 136)]
    second = [*words("续完。", 100, 100), *words("新的一段。", 120, 118)]
    shown = blocks(page(first + words("- 1 -", 290, 770), []), page(second + words("- 2 -", 290, 770), [], 2))
    assert [block.text for block in shown if isinstance(block, ParagraphBlock)] == [
        full * 3 + "示例" * 2 + "续完。",
        "新的一段。",
    ]


def test_frame_of_one_cell_is_no_table() -> None:
    shown = blocks(page(words("框中的话", 110, 205), ruled([100, 300], [200, 220])))
    assert [type(block) for block in shown] == [ParagraphBlock]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_turned_pages_read_the_same_and_places_stay(
    office: Callable[[bytes, str, str], bytes], rotation: int
) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    body = "<table border=1><tr><td>示例</td><td>1.00</td></tr><tr><td>合计</td><td>2.00</td></tr></table>"
    upright = office(office(f"<html>{body}</html>".encode(), "html", "odt"), "odt", "pdf")
    straight = READER.read("直", upright)
    table = [["示例", "1.00"], ["合计", "2.00"]]
    assert [texts(b) for b in straight.blocks if isinstance(b, GridBlock)] == [table]
    with pikepdf.open(io.BytesIO(upright)) as document:
        turned = document.pages[0]
        turned.Rotate = rotation
        shown_only = _saved(document)
        matrix = {90: b"0 1 -1 0 842 0", 180: b"-1 0 0 -1 842 842", 270: b"0 -1 1 0 0 842"}[rotation]
        turned.MediaBox = [0, 0, 842, 842]
        turned.contents_add(pikepdf.Stream(document, b"q " + matrix + b" cm"), prepend=True)
        turned.contents_add(pikepdf.Stream(document, b"Q"))
        drawn_too = _saved(document)
    # The page is only shown turned: the same cells at the same places of the file.
    assert _cells(READER.read("转", shown_only)) == _cells(straight)
    assert [texts(b) for b in READER.read("转", drawn_too).blocks if isinstance(b, GridBlock)] == [table]


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _cells(source: Source) -> set[tuple[str, tuple[int, ...]]]:
    return {
        (cell.text, tuple(round(edge) for edge in cell.place.box or ()))
        for block in source.blocks
        if isinstance(block, GridBlock)
        for row in block.rows
        for cell in row
    }


def test_scanned_page_is_unread_and_never_empty() -> None:
    pikepdf = pytest.importorskip("pikepdf")
    document = pikepdf.new()
    document.add_blank_page(page_size=(600, 800))
    image = pikepdf.Stream(document, bytes(64 * 64))
    image.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 64, "/Height": 64})
    image.update({"/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8})
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
    document.pages[0].Contents = pikepdf.Stream(document, b"q 580 0 0 780 10 10 cm /Im Do Q")
    stream = io.BytesIO()
    document.save(stream)
    (notice,) = READER.read("扫描.pdf", stream.getvalue()).notices
    assert notice.id == "BL106" and notice.unread and notice.place.page == 1


@pytest.mark.parametrize(
    ("beside", "id"), [("第1页", "BL106"), ("示例市示例区某局的支出情况如下" * 10, "BL111")]
)
def test_a_picture_beside_text_leaves_the_text_read(beside: str, id: str) -> None:
    glyphs = [Glyph(char, 20.0 + n, 30.0, 21.0 + n, 40.0, 10.0) for n, char in enumerate(beside)]
    page = Page(7, 600.0, 800.0, glyphs, [], lambda box: box, [(50.0, 200.0, 550.0, 600.0)])
    notice = unread_notice(page, "示例.pdf")
    assert notice is not None and notice.id == id and notice.unread and notice.place.page == 7


def test_fonts_without_a_character_map_are_unread(office: Callable[[bytes, str, str], bytes]) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    made = office(office("<html><p>示例区某局部门预算公开</p></html>".encode(), "html", "odt"), "odt", "pdf")
    with pikepdf.open(io.BytesIO(made)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                del item["/ToUnicode"]
        stream = io.BytesIO()
        document.save(stream)
    source = READER.read("无码.pdf", stream.getvalue())
    assert any(notice.unread for notice in source.notices)


def test_real_budget_has_its_nine_tables_whole(corpus_pdf: Callable[[str], bytes]) -> None:
    source = READER.read("预算.pdf", corpus_pdf("budget"))
    sizes = [(len(b.rows), len(b.rows[0])) for b in source.blocks if isinstance(b, GridBlock)]
    assert sizes == [(16, 4), (70, 9), (70, 7), (16, 7), (82, 7), (15, 7), (15, 7), (35, 6), (4, 7)]
    assert not source.notices


def test_real_final_accounts_have_their_tables_whole(corpus_pdf: Callable[[str], bytes]) -> None:
    source = READER.read("决算.pdf", corpus_pdf("final"))
    sizes = [(len(b.rows), len(b.rows[0])) for b in source.blocks if isinstance(b, GridBlock)]
    assert sizes == [(3, 3), (32, 4), (20, 9), (20, 8), (34, 7), (20, 5), (40, 6), (5, 12), (6, 8), (6, 8)]


def table(rows: list[list[str]], xs: list[float], top: float) -> tuple[list[Glyph], list[Stroke]]:
    """A ruled table, its rows 20 points high."""
    ys = [top + 20.0 * number for number in range(len(rows) + 1)]
    glyphs = [
        glyph
        for y, row in zip(ys, rows, strict=False)
        for x, text in zip(xs, row, strict=False)
        for glyph in words(text, x + 5, y + 5)
    ]
    return glyphs, ruled(xs, ys)


WHOLE = [
    ["编码", "名称", "合计", "基本", "项目"],
    ["201", "甲支出", "3.00", "1.00", "2.00"],
    ["202", "乙支出", "4.00", "4.00", ""],
    ["203", "丙支出", "5.00", "—", "5.00"],
    ["合计", "", "12.00", "5.00", "7.00"],
]


@pytest.mark.parametrize("labels", [0, 2])
@pytest.mark.parametrize("over", [[], ["示例支出总表"], ["单位：万元"]])
def test_the_half_of_a_table_on_the_next_page_is_put_beside_the_other(labels: int, over: list[str]) -> None:
    left, left_rules = table([row[:3] for row in WHOLE], [50, 100, 200, 260], 100)
    again = [row[:labels] + row[3:] for row in WHOLE]
    right, right_rules = table(again, [50, 110, 190, 280, 340][: labels + 3], 100)
    lines = [glyph for number, text in enumerate(over) for glyph in words(text, 50, 85 - 15 * number)]
    found = blocks(
        page(words("示例支出总表", 200, 84) + left, left_rules), page(lines + right, right_rules, 2)
    )
    (grid,) = (block for block in found if isinstance(block, GridBlock))
    assert texts(grid) == WHOLE
    said = [block.text for block in found if isinstance(block, ParagraphBlock)]
    assert said == ["示例支出总表", *(text for text in over if "单位" in text)]


def test_a_table_with_labels_of_its_own_stays_apart() -> None:
    left, left_rules = table([row[:3] for row in WHOLE], [50, 100, 200, 260], 100)
    other = [["编码", "名称", "合计"], *([f"3{row}", "另支出", "1.00"] for row in range(4))]
    right, right_rules = table(other, [50, 110, 190, 280], 100)
    found = blocks(page(left, left_rules), page(right, right_rules, 2))
    assert [texts(grid) for grid in found] == [[row[:3] for row in WHOLE], other]


def test_a_title_printed_again_over_the_next_page_cuts_no_table() -> None:
    pages = []
    for number in (1, 2):
        rows = [
            WHOLE[0],
            *([f"{number}0{row}", f"{'甲乙丙'[row]}支出", "1.00", "1.00", ""] for row in range(3)),
        ]
        glyphs, rules = table(rows, [50, 100, 200, 260, 320, 380], 140)
        pages.append(page(words("示例支出总表", 250, 100) + glyphs, rules, number))
    title, grid = blocks(*pages)
    assert isinstance(title, ParagraphBlock) and title.text == "示例支出总表"
    assert isinstance(grid, GridBlock) and len(grid.rows) == 8 and grid.breaks == (4,)


def test_the_title_over_every_page_of_a_table_is_said_once() -> None:
    pages = []
    for number in range(1, 5):
        glyphs, rules = table(
            [[f"{number}{row}", "支出", "1.00"] for row in range(3)], [50, 100, 200, 260], 140
        )
        pages.append(
            page(words("示例支出总表", 250, 40) + words(f"第{number}页", 280, 770) + glyphs, rules, number)
        )
    title, grid = blocks(*pages)
    assert isinstance(title, ParagraphBlock) and title.text == "示例支出总表"
    assert isinstance(grid, GridBlock) and len(grid.rows) == 12


def test_large_type_across_the_page_is_a_watermark() -> None:
    glyphs, rules = table(WHOLE, [50, 100, 200, 260, 320, 380], 100)
    (title, grid) = blocks(
        page(words("示例支出总表", 200, 50, 22) + glyphs + words("示例公开", 60, 120, 40), rules)
    )
    assert isinstance(title, ParagraphBlock) and title.text == "示例支出总表"
    assert texts(grid) == WHOLE


def test_a_name_of_two_lines_beside_its_figures_is_one_cell_without_rules() -> None:
    glyphs = (
        words("编码", 60, 100) + words("名称", 120, 100) + words("合计", 260, 100) + words("项目", 340, 100)
    )
    wanted = [["编码", "名称", "合计", "项目"]]
    for number in range(4):
        top = 120 + 26 * number
        glyphs += words(f"20{number}", 60, top) + words("5.50", 260, top) + words("1.50", 340, top)
        if number % 2:
            glyphs += words("示例支出", 120, top)
            wanted.append([f"20{number}", "示例支出", "5.50", "1.50"])
        else:
            glyphs += words("示例基本养老保险", 120, top - 6) + words("缴费支出", 120, top + 6)
            wanted.append([f"20{number}", "示例基本养老保险缴费支出", "5.50", "1.50"])
    (grid,) = blocks(page(glyphs, []))
    assert [[text.replace("\n", "") for text in line] for line in texts(grid)] == wanted
