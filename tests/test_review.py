"""What people must check themselves ends every report, by kind of document; coverage is told by table."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from budgetlint import check
from budgetlint.packs.select import review_items
from budgetlint.plugins.builtin import register_reporters
from budgetlint.reporters.json import to_data
from budgetlint.resources import rules_folder
from budgetlint.results.findings import Reason
from budgetlint.vocabulary import VocabularyError
from budgetlint.vocabulary.files import load_folder


def test_items_are_by_kind_and_packs_add_to_them(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text(
        "所有: [全部]\n预算: [预算事项]\n部门决算: [决算事项]\n", encoding="utf-8"
    )
    vocabulary = load_folder(tmp_path)
    assert review_items(vocabulary, "部门预算") == ("全部", "预算事项")
    assert review_items(vocabulary, "单位决算") == ("全部",)
    assert review_items(vocabulary, "部门决算") == ("全部", "决算事项")
    assert review_items(vocabulary, None) == ("全部",)
    both = load_folder(rules_folder() / "national").merged(vocabulary)
    assert set(review_items(both, "部门预算")) > {"全部", "预算事项"}


def test_a_wrong_review_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text("所有: 全部\n", encoding="utf-8")
    with pytest.raises(VocabularyError):
        load_folder(tmp_path)


def test_every_report_for_people_lists_them(clean: Path) -> None:
    report = check(clean)
    items = report.documents[0].review
    assert any("涉密" in item for item in items)
    for reporter in register_reporters():
        if reporter.name in {"text", "html"}:
            stream = io.StringIO()
            reporter.write(report, stream, "zh")
            assert all(item in stream.getvalue() for item in items)
    [document] = to_data(report)["documents"]
    assert document["review"] == list(items)


def test_coverage_is_told_by_table(clean: Path) -> None:
    [document] = to_data(check(clean))["documents"]
    tables = {of["table"]: of for of in document["coverage"]["tables"]}
    assert set(tables) == {None, "部门支出总表"}
    assert sum(of["numbers"] for of in tables.values()) == document["coverage"]["numbers"]
    assert tables["部门支出总表"]["looked_at"] == tables["部门支出总表"]["numbers"]


def test_nobody_is_told_of_documents_not_given(clean: Path) -> None:
    [alone] = check(clean).documents
    assert not [reason for reason in alone.counts.reasons if reason.value == "missing-document"]
    sentence = "表 部门支出总表 行 合计 列 合计 等于 上年文本 表 部门支出总表 行 合计 列 合计"
    [asked] = check(clean, rule_texts=(sentence,)).documents
    assert [f.rule for f in asked.findings if f.reason and f.reason.value == "missing-document"] == ["CLI001"]


def test_what_was_not_compared_is_counted_and_a_users_own_rule_is_told(clean: Path, tmp_path: Path) -> None:
    (folder := tmp_path / "own").mkdir()
    sentence = "检查 表 部门支出总表 行 合计 列 合计 等于 上年文本 表 部门支出总表 行 合计 列 合计"
    text = f"规则 ZZ901 “示例”\n级别 错误\n依据 勾稽关系\n{sentence}\n结束\n"
    (folder / "own.rule").write_text(text, encoding="utf-8")
    [document] = check(clean, rules=(str(folder),)).documents
    assert document.counts.reasons[Reason.MISSING_DOCUMENT] == 1
    assert any(finding.rule == "ZZ901" for finding in document.findings)
    examples = Path(__file__).parents[1] / "examples" / "text"
    assert check(sorted(examples.glob("*预算.txt"))).documents[0].uncompared > 0


def test_a_document_of_last_year_is_compared_with(clean: Path) -> None:
    text = clean.read_text(encoding="utf-8")
    before = clean.with_name("before.txt")
    before.write_text(text.replace("2024年", "2023年").replace("120.00", "100.00"), encoding="utf-8")
    sentence = "表 部门支出总表 行 合计 列 合计 等于 上年文本 表 部门支出总表 行 合计 列 合计"
    [document] = check(clean, rule_texts=(sentence,), previous=(str(before),), select=("CLI",)).documents
    assert [finding.rule for finding in document.findings] == ["CLI001"]
    assert document.counts.fails == 1
