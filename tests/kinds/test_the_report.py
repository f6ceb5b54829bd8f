"""What a report says of findings: each has an identity of its own, a proposed figure is never the printed one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.kinds.tried import BUDGET, checked, table

ITEM = "{0}、{1}{2}.00万元。2025年当年预算执行数为{3}.00万元，2026年预算安排{2}.00万元，比2025年预算执行数增加{4}.00%。\n\n"
SAME = "教育支出（205类）普通教育（02款）小学教育（02项）"
TWINS = {
    "other items": (SAME, "教育支出（205类）普通教育（02款）初中教育（03项）"),
    "the same item": (SAME, SAME),
    "no codes": ("示例项目甲", "示例项目乙"),
    "the same words": ("示例项目", "示例项目"),
    "a part of the name": ("示例项目", "示例项目经费"),
}


@pytest.mark.parametrize("names", TWINS.values(), ids=TWINS)
def test_two_findings_of_a_rule_have_two_identities(tmp_path: Path, names: tuple[str, str]) -> None:
    text = BUDGET + "四、支出情况\n\n"
    text += ITEM.format(1, names[0], 210, 200, 8) + ITEM.format(2, names[1], 60, 50, 30)
    findings = [each for each in checked(tmp_path, text).findings if each.rule.startswith("CN50")]
    assert len(findings) == 2 and len({each.fingerprint for each in findings}) == 2


ROWS = "科目编码|科目名称|合计|基本支出|项目支出\n|合计|{0}|{1}|{2}\n201|一般公共服务支出|{0}|{1}|{2}\n20103|政府办公厅（室）及相关机构事务|{0}|{1}|{2}\n2010301|行政运行|{3}|{1}|{4}\n2010302|一般行政管理事务|{5}||{5}"
MIXED = {
    "yuan": ("3,000,000", "2,000,000", "1,000,000", "2,000,000.34", "", "1,000,000.00"),
    "whole 万元": ("300", "200", "100", "200.34", "", "100.00"),
}


@pytest.mark.parametrize("figures", MIXED.values(), ids=MIXED)
def test_a_total_printed_to_the_unit_rounds(tmp_path: Path, figures: tuple[str, ...]) -> None:
    text = BUDGET + table("部门支出总表", ROWS.format(*figures))
    messages = [str(each.message) for each in checked(tmp_path, text).findings]
    for message in messages:
        proposed = re.search(r"的 ([\d,.]+) ?(?:万?元)? ?改为 ([\d,.]+)", message)
        assert proposed is None or proposed[1] != proposed[2]
    assert "CN201" not in {each.rule for each in checked(tmp_path, text).findings}
