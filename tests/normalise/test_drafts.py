"""Tables: titles, head fields, units, states, blocks, continuation over pages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.normalise.documents import only, paths, printed, read, row

from budgetlint.document import Document, GridBlock, GridCell, ParagraphBlock, Place, Source, TableState
from budgetlint.normalise import structure
from budgetlint.normalise.printed.lines import Field, lines_of
from budgetlint.vocabulary import national_words


def fields(text: str) -> tuple[Field, ...]:
    return lines_of(national_words()).of(text).fields


BODY = "科目编码\t科目名称\t合计\n201\t一般公共服务支出\t1.00\n"


def amount(document: Document, table: int, name: str, column: int) -> Decimal:
    found = row(document.tables[table], name).cells[column].amount
    assert found is not None
    return found.value


@pytest.mark.parametrize(
    ("lines", "number", "unit"),
    [
        ("预算 03 表\n\n支出总表\n\n部门名称：示例局\n\n单位：万元", "预算03表", "万元"),
        ("支出总表\n\n公开03表\n\n部门：示例局    单位：元", "公开03表", "元"),
        ("附表1-2\n支出总表（单位：千元）", "附表1-2", "千元"),
        ("表三  支出总表\n金额单位：万元", "表三", "万元"),
        ("支出总表", None, None),
    ],
)
def test_what_stands_over_a_table(lines: str, number: str | None, unit: str | None) -> None:
    table = only(f"{lines}\n\n{BODY}")
    assert (table.title, table.number, table.unit) == ("支出总表", number, unit)


def test_head_fields_may_stand_in_the_grid() -> None:
    table = only("支出总表\n1001示例局\t预算年度：2024\t单位：万元\n\n" + BODY)
    facts = {name: cell.text for name, cell in table.facts.items()}
    assert facts == {"部门名称": "1001示例局", "预算年度": "2024", "单位": "万元"}
    assert table.lines == 1


def test_a_unit_is_the_cells_the_columns_or_the_tables_and_never_anothers() -> None:
    document = read(
        "收入表\n单位：万元\n\n项目\t金额\t均价（元）\n甲\t1.50\t20\n乙\t3 元\t20\n\n支出表\n\n项目\t金额\n丙\t7.00\n"
    )
    assert amount(document, 0, "甲", 1) == 15000
    assert amount(document, 0, "甲", 2) == 20
    assert amount(document, 0, "乙", 1) == 3
    unknown = row(document.tables[1], "丙").cells[1].amount
    assert unknown is not None and unknown.unit is None


def test_figures_are_read_as_printed() -> None:
    table = only("支出表\n单位：元\n\n项目\t金额\n甲\t-1,234.50\n乙\t——\n丙\t\n")
    cells = [line.cells[1] for line in table.rows]
    assert cells[0].amount is not None and cells[0].amount.value == Decimal("-1234.50")
    assert cells[1].amount is None and not cells[1].blank
    assert cells[2].blank


@pytest.mark.parametrize(
    ("under", "state"),
    [
        (BODY, TableState.FULL),
        ("科目编码\t科目名称\t合计\n\n注：本单位无此项支出，此表无数据。\n", TableState.EMPTY_WITH_NOTE),
        ("科目编码\t科目名称\t合计\n\t合计\t0.00\n", TableState.EMPTY_WITHOUT_NOTE),
        ("科目编码\t科目名称\t合计\n", TableState.EMPTY_WITHOUT_NOTE),
        ("", TableState.MISSING),
    ],
)
def test_states(under: str, state: TableState) -> None:
    document = read(f"支出总表\n\n部门名称：示例局\n\n单位：万元\n\n{under}\n第三部分 情况说明\n\n正文。\n")
    (table,) = document.tables
    assert table.state is state


def test_a_title_in_the_contents_list_is_no_table() -> None:
    document = read(
        "示例局预算公开\n\n目 录\n\n第一部分 概况\n\n一、收入总表\n\n二、支出总表\n\n第一部分\n\n概况\n\n正文在此。\n"
    )
    assert document.tables == ()
    assert [item.title for item in document.contents] == ["概况", "收入总表", "支出总表"]


def test_two_sides_are_two_blocks() -> None:
    table = only(
        "收支总表\n单位：万元\n\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n"
        "一、拨款收入\t5.00\t一、一般公共服务支出\t3.00\n\t\t二、教育支出\t2.00\n收入总计\t5.00\t支出总计\t5.00\n"
    )
    assert table.groups == 2
    assert table.lines == 3
    assert [line.path for line in table.rows if line.line == 0] == [
        ("收入", "一、拨款收入"),
        ("支出", "一、一般公共服务支出"),
    ]
    assert [line.group for line in table.rows if line.line == 1] == [1]


def test_a_page_that_moved_every_cell_is_moved_back() -> None:
    table = only(
        "收支总表\n单位：万元\n\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n"
        "一、拨款收入\t5.00\t一、一般公共服务支出\t3.00\n\t\t二、教育支出\t\n\n\t三、科学技术支出\t2.00\t\n"
    )
    assert printed(row(table, "三、科学技术支出")) == ["三、科学技术支出", "2.00"]
    assert not table.realigned


def test_notes_stand_under_their_table_and_nowhere_else() -> None:
    document = read(
        f"支出总表\n\n{BODY}\n注：数字可能有尾差，\n\n系四舍五入。\n\n第三部分 情况说明\n\n正文。\n"
    )
    (table,) = document.tables
    assert [note.text for note in table.notes] == ["注：数字可能有尾差，系四舍五入。"]
    assert [len(section.paragraphs) for section in document.sections()] == [1]


def test_spans_that_the_format_knows_fold_the_header() -> None:
    def cell(text: str, across: int = 1, down: int = 1) -> GridCell:
        return GridCell(text, row_span=down, column_span=across)

    covered = GridCell("", covered=True)
    grid = GridBlock(
        (
            (cell("示例区支出总表", across=4), covered, covered, covered),
            (cell("科目编码", down=2), cell("科目名称", down=2), cell("本年支出", across=2), covered),
            (covered, covered, cell("合计"), cell("基本支出")),
            (cell("201"), cell("一般公共服务支出"), cell("3.00"), cell("3.00")),
        ),
        spans_known=True,
    )
    (table,) = structure(Source("示例.docx", "docx", (ParagraphBlock("单位：万元"), grid))).tables
    assert paths(table) == ["科目编码", "科目名称", "本年支出/合计", "本年支出/基本支出"]
    assert (table.title, table.lines, table.rows[0].code) == ("示例区支出总表", 1, "201")


def test_a_sheet_is_keyed_and_its_fields_are_rows() -> None:
    table = only(
        "1、示例项目绩效目标表\n单位：万元\n\n项目编码\tA100\t项目名称\t示例项目\n"
        "预算数\t2.00\t其中：财政资金\t2.00\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t成本指标\t总成本\t≤2万元\n"
    )
    assert table.key == "示例项目 A100"
    value = row(table, "预算数").cells[max(row(table, "预算数").cells)]
    assert value.amount is not None and value.amount.value == 20000
    assert any(cell.text == "≤2万元" for line in table.rows for cell in line.cells.values())


def test_grids_page_by_page_are_one_table() -> None:
    """Formats with pages give a grid a page; the second may repeat the header or only go on."""

    def grid(*lines: str) -> GridBlock:
        return GridBlock(
            tuple(tuple(GridCell(text) for text in line.split("\t")) for line in lines), spans_known=True
        )

    head = ("科目编码\t科目名称\t合计",)
    blocks = (
        ParagraphBlock("支出总表"),
        ParagraphBlock("单位：万元"),
        grid(*head, "\t合计\t3.00", "201\t甲\t1.00"),
        ParagraphBlock("单位：万元"),
        grid(*head, "202\t乙\t1.00"),
        grid("203\t丙\t1.00"),
    )
    (table,) = structure(Source("示例.pdf", "pdf", blocks)).tables
    assert [line.code for line in table.rows] == [None, "201", "202", "203"]
    assert table.lines == 4


def test_a_title_inside_the_grid_goes_before_the_heading_of_the_part() -> None:
    table = only("第四部分 部门预算表\n\n单位：万元\n\n收支总表\t\t\n" + BODY)
    assert table.title == "收支总表"


def test_the_code_and_name_of_the_department_under_a_title_is_no_title() -> None:
    table = only("支出总表\n\n301示例市示例区某局\n\n单位：万元\n\n" + BODY)
    assert table.title == "支出总表" and table.facts["部门名称"].text == "301示例市示例区某局"


def test_a_department_without_its_name_heads_a_table_beside_its_fields() -> None:
    found = fields("301 示例市示例区某局    预算年度：2024    单位：万元")
    assert [(field.name, field.value) for field in found] == [
        ("部门名称", "301 示例市示例区某局"),
        ("预算年度", "2024"),
        ("单位", "万元"),
    ]
    assert not fields("部门收支总表    单位：万元")


def test_a_head_field_may_stand_apart_from_its_value() -> None:
    assert [(one.name, one.value) for one in fields("部门名称：    示例区某局")] == [
        ("部门名称", "示例区某局")
    ]


@pytest.mark.parametrize("title", ["支出总表（续表）", "支出总表（续）", "续表：支出总表", "支出总表（续1）"])
def test_a_table_whose_title_says_so_continues_the_one_before(title: str) -> None:
    table = only(f"支出总表\n单位：万元\n\n{BODY}\n{title}\n单位：万元\n\n{BODY.replace('201', '202')}")
    assert (table.title, [line.code for line in table.rows]) == ("支出总表", ["201", "202"])


@pytest.mark.parametrize(("code", "tables"), [("202", 1), ("201", 2)])
def test_a_title_repeated_on_the_next_page_continues_unless_the_rows_begin_anew(
    code: str, tables: int
) -> None:
    blocks: list[ParagraphBlock | GridBlock] = []
    for page, first in ((1, "201"), (2, code)):
        place = Place("页.pdf", page=page)
        lines = [["科目编码", "科目名称", "合计"], [first, "示例支出", "1.00"]]
        rows = tuple(tuple(GridCell(text, place) for text in line) for line in lines)
        blocks += [ParagraphBlock("支出总表", place), GridBlock(rows, place)]
    assert len(structure(Source("页.pdf", "pdf", tuple(blocks))).tables) == tables


@pytest.mark.parametrize("printed_so", ["#REF!", "#DIV/0!", "########", "#未计算"])
def test_what_stands_for_a_figure_is_no_header_no_zero_and_no_figure(printed_so: str) -> None:
    table = only(
        f"支出总表\n单位：万元\n\n科目编码\t科目名称\t合计\n\t合计\t{printed_so}\n201\t甲支出\t1.00\n"
    )
    cell = row(table, "合计").cells[2]
    assert (cell.text, cell.amount, cell.blank) == (printed_so, None, False)
    assert paths(table) == ["科目编码", "科目名称", "合计"]


def _grid(rows: list[str], line: int) -> GridBlock:
    place = Place("示例.html", line=line, end_line=line)
    return GridBlock(
        tuple(tuple(GridCell(text, place) for text in row.split("|")) for row in rows),
        place,
        spans_known=True,
    )


def test_the_unit_is_read_from_a_grid_that_holds_nothing_but_head_lines() -> None:
    blocks = (
        ParagraphBlock("支出总表", Place("示例.html", line=1)),
        _grid(["部门：示例局||金额单位：万元"], 2),
        _grid(["科目编码|科目名称|合计", "201|一般公共服务支出|1.00"], 3),
    )
    (table,) = structure(Source("示例.html", "html", blocks)).tables
    assert (table.title, table.unit) == ("支出总表", "万元")
    assert row(table, "201").cells[2].amount is not None


def test_header_cells_repeated_in_every_line_they_span_make_no_form() -> None:
    table = only(
        "“三公”经费支出表\n\n单位：万元\n\n年度\t总额\t接待费\t公车\t公车\n年度\t总额\t接待费\t购置费\t运行费\n2023年\t5.00\t1.00\t\t4.00\n2024年\t5.00\t1.00\t\t4.00\n"
    )
    assert paths(table) == ["年度", "总额", "接待费", "公车/购置费", "公车/运行费"]
    assert len(table.rows) == 2


def test_a_list_of_indicators_below_each_project_keeps_its_columns() -> None:
    table = only(
        "项目支出绩效目标表\n\n单位：万元\n\n"
        "单位代码\t项目名称\t资金总额\t年度绩效目标\t一级指标\t二级指标\t三级指标\t指标值\t指标值内容\t度量单位\n"
        "101001\t档案整理费\t12.00\t整理完毕\t产出指标\t数量指标\t整理卷数\t≥12\t全部卷宗\t卷\n"
        "\t\t\t\t效益指标\t社会效益指标\t查阅便利\t明显\t查阅更快\t定性\n"
    )
    assert "二级指标" in paths(table)
    first, second = table.rows
    assert first.cells[6].text == "整理卷数"
    assert second.cells[7].text == "明显"
    assert second.parent == 0
