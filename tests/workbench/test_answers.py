"""What an editor is told about a rule file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlint.config import Settings
from budgetlint.document import Bundle
from budgetlint.run.opening import open_session
from budgetlint.workbench.answers import Workbench
from budgetlint.workbench.lines import Lines

RULE = """\
规则 ZZ001 “合计等于两列之和”
  级别 错误
  依据 勾稽关系
  对 表 部门支出总表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出
结束
"""


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return Workbench(open_session(Settings()))


def test_a_sound_file_has_no_remark(bench: Workbench) -> None:
    assert bench.remarks(RULE, "x.rule") == []


def test_a_remark_covers_the_word_and_its_advice_mends_it(bench: Workbench) -> None:
    wrong = RULE.replace("列 基本支出", "列 基本支岀")
    (remark,) = bench.remarks(wrong, "x.rule")
    lines = wrong.split("\n")
    assert lines[remark.line][remark.start : remark.end] == "基本支岀"
    mended = lines[remark.line][: remark.start] + remark.suggestion + lines[remark.line][remark.end :]
    assert mended == RULE.split("\n")[remark.line]


@pytest.mark.parametrize(
    ("typed", "offered", "replaced"),
    [
        ("  对 表 部门支", "部门支出总表", "部门支"),
        ("  对 表 部门支出总表 的 每一行，检查 列 基本", "基本支出", "基本"),
        ("  对 表 部门支出总表 的 每一行，检查列基本", "基本支出", "基本"),
        ("  依据 勾", "勾稽关系", "勾"),
        ("  che", "check", "che"),
    ],
)
def test_names_are_offered_for_what_is_typed(
    bench: Workbench, typed: str, offered: str, replaced: str
) -> None:
    text = RULE + typed if typed.strip() != "che" else "rule ZZ001 “x”\n" + typed
    line = text.count("\n")
    found = {offer.text: offer for offer in bench.offers(text, line, len(typed))}
    assert typed[found[offered].start : found[offered].end] == replaced


def test_the_longest_beginning_of_a_name_is_offered_first(bench: Workbench) -> None:
    typed = "  对 表 部门支出总表 的 每一行，检查 列 项目支"
    assert bench.offers(RULE + typed, RULE.count("\n"), len(typed))[0].text == "项目支出"


def test_words_and_names_have_meanings(bench: Workbench) -> None:
    row = RULE.split("\n")[3]
    table = bench.meaning(RULE, "x.rule", 3, row.index("部门支出总表"))
    assert table is not None and "b.expense" in table.text
    assert bench.meaning(RULE, "x.rule", 1, 3) is not None
    rule = bench.meaning(RULE, "x.rule", 0, len("规则 ZZ001 “合计"))
    assert rule is not None and "for each row in table 部门支出总表" in rule.text


def test_a_rule_shows_what_it_reads_in_a_document(clean: Path) -> None:
    session = open_session(Settings())
    bench = Workbench(
        session, Bundle(session.read(str(clean))), lambda rule, bundle: [rule.id, bundle.document.title]
    )
    found = bench.meaning(RULE, "x.rule", 0, len("规则 ZZ001 “合计"))
    assert found is not None and "2024年示例市示例区某局部门预算公开" in found.text


def test_formatting_is_what_fmt_does_and_nothing_where_a_rule_is_broken(bench: Workbench) -> None:
    assert bench.formatted(RULE.replace("  级别", "级别"), "x.rule") == RULE
    assert bench.formatted(RULE.replace("检查", "捡查"), "x.rule") is None


def test_an_id_is_renamed_everywhere_and_a_table_leads_to_its_definition(bench: Workbench) -> None:
    text = RULE + RULE.replace("ZZ001", "ZZ002").replace("  依据", "  替代 ZZ001\n  依据")
    places = bench.renamed(text, 0, 4, "ZZ009")
    assert places is not None and [line for line, *_ in places] == [0, 7]
    assert bench.renamed(text, 0, 4, "坏") is None
    found = bench.definition(RULE, 3, RULE.split("\n")[3].index("部门支出总表"))
    assert found is not None
    assert "b.expense" in Path(found[0]).read_text(encoding="utf-8").split("\n")[found[1]]


@given(st.text(alphabet="规则𠀀a\f\u2028 \n\r", max_size=30), st.integers(0, 9), st.integers(0, 40))
def test_columns_and_units_are_each_others_inverse(text: str, number: int, column: int) -> None:
    lines = Lines.of(text)
    column = min(column, len(lines.line(number)))
    assert lines.column(number, lines.units(number, column)) == column
    assert all("\n" not in line and "\r" not in line for line in lines.lines)
