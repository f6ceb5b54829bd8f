"""Two tables that list the same things: a slip in one is told by the other."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.checking import passages
from tests.normalise.documents import read

from budgetlint.checking.checks.correspondence import corresponding_rows
from budgetlint.document import Bundle, Cell, Role
from budgetlint.results.findings import Outcome, Verdict
from budgetlint.vocabulary import Vocabulary

ROWS = ["合计\t181.15", "甲类\t44.51", "乙类\t15.52", "丙类\t26.33", "丁类\t40.34", "戊类\t54.45"]


def table(title: str, rows: list[str]) -> str:
    return f"{title}\n单位：万元\n\n科目名称\t合计\n" + "\n".join(rows) + "\n\n"


def outcomes(one: list[str], other: list[str]) -> list[Outcome]:
    text = table("某某支出表", one) + table("某某支出明细表", other)
    return list(corresponding_rows.run(Bundle(read(text)), Vocabulary()))


def changed(label: str, figure: str) -> list[str]:
    return [f"{label}\t{figure}" if row.startswith(label) else row for row in ROWS]


def test_all_rows_of_two_like_tables_hold() -> None:
    assert [outcome.verdict for outcome in outcomes(ROWS, ROWS)] == [Verdict.HOLDS] * 6


@pytest.mark.parametrize("label", ["合计", "甲类", "戊类"])
def test_the_only_row_that_differs_fails_at_its_figures(label: str) -> None:
    right = next(row for row in ROWS if row.startswith(label)).split("\t")[1]
    (failed,) = (o for o in outcomes(ROWS, changed(label, "99.90")) if o.verdict is Verdict.FAILS)
    assert [operand.printed for operand in failed.operands] == [right, "99.90"]
    assert failed.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([row for row in changed("甲类", "45.51") if "合计" not in row] + ["合计\t182.15"], ROWS),
        (changed("甲类", "45.51"), [*changed("乙类", "16.52"), "己类\t1.00"]),
        ([*changed("甲类", "43.51"), "己类\t1.00"], [*changed("甲类", "44.51"), "庚类\t9.00"]),
        (ROWS[1:3], changed("甲类", "45.51")[1:3]),
    ],
    ids=[
        "the total differs as well",
        "two rows differ",
        "rows of which the other knows nothing",
        "few rows and no total",
    ],
)
def test_tables_that_may_well_differ_are_not_held_against_each_other(
    one: list[str], other: list[str]
) -> None:
    assert not [o for o in outcomes(one, other) if o.verdict is Verdict.FAILS]


def test_one_last_unit_between_two_tables_is_a_tail_of_rounding() -> None:
    verdicts = [o.verdict for o in outcomes(ROWS, changed("甲类", "44.52"))]
    assert verdicts.count(Verdict.ROUNDS) == 1 and Verdict.FAILS not in verdicts


def test_rows_of_one_name_are_compared_in_their_order() -> None:
    twice = ["合计\t181.15", "其他\t90.11", "其他\t20.22", "丙类\t26.33", "丁类\t44.49"]
    assert [o.verdict for o in outcomes(twice, twice)] == [Verdict.HOLDS] * 5


def test_figures_under_one_code_add_up_to_the_one_of_the_other_table() -> None:
    head = "单位：万元\n\n科目编码\t科目名称\t合计\n"
    whole = ["\t合计\t100.60", "2080101\t行政运行\t44.50", "2080102\t一般行政管理事务\t15.50"]
    whole += ["2080103\t机关服务\t26.31", "2080199\t其他\t14.29"]
    split = [*whole[:1], "2080101\t行政运行\t40.50", "2080101\t行政运行\t4.00", *whole[2:]]
    text = "\n".join(
        ["某某支出表", head + "\n".join(whole), "", "某某支出明细表", head + "\n".join(split), ""]
    )
    found = list(corresponding_rows.run(Bundle(read(text)), Vocabulary()))
    assert [o.verdict for o in found] == [Verdict.HOLDS] * 5
    assert max(len(o.operands) for o in found) == 3


def test_money_of_project_sheets_is_that_of_the_list_of_projects() -> None:
    projects = {f"项目{n}": f"{20 + n}.31" for n in range(1, 8)}
    columns = {"项目名称": Role.NAME, "金额": Role.AMOUNT}
    listed = passages.table(columns, *projects.items(), title="项目支出表")
    projects["项目3"] = "93.31"
    sheets = (
        replace(
            passages.table(columns, ("年度资金总额", money), title="项目绩效目标表", key=name, id="t.sheet"),
            facts={"项目名称": Cell(name)},
        )
        for name, money in projects.items()
    )
    found = passages.outcomes(corresponding_rows, passages.document(tables=(listed, *sheets)))
    failed = [outcome for outcome in found if outcome.verdict is Verdict.FAILS]
    assert len(found) == 7
    assert [operand.printed for o in failed for operand in o.operands] == ["23.31", "93.31"]
