"""A drawing shows what a document prints, each figure with what the checks said of it, and nothing nobody should repeat."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.conftest import CLEAN

from budgetlint.config import Settings
from budgetlint.document import Column, Row, Table
from budgetlint.drawing.tables import bands_of
from budgetlint.reporters import html
from budgetlint.results.drawing import Drawing, DrawnTable, DrawnText, State
from budgetlint.results.report import DocumentReport, Report
from budgetlint.run.opening import open_session

pytestmark = pytest.mark.usefixtures("no_bundled_rules")


def _check(file: Path, rules: Path) -> Report:
    return open_session(Settings(rules=(str(rules),), select=("ZZ",), draw=True)).check([str(file)])


def _drawn(file: Path, rules: Path) -> tuple[DocumentReport, Drawing]:
    (document,) = _check(file, rules).documents
    assert document.drawing is not None
    return document, document.drawing


def _states(drawing: Drawing) -> dict[str, State]:
    return {figure.called: figure.state for figure in drawing.figures if figure.called.count(" / ") == 1}


def test_blocks_stand_in_the_order_of_the_document(clean: Path, rules: Path) -> None:
    _, drawing = _drawn(clean, rules)
    said = [block.title if isinstance(block, DrawnTable) else block.text for block in drawing.blocks]
    lines = [line.strip() for line in CLEAN.splitlines()]
    printed = [text for text in said if text.replace(" ", "") in {line.replace(" ", "") for line in lines}]
    assert printed == sorted(
        printed, key=lambda text: [line.replace(" ", "") for line in lines].index(text.replace(" ", ""))
    )
    assert "部门支出总表" in said and "一、收支总体情况说明" in said


def test_every_figure_is_drawn_once_with_its_state(clean: Path, rules: Path) -> None:
    document, drawing = _drawn(clean, rules)
    assert document.coverage is not None
    assert len(drawing.figures) == document.coverage.numbers
    assert _states(drawing)["行政运行 / 合计"] is State.VERIFIED
    prose = [figure for figure in drawing.figures if isinstance(drawing.blocks[figure.block], DrawnText)]
    assert prose and all(figure.state is State.UNCHECKED and not figure.checks for figure in prose)


def test_a_failing_check_contradicts_what_it_read_and_nothing_else(flawed: Path, rules: Path) -> None:
    document, drawing = _drawn(flawed, rules)
    bad = {called for called, state in _states(drawing).items() if state is State.CONTRADICTED}
    assert bad == {"一般行政管理事务 / 合计", "一般行政管理事务 / 项目支出"}
    (at,) = [number for number, finding in enumerate(document.findings) if finding.rule == "ZZ001"]
    mark = drawing.marks[at]
    assert {drawing.figures[number].called for number in (*mark.suspects, *mark.compared)} >= bad
    assert mark.order is not None


def test_figures_and_checks_lead_to_each_other(clean: Path, rules: Path) -> None:
    _, drawing = _drawn(clean, rules)
    for number, figure in enumerate(drawing.figures):
        assert all(number in drawing.checks[check].figures for check in figure.checks)
    for at, check in enumerate(drawing.checks):
        assert len(check.signs) == len(check.figures)
        assert all(at in drawing.figures[number].checks for number in check.figures)


def test_a_head_that_neighbours_share_spans_them_and_a_short_one_reaches_down() -> None:
    table = Table(
        "表",
        columns=(
            Column(("科目",)),
            Column(("支出", "基本", "人员")),
            Column(("支出", "基本", "公用")),
            Column(("支出", "项目")),
        ),
    )
    ((band,), _) = bands_of(table, lambda row, column: None)
    said = [[(cell.text, cell.columns, cell.rows) for cell in line] for line in band.head]
    assert said == [
        [("科目", 1, 3), ("支出", 3, 1)],
        [("基本", 2, 1), ("项目", 1, 2)],
        [("人员", 1, 1), ("公用", 1, 1)],
    ]
    assert sum(cell.columns * cell.rows for line in band.head for cell in line) == 3 * band.width


def test_the_parts_of_a_form_stand_one_below_another() -> None:
    columns = (Column(("预算数",)), Column(("得分",)), Column(("指标",)))
    rows = (
        Row(0, 0, "资金", ("资金",), {0: _cell("7")}),
        Row(1, 0, "率", ("率",), {1: _cell("5"), 2: _cell("率")}),
    )
    bands, lines = bands_of(Table("表", columns=columns, rows=rows), lambda row, column: None)
    assert [[cell.text for line in band.head for cell in line] for band in bands] == [
        ["", "预算数"],
        ["得分", "指标"],
    ]
    assert lines == {0: 0, 1: 1}


def _cell(text: str):
    from budgetlint.document import Cell

    return Cell(text)


#: A number that nobody should repeat, and the words that stand before it where it needs words to be known.
NUMBERS = [("11010519491231002X", ""), ("13812345678", "电话"), ("6222021234567890123", "银行账号：")]


@pytest.mark.parametrize(("number", "words"), NUMBERS)
def test_nothing_drawn_repeats_a_number_that_identifies_a_person(
    number: str, words: str, tmp_path: Path, rules: Path
) -> None:
    file = tmp_path / "numbers.txt"
    head = words.strip("：") or "备注"
    table = (
        f"\n人员补助表\n\n单位：万元\n\n姓名\t{head}\t合计\n示例甲\t{number}\t1.00\n{words}{number}\t\t2.00\n"
    )
    table += f"\n注：{words}{number}。\n"
    text = CLEAN.replace("负责示例工作。", f"负责示例工作，{words}{number}。").replace(
        "2010102\t一般行政", f"2010102\t（{words}{number}）一般行政"
    )
    text += table
    file.write_text(text, encoding="utf-8")
    stream = io.StringIO()
    report = _check(file, rules)
    html.write(report, stream, "zh")
    assert number not in stream.getvalue()
    assert number not in repr(report.documents[0].drawing)
    assert "示例甲" in stream.getvalue()
