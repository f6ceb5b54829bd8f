"""Opinions, ledgers and samples: whatever leaves the program for people to sign, fill in and send back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")
pytest.importorskip("docx")
pytest.importorskip("openpyxl")

import docx
import openpyxl
from tests.bureau.rows import document, finding

from budgetlint.bureau.query import connected
from budgetlint.bureau.sampling import FALSE, OPEN, TRUE, documents_by, sampled, shares_of, wilson
from budgetlint.bureau.store import Store, open_store
from budgetlint.cli import main
from budgetlint.results.checklist import read_list

UNIT, OTHER = "示例市示例区某局", "示例市示例区某所/二"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(str(tmp_path / "store"), create=True)
    made.add(
        {
            "documents": [
                document(1, errors=2, undetermined=3),
                document(2, unit=OTHER),
                document(3, unit=OTHER, read=False, decided=0),
            ],
            "findings": [
                finding(
                    1, message="相差 2 <万元> & “引号”\x01", printed="21.00", proposed="20.00", basis="预算法"
                ),
                finding(1, fingerprint="a" * 12, table="部门支出总表", row="合计", page=3),
            ],
        }
    )
    return made


def text_of(file: Path) -> str:
    word = docx.Document(str(file))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def test_an_opinion_a_unit_with_findings_conclusion_and_who_signs(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "意见书"
    assert main(["opinion", store.address, str(folder)]) == 0
    assert sorted(file.name for file in folder.iterdir()) == [f"{UNIT}.docx", "示例市示例区某所_二.docx"]
    said = text_of(folder / f"{UNIT}.docx")
    for part in (
        "错误 2 处",
        "相差 2 <万元> & “引号”",
        "21.00 → 20.00",
        "第3页",
        "经办",
        "复核",
        "负责人",
        "3 项无法核对",
    ):
        assert part in said
    other = text_of(folder / "示例市示例区某所_二.docx")
    assert "不能得出结论" in other and "未发现" not in other


def test_opinions_in_the_offices_own_form(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template, folder = tmp_path / "模板.docx", tmp_path / "意见书"
    word = docx.Document()
    word.add_paragraph("致 {{ 单位 }}：{% for 行 in 问题 %}{{ 行.序号 }}.{{ 行.说明 }}；{% endfor %}")
    word.add_paragraph("{{ 结论 }}")
    word.save(str(template))
    asked = ["opinion", store.address, str(folder), "--template", str(template), "--unit", UNIT]
    assert main(asked) == 0
    assert [file.name for file in folder.iterdir()] == [f"{UNIT}.docx"]
    said = text_of(folder / f"{UNIT}.docx")
    assert said.startswith(f"致 {UNIT}：1.") and "相差 2 <万元> & “引号”" in said
    word.add_paragraph("{{ 没有的字段 }}")
    word.save(str(template))
    assert main(asked) == 2
    assert "没有的字段" in capsys.readouterr().err
    template.write_bytes(b"x")
    assert main(asked) == 2
    assert main(["opinion", store.address, str(folder), "--unit", "没有的单位"]) == 2


def test_a_template_can_run_nothing(store: Store, tmp_path: Path) -> None:
    template = tmp_path / "模板.docx"
    word = docx.Document()
    word.add_paragraph("{{ 单位.__class__.__mro__ }}")
    word.save(str(template))
    assert main(["opinion", store.address, str(tmp_path / "x"), "--template", str(template)]) == 2


def test_the_ledger_is_filled_in_and_read_back(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    assert main(["ledger", store.address, str(file)]) == 0
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert {"责任人", "整改期限", "整改状态", "标识"} <= set(heads)
    assert "已整改" in sheet.data_validations.dataValidation[0].formula1
    sheet.cell(2, heads.index("处理情况") + 1, "已重新公开")
    book.save(file)
    rows = read_list(str(file), file.read_bytes())
    assert len(rows) == 2 and rows[0].done == "已重新公开"


def test_a_sample_goes_out_and_comes_back_as_a_share(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "抽样.xlsx"
    assert (
        main(["sample", store.address, "--sample", "30", "--seed", "7", "--by", "部门", "--out", str(file)])
        == 0
    )
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 3 and book.worksheets[1].max_row == 3
    capsys.readouterr()
    assert main(["sample", store.address, "--judged", str(file)]) == 0
    assert "2 个还没有判断" in capsys.readouterr().out
    for row, said in ((2, FALSE), (3, TRUE)):
        sheet.cell(row, heads.index("判断") + 1, said)
    book.save(file)
    assert main(["sample", store.address, "--judged", str(file)]) == 0
    assert "50.0%" in capsys.readouterr().out
    sheet.cell(2, heads.index("判断") + 1, "也许")
    book.save(file)
    assert main(["sample", store.address, "--judged", str(file)]) == 2
    assert "也许" in capsys.readouterr().err


def test_only_documents_that_were_read_are_sampled(store: Store) -> None:
    with connected(store) as connection:
        assert [key for key, _ in documents_by(connection, "部门")] == ["d1", "d2"]


@given(st.lists(st.sampled_from("甲乙丙"), max_size=60), st.integers(0, 80), st.integers(0, 9))
def test_every_group_has_its_share_of_a_sample(groups: list[str], number: int, seed: int) -> None:
    documents = [(f"d{at}", group) for at, group in enumerate(groups)]
    chosen = sampled(documents, number, seed)
    assert len(set(chosen)) == len(chosen) == min(number, len(documents))
    assert chosen == sampled(list(reversed(documents)), number, seed)
    named = dict(documents)
    for group in set(groups):
        exact = groups.count(group) * len(chosen) / len(groups)
        assert abs([named[key] for key in chosen].count(group) - exact) < 1


def test_another_seed_is_another_sample() -> None:
    documents = [(f"d{at}", "") for at in range(100)]
    assert sampled(documents, 10, 1) != sampled(documents, 10, 2)


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_interval_holds_the_share_and_narrows(false: int, true: int) -> None:
    low, high = wilson(false, false + true)
    assert 0 <= low <= high <= 1
    if false + true:
        share = Decimal(false) / (false + true)
        assert low - Decimal("1e-20") <= share <= high + Decimal("1e-20")
        wider = wilson(false, false + true)
        narrower = wilson(false * 4, (false + true) * 4)
        assert narrower[1] - narrower[0] < wider[1] - wider[0]


def test_the_interval_is_wilsons() -> None:
    low, high = wilson(3, 30)  # 3 of 30: 3.46 % to 25.62 %
    assert (round(low, 4), round(high, 4)) == (Decimal("0.0346"), Decimal("0.2562"))


def test_what_is_not_judged_is_no_true_alarm() -> None:
    (whole, *_) = shares_of([("错误", "CN201", OPEN), ("错误", "CN201", FALSE)])
    assert (whole.judged, whole.false, whole.open) == (1, 1, 1)
