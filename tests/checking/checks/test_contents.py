"""The skeleton of a document: contents list, numbers of tables, chapters and rows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.checking.passages import document, failures, named, table

from budgetlint.checking.checks.contents import CONTENTS_CHECKS
from budgetlint.document import ContentsItem, Paragraph, Role, Section, Table
from budgetlint.resources import rules_folder
from budgetlint.vocabulary import Vocabulary
from budgetlint.vocabulary.files import load_folder

TITLES = {
    "b.total": "部门收支总表",
    "b.income": "部门收入总表",
    "b.expense": "部门支出总表",
    "b.gpb": "一般公共预算支出表",
    "b.fund": "政府性基金预算支出表",
}
TABLES = tuple(Table(title, id=id, number=f"预算0{n}表") for n, (id, title) in enumerate(TITLES.items(), 1))
CONTENTS = tuple(ContentsItem(str(n), title, 2) for n, title in enumerate(TITLES.values(), 1))


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_folder(rules_folder() / "national")


def sections(*numbers: str) -> tuple[Section, ...]:
    return tuple(Section(number, f"第{number}节的内容", 1) for number in numbers)


def test_a_listed_table_is_printed_and_a_numbered_one_is_listed(vocabulary: Vocabulary) -> None:
    check = named(CONTENTS_CHECKS, "BL421")
    assert failures(check, document(contents=CONTENTS, tables=TABLES), vocabulary) == []
    assert len(failures(check, document(contents=CONTENTS, tables=TABLES[:-1]), vocabulary)) == 1
    assert len(failures(check, document(contents=CONTENTS[:-1], tables=TABLES), vocabulary)) == 1
    unnumbered = (*TABLES[:-1], replace(TABLES[-1], number=None))
    assert failures(check, document(contents=CONTENTS[:-1], tables=unnumbered), vocabulary) == []
    assert failures(check, document(contents=CONTENTS[:2], tables=TABLES), vocabulary) == []


@pytest.mark.parametrize(
    ("listed", "told"), [("部门示例支出表", 0), ("2024年部门示例支出表", 0), ("部门另一支出表", 1)]
)
def test_a_table_told_by_its_shape_is_listed_by_its_title(
    listed: str, told: int, vocabulary: Vocabulary
) -> None:
    by_shape = replace(TABLES[-1], title="部门示例支出表", id="b.basic_total", by_shape=True)
    contents = (*CONTENTS, ContentsItem("6", listed, 2))
    check = named(CONTENTS_CHECKS, "BL421")
    failed = failures(check, document(contents=contents, tables=(*TABLES, by_shape)), vocabulary)
    assert len(failed) == told


def test_contents_and_body_use_the_same_words(vocabulary: Vocabulary) -> None:
    check = named(CONTENTS_CHECKS, "BL422")
    renamed = (*TABLES[:-1], replace(TABLES[-1], title="政府性基金预算支出情况表"))
    dated = (replace(TABLES[0], title="2024年部门收支总表"), *TABLES[1:])
    assert len(failures(check, document(contents=CONTENTS, tables=renamed), vocabulary)) == 1
    assert failures(check, document(contents=CONTENTS, tables=dated), vocabulary) == []
    part = (ContentsItem("第一部分", "示例区农业农村局部门概况", 1),)
    body = (Section("第一部分", "示例区农业农村局概况", 1),)
    assert len(failures(check, document(contents=part, sections=body), vocabulary)) == 1


def test_numbers_of_tables_rise_and_lost_ones_are_named_once() -> None:
    check = named(CONTENTS_CHECKS, "BL423")
    assert failures(check, document(tables=TABLES)) == []
    assert len(failures(check, document(tables=(TABLES[0], TABLES[4])))) == 1
    assert len(failures(check, document(tables=(TABLES[0], TABLES[1], TABLES[0])))) == 1


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        ("一二三", 0),
        ("一三四", 1),
        ("一二二三", 1),
        ("一二一二", 0),
    ],
)
def test_chapters_run_on(numbers: str, wrong: int) -> None:
    check = named(CONTENTS_CHECKS, "BL424")
    assert len(failures(check, document(sections=sections(*numbers)))) == wrong


def test_a_number_read_on_another_level_is_not_absent() -> None:
    first, third = sections("一", "三")
    nested = replace(first, sections=(Section("二", "读成下一级的标题", 2),))
    assert failures(named(CONTENTS_CHECKS, "BL424"), document(sections=(nested, third))) == []


@pytest.mark.parametrize(
    ("printed", "wrong"),
    [
        ("（二）拟订示例制度并组织实施；", 0),
        ("(二) 拟订示例制度。", 0),
        ("二、拟订示例制度。", 1),
        ("（四）拟订示例制度。", 1),
    ],
)
def test_a_number_that_a_paragraph_begins_with_is_not_absent(printed: str, wrong: int) -> None:
    first, third = sections("（一）", "（三）")
    first = replace(first, paragraphs=(Paragraph(printed),))
    assert len(failures(named(CONTENTS_CHECKS, "BL424"), document(sections=(first, third)))) == wrong


def test_rows_run_on() -> None:
    check = named(CONTENTS_CHECKS, "BL425")
    columns = {"项目": Role.NAME, "金额": Role.AMOUNT}
    whole = table(columns, *((f"{n}、示例支出", "1.00") for n in "一二三四五六"))
    lacking = table(columns, *((f"{n}、示例支出", "1.00") for n in "一二三四六七"))
    assert failures(check, document(tables=(whole,))) == []
    assert len(failures(check, document(tables=(lacking,)))) == 1


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [("1 2 3 4", 0), ("1 2 9 4", 1), ("1 2 4 5", 0), ("1 2 3 31 32 33", 0), ("1 2 2 4", 1)],
)
def test_a_lines_number_stands_between_its_neighbours(numbers: str, wrong: int) -> None:
    check = named(CONTENTS_CHECKS, "BL427")
    columns = {"项目": Role.NAME, "行次": Role.ORDINAL}
    made = table(columns, *((f"示例{i}", number) for i, number in enumerate(numbers.split())))
    assert len(failures(check, document(tables=(made,)))) == wrong
