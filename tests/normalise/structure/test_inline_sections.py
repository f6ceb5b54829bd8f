"""Paragraphs that begin with the name of a section stand in a section of their own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec.structs import replace
from tests.normalise.documents import read

from budgetlint.document import Classification, Section
from budgetlint.normalise import name
from budgetlint.vocabulary import Vocabulary, load_folder

RULES = Path(__file__).parents[3] / "rules" / "national"


@cache
def vocabulary() -> Vocabulary:
    return load_folder(RULES)


def sections(text: str) -> list[Section]:
    document = replace(read(text), classification=Classification("部门预算", 2024))
    return list(name(document, vocabulary()).sections())


def test_matters_gathered_in_one_section_are_told_apart() -> None:
    found = sections(
        "示例区示例局2024年部门预算\n\n一、其他重要事项的情况说明\n\n本部门另作如下说明。\n\n"
        "（一）机关运行经费：2024年安排8.00万元。\n\n其中办公费2.00万元。\n\n（二）“三公”经费预算：2024年安排1.00万元。\n"
    )
    assert [section.name for section in found if section.level == 3] == ["机关运行经费", "三公经费"]
    assert [len(section.paragraphs) for section in found if section.level == 3] == [2, 1]


def test_a_list_in_a_section_of_its_own_stays_whole() -> None:
    found = sections(
        "示例区示例局2024年部门预算\n\n一、支出预算情况说明\n\n（一）项目支出：2024年安排8.00万元。\n\n"
        "（二）政府采购：2024年安排1.00万元。\n"
    )
    assert [section.name for section in found] == ["支出总体情况"]
