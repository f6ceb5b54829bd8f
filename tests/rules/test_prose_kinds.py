"""Kinds of sentences as offices write them: what they state is compared, and nothing else is. 示例市示例区 is made up."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from budgetlint.config import Settings
from budgetlint.results.findings import Severity, Verdict
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session

BUDGET = "示例市示例区某局2026年部门预算\n\n"
FINAL = "示例市示例区某局2025年度部门决算\n\n"
#: What a fragment lacks of a whole document.
STANDING = ("CN1", "FA1")

#: Sentences of which nothing is wrong.
LAWFUL = {
    "其中 ends where the office speaks again": "五、收支情况\n\n本部门收入预算80.00万元，其中：事业收入80.00万元，较上年增加8.00万元，增长11.11%；本部门支出预算80.00万元，其中：基本支出80.00万元。",
    "其中 ends where a year begins anew": "五、收支情况\n\n2026年收入预算80.00万元，其中一般公共预算拨款收入80.00万元、其他收入0万元；2026年支出预算80.00万元，其中一般公共预算拨款支出80.00万元。",
    "其中 ends at the other side": "五、财政拨款收支情况\n\n财政拨款收入60.00万元，其中：一般公共预算拨款收入60.00万元；财政拨款支出60.00万元，其中：一般公共预算拨款支出60.00万元。",
    "a list of paragraphs ends with its 。": "八、“三公”经费等情况\n\n一般公共预算“三公”经费6.00万元。其中：\n\n因公出国（境）费0万元；\n\n公务接待费1.00万元；\n\n公务用车购置费0万元；公务用车运行维护费5.00万元。\n\n会议费预算30.00万元。\n\n培训费预算40.00万元。",
    "three levels of numbers": "六、财政拨款基本支出情况\n\n财政拨款基本支出90.00万元，其中：\n\n（一）人员经费70.00万元。主要是：\n\n1.工资福利支出60.00万元。\n\n（1）基本工资60.00万元。\n\n2.对个人和家庭的补助10.00万元。\n\n（二）公用经费20.00万元。",
    "a change after a list of parts": "五、收入情况\n\n收入预算66.00万元，其中：一般公共预算拨款收入50.00万元，事业收入10.00万元，其他收入6.00万元，比上年增加6.00万元，增长10.00%。",
    "a change after the only part is the whole's": "五、支出情况\n\n支出预算55.00万元，其中项目支出20.00万元，比上年增加5.00万元，增长10.00%。",
    "收入 and 支出 by one word": "五、收支情况\n\n2026年收入预算30.00万元，其中：一般公共预算拨款收入20.00万元，事业收入10.00万元，收入比2025年增加15.00万元；支出预算30.00万元，其中：教育支出20.00万元，住房保障支出10.00万元，支出比2025年增加15.00万元。",
    "a share of the year's expenditure": "三、支出预算情况说明\n\n2026年支出预算200.00万元。\n\n基本支出120.00万元，占本年支出75.00%；项目支出40.00万元，占本年支出25.00%。\n\n年末结转结余40.00万元。",
    "a share of what the sentence prints": "三、支出预算情况说明\n\n基本支出50.00万元，占支出预算200.00万元的25.00%。",
    "held and to be bought": "九、国有资产占用情况\n\n2025年末共有车辆6辆；单价100万元（含）以上设备2台（套）。\n\n2026年计划购置车辆1辆、18.00万元；单价100万元（含）以上设备0台（套）。",
    "held and to be bought in one sentence": "九、国有资产占用情况\n\n现有车辆6辆，单价50万元以上通用设备3台；拟购置单价50万元以上通用设备1台。",
    "purchases whole and by fund": "十、政府采购情况\n\n2026年政府采购预算总额70.00万元，其中：政府采购货物预算30.00万元、政府采购服务预算40.00万元。其中财政拨款政府采购预算20.00万元：政府采购货物预算5.00万元、政府采购服务预算15.00万元。",
    "a rate in brackets": "八、“三公”经费情况\n\n公务接待费9.00万元，较上年减少1.00万元（10.00%），主要原因是压缩接待。公务用车运行维护费11.00万元，较上年增加1.00万元（10.00%），主要原因是车辆老化。",
    "against last year's figure": "八、会议费情况\n\n会议费预算12.00万元，较上年的8.00万元增加4.00万元，增幅50.00%。",
    "上年 before a colon": "四、项目情况\n\n1.“教育支出（类）普通教育（款）小学教育（项）”90.00万元，上年：80.00万元，用于办学。",
    "a change after parts that the next sentence lists": "五、支出情况\n\n（一）支出预算：年初预算数45.00万元。按支出功能分类，包括教育支出30.00万元，住房保障支出9.00万元，卫生健康支出6.00万元。比上年增加27.00万元，主要是项目支出增加27.00万元。",
    "a change after parts, without a word of how": "五、收入情况\n\n收入预算45.00万元。包括：一般公共预算拨款收入36.00万元，事业收入9.00万元。比上年增加27.00万元。",
    "a change after parts, by source": "五、收入情况\n\n收入预算45.00万元。从来源看，包括一般公共预算拨款收入36.00万元、事业收入9.00万元，较上年增加27.00万元。",
    "a change within a part that a new sentence begins": "八、“三公”经费情况\n\n公务用车购置及运行费预算50.00万元，比上年增加2.00万元，增长4.17%。其中，公务用车购置费20.00万元（含附加费用），用于购置2辆公务用车，比上年增加4.00万元，增长25.00%；公务用车运行费30.00万元。",
    "another basis": "十、机关运行经费\n\n2026年机关运行经费预算70.00万元，比2025年增加20.00万元，增长40.00%。按同口径相比减少5.00万元，下降9.00%，主要原因是压缩开支。",
    "other money by a name of its own": "一、收支预算总体情况\n\n收入预算总计50.00万元。包括：财政拨款收入预算总计40.00万元；其他资金收入预算总计10.00万元。",
    "years in a row": "八、“三公”经费情况\n\n“三公”经费预算5.00万元，比上年减少1.00万元，主要原因是压缩开支。2025年和2026年没有公务用车购置费。",
    "income that is spent": "五、支出情况\n\n支出预算24.00万元，其中：一般公共预算拨款支出20.00万元、事业单位经营收入支出3.00万元、上年实户资金余额1.00万元。",
}

#: Sentences of a final account of which nothing is wrong.
LAWFUL_FINAL = {
    "a budget and its rate": "八、“三公”经费支出决算情况\n\n因公出国（境）费支出决算0万元，完成预算0万元的0%；公务接待费支出决算0.90万元，完成预算1.00万元的90.00%，接待3批次20人次。",
    "a rate that is no figure of money": "十三、预算绩效情况\n\n1.示例经费项目：全年预算数40.00万元，执行数36.00万元，完成预算的90.00%。受益人员满意度为96.00%。",
}

#: Sentences of which the named rule finds what is wrong.
WRONG = {
    "an income above the total": (
        "CN510",
        "五、收入情况\n\n收入预算50.00万元，其中：一般公共预算拨款收入40.00万元、事业收入20.00万元。",
    ),
    "a change of the list's total": (
        "CN502",
        "五、收入情况\n\n收入预算66.00万元，其中：一般公共预算拨款收入50.00万元、事业收入16.00万元，比上年增加6.00万元，增长12.00%。",
    ),
    "元 for 万元": (
        "CN523",
        "五、收入情况\n\n收入预算50.00元，其中：一般公共预算拨款收入40.00万元、事业收入10.00万元。",
    ),
    "a rate in brackets": ("CN502", "八、接待\n\n公务接待费9.00万元，较上年减少1.00万元（15.00%）。"),
    "more words for a lost one": (
        "CN524",
        "三、机关运行经费\n\n机关运行经费预算105.00万元，较上年5.00万元，增长5.00%。",
    ),
    "nothing, yet more": ("CN525", "四、会议费\n\n会议费预算0万元，比上年增加2.00万元。"),
    "parts that a sentence lists": (
        "CN510",
        "五、支出情况\n\n支出预算40.00万元。按功能分类，包括教育支出30.00万元，住房保障支出9.00万元，卫生健康支出6.00万元。",
    ),
    "more than all": ("CN526", "四、会议费\n\n会议费预算3.00万元，比上年增加13.00万元。"),
    "less than nothing": ("CN527", "四、会议费\n\n会议费预算3.00万元，比上年下降130.00%。"),
    "its own year": ("CN529", "五、收入情况\n\n收入预算50.00万元，与2026年预算相比增加5.00万元。"),
    "a part named twice": (
        "CN530",
        "五、收入情况\n\n收入预算50.00万元，其中：事业收入30.00万元、其他收入20.00万元、事业收入0万元。",
    ),
    "a part of things above their number": (
        "CN528",
        "九、国有资产占用情况\n\n单位价值50万元以上设备3台，其中，单位价值100万元以上设备8台。",
    ),
    "a rate without its sign": ("CN955", "五、收入情况\n\n收入预算比上年增加5.00万元，增长5.25。"),
    "a rate left out": ("CN956", "五、收入情况\n\n事业收入5.00万元，占收入的50%，增长 %。"),
    "an amount left out": ("CN956", "五、收入情况\n\n事业收入比上年减少 万元。"),
    "万": ("CN958", "四、项目情况\n\n示例项目安排30.50万，用于示例。"),
    "a hint of the template": ("CN952", "四、会议费\n\n会议费预算比上年增长（下降）3.00%。"),
    "a reason against the sign": (
        "CN531",
        "四、会议费\n\n会议费预算3.00万元，比上年增加1.00万元，主要原因是会议经费减少。",
    ),
    "vehicles not split": (
        "CN158",
        "七、“三公”经费情况\n\n“三公”经费8.00万元，其中：公务用车购置及运行费7.00万元，公务接待费1.00万元。",
    ),
    "another office": ("BL507", "三、机关运行经费\n\n示范市示范县某委员会2026年机关运行经费预算9.00万元。"),
}


@cache
def session() -> Session:
    return open_session(Settings().overridden("test", jobs=1))


def failing(tmp_path: Path, text: str, notices: bool = False) -> dict[str, str]:
    path = tmp_path / "示例.txt"
    path.write_text(text, encoding="utf-8")
    (document,) = session().check([str(path)]).documents
    return {
        finding.rule.partition(".")[0]: str(finding.message)
        for finding in document.findings
        if finding.verdict is Verdict.FAILS and (notices or finding.severity is not Severity.NOTICE)
    }


@pytest.mark.parametrize("text", [*LAWFUL.values()], ids=[*LAWFUL])
def test_a_lawful_sentence_of_a_budget(tmp_path: Path, text: str) -> None:
    found = failing(tmp_path, BUDGET + text + "\n")
    assert not {rule: said for rule, said in found.items() if not rule.startswith(STANDING)}


@pytest.mark.parametrize("text", [*LAWFUL_FINAL.values()], ids=[*LAWFUL_FINAL])
def test_a_lawful_sentence_of_a_final_account(tmp_path: Path, text: str) -> None:
    found = failing(tmp_path, FINAL + text + "\n")
    assert not {rule: said for rule, said in found.items() if not rule.startswith(STANDING)}


@pytest.mark.parametrize(("rule", "text"), [*WRONG.values()], ids=[*WRONG])
def test_what_is_wrong_is_found(tmp_path: Path, rule: str, text: str) -> None:
    assert rule in failing(tmp_path, BUDGET + text + "\n", notices=True)
