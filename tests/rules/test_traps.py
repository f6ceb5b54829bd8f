"""Lawful things that read like errors, and the causes of false alarms of a checker before ours: no rule reports them."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetlint
from budgetlint.results.findings import Severity, Verdict

FOLDER = Path(__file__).parents[1] / "fixtures" / "provinces"
BUDGET, FINAL = "public-template-budget.txt", "yuan-final-accounts.txt"

#: Paragraphs put into the explanations of a budget and of a final account.
SENTENCES = {
    "a carried-over notice of an earlier year": "根据《关于提前下达2023年民政补助资金预算的通知》安排项目支出10.00万元。",
    "two scopes of vehicles": "“三公”经费中公务用车保有量3辆。国有资产占用中，本部门及所属单位共有车辆55辆。",
    "a total printed shorter than its parts": "项目支出约10万元，其中：购置费9.996万元。",
    "a share rounded up to all": "支出总计100000.00万元，其中：基本支出99998.00万元，占100.00%；项目支出2.00万元，占0.00%。",
    "doubled characters that are words": "负责博士博士后管理，购置车车辆配件，各支队队长会议，依法核核发证件，保障农民工工作和在职职工待遇。",
    "nearly level": "项目支出100.00万元，与上年预算基本持平，减少0.50万元。",
    "an overlapping list": "现有在职人员50人，其中：女性30人，党员40人。",
    "only some of the vehicles": "共有车辆5辆，其中：执法执勤用车3辆。",
    "a decade of comparison": "“十四五”期间救助人数比2020年增加300人。",
    "yuan beside wan yuan": "补助标准为每人每月650元，全年支出78.00万元。",
    "self-evaluation of money that is less than project expenditure": "绩效自评项目3个，涉及资金200.00万元。",
}

#: Printed text of a fixture and what may lawfully stand there instead.
REPLACED = {
    "one cell within rounding": (
        BUDGET,
        "303\t对个人和家庭的补助\t50.00\t50.00",
        "303\t对个人和家庭的补助\t50.004\t50.004",
    ),
    "a reprinted year in the title of the assets": (
        BUDGET,
        "政府性基金预算支出表\n",
        "2023年末资产情况\n\n政府性基金预算支出表\n",
    ),
}


def _failing(path: Path) -> set[tuple[str, str]]:
    (document,) = budgetlint.check(path).documents
    return {
        (finding.rule, finding.message)
        for finding in document.findings
        if finding.verdict is Verdict.FAILS and finding.severity is not Severity.NOTICE
    }


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_a_lawful_sentence_is_not_reported(tmp_path: Path, name: str, sentence: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    before, mark, after = text.partition("\n第三部分" if name == BUDGET else "\n第二部分")
    assert mark
    if name == BUDGET:
        before, mark, after = text.rpartition("\n第三部分")
    file, plain = tmp_path / name, tmp_path / f"plain-{name}"
    plain.write_text(text, encoding="utf-8")
    file.write_text(f"{before}\n二、其他情况说明\n\n{sentence}\n{mark}{after}", encoding="utf-8")
    missing_text = {rule for rule, _ in _failing(plain)}
    assert {finding for finding in _failing(file) if finding[0] not in missing_text | EXPLANATIONS} == set()


#: What a fixture of tables lacks; a sentence more makes the rules on explanations speak up one by one.
EXPLANATIONS = {f"CN12{n}" for n in range(10)} | {"CN130"}


@pytest.mark.parametrize(("name", "printed", "lawful"), REPLACED.values(), ids=REPLACED)
def test_a_lawful_figure_is_not_reported(tmp_path: Path, name: str, printed: str, lawful: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.count(printed) >= 1
    file, plain = tmp_path / name, tmp_path / f"plain-{name}"
    plain.write_text(text, encoding="utf-8")
    file.write_text(text.replace(printed, lawful, 1), encoding="utf-8")
    assert _failing(file) - _failing(plain) == set()


#: A budget in 元 beside one table in 万元, a table without a total, one without codes, equalities that do not hold.
TABLES = {
    "unit of each table": """示例市示例区民政局2024年部门预算

部门收支总表

单位：元

收入\t\t支出\t
项目\t金额\t项目\t金额
一、一般公共预算拨款收入\t15000000.00\t一、社会保障和就业支出\t15000000.00
收入总计\t15000000.00\t支出总计\t15000000.00

部门支出总表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t1500.00\t900.00\t600.00
208\t社会保障和就业支出\t1500.00\t900.00\t600.00
""",
    "a table by units, without codes": """示例市示例区民政局2024年部门预算

部门收支总表

单位：万元

收入\t\t支出\t
项目\t金额\t项目\t金额
一、一般公共预算拨款收入\t1500.00\t一、社会保障和就业支出\t1500.00
收入总计\t1500.00\t支出总计\t1500.00

部门支出总表

单位：万元

单位名称\t合计\t基本支出\t项目支出
合计\t1500.00\t900.00\t600.00
示例区民政局本级\t1000.00\t500.00\t500.00
示例区福利院\t500.00\t400.00\t100.00
""",
    "a fund table without a total": """示例市示例区民政局2024年部门预算

财政拨款收支总表

单位：万元

收入\t\t支出\t\t\t\t
项目\t金额\t项目\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算
一、一般公共预算拨款\t1400.00\t一、社会保障和就业支出\t1400.00\t1400.00\t\t
二、政府性基金预算拨款\t100.00\t二、城乡社区支出\t100.00\t\t100.00\t
收入总计\t1500.00\t支出总计\t1500.00\t1400.00\t100.00\t

政府性基金预算支出表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
2120803\t城市建设支出\t60.00\t\t60.00
2120804\t农村基础设施建设支出\t40.00\t\t40.00
""",
    "basic expenditure by items only": """示例市示例区民政局2023年度部门决算

一般公共预算财政拨款基本支出决算表

单位：万元

科目编码\t科目名称\t决算数
30101\t基本工资\t60.00
30302\t退休费\t40.00
人员经费合计\t\t100.00
30201\t办公费\t20.00
公用经费合计\t\t20.00
""",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_tables_of_other_shapes_raise_no_arithmetic(tmp_path: Path, text: str) -> None:
    file = tmp_path / "公开.txt"
    file.write_text(text, encoding="utf-8")
    wrong = {
        finding for finding in _failing(file) if finding[0].startswith(("CN2", "CN3", "FA2", "FA3", "BL2"))
    }
    assert wrong == set()
