"""The bundled rules on sums and codes, on fragments as offices publish them: what is right, and what is said of what is not."""

from __future__ import annotations

from pathlib import Path

import budgetlint
from budgetlint.results.findings import Finding, Severity, Verdict

#: What a fragment lacks is no matter of its sums.
STANDING = ("CN1", "FA1")


def findings(tmp_path: Path, text: str) -> list[Finding]:
    """Return what is said of a made-up document, standing findings of a fragment left out."""
    file = tmp_path / "示例.md"
    file.write_text(text, encoding="utf-8")
    (document,) = budgetlint.check(file).documents
    return [finding for finding in document.findings if not finding.rule.startswith(STANDING)]


def serious(tmp_path: Path, text: str) -> list[str]:
    """Return the rules of the errors and warnings."""
    found = findings(tmp_path, text)
    return [f.rule for f in found if f.severity is not Severity.NOTICE and f.verdict is Verdict.FAILS]


def table(title: str, lines: str, unit: str = "万元") -> str:
    """Return a table of pipe lines under its title."""
    head, *body = lines.strip().splitlines()
    rule = "|" + " --- |" * head.strip("|").count("|") + " --- |"
    return "\n".join(["", title, "", f"单位：{unit}", "", head, rule, *body, ""])


BUDGET = "# 示例市示例局2026年部门预算\n"


def test_two_findings_of_one_kind_are_told_apart(tmp_path: Path) -> None:
    text = (
        "# 示例市示例局2026年部门预算\n\n## 2026年部门预算编制说明\n\n"
        "1、教育支出（205类）教育管理事务（01款）行政运行（01项）110.00万元。2025年执行数为100.00万元，2026年预算安排110.00万元，"
        "比2025年预算执行数增加8.00%。\n\n"
        "2、教育支出（205类）教育管理事务（01款）机关服务（03项）60.00万元。2025年执行数为50.00万元，2026年预算安排60.00万元，"
        "比2025年预算执行数增加30.00%。\n"
    )
    prints = [f.fingerprint for f in findings(tmp_path, text) if f.rule == "CN503"]
    assert len(prints) == len(set(prints)) == 2


def test_a_total_in_yuan_over_cents_rounds(tmp_path: Path) -> None:
    lines = """
| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|  | 合计 | 3,000,000.34 | 3,000,000 | 0.34 |
| 201 | 一般公共服务支出 | 2,100,000.34 | 2,100,000.34 | 0.00 |
| 20126 | 档案事务 | 2,100,000.34 | 2,100,000.34 | 0.00 |
| 2012601 | 行政运行 | 2,100,000.34 | 2,100,000.34 | 0.00 |
| 208 | 社会保障和就业支出 | 900,000.00 | 900,000.00 | 0.00 |
| 20805 | 行政事业单位养老支出 | 900,000.00 | 900,000.00 | 0.00 |
| 2080506 | 机关事业单位职业年金缴费支出 | 900,000.00 | 900,000.00 | 0.00 |
"""
    whole = lines.replace("3,000,000.34 | 3,000,000 | 0.34", "3,000,000.34 | 3,000,000 | 0.00")
    assert "CN201" not in serious(tmp_path, BUDGET + table("部门支出总表", whole, "元"))
    wrong = whole.replace("| 3,000,000 |", "| 3,000,002 |")
    assert "CN201" in serious(tmp_path, BUDGET + table("部门支出总表", wrong, "元"))


def test_figures_cut_by_a_spreadsheet_are_as_exact_as_they_are_printed(tmp_path: Path) -> None:
    lines = """
| 单位编码 | 单位名称 | 合计 | 一般公共预算 | 事业收入 |
|  | 合计 | 731204588.6 | 731204588.6 |  |
| 901001 | 示例市示例局 | 730954077.9 | 730954077.9 |  |
| 901002 | 示例市示例中心 | 250510.72 | 250510.72 |  |
"""
    assert serious(tmp_path, BUDGET + table("部门收入总表", lines, "元")) == []
    wrong = lines.replace("731204588.6 | 731204588.6", "731204589.6 | 731204589.6")
    assert serious(tmp_path, BUDGET + table("部门收入总表", wrong, "元"))
