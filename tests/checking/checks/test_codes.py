"""Codes beside one another."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.checking.passages import document, failures, named, table

from budgetlint.checking.checks.codes import CODES_CHECKS
from budgetlint.document import Role, Table
from budgetlint.vocabulary import Vocabulary
from budgetlint.vocabulary.terms import CodeEntry

PAIRS = Vocabulary(lists={"经济科目对应": ("30101/50101", "30101/50501")})


def basic(government: str) -> Table:
    made = table({"科目编码": Role.CODE, "政府科目编码": Role.CODE}, ("30101", government))
    return replace(made, rows=tuple(replace(row, code=row.label) for row in made.rows))


def test_economic_codes_pair() -> None:
    check = named(CODES_CHECKS, "BL711")
    assert failures(check, document(tables=(basic("50501"),)), PAIRS) == []
    assert len(failures(check, document(tables=(basic("50201"),)), PAIRS)) == 1
    assert failures(check, document(tables=(basic("50201"),))) == []


@pytest.mark.parametrize(("code", "wrong"), [("50502", 0), ("50507", 1), ("50501", 1), ("59999", 0)])
def test_a_governments_code_has_its_name(code: str, wrong: int) -> None:
    check = named(CODES_CHECKS, "BL716")
    entries = (
        CodeEntry("50501", "工资福利支出", "款", "certain"),
        CodeEntry("50502", "商品和服务支出", "款", "certain"),
    )
    vocabulary = Vocabulary(codes={"政府经济分类科目": entries})
    made = table({"政府科目编码": Role.CODE, "政府科目名称": Role.NAME}, (code, "商品和服务支出"))
    assert len(failures(check, document(tables=(made,)), vocabulary)) == wrong


def test_project_codes_are_of_one_length() -> None:
    check = named(CODES_CHECKS, "BL712")
    codes = [(f"99{n:019d}",) for n in range(5)]
    columns = {"项目编码": Role.CODE}
    assert failures(check, document(tables=(table(columns, ("301",), *codes),))) == []
    assert len(failures(check, document(tables=(table(columns, *codes, (codes[0][0][:-1],)),)))) == 1


def totals(*names: str, id: str) -> Table:
    rows = [(f"{number}、{name}",) for number, name in zip("一二三四五六七八九", names, strict=False)]
    made = table({"项目": Role.NAME}, *rows, id=id)
    coded = tuple(replace(row, code=f"20{n}", code_inferred=True) for n, row in enumerate(made.rows, 1))
    return replace(made, rows=coded)


def test_one_number_bears_one_name_in_both_total_tables(monkeypatch) -> None:
    monkeypatch.setattr("budgetlint.checking.checks.codes._MOSTLY", 3)
    check = named(CODES_CHECKS, "BL713")
    whole = totals("教育支出", "科技支出", "文化支出", "卫生支出", id="b.total")
    same = totals("教育", "科技", "文化", "卫生", id="b.fiscal")
    other = totals("教育", "科技", "文化", "医疗", id="b.fiscal")
    longer = totals("教育", "科技", "文化", "卫生", "国债", id="b.fiscal")
    assert failures(check, document(tables=(whole, same))) == []
    assert len(failures(check, document(tables=(whole, other)))) == 1
    assert len(failures(check, document(tables=(whole, longer)))) == 1
    further = totals("教育支出", "科技支出", "文化支出", "卫生支出", "对附属单位补助支出", id="b.total")
    rows = (*further.rows[:-1], replace(further.rows[-1], code=None, code_inferred=False))
    assert failures(check, document(tables=(replace(further, rows=rows), longer))) == []


def test_goods_of_one_number_have_one_unit() -> None:
    check = named(CODES_CHECKS, "BL714")
    columns = {"政府采购目录序号": Role.CODE, "计量单位": Role.TEXT}
    mixed = table(columns, ("A01", "件"), ("A01", "次"), ("A02", "台"))
    assert len(failures(check, document(tables=(mixed,)))) == 1
    assert failures(check, document(tables=(table(columns, ("A01", "件"), ("A02", "台")),))) == []
