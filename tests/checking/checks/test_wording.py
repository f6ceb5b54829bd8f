"""Doubled words and clauses are told, words that are so by themselves are not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.checking.passages import document, failures, named, table

from budgetlint.checking.checks.wording import WORDING_CHECKS
from budgetlint.document import Paragraph, Place, Role, Section
from budgetlint.resources import rules_folder
from budgetlint.vocabulary import Vocabulary
from budgetlint.vocabulary.files import load_folder


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_folder(rules_folder() / "national")


@pytest.mark.parametrize(
    ("id", "wrong", "right"),
    [
        ("BL401", "其他用于用于示例方面的支出", "其他用于示例方面的支出"),
        ("BL401", "开通“绿色通道”绿色通道办理", "开通“绿色通道”办理"),
        ("BL401", "由示例单位位统一实施", "由示例单位统一实施，单位位于示例区，资金金额充足，项目目标明确"),
        ("BL401", "支出支出增加", "博士博士后科研工作站、农民工工作、在职职工"),
        ("BL402", "做好示例服务工作，做好示例服务工作，成效明显。", "做好示例服务工作，做好示例监督工作。"),
        ("BL404", "按照要求开展示例培训”。", "按照“要求”开展（示例）《培训》：1）第一；2）第二。"),
        ("BL404", "公务用车费（其中：购置费0万元。", "公务用车费（其中：购置费0万元)。"),
        ("BL405", "1.1.保障示例工作2.2.提升示例水平", "1.1.保障示例工作1.2.提升示例水平2.1.巩固"),
        ("BL406", "公务用车费（其中：购置费0万元)。", "公务用车费（其中：购置费0万元）(略)。"),
        ("BL407", "无政府基金预算财政拨款", "无政府性基金预算财政拨款"),
        ("BL408", "从德、能勤、绩、廉五个方面考核", "从德、能、勤、绩、廉五个方面考核"),
    ],
)
def test_wording(id: str, wrong: str, right: str, vocabulary: Vocabulary) -> None:
    check = named(WORDING_CHECKS, id)
    assert len(failures(check, document(wrong), vocabulary)) == 1
    assert failures(check, document(right), vocabulary) == []


def test_a_list_with_an_open_end_is_not_counted(vocabulary: Vocabulary) -> None:
    check = named(WORDING_CHECKS, "BL408")
    assert (
        failures(check, document("从组织、人员和经费三个方面保障", "从组织、人员等五个方面"), vocabulary)
        == []
    )


def test_the_same_paragraph_twice_is_told_once_with_both_places() -> None:
    check = named(WORDING_CHECKS, "BL403")
    text = "示例区某局2024年部门预算信息公开情况说明"
    assert len(failures(check, document(text, text))) == 1
    sections = (Section("17", text, 2), Section("18", text, 2))
    assert failures(check, document(sections=sections)) == []


@pytest.mark.parametrize(
    ("pages", "tables", "told"),
    [((3, 3), (), 1), ((3, 4), (), 1), ((3, 4), (4,), 0), ((3, 4), (3, 5), 1), ((3, 6), (), 0)],
)
def test_the_remark_under_one_table_and_the_next_is_no_repetition(
    pages: tuple[int, int], tables: tuple[int, ...], told: int
) -> None:
    remark = "本表金额换算为万元时四舍五入可能有示例尾差。"
    paragraphs = tuple(Paragraph(remark, Place(page=page)) for page in pages)
    printed = tuple(replace(table({"项目": Role.NAME}, ("甲",)), place=Place(page=page)) for page in tables)
    made = document(sections=(Section("一", "示例部分", 1, paragraphs=paragraphs),), tables=printed)
    assert len(failures(named(WORDING_CHECKS, "BL403"), made)) == told


def test_one_reason_for_many_changes() -> None:
    check = named(WORDING_CHECKS, "BL409")
    lines = [f"比上年减少{n}.00万元，主要原因是示例人员退休后不再补充。" for n in (1, 2, 3)]
    assert len(failures(check, document(*lines))) == 1
    assert failures(check, document(*lines[:2])) == []
