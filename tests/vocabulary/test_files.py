"""Loading says where a file is wrong; data goes to JSON and back; laying over keeps what is not contradicted."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from budgetlint.vocabulary import (
    ColumnTerm,
    ConceptTerm,
    TableTerm,
    Vocabulary,
    VocabularyError,
    load_folder,
)


def test_plain_data_holds_everything(bundled: Vocabulary) -> None:
    assert msgspec.json.decode(msgspec.json.encode(bundled), type=Vocabulary) == bundled


def test_a_folder_without_files_is_an_empty_vocabulary(tmp_path: Path) -> None:
    assert load_folder(tmp_path) == Vocabulary()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("tables:\n  - name: 甲表\n", 2),
        ("tables:\n  - id: x\n    name: 甲表\n    alias: [乙表]\n", 4),
        ("tables:\n  - id: x\n    name: 甲表\n    many: 也许\n", 4),
        ("columns:\n  - name: 列\n    role: money\n", 3),
        ("sektions: []\n", 1),
        ("phrases:\n  increase: 增加\n", 2),
        ("tables: [\n", 2),
        ("tables:\n  id: x\n", 1),
    ],
)
def test_errors_name_the_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "tables.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError) as raised:
        load_folder(tmp_path)
    assert raised.value.line == line
    assert raised.value.said.zh and raised.value.said.en


def test_code_lists_are_checked(tmp_path: Path) -> None:
    (tmp_path / "codes").mkdir()
    file = tmp_path / "codes" / "甲.csv"
    file.write_text("code,name,since\n201,甲支出,2024\n202,乙支出,去年\n", encoding="utf-8")
    with pytest.raises(VocabularyError) as raised:
        load_folder(tmp_path)
    assert raised.value.line == 3


def test_terms_of_one_name_unite_their_aliases() -> None:
    base = Vocabulary(concepts={"甲": ConceptTerm("甲", ("子",))})
    over = Vocabulary(concepts={"甲": ConceptTerm("甲", ("丑",))})
    merged = base.merged(over)
    for said in ("甲", "子", "丑"):
        assert merged.concept_said(said) is merged.concepts["甲"]


def test_a_province_may_give_an_alias_to_another_table() -> None:
    base = Vocabulary(
        tables={"x": TableTerm("x", "甲表", ("预算",), ("共用表",)), "y": TableTerm("y", "乙表", ("预算",))}
    )
    over = Vocabulary(tables={"y": TableTerm("y", "乙表", ("预算",), ("共用表",))})
    before, after = base.table_titled("共用表", "预算"), base.merged(over).table_titled("共用表", "预算")
    assert before is not None and after is not None
    assert (before.id, after.id) == ("x", "y")


def test_a_province_may_add_columns_to_a_table() -> None:
    base = Vocabulary(tables={"x": TableTerm("x", "甲表", columns=(ColumnTerm("合计", ("总数",)),))})
    over = Vocabulary(
        tables={"x": TableTerm("x", "甲表", columns=(ColumnTerm("合计", ("全部",)), ColumnTerm("其余")))}
    )
    table = base.merged(over).tables["x"]
    assert [column.name for column in table.columns] == ["合计", "其余"]
    assert set(table.columns[0].aliases) == {"总数", "全部"}


def test_rules_name_tables_by_id_name_or_alias(bundled: Vocabulary) -> None:
    for name in ("b.total", "部门收支总表", "收支 总表"):
        table = bundled.table_named(name)
        assert table is not None and table.id == "b.total"
    assert bundled.table_named("没有这张表") is None
