"""Names that prose and tables list beside amounts, and one name for one class."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.checking.passages import document, failures, named, table

from budgetlint.checking.checks.listed_items import LISTED_CHECKS
from budgetlint.document import Role

_ITEMS = {"科目名称": Role.NAME, "合计": Role.AMOUNT}


def test_an_old_name_does_not_stand_beside_the_present_one() -> None:
    check = named(LISTED_CHECKS, "BL426")
    plain = table({"项目": Role.NAME}, ("九、旧名支出",), ("十、新名支出",))
    coded = tuple(replace(row, code="210", code_inferred=True) for row in plain.rows)
    assert len(failures(check, document(tables=(replace(plain, rows=coded),)))) == 1
    assert failures(check, document(tables=(replace(plain, rows=coded[:1]),))) == []


@pytest.mark.parametrize(
    ("listed", "printed"),
    [
        ("基本工资、其他工资福利", "其他工资福利支出"),
        ("基本工资、其他工资福利支出", "其他工资福利"),
        ("基本工资、其他工资福利支出", "其他工资福利支出"),
    ],
)
@pytest.mark.parametrize("amount", ["5.00", ""])
def test_an_item_is_one_with_and_without_its_last_word(listed: str, printed: str, amount: str) -> None:
    check = named(LISTED_CHECKS, "BL512")
    basic = table(_ITEMS, ("基本工资", "15.00"), (printed, amount))
    rows = tuple(replace(row, code=code) for row, code in zip(basic.rows, ("30101", "30199"), strict=True))
    basic = replace(basic, rows=rows, name="一般公共预算基本支出表")
    told = failures(check, document(f"人员经费20.00万元，主要包括：{listed}。", tables=(basic,)))
    assert len(told) == (0 if amount else 1)
