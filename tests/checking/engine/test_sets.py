"""Several budgets in one document: each set is checked by itself, presence once."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.checking.build import VOCABULARY, check, document, mention, paragraph, section, table

from budgetlint.checking.engine.sets import parts_of
from budgetlint.checking.index import DocumentIndex
from budgetlint.document import Document, Section, Table, TableState
from budgetlint.results.findings import Outcome, Reason, Verdict

_LINES = count(100, 10)


def sheet(kind: str, amount: str = "5.00") -> Table:
    """A table of one kind (甲表, 乙表 …) whose total is the amount."""
    return table(f"| 科目名称 | 合计 |\n| 合计 | {amount} |", title=f"{kind}表", first_line=next(_LINES))


def sheets(kinds: str, amount: str = "5.00") -> list[Table]:
    return [sheet(kind, amount) for kind in kinds]


def prose(number: str, amount: str) -> Section:
    """A part whose three named sections state an amount."""
    said = [
        section(n, title, paragraph("", mention("收入总计", f"{amount} 万元", line=next(_LINES))))
        for n, title in (("一", "收支情况"), ("二", "经费情况"), ("三", "没有的情况"))
    ]
    return section(number, "情况说明", sections=said, level=0)


def divided(whole: Document) -> list[str] | None:
    """The kinds of tables in every set, or None where there is one set."""
    parts = parts_of(DocumentIndex(whole), VOCABULARY)
    if parts is None:
        return None
    return ["".join(t.table.title[0] for t in part.tables) for part in parts.sets]


def verdicts(outcomes: list[Outcome]) -> list[Verdict]:
    return [outcome.verdict for outcome in outcomes]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("甲乙丙甲乙丙", ["甲乙丙", "甲乙丙"]),
        ("甲乙丙甲乙丙甲乙丙", ["甲乙丙"] * 3),
        ("甲乙丙空单单甲乙丙单", ["甲乙丙空单单", "甲乙丙单"]),
        ("乙丙空甲乙丙空", ["乙丙空", "甲乙丙空"]),  # the first set lost its first table
        ("甲乙乙丙甲乙丙", ["甲乙乙丙", "甲乙丙"]),  # a table printed twice
        ("甲甲乙乙丙丙", ["甲乙丙", "甲乙丙"]),  # kind by kind
        ("甲乙丙", None),
        ("甲乙丙丙空", None),
        ("甲乙丙甲", None),
        ("甲甲乙丙", None),
        ("单单单单", None),
        ("", None),
    ],
)
def test_names_that_come_again_begin_a_set(printed: str, expected: list[str] | None) -> None:
    assert divided(document(*sheets(printed))) == expected


def test_lost_tables_make_no_set() -> None:
    lost = [replace(one, state=TableState.MISSING) for one in sheets("甲乙丙")]
    assert divided(document(*lost, *sheets("甲乙丙"))) is None


@given(st.permutations("甲乙丙空"), st.integers(2, 4))
def test_any_order_of_tables_is_cut_where_it_begins_again(order: list[str], times: int) -> None:
    kinds = "".join(order)
    assert divided(document(*sheets(kinds * times))) == [kinds] * times


def test_references_resolve_in_the_set_at_hand() -> None:
    tables = [*sheets("甲乙丙", "5.00"), *sheets("甲乙丙", "7.00")]
    whole = document(*tables)
    assert verdicts(check("检查 表 甲表 合计 等于 表 乙表 合计", whole)) == [Verdict.HOLDS] * 2
    assert (
        verdicts(check("对 表 甲表 的 每一行，检查 列 合计 等于 表 乙表 合计", whole)) == [Verdict.HOLDS] * 2
    )
    wrong = document(*tables[:-2], sheet("乙", "8.00"), tables[-1])
    right, false = check("检查 表 甲表 合计 等于 表 乙表 合计", wrong)
    assert (right.verdict, false.verdict) == (Verdict.HOLDS, Verdict.FAILS)
    assert false.instance != right.instance
    assert {operand.place.line for operand in false.operands} == {
        tables[3].rows[0].place.line,
        wrong.tables[4].rows[0].place.line,
    }


def test_a_set_that_lacks_a_table_is_undetermined_not_compared_with_another() -> None:
    whole = document(*sheets("甲乙丙空"), *sheets("甲乙丙"))
    held, lacking = check("检查 表 甲表 合计 等于 表 空表 合计", whole)
    assert held.verdict is Verdict.HOLDS
    assert (lacking.verdict, lacking.reason) == (Verdict.UNDETERMINED, Reason.MISSING_TABLE)


def test_presence_is_asked_once() -> None:
    whole = document(*sheets("甲乙丙空"), *sheets("甲乙丙"))
    for sentence in ("检查 表 空表 存在", "检查 有 章节 收支情况", "检查 全文 不包含 “某某”"):
        assert len(check(sentence, whole)) == 1


def test_prose_stands_with_the_tables_of_its_turn() -> None:
    tables = [*sheets("甲乙丙", "5.00"), *sheets("甲乙丙", "7.00")]
    sentence = "对 章节 收支情况 的 每处 收入总计，检查 收入总计 等于 表 甲表 合计"
    whole = document(*tables, prose("第一部分", "5.00"), prose("第二部分", "7.00"))
    assert verdicts(check(sentence, whole)) == [Verdict.HOLDS] * 2
    swapped = document(*tables, prose("第一部分", "7.00"), prose("第二部分", "5.00"))
    assert verdicts(check(sentence, swapped)) == [Verdict.FAILS] * 2
    alone = "检查 章节 收支情况 收入总计 等于 5 万元"
    assert verdicts(check(alone, whole)) == [Verdict.HOLDS, Verdict.FAILS]


def test_prose_that_stands_once_belongs_to_the_tables_it_quotes() -> None:
    def tables(amounts: tuple[str, str, str]) -> list[Table]:
        return [sheet(kind, amount) for kind, amount in zip("甲乙丙", amounts, strict=True)]

    figures = [mention("收入总计", f"{a} 万元", line=next(_LINES)) for a in ("7.00", "8.00", "9.00")]
    said = [
        section(n, title, paragraph("", figure))
        for n, title, figure in zip("一二三", ("收支情况", "经费情况", "没有的情况"), figures, strict=True)
    ]
    sentence = "对 章节 收支情况 的 每处 收入总计，检查 收入总计 等于 表 甲表 合计"
    both = [*tables(("5.00", "6.00", "4.00")), *tables(("7.00", "8.00", "9.00"))]
    outcomes = check(sentence, document(*both, *said))
    assert [v for v in verdicts(outcomes) if v is not Verdict.SKIPPED] == [Verdict.HOLDS]
    equal = [*tables(("7.00", "8.00", "9.00")), *tables(("7.00", "8.00", "9.00"))]
    (unclear,) = [o for o in check(sentence, document(*equal, *said)) if o.verdict is not Verdict.SKIPPED]
    assert (unclear.verdict, unclear.reason) == (Verdict.UNDETERMINED, Reason.AMBIGUOUS_REFERENCE)


def test_tables_explained_twice_are_looked_at_once_and_tied_to_both() -> None:
    amounts = ("5.00", "6.00", "7.00")

    def explained() -> Section:
        said = [
            section(n, title, paragraph("", mention("收入总计", f"{a} 万元", line=next(_LINES))))
            for n, title, a in zip("一二三", ("收支情况", "经费情况", "没有的情况"), amounts, strict=True)
        ]
        return section("第一部分", "情况说明", sections=said, level=0)

    tables = [sheet(kind, amount) for kind, amount in zip("甲乙丙", amounts, strict=True)]
    whole = document(*tables, explained(), explained())
    tied = check("对 章节 收支情况 的 每处 收入总计，检查 收入总计 等于 表 甲表 合计", whole)
    assert verdicts(tied) == [Verdict.HOLDS] * 2
    assert verdicts(check("检查 表 甲表 合计 小于 表 乙表 合计", whole)) == [Verdict.HOLDS]
    assert verdicts(check("对 表 甲表 的 每一行，检查 列 合计 大于 0", whole)) == [Verdict.HOLDS]


def test_tables_that_no_prose_quotes_are_still_looked_at_once() -> None:
    whole = document(*sheets("甲乙丙", "9.00"), prose("第一部分", "5.00"), prose("第二部分", "6.00"))
    found = verdicts(check("检查 表 甲表 合计 等于 表 乙表 合计", whole))
    assert found.count(Verdict.HOLDS) == 1 and Verdict.FAILS not in found
