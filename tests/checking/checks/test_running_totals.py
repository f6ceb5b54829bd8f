"""Totals of lists of income and expenditure: honest lists of any layout hold, a changed figure does not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.normalise.documents import read

from budgetlint.checking.checks.running_totals import running_totals
from budgetlint.document import Bundle, Classification, Document
from budgetlint.normalise import name
from budgetlint.resources import rules_folder
from budgetlint.results.findings import Outcome, Reason, Severity, Verdict
from budgetlint.vocabulary.files import load_folder

VOCABULARY = load_folder(rules_folder() / "national")

CLASSES = "一、一般公共服务支出 80|二、社会保障和就业支出 30|三、住房保障支出 10.50|本年支出合计 120.50|结转下年 0|支出总计 120.50"

#: What honest documents print on the side of income.
HONEST = {
    "numbered": "一、一般公共预算拨款收入 100|二、政府性基金预算拨款收入 20.50|本年收入合计 120.50|上年结转 0|收入总计 120.50",
    "a further row": "一、一般公共预算拨款收入 90|二、财政专户管理资金收入 10|三、某某专项收入 20.50|本年收入合计 120.50|收入总计 120.50",
    "parts without numbers": "一、一般公共预算拨款收入 100|经费拨款 70|非税收入拨款 30|二、事业收入 20.50|教育收费 5|本年收入合计 120.50",
    "a part of a row": "一、财政拨款收入 100|其中：专项 30|二、事业收入 10|本年收入合计 110|上年结转 10.50|收入总计 120.50",
    "carried forward divided": "一、财政拨款收入 100|二、事业收入 10|本年收入合计 110|上年结转 10.50|财政拨款结转 8|其他资金结转 2.50|收入总计 120.50",
    "carried forward divided by numbers": "一、财政拨款收入 100|二、事业收入 10|本年收入合计 110|上年结转 10.50|（一）财政拨款结转 8|（二）其他资金结转 2.50|收入总计 120.50",
    "two kinds carried forward": "一、财政拨款收入 100|二、事业收入 10|本年收入合计 110|用事业基金弥补收支差额 3|上年结转 7.50|收入总计 120.50",
    "sum named by a row": "一、本年收入 110|（一）一般公共预算拨款 100|（二）政府性基金预算拨款 10|二、上年结转 10.50|（一）一般公共预算拨款 10.50|收入总计 120.50",
    "subtotals": "一、一般公共预算拨款收入 100|二、政府性基金预算拨款收入 5|财政拨款收入小计 105|三、事业收入 5|本年收入合计 110|上年结转 10.50|收入总计 120.50",
    "no numbers": "一般公共预算拨款收入 100|政府性基金预算拨款收入 20.50|本年收入合计 120.50|收入总计 120.50",
    "no numbers, parts": "单位资金 20.50|事业收入 20|其他收入 0.50|一般公共预算拨款收入 100|本年收入合计 120.50|收入总计 120.50",
    "equal figures": "一、财政拨款收入 60|二、事业收入 60|三、其他收入 0.50|本年收入合计 120.50|收入总计 120.50",
    "sum, carried forward, grand total": "一、财政拨款收入 100|二、事业收入 10.50|收入合计 110.50|上年结转 10|一般公共预算 10|总计 120.50",
    "items under classes": "一、财政拨款 120.50|一般公共服务 80|行政运行 50|机关服务 30|社会保障 40.50|离退休 10|医疗 10.50|住房 20|公积金 12|补贴 8|二、事业收入 0|本年收入合计 120.50|收入总计 120.50",
    "two sums": "一、财政拨款收入 120.50|二、事业收入 0|本年收入合计 120.50|一、基本收入 100|二、项目收入 20.50|收入合计 120.50",
}

#: Lists that begin to count anew under the row they make up.
COUNTED_ANEW = {
    "parts of the sum": "一、本年收入 110|一、一般公共预算拨款 100|二、政府性基金预算拨款 10|二、上年结转 10.50|收入总计 120.50",
    "one part": "一、本年收入 120.50|一、一般公共预算拨款 120.50|收入总计 120.50",
    "in brackets": "（一）本年收入 110|（一）一般公共预算拨款 100|（二）事业收入 10|（二）上年结转 10.50|收入总计 120.50",
    "two lists": "一、本年收入 110|一、一般公共预算拨款 100|二、事业收入 10|二、上年结转 10.50|一、一般公共预算拨款 10.50|二、事业收入 0|收入总计 120.50",
    "without more": "1.本年收入 120.50|1.一般公共预算拨款 100|2.事业收入 20.50|收入总计 120.50",
}


def document(income: str, expense: str = CLASSES) -> Document:
    """A 收支总表 of two sides, totals on one line."""
    sides = [[item.rpartition(" ")[::2] for item in side.split("|")] for side in (income, expense)]
    length = max(map(len, sides))
    lines = [[*side, *[("", "")] * (length - len(side))] for side in sides]
    body = "\n".join("\t".join((*a, *b)) for a, b in zip(*lines, strict=True))
    text = f"2024年部门预算\n\n部门收支总表\n单位：万元\n\n收入\t\t支出\t\n项目\t金额\t项目\t金额\n{body}\n"
    return name(replace(read(text), classification=Classification("部门预算", 2024)), VOCABULARY)


def outcomes(income: str) -> list[Outcome]:
    return list(running_totals.run(Bundle(document(income)), VOCABULARY))


@pytest.mark.parametrize("income", HONEST.values(), ids=HONEST)
def test_an_honest_list_holds(income: str) -> None:
    found = outcomes(income)
    assert {outcome.verdict for outcome in found} == {Verdict.HOLDS}
    assert len(found) == income.count("合计 ") + income.count("总计 ") + income.count("小计 ") + 2


@pytest.mark.parametrize(
    ("income", "printed", "changed"),
    [
        (kind, item, f"{item.rpartition(' ')[0]} {float(item.rpartition(' ')[2]) + 7:.2f}")
        for kind in HONEST
        for item in HONEST[kind].split("|")
        if "合计 " in item or "总计 " in item or item.startswith(("一、", "二、"))
    ],
)
def test_a_changed_total_or_numbered_row_is_found(income: str, printed: str, changed: str) -> None:
    found = outcomes(HONEST[income].replace(printed, changed, 1))
    failed = [outcome for outcome in found if outcome.verdict is Verdict.FAILS]
    assert failed and all(outcome.message for outcome in failed)


def test_a_list_with_unknown_rows_is_a_warning_and_one_without_any_number_is_undetermined() -> None:
    (mixed,) = [
        o
        for o in outcomes("一、甲收入 10|乙 3|二、丙收入 5|本年收入合计 25|收入总计 25")
        if o.verdict is not Verdict.HOLDS
    ]
    assert (mixed.verdict, mixed.severity) == (Verdict.FAILS, Severity.WARNING)
    (bare,) = [
        o
        for o in outcomes("甲收入 10|乙 3|丙收入 5|本年收入合计 25|收入总计 25")
        if o.verdict is not Verdict.HOLDS
    ]
    assert (bare.verdict, bare.reason) == (Verdict.UNDETERMINED, Reason.AMBIGUOUS_REFERENCE)


def test_a_numbered_list_that_does_not_make_its_total_is_an_error() -> None:
    (failed,) = [
        o for o in outcomes("一、甲收入 10|二、乙收入 5|本年收入合计 25") if o.verdict is not Verdict.HOLDS
    ]
    assert failed.severity is Severity.ERROR
    assert [operand.printed for operand in failed.operands] == ["25", "10", "5"]


def test_a_total_of_the_other_side_on_the_way_is_no_part() -> None:
    income = "一、财政拨款收入 100|二、事业收入 10|本年收入合计 110|本年支出合计 120.50|上年结转 10.50|收入总计 120.50"
    assert {outcome.verdict for outcome in outcomes(income)} == {Verdict.HOLDS}


def test_a_changed_item_under_its_class_is_found() -> None:
    found = outcomes(HONEST["items under classes"].replace("财政拨款 120.50", "财政拨款 121.50"))
    assert any(outcome.verdict is Verdict.FAILS for outcome in found)


def test_parts_below_their_total_are_not_added_again() -> None:
    found = outcomes("本年收入合计 120.50|一、财政拨款 100|二、事业收入 20.50|三、上年结转 3|收入总计 123.50")
    assert {outcome.verdict for outcome in found} == {Verdict.HOLDS}
    wrong = outcomes("本年收入合计 120.50|一、财政拨款 100|二、事业收入 20.50|三、上年结转 3|收入总计 133.50")
    assert any(outcome.verdict is Verdict.FAILS for outcome in wrong)


@pytest.mark.parametrize("income", COUNTED_ANEW.values(), ids=COUNTED_ANEW)
def test_a_list_that_counts_anew_under_its_sum_holds(income: str) -> None:
    assert {outcome.verdict for outcome in outcomes(income)} == {Verdict.HOLDS}
    wrong = outcomes(income.replace("收入总计 120.50", "收入总计 127.50"))
    assert any(outcome.verdict is Verdict.FAILS for outcome in wrong)
