"""What a printed line is, told from its form alone."""

from __future__ import annotations

import pytest

from budgetlint.normalise.printed.lines import PrintedLine, lines_of
from budgetlint.vocabulary import ReadingWords, Vocabulary, national_words


def line(text: str, **added: tuple[str, ...]) -> PrintedLine:
    nation = Vocabulary(reading=dict(national_words().groups))
    return lines_of(nation.merged(Vocabulary(reading=added)).words).of(text)


@pytest.mark.parametrize(
    ("text", "level", "number", "title", "heading"),
    [
        ("第一部分 部门概况", 1, "第一部分", "部门概况", True),
        ("附件1：部门预算表", 1, "附件1", "部门预算表", True),
        ("一、收支总体情况", 2, "一", "收支总体情况", True),
        ("（二）支出预算情况", 3, "二", "支出预算情况", True),
        ("3．机关运行经费", 4, "3", "机关运行经费", True),
        ("1.5万元", None, "", "1.5万元", False),
        ("一、本年收入100万元，增加5万元。", 2, "一", "本年收入100万元，增加5万元。", False),
        ("（二）上年结转结余12.72万元", 3, "二", "上年结转结余12.72万元", False),
        ("收支总体情况", None, "", "收支总体情况", False),
    ],
)
def test_numbering_gives_level_number_and_title(
    text: str, level: int | None, number: str, title: str, heading: bool
) -> None:
    said = line(text)
    assert (said.level, said.number, said.title, said.heading) == (level, number, title, heading)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("预算01表", "table_number"),
        ("附表1-2", "table_number"),
        ("二〇二四年九月", "date"),
        ("- 3 -", "page_number"),
        ("注：本表无数据。", "note"),
        ("部门名称：示例区某局    单位：万元", "fields"),
        ("第二部分", "bare_part"),
        ("一般公共预算支出表（按功能分类）", "title_like"),
    ],
)
def test_a_line_is_one_thing(text: str, what: str) -> None:
    kinds = ("table_number", "date", "page_number", "note", "fields", "bare_part", "title_like")
    assert [kind for kind in kinds if getattr(line(text), kind)] == [what]


def test_a_year_alone_is_told_from_other_dates() -> None:
    assert line("（2024 年度）").year
    assert not line("2024年2月").year and not line("2024年度预算").year


def test_a_unit_is_said_by_a_field_or_in_brackets() -> None:
    assert [line(text).unit for text in ("单位：万元", "支出总表（单位：千元）", "单位：示例局")] == [
        "万元",
        "千元",
        None,
    ]


def test_the_same_text_is_the_same_line() -> None:
    known = lines_of(national_words())
    assert known.of("一、概况") is known.of("一、概况")
    assert lines_of(national_words()) is known


def test_a_pack_names_a_field_a_note_and_a_number_of_its_own() -> None:
    assert not line("填表人：某人").fields
    assert line("填表人：某人", **{"表头栏目/全称": ("填表人",)}).fields[0].value == "某人"
    assert not line("附注：略。").note and line("附注：略。", **{"表注": ("附注",)}).note
    assert line("市财表1").table_number == "市财表1"
    assert line("册1").table_number is None
    assert line("册1", **{"表号/单独成行": ("册",)}).table_number == "册1"


def test_without_words_nothing_is_a_field() -> None:
    assert not lines_of(ReadingWords()).of("部门名称：示例区某局").fields


def test_a_head_line_may_end_with_the_bare_unit() -> None:
    head = line("301-示例市某局          万元")
    assert [(one.name, one.value) for one in head.fields] == [
        ("部门名称", "301-示例市某局"),
        ("单位", "万元"),
    ]
    assert head.unit == "万元"
    assert line("收入 500 万元").unit is None
