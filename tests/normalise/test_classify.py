"""What kind of document this is, of which year, place and office."""

from __future__ import annotations

import pytest
from tests.normalise.documents import read

from budgetlint.document import Classification
from budgetlint.normalise import classify
from budgetlint.resources import rules_folder
from budgetlint.vocabulary import Vocabulary, load_folder

NATION = load_folder(rules_folder() / "national")
REGIONS = NATION.merged(Vocabulary(lists={"regions": ("示例省/示例市", "示例省/范例市", "样板省/示范市")}))
TABLE = "支出总表\n部门名称：{name}\n单位：万元\n\n科目编码\t科目名称\t合计\n201\t甲\t1.00\n"


def said(title: str, name: str = "示例市示例区某某局") -> Classification:
    return classify(
        read(f"{title}\n\n2024年2月\n\n第一部分 情况说明\n\n正文。\n\n{TABLE.format(name=name)}"), REGIONS
    )


def test_a_budget_of_a_department() -> None:
    found = said("2024年示例市示例区某某局部门预算公开", "示例市示例区某某局（汇总）")
    assert (found.kind, found.year, found.region) == ("部门预算", 2024, "示例省/示例市")
    assert (found.department, found.unit, found.scope) == ("示例市示例区某某局", None, "汇总")


def test_an_account_of_a_unit() -> None:
    found = said("范例市某某中心2023年度单位决算", "范例市某某中心")
    assert (found.kind, found.year, found.region) == ("单位决算", 2023, "示例省/范例市")
    assert (found.unit, found.scope) == ("范例市某某中心", "所属单位")


def test_the_department_itself_without_its_units() -> None:
    assert said("示例市某某局（本级）2024年单位预算公开", "1001示例市某某局（本级）").scope == "本级"


def test_an_unknown_place_stays_unknown() -> None:
    assert said("某地某某局2024年部门预算", "某地某某局").region is None


def test_without_a_cover_the_headings_tell() -> None:
    text = (
        TABLE.format(name="示例市某某局").replace("支出总表", "部门预算支出总表")
        + "\n第一部分 某某局2025年部门预算信息公开情况说明\n\n正文。\n"
    )
    found = classify(read(text), NATION)
    assert (found.kind, found.year) == ("部门预算", 2025)


def test_nothing_said_is_nothing_known() -> None:
    assert classify(read("一份通知\n\n请各单位参加会议。\n"), Vocabulary()) == Classification()


@pytest.mark.parametrize("name", ["示例市第8中学校", "示例市12345热线服务中心", "示例市A区管理委员会"])
def test_a_name_may_hold_digits_and_letters(name: str) -> None:
    found = classify(read(f"{name}2024年单位预算\n\n一、主要职责\n\n负责示例工作。\n"), NATION)
    assert (found.unit, found.year) == (name, 2024)
