"""Rows without a number are checked against the numbered row above them where the table shows that they are its parts."""

from __future__ import annotations

import pytest
from tests.normalise.documents import read

from budgetlint.checking.checks.unnumbered_parts import unnumbered_parts
from budgetlint.document import Bundle
from budgetlint.results.findings import Verdict
from budgetlint.vocabulary import Vocabulary

SOUND = "一、基本支出 60|工资福利支出 40|商品和服务支出 20|二、项目支出 35|日常项目 30|专门项目 5|三、经营支出 0|支出总计 95"


def verdicts(rows: str) -> list[Verdict]:
    body = "\n".join("\t".join(row.rpartition(" ")[::2]) for row in rows.split("|"))
    document = read(f"支出总体情况表\n单位：万元\n\n项目\t金额\n{body}\n")
    return [outcome.verdict for outcome in unnumbered_parts.run(Bundle(document), Vocabulary())]


def test_parts_that_add_up_hold() -> None:
    assert verdicts(SOUND) == [Verdict.HOLDS] * 2


@pytest.mark.parametrize("changed", ["工资福利支出 45", "商品和服务支出 30", "一、基本支出 70"])
def test_a_changed_figure_fails(changed: str) -> None:
    name = changed.partition(" ")[0]
    printed = next(row for row in SOUND.split("|") if row.startswith(name))
    assert verdicts(SOUND.replace(printed, changed)) == [Verdict.FAILS, Verdict.HOLDS]


@pytest.mark.parametrize(
    "rows",
    [
        "一、按性质 60|工资福利支出 50|商品和服务支出 45|二、项目支出 35|支出总计 95",
        "一、财政拨款 60|经费拨款 60|二、其他资金 35|事业收入 5|收入总计 95",
        "基本支出 60|工资福利支出 40|商品和服务支出 20|支出总计 60",
    ],
    ids=["nothing bears it out", "single parts", "no numbers"],
)
def test_what_no_other_row_bears_out_is_not_checked(rows: str) -> None:
    assert verdicts(rows) == []
