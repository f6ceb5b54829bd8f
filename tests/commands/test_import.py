"""``import`` writes rules that are sound, run, and bind only to documents that print the form's own number."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from budgetlint.api import check
from budgetlint.cli import main
from budgetlint.results.report import DocumentReport

FORMULAS = """部门决算报表审核公式
财决01表　收入支出决算总表
一、基本平衡审核
27行=(1+2)行；31行≥27行
31行2栏=64行4栏
二、逻辑性审核
如果报表小类≠“2”，则1至2行≥0
各行2栏≥各行1栏
三、核实性审核
31行=64行
1行=2行×50%
"""
FORM = """2024年示例市示例区某局部门决算公开

收入支出决算总表
{}
{}部门：示例市示例区某局
单位：万元
项目\t行次\t年初预算数\t决算数\t项目\t行次\t年初预算数\t决算数
栏次\t\t1\t2\t栏次\t\t3\t4
一、一般公共预算财政拨款收入\t1\t100.00\t110.00\t一、一般公共服务支出\t32\t90.00\t95.00
二、政府性基金预算财政拨款收入\t2\t20.00\t25.00\t二、社会保障和就业支出\t33\t30.00\t40.00
本年收入合计\t27\t120.00\t{}\t本年支出合计\t58\t120.00\t135.00
总计\t31\t120.00\t135.00\t总计\t64\t120.00\t135.00
"""


@pytest.fixture
def written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "公式.txt").write_text(FORMULAS, "gb18030")
    folder = tmp_path / "rules"
    folder.mkdir()
    assert main(["import", str(tmp_path / "公式.txt"), "--write", str(folder / "forms.rule")]) == 1
    told = capsys.readouterr().err
    assert "6 条公式写成 6 条规则" in told and "公式.txt:11 财决01表 1行=2行×50%" in told
    return folder


def checked(text: str, folder: Path, tmp_path: Path) -> DocumentReport:
    file = tmp_path / "决算.txt"
    file.write_text(text, "utf-8")
    (document,) = check(file, rules=(str(folder),), select=("CJ",)).documents
    return document


def test_what_is_written_is_sound_and_passes_its_examples(written: Path) -> None:
    assert main(["validate", str(written)]) == 0
    assert main(["test", str(written)]) == 0


@pytest.mark.parametrize("field", ["", "报表小类：0\n"])
def test_rules_run_where_the_form_prints_its_number(field: str, written: Path, tmp_path: Path) -> None:
    document = FORM.format("财决01表", field, "{}")
    right = checked(document.format("135.00"), written, tmp_path)
    assert [f.rule for f in right.findings if f.severity.value == "error"] == []
    wrong = checked(document.format("134.00"), written, tmp_path)
    assert {f.rule for f in wrong.findings if f.severity.value == "error"} == {"CJ001"}
    undetermined = right.counts.undetermined
    assert (undetermined > 0) is (
        not field
    )  # 报表小类 is asked for: where nobody prints it, nothing is said of 1至2行


def test_a_published_table_by_its_number_is_another_form(written: Path, tmp_path: Path) -> None:
    document = checked(FORM.format("公开01表", "", "1.00"), written, tmp_path)
    assert not [f for f in document.findings if f.rule.startswith("CJ")]
    assert document.counts.fails == document.counts.undetermined == 0


def test_a_workbook_that_prints_the_form_gives_rules_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Workbook()
    form = book.active
    form.title = "财决01表"
    for line in (
        ["收入支出决算总表"],
        ["财决01表"],
        ["编制单位：示例市示例区某局", "", "", "", "", "单位：万元"],
        ["收入", "", "", "支出", "", ""],
        ["项目", "行次", "决算数", "项目", "行次", "决算数"],
        ["栏次", "", "1", "栏次", "", "2"],
        ["一、一般公共预算财政拨款收入", 1, "", "一、一般公共服务支出", 32, ""],
        ["本年收入合计", 27, "", "本年支出合计", 58, ""],
        ["总计", 31, "", "总计", 64, ""],
    ):
        form.append(line)
    listed = book.create_sheet("公式")
    for line in (
        ["表号", "审核类型", "公式"],
        ["财决01表", "基本平衡", "27行1栏=1行1栏"],
        ["", "核实性", "31行1栏=64行2栏"],
    ):
        listed.append(line)
    book.save(tmp_path / "公式.xlsx")
    assert main(["import", str(tmp_path / "公式.xlsx")]) == 0
    named, numbered = capsys.readouterr().out.split("规则 ")[1:]
    assert "行 “本年收入合计” 列 “收入/决算数” 应等于" in named and "级别 错误" in named
    assert "行次 31 栏次 1 应等于 行次 64 栏次 2" in numbered and "级别 疑点" in numbered


def test_nothing_is_overwritten_and_no_formula_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "空.txt").write_text("没有公式\n", "utf-8")
    assert main(["import", str(tmp_path / "空.txt")]) == 1
    assert main(["import", str(tmp_path / "空.txt"), "--write", str(tmp_path / "空.txt")]) == 2
    assert main(["import", str(tmp_path / "没有.txt"), "--lang", "en"]) == 2
    assert "cannot be read" in capsys.readouterr().err
