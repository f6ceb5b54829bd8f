"""The region follows from the unit's name, from codes that are printed, and the report can say from which."""

from __future__ import annotations

from tests.normalise.documents import read

from budgetlint.normalise import classify
from budgetlint.vocabulary import CodeEntry, Vocabulary, national_words

PLACES = Vocabulary(
    reading=dict(national_words().groups),
    regions=tuple(
        CodeEntry(code, name)
        for code, name in (
            ("980000", "示例省"),
            ("980100", "示例市"),
            ("980102", "城关区"),
            ("980202", "城关区"),
            ("980200", "范例市"),
        )
    ),
)
TABLE = (
    "支出总表\n部门名称：{name}\n{more}单位：万元\n\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t1.00\n"
)


def told(name: str, more: str = "", after: str = "") -> tuple[str | None, str | None]:
    text = f"2024年部门预算公开\n\n第一部分 情况说明\n\n本部门没有其他事项。{after}\n\n{TABLE.format(name=name, more=more)}"
    found = classify(read(text), PLACES)
    return found.region, found.region_by


def test_by_the_name_of_the_unit() -> None:
    assert told("示例市某某局") == ("示例省/示例市", "单位名称")


def test_of_districts_of_one_name_the_one_whose_city_is_mentioned() -> None:
    assert told("城关区某某局", after="本部门位于范例市城关区。") == ("示例省/范例市", "单位名称")
    assert told("城关区某某局") == (None, None)


def test_by_the_code_of_the_division() -> None:
    assert told("某某局", more="财政区划：980102\n") == ("示例省/示例市", "区划代码")


def test_by_the_codes_of_projects_where_there_are_some() -> None:
    rows = "".join(f"98010226T00000123456{n}-示例项目\t1.00\n" for n in range(3))
    text = f"2026年部门预算\n\n项目支出表\n单位：万元\n\n项目名称\t合计\n{rows}"
    found = classify(read(text), PLACES)
    assert (found.region, found.region_by) == ("示例省/示例市", "项目编码")
    few = classify(
        read(text.replace("98010226T000001234561", "甲").replace("98010226T000001234562", "乙")), PLACES
    )
    assert few.region is None


def test_a_year_before_the_name_hides_nothing() -> None:
    text = "2026年度示例市某某委员会部门预算公开说明\n\n第一部分 概况\n\n正文。\n"
    assert classify(read(text), PLACES).region == "示例省/示例市"
