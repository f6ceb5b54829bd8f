"""Names that prose and tables list beside amounts, and one name for one class."""

from __future__ import annotations

from msgspec.structs import replace
from tests.checking.passages import document, failures, named, table

from budgetlint.checking.checks.listed_items import LISTED_CHECKS
from budgetlint.document import Role


def test_an_old_name_does_not_stand_beside_the_present_one() -> None:
    check = named(LISTED_CHECKS, "BL426")
    plain = table({"项目": Role.NAME}, ("九、旧名支出",), ("十、新名支出",))
    coded = tuple(replace(row, code="210", code_inferred=True) for row in plain.rows)
    assert len(failures(check, document(tables=(replace(plain, rows=coded),)))) == 1
    assert failures(check, document(tables=(replace(plain, rows=coded[:1]),))) == []
