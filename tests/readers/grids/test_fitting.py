"""Grids found by alignment tell what does not fit them."""

from __future__ import annotations

import pytest
from examples.formats import pdf
from examples.formats.items import Cell, Table
from examples.formats.layout import Style

from budgetlint.document import GridBlock, GridCell
from budgetlint.readers.grids.fitting import headless, ill_fitting
from budgetlint.readers.text.plain import READER


@pytest.mark.parametrize(
    "text",
    [
        "1.00 2.00",
        "教育支出    12",
        "合计 12.50",
        "其他支12.50出",
        "3\n4",
        "12    二十、其他支出",
        "7.00三、国防支出",
    ],
)
def test_a_cell_that_holds_two_is_doubtful(text: str) -> None:
    assert ill_fitting([(GridCell("项目"), GridCell(text))])


@pytest.mark.parametrize(
    "text", ["205 教育支出", "1,234.56", "一、基本\n支出", "增长 12%", "12.50万元", "（一）人员经费", ""]
)
def test_what_fits_is_not(text: str) -> None:
    assert not ill_fitting([(GridCell("项目"), GridCell(text))])


def test_a_figure_across_two_columns_is_doubtful() -> None:
    assert ill_fitting([(GridCell("12.50", column_span=2), GridCell("", covered=True))])
    assert not ill_fitting([(GridCell("本年支出", column_span=2), GridCell("", covered=True))])


def _rows(*lines: str) -> list[tuple[GridCell, ...]]:
    return [tuple(GridCell(text.strip()) for text in line.split("|")) for line in lines]


def test_a_name_run_into_a_column_of_codes_is_doubtful() -> None:
    codes = ["编码 | 合计", "201 | 1.00", "20101 | 1.00", "2010101 | 1.00"]
    assert ill_fitting(_rows(*codes, "教育 205支出 | 2.00"))
    assert not ill_fitting(_rows(*codes, "合计 | 2.00"))


def test_labels_that_have_columns_of_their_own_elsewhere_are_doubtful_in_one_cell() -> None:
    rows = ["编码 | 名称 | 合计", "201 | 教育支出 | 1.00"]
    assert ill_fitting(_rows(*rows, "编码 名称 | | 合计"))
    assert not ill_fitting(_rows(*rows, "编码 | 名称 | 合计"))


def test_two_columns_that_never_print_together_are_one_where_one_has_no_label() -> None:
    body = ["教育支出 | 1.00 |", "其他支出 | | 10.00"]
    assert ill_fitting(_rows("项目 | 一般公共预算 |", *body))
    assert not ill_fitting(_rows("项目 | 一般公共预算 | 政府性基金预算", *body))


def test_a_grid_that_begins_with_amounts_lost_its_header() -> None:
    assert headless([(GridCell("教育支出"), GridCell("12.50"))])
    assert not headless([(GridCell("项目"), GridCell("2024"))])


def _grids(style: Style) -> list[GridBlock]:
    words = [("科目名称", "合计", "基本支出"), ("合计", "30.00", "10.00")]
    words += [(f"第{at}项支出", "3.00", "1.00") for at in range(90)]
    table = Table(("部门支出总表",), tuple(tuple(map(Cell, row)) for row in words))
    from budgetlint.readers.pages.pdf import read

    blocks = read("x.pdf", pdf.write([table], style)).blocks
    return [block for block in blocks if isinstance(block, GridBlock)]


@pytest.mark.parametrize("rules", ["frames", "open", "rows", "none"])
def test_a_plain_table_is_sure_however_it_is_ruled(rules: str) -> None:
    assert not any(grid.unsure for grid in _grids(Style(rules=rules)))


def test_a_table_without_a_frame_reads_like_one_with_it_over_pages_that_repeat_the_header() -> None:
    framed, opened = (_grids(Style(rules=rules, repeats=True)) for rules in ("frames", "open"))
    assert [[cell.text for cell in row] for grid in framed for row in grid.rows] == [
        [cell.text for cell in row] for grid in opened for row in grid.rows
    ]


def test_aligned_text_that_fits_is_sure() -> None:
    lines = ["部门支出总表", "项目         合计        基本支出", "教育支出     12.50       10.00"]
    lines += ["科技支出     22.50       20.00", "其他支出     32.50       30.00"]
    told = READER.read("x.txt", "\n".join(lines).encode()).blocks
    assert not any(isinstance(block, GridBlock) and block.unsure for block in told)
