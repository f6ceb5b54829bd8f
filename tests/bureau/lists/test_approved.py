"""Published figures are held against approved ones: what differs has both figures and cells, what cannot be compared is counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from tests.bureau.lists.build import sheet

from budgetlint.bureau.lists.approved import held_against_approved
from budgetlint.bureau.lists.columns import columns_of
from budgetlint.bureau.lists.remarks import Compared, Kind
from budgetlint.bureau.lists.stored import stored_documents
from budgetlint.bureau.lists.sums import differences
from budgetlint.bureau.query import connected
from budgetlint.bureau.store import Store, open_store
from budgetlint.config import ConfigError
from budgetlint.document import Source

AT = datetime(2024, 3, 1, tzinfo=timezone.utc)
ONE = "示例市示例区某局"


def document(key: str, unit: str, kind: str = "部门预算") -> dict:
    return {
        "document": key,
        "path": f"{key}.xlsx",
        "files": [],
        "checked_at": AT,
        "unit": unit,
        "department": ONE,
        "kind": kind,
        "year": 2024,
        "read": True,
    }


def figure(
    key: str,
    printed: str,
    code: str | None = "2010101",
    column: str = "合计",
    title: str = "部门支出总表",
    unit: str = "万元",
) -> dict:
    factor = {"万元": 10000, "元": 1}.get(unit, 1)
    return {
        "document": key,
        "table": title,
        "title": title,
        "row": "合计/行政运行" if code else "合计",
        "code": code,
        "column": column,
        "printed": printed,
        "value": Decimal(printed.replace(",", "")) * factor,
        "unit_printed": unit,
        "sheet": "表3",
        "cell": "C9",
    }


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(str(tmp_path / "store"), create=True)
    made.add(
        {
            "documents": [document("d1", ONE)],
            "figures": [
                figure("d1", "300.00"),
                figure("d1", "530.00", code=None),
                figure("d1", "404.25", code=None, column="基本支出"),
                figure("d1", "90.00", title="一般公共预算支出表"),
                figure("d1", "12", code="2010199", unit=""),
            ],
        }
    )
    return made


def compared(store: Store, source: Source) -> Compared:
    with connected(store) as connection:
        return held_against_approved(source, stored_documents(connection), connection, columns_of())


def one(store: Store, *rows: Sequence[str], above: str = "单位：万元") -> Compared:
    head = ("单位名称", "表", "科目编码", "列", "金额")
    return compared(store, sheet(head, *rows, above=above, path="批复.xlsx"))


def test_a_figure_that_differs_is_found_with_both_figures_and_cells(store: Store) -> None:
    found = one(store, (ONE, "部门支出总表", "2010101", "合计", "301.00"))
    (remark,) = found.remarks
    assert remark.kind is Kind.DIFFERS and remark.document == "d1"
    assert "301.00万元" in remark.message.zh and "300.00万元" in remark.message.zh
    assert remark.places[0] == "批复.xlsx 表 E3" and "表3 C9" in remark.places[1]
    assert (found.rows, found.agreed, found.undecided) == (1, 0, 0)


@pytest.mark.parametrize(
    ("amount", "above", "agrees"),
    [
        ("300", "单位：万元", True),
        ("3,000,000.00", "单位：元", True),
        ("3,000,049.99", "单位：元", True),  # what rounding to 万元 leaves
        ("3,000,051.00", "单位：元", False),
        ("300.01", "单位：万元", False),
        ("3000000元", "", True),
    ],
)
def test_amounts_agree_as_far_as_they_are_printed(
    store: Store, amount: str, above: str, agrees: bool
) -> None:
    found = one(store, (ONE, "部门支出总表", "2010101", "合计", amount), above=above)
    assert found.agreed == agrees
    assert [remark.kind for remark in found.remarks] == ([] if agrees else [Kind.DIFFERS])


def test_a_column_for_each_amount_and_its_unit_in_the_head(store: Store) -> None:
    head = ("预算单位名称", "功能科目编码", "合计（万元）", "基本支出(元)")
    found = compared(
        store, sheet(head, (ONE, "", "530.00", "4,042,500.00"), (ONE, "", "530.00", "4,142,500.00"))
    )
    assert (found.rows, found.agreed) == (4, 3)
    assert [remark.message.zh.split("：")[0] for remark in found.remarks] == ["基本支出"]


@pytest.mark.parametrize(
    ("row", "above"),
    [
        ((ONE, "部门支出总表", "2010101", "合计", "300.00"), ""),  # neither 元 nor 万元
        ((ONE, "部门支出总表", "2010101", "合计", "三百"), "单位：万元"),
        ((ONE, "部门支出总表", "2010102", "合计", "300.00"), "单位：万元"),
        (("示例市示例区别局", "部门支出总表", "2010101", "合计", "300.00"), "单位：万元"),
        ((ONE, "部门支出总表", "2010199", "合计", "12"), "单位：万元"),  # the published one has no unit
        ((ONE, "", "2010101", "合计", "12.00"), "单位：万元"),  # two tables have the code
    ],
)
def test_what_cannot_be_compared_is_said_and_counted(store: Store, row: Sequence[str], above: str) -> None:
    found = one(store, row, above=above)
    assert [remark.kind for remark in found.remarks] == [Kind.UNDECIDED]
    assert (found.rows, found.agreed, found.undecided) == (1, 0, 1)


def test_rows_without_a_unit_and_lists_without_a_header_are_named(store: Store) -> None:
    assert [r.kind for r in one(store, ("", "", "2010101", "合计", "3")).remarks] == [Kind.ROW]
    assert [r.kind for r in compared(store, sheet(("甲", "乙"), ("1", "2"))).remarks] == [Kind.ROW]


def test_columns_of_ones_own(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "列名.yaml"
    file.write_text(
        "批复:\n  单位: AGENCY_NAME\n  编码: [EXP_FUNC_CODE]\n  金额: [APPLY_UP_AMT]\n", encoding="utf-8"
    )
    columns = columns_of(str(file))
    source = sheet(
        ("AGENCY_NAME", "EXP_FUNC_CODE", "APPLY_UP_AMT"), (ONE, "2010101", "300"), above="单位：万元"
    )
    with connected(store) as connection:
        assert held_against_approved(source, stored_documents(connection), connection, columns).agreed == 1
    for text in ("批复:\n  别的: x\n", "别的: x\n", "批复: [", "批复:\n  单位: 3\n"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError):
            columns_of(str(file))


def test_units_that_do_not_add_up_to_their_department_are_in_the_table(store: Store) -> None:
    store.add(
        {
            "documents": [document("u1", ONE + "甲所", "单位预算"), document("u2", ONE + "乙所", "单位预算")],
            "figures": [
                figure("u1", "100.00"),
                figure("u2", "200.00"),
                figure("u1", "130.00", code=None),
                figure("u2", "400.01", code=None),
            ],
        }
    )
    with connected(store) as connection:
        found, number = differences(connection)
    assert number == len(found)
    wrong = {(row.title, row.code, row.column): (row.difference, row.units, row.of) for row in found}
    assert wrong[("部门支出总表", "", "合计")] == (Decimal("-100"), 2, 2)
    assert ("部门支出总表", "2010101", "合计") not in wrong
    assert wrong[("一般公共预算支出表", "2010101", "合计")] == (Decimal(900_000), 0, 2)


def test_an_overview_of_a_store_held_against_workbooks(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from budgetlint.cli import main

    book = openpyxl.Workbook()
    book.active.append(["批复表"])
    book.active.append(["单位：元"])
    book.active.append(["单位名称", "科目编码", "合计"])
    book.active.append([ONE, 2010101, 3000001.5])
    book.active["C4"].number_format = "#,##0"  # shown rounded, held exactly
    book.active.append([ONE, "", 5310000])
    file = tmp_path / "批复.xlsx"
    book.save(file)
    asked = [store.address, "--approved", str(file), "--roster", str(file), "--sums"]
    assert main(["overview", *asked]) == 0
    shown = capsys.readouterr().out
    assert "530.00" in shown and "5310000元" in shown.replace(",", "")
    page, sheets = tmp_path / "总览.html", tmp_path / "总览.xlsx"
    assert main(["overview", *asked, "--format", f"html:{page}"]) == 0
    assert "530.00" in page.read_text(encoding="utf-8")
    assert main(["overview", *asked, "--format", f"xlsx:{sheets}", "--lang", "en"]) == 0
    assert {"Lists", "Differences"} <= set(openpyxl.load_workbook(sheets).sheetnames)
    assert main(["overview", store.address, "--roster", str(tmp_path / "无.xlsx")]) == 2
