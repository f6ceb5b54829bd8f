"""A finding of one of many like sheets says which; a table that stands alone keeps its name."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.checking.build import document, table

from budgetlint.checking.judging.sheets import Sheets
from budgetlint.document import Place
from budgetlint.results.findings import Finding, Severity, Verdict
from budgetlint.results.wording import labels

LINES = "| 项目 | 合计 |\n| 甲 | 5.00 |"


def finding(place: Place) -> Finding:
    return Finding("ZZ001", "某规则", Severity.ERROR, Verdict.FAILS, "不符", (), "0" * 12, (place,))


def named(titles: tuple[str, ...], spot: int, lang: str = "zh") -> str:
    tables = [
        replace(table(LINES, title), key=f"示例项目{number}", place=Place("甲.docx", paragraph=number))
        for number, title in enumerate(titles)
    ]
    place = Place("甲.docx", paragraph=spot, table=titles[spot])
    return labels(Sheets(document(*tables), lang).named(finding(place)).locations[0])


@pytest.mark.parametrize("spot", [0, 1])
def test_like_sheets_are_told_apart(spot: int) -> None:
    said = named(("项目自评表", "项目自评表"), spot)
    assert f"第{spot + 1}张" in said and f"示例项目{spot}" in said
    assert f"no. {spot + 1}" in named(("项目自评表", "项目自评表"), spot, "en")


def test_a_table_that_stands_alone_keeps_its_name() -> None:
    assert named(("项目自评表", "收支总表"), 1) == "收支总表"
