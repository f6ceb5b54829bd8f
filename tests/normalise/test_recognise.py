"""A table is named by its title, else by its shape with the title as one witness; what cannot be told is said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.normalise.documents import read

from budgetlint.document import Table
from budgetlint.normalise.recognise import Look, recognised
from budgetlint.resources import rules_folder
from budgetlint.vocabulary import ShapeTerm, TableTerm, Vocabulary, load_folder

NATION = load_folder(rules_folder() / "national")

EXPENSE = "科目编码\t科目名称\t合计\t基本支出\t项目支出\t经营支出\n201\t一般公共服务支出\t3.00\t2.00\t1.00\t\n208\t社会保障和就业支出\t1.00\t1.00\t\t"
FUNCTIONAL = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n212\t城乡社区支出\t3.00\t2.00\t1.00\n21208\t国有土地使用权出让收入安排的支出\t3.00\t2.00\t1.00"
INCOME = "单位名称\t合计\t一般公共预算\t事业收入\t其他收入\n示例市示例区某局\t3.00\t2.00\t1.00\t0.00\n示例市示例区某中心\t3.00\t2.00\t1.00\t0.00"
TOTAL = "收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、一般公共预算拨款收入\t3.00\t一、一般公共服务支出\t4.00\n二、事业收入\t1.00\t\t\n收入总计\t4.00\t支出总计\t4.00"
FISCAL = "收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、一般公共预算拨款\t3.00\t一、一般公共服务支出\t3.00\n二、政府性基金预算拨款\t\t\t\n收入总计\t3.00\t支出总计\t3.00"
BASIC = "科目编码\t科目名称\t合计\t人员经费\t公用经费\n301\t工资福利支出\t2.00\t2.00\t\n302\t商品和服务支出\t1.00\t\t1.00"
THREE = "合计\t因公出国（境）费\t公务用车购置费\t公务用车运行维护费\t公务接待费\n1.00\t0.00\t0.00\t1.00\t0.00"
GOALS = "序号\t项目名称\t预算金额\t一级指标\t三级指标\t指标值\n1\t示例项目\t3.00\t产出指标\t示例数量\t≥3个\n2\t又一项目\t1.00\t产出指标\t又一数量\t≥2个"
BUYING = "采购项目\t采购目录\t数量\t采购金额\n示例设备\tA02\t3\t3.00\n又一设备\tA03\t1\t1.00"


def tables_of(*texts: str) -> Sequence[Table]:
    return read("\n\n".join(f"{text}\n" for text in texts)).tables


def named(*texts: str, kind: str = "预算") -> list[tuple[str | None, bool]]:
    """Return the id of every table of a text, and whether its shape told."""
    found = recognised(tables_of(*texts), kind, NATION)
    return [(one.term.id if one.term else None, one.by_shape) for one in found]


@pytest.mark.parametrize(
    ("title", "body", "id"),
    [
        ("示例市示例区某局全年收支安排一览表", TOTAL, "b.total"),
        ("财政资金安排一览表", FISCAL, "b.fiscal"),
        ("各单位收入来源表", INCOME, "b.income"),
        ("按功能科目列示的支出安排表", EXPENSE, "b.expense"),
        ("部门经费按经济科目列示表", BASIC, "b.gpb_basic"),
        ("厉行节约有关经费安排表", THREE, "b.three"),
        ("政府性基金安排的支出一览表", FUNCTIONAL, "b.fund"),
        ("国有资本收益安排的支出一览表", FUNCTIONAL, "b.soe"),
        ("重点工作任务清单表", GOALS, "b.perf_list"),
        ("集中购置计划表", BUYING, "b.purchase"),
    ],
)
def test_a_table_under_a_title_nobody_knows_is_named_by_its_shape(title: str, body: str, id: str) -> None:
    assert named(f"{title}\n单位：万元\n\n{body}") == [(id, True)]


def test_a_known_title_is_believed() -> None:
    assert named(f"支出总表\n单位：万元\n\n{EXPENSE}") == [("b.expense", False)]


def test_a_list_under_the_title_of_a_form_is_named_by_its_shape() -> None:
    assert named(f"项目支出绩效目标表\n单位：万元\n\n{GOALS}") == [("b.perf_list", True)]


def test_an_empty_form_keeps_its_title() -> None:
    header = GOALS.splitlines()[0]
    assert named(f"项目支出绩效目标表\n单位：万元\n\n{header}\n注：本表无数据。") == [("b.perf_proj", False)]


def test_what_looks_like_nothing_known_stays_without_a_name() -> None:
    assert named("示例情况统计表\n\n名称\t面积\n甲处\t3.00\n乙处\t4.00") == [(None, False)]


def term(id: str, *shapes: ShapeTerm, many: bool = False) -> TableTerm:
    return TableTerm(id, id, ("预算",), shapes=shapes, many=many)


ALIKE = ShapeTerm(columns=("合计",))
SET = Vocabulary(
    tables={t.id: t for t in (term("甲表"), term("乙表", ALIKE), term("丙表"), term("丁表", ALIKE))}
)
UNKNOWN = "某某一览表\n单位：万元\n\n项目\t合计\n甲\t1.00\n乙\t2.00"


def known(title: str) -> str:
    return UNKNOWN.replace("某某一览表", title).replace("合计", "金额")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((known("甲表"), UNKNOWN, known("丙表")), "乙表"),
        ((known("甲表"), known("丙表"), UNKNOWN), "丁表"),
        ((known("乙表"), UNKNOWN), "丁表"),
    ],
)
def test_of_tables_that_look_alike_the_place_in_the_set_tells(texts: tuple[str, ...], expected: str) -> None:
    found = recognised(tables_of(*texts), "预算", SET)
    at = texts.index(UNKNOWN)
    assert found[at].term is not None and found[at].term.id == expected and found[at].by_shape


def test_where_nothing_tells_which_all_that_could_be_meant_are_said() -> None:
    (found,) = recognised(tables_of(UNKNOWN), "预算", SET)
    assert found.term is None and [term.id for term in found.could_be] == ["乙表", "丁表"]


def test_words_of_a_shape_may_be_alternatives_or_whole_labels() -> None:
    (table,) = tables_of(f"示例表\n单位：万元\n\n{INCOME}")
    look = Look.of(table)
    assert look.has(ShapeTerm(columns=("没有|事业收入",)))
    assert look.has(ShapeTerm(columns=("=合计",))) and not look.has(ShapeTerm(columns=("=收入",)))
    assert not look.has(ShapeTerm(columns=("合计",), without=("事业收入",)))
    assert look.has(ShapeTerm(rows=("某中心",))) and not look.has(ShapeTerm(no_rows=("某中心",)))
    assert not look.has(ShapeTerm(sides=True))
    assert look.has(ShapeTerm(title=("示例",))) and not look.has(ShapeTerm(no_title=("示例",)))
