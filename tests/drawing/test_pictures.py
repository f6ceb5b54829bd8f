"""Pictures show the cells' own figures: no blank as a zero, nothing where the tables contradict themselves."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from budgetlint.checking.index import DocumentIndex
from budgetlint.config import Settings
from budgetlint.document import Document
from budgetlint.drawing.pictures import pictures_of
from budgetlint.reporters.html.pictures import pictures_in
from budgetlint.reporters.words import Words
from budgetlint.results.drawing import Drawing, Flow, NoPicture, Pictures
from budgetlint.run.opening import open_session

TEXT = """示例市示例区示例局
{year}年部门预算

第三部分 {year}年部门预算表

表1
部门收入总表
单位：万元
| 科目编码 | 科目名称 | 合计 | 一般公共预算 | 政府性基金预算 | 事业收入 | 上年结转 |
|  | 合计 | {income} | 300.00 |  | 0.00 | 100.00 |
| 201 | 一般公共服务支出 | 250.00 | 200.00 |  | 0.00 | 50.00 |
| 208 | 社会保障和就业支出 | 150.00 | 100.00 |  | 0.00 | 50.00 |

表2
部门支出总表
单位：万元
| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|  | 合计 | 400.00 | 310.00 | 90.00 |
| 201 | 一般公共服务支出 | 250.00 | {basic} | 90.00 |
| 20101 | 人大事务 | 250.00 | {basic} | 90.00 |
| 2010101 | 行政运行 | 250.00 | {basic} | 90.00 |
| 208 | 社会保障和就业支出 | 150.00 | 150.00 |  |
| 20805 | 行政事业单位养老支出 | 150.00 | 150.00 |  |
| 2080505 | 机关事业单位基本养老保险缴费支出 | 150.00 | 150.00 |  |
"""


def _document(
    folder: Path, income: str = "400.00", basic: str = "160.00", year: int = 2024, text: str = TEXT
) -> Document:
    file = folder / f"{year}.txt"
    file.write_text(text.format(income=income, basic=basic, year=year), encoding="utf-8")
    return open_session(Settings()).read(str(file))


def _pictures(document: Document, *others: Document) -> Pictures:
    vocabulary = open_session(Settings()).packs.vocabulary_of_all()
    found = pictures_of(
        DocumentIndex(document), [DocumentIndex(one) for one in others], vocabulary, lambda key: None
    )
    assert found is not None
    return found


def _shown(pictures: Pictures) -> str:
    return "".join(pictures_in(Drawing(pictures=pictures), 1, Words("zh")))


def test_every_amount_of_the_flow_is_a_cell_s(tmp_path: Path) -> None:
    flow = _pictures(_document(tmp_path)).flow
    assert isinstance(flow, Flow)
    assert {part.name: part.text for part in flow.sources if part.value} == {
        "一般公共预算": "300.00",
        "上年结转": "100.00",
    }
    assert [(part.name, part.text) for part in flow.classes] == [
        ("一般公共服务支出", "250.00"),
        ("社会保障和就业支出", "150.00"),
    ]
    links = {(flow.classes[use].name[:2], flow.ways[way].name): part.text for use, way, part in flow.links}
    assert links == {
        ("一般", "基本支出"): "160.00",
        ("一般", "项目支出"): "90.00",
        ("社会", "基本支出"): "150.00",
    }
    assert (flow.unit, flow.income.value) == ("万元", Decimal(4_000_000))


def test_a_blank_is_left_out_and_a_zero_is_not_drawn(tmp_path: Path) -> None:
    pictures = _pictures(_document(tmp_path))
    flow = pictures.flow
    assert isinstance(flow, Flow)
    assert "政府性基金预算" not in {part.name for part in flow.sources}
    shown = _shown(pictures)
    svg, table = shown.split("</svg>")
    assert "政府性基金预算" not in shown
    assert "事业收入" not in svg and "事业收入" in table


def test_the_picture_and_its_table_print_the_same_figures(tmp_path: Path) -> None:
    svg, table = _shown(_pictures(_document(tmp_path))).split("</svg>")
    figures = set(re.findall(r">(\d+\.\d\d)<", table))
    assert {text for text in re.findall(r"<tspan>([^<]+)<", svg)} <= figures
    assert 'role="img"' in svg and "<title" in svg and "<desc" in svg


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"income": "410.00"}, NoPicture.SOURCES),
        ({"income": ""}, NoPicture.NO_INCOME),
        ({"basic": "170.00"}, NoPicture.WAYS),
        ({"basic": ""}, NoPicture.WAYS),
        ({"basic": "-160.00"}, NoPicture.NEGATIVE),
        ({"text": TEXT.replace("| 150.00 | 150.00 |", "| 140.00 | 140.00 |")}, NoPicture.CLASSES),
        ({"text": TEXT.replace("部门支出总表", "部门别的情况").split("表2")[0]}, NoPicture.NO_EXPENSE),
    ],
)
def test_tables_that_contradict_themselves_give_no_flow_but_a_reason(
    tmp_path: Path, change: dict[str, str], why: NoPicture
) -> None:
    pictures = _pictures(_document(tmp_path, **change))  # type: ignore[arg-type]
    assert pictures.flow is why
    shown = _shown(pictures)
    assert "<svg" not in shown and "没有画" in shown


def test_last_year_s_document_is_set_beside_this_one(tmp_path: Path) -> None:
    before = _document(tmp_path, year=2023, text=TEXT.replace("250.00", "251.50").replace("400.00", "401.50"))
    years = _pictures(_document(tmp_path), before).years
    assert years is not None and years.since == before.source
    said = {now.name: (then.text, now.text) for then, now in years.pairs}
    assert said["一般公共服务支出"] == ("251.50", "250.00")
    assert said["项目支出"] == ("90.00", "90.00")


def test_a_year_that_is_not_the_last_one_is_not_compared(tmp_path: Path) -> None:
    assert _pictures(_document(tmp_path), _document(tmp_path, year=2021)).years is None


def test_a_table_that_prints_both_years_is_drawn_and_a_blank_year_is_no_zero(tmp_path: Path) -> None:
    both = """
表3
部门收支总表
单位：万元
| 项目 | 上年预算数 | 本年预算数 |
| 一般公共预算拨款收入 | 280.00 | 300.00 |
| 事业收入 |  | 7.00 |
| 收入总计 | 280.00 | 307.00 |
"""
    pictures = _pictures(_document(tmp_path, text=TEXT + both))
    assert pictures.years is not None
    said = {now.name: (then.text, now.text) for then, now in pictures.years.pairs}
    assert said == {"一般公共预算拨款收入": ("280.00", "300.00"), "收入总计": ("280.00", "307.00")}
    assert "280.00" in _shown(pictures)
