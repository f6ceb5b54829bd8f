"""A roster says who has to publish and by when; what it cannot tell is counted, never passed over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bureau.lists.build import sheet, stored

from budgetlint.bureau.lists.columns import columns_of
from budgetlint.bureau.lists.days import DAYS, Lateness, term_of
from budgetlint.bureau.lists.names import near_names, same_but_for_its_place
from budgetlint.bureau.lists.remarks import Compared, Kind
from budgetlint.bureau.lists.roster import held_against_roster
from budgetlint.bureau.lists.stored import Stored, StoredDocument
from budgetlint.document import GridCell, Place, Source
from budgetlint.results.findings import Severity

HEAD = ("序号", "单位名称", "类别", "批复日期", "公开日期")
ONE, OTHER = "示例市示例区某局", "示例市示例区某所"


def compared(source: Source, documents: Stored) -> Compared:
    return held_against_roster(source, documents, columns_of())


def kinds(found: Compared) -> dict[str, str]:
    return {remark.unit: remark.kind.value for remark in found.remarks}


def test_who_published_in_time_agrees_and_who_did_not_publish_is_missing() -> None:
    source = sheet(
        HEAD, ("1", ONE, "部门", "2024-03-06", "2024-03-26"), ("2", OTHER, "部门", "2024-03-06", "2024-03-20")
    )
    found = compared(source, stored(ONE))
    assert (found.rows, found.agreed) == (2, 1)
    assert kinds(found) == {OTHER: "missing"}
    assert found.remarks[0].severity is Severity.WARNING and found.remarks[0].places == ("名单.xlsx 表 A4",)


@pytest.mark.parametrize(
    ("replied", "published", "kind", "severity"),
    [
        ("2024年3月6日", "2024/3/26", None, None),
        ("2024年3月6日", "2024.3.27", Kind.LATE, Severity.WARNING),
        ("20240306", "45378", Kind.LATE, Severity.WARNING),
        ("2024-03-10", "2024-04-01", Kind.LATE, Severity.NOTICE),  # the last day is a Saturday
        ("2024-03-10", "2024-04-02", Kind.LATE, Severity.WARNING),
        ("2024-01-22", "2024-02-18", Kind.LATE, Severity.NOTICE),  # 春节
        ("2024-03-06", "2024-03-01", Kind.LATE, Severity.NOTICE),
        ("2024-03-06", "已公开", Kind.UNDECIDED, Severity.NOTICE),
        ("", "2024-03-06", Kind.UNDECIDED, Severity.NOTICE),
    ],
)
def test_the_twentieth_day(
    replied: str, published: str, kind: Kind | None, severity: Severity | None
) -> None:
    found = compared(sheet(HEAD, ("1", ONE, "部门", replied, published)), stored(ONE))
    assert [(one.kind, one.severity) for one in found.remarks] == ([(kind, severity)] if kind else [])
    assert found.undecided == (kind is Kind.UNDECIDED)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-30, 60))
def test_what_is_published_by_the_last_day_is_never_late(replied: date, days: int) -> None:
    term = term_of(replied, replied + timedelta(days=days), columns_of().holidays)
    assert (term.lateness is Lateness.IN_TIME) == (days <= DAYS)
    if days > DAYS + 11:
        assert term.lateness is Lateness.LATE


def test_a_merged_date_counts_for_every_row_it_covers() -> None:
    merged = GridCell("2024-03-06", Place("名单.xlsx", sheet="表", cell="D3"), row_span=2)
    covered = GridCell("", Place("名单.xlsx", sheet="表", cell="D4"), covered=True)
    source = sheet(
        HEAD, ("1", ONE, "部门", merged, "2024-03-20"), ("2", OTHER, "部门", covered, "2024-04-20")
    )
    found = compared(source, stored(ONE, OTHER))
    assert kinds(found) == {OTHER: "late"}
    assert "名单.xlsx 表 D3" in found.remarks[0].places


def test_totals_and_notes_are_no_units_and_a_row_without_one_is_named() -> None:
    source = sheet(
        HEAD,
        ("合计", "", "", "", ""),
        ("", "", "部门", "2024-03-06", ""),
        ("", ONE, "部门", "2024-03-06", "2024-03-07"),
    )
    found = compared(source, stored(ONE))
    assert [one.kind for one in found.remarks] == [Kind.ROW]
    assert "2024-03-06" in found.remarks[0].message.zh


def test_near_names_are_proposed_and_never_taken_for_the_same() -> None:
    found = compared(sheet(HEAD, ("1", "示例市示例区某周", "", "2024-03-06", "2024-03-07")), stored(ONE))
    missing, unlisted = found.remarks
    assert (missing.kind, unlisted.kind) == (Kind.MISSING, Kind.UNLISTED)
    assert ONE in missing.message.zh and "示例市示例区某周" in unlisted.message.zh


def test_a_name_without_its_place_is_the_same_where_one_alone_fits() -> None:
    source = sheet(HEAD, ("1", "示例局机关", "", "2024-03-06", "2024-03-07"))
    assert kinds(compared(source, stored("示例市示例局机关"))) == {"示例局机关": "name"}
    both = stored("示例市示例局机关", "示例县示例局机关")
    assert kinds(compared(source, both))["示例局机关"] == "missing"


def test_what_counts_differently_is_not_near() -> None:
    assert near_names("示例区第一中学", ["示例区第二中学", "示例区第一小学"]) == ("示例区第一小学",)
    assert same_but_for_its_place("示例区某某局", "示例市示例区某某局")
    assert not same_but_for_its_place("某某局", "示例区非某某局")


def test_published_twice() -> None:
    two = [
        StoredDocument(f"d{number}", f"{number}.pdf", ONE, ONE, "部门预算", 2024, True, content)
        for number, content in enumerate(("x", "y"))
    ]
    roster = sheet(HEAD, ("1", ONE, "部门", "2024-03-06", "2024-03-07"))
    (remark,) = compared(roster, Stored(two)).remarks
    assert (remark.kind, remark.severity, remark.places) == (Kind.TWICE, Severity.WARNING, ("0.pdf", "1.pdf"))


def test_a_document_of_another_level_or_year_is_not_the_one_asked_for() -> None:
    head = (*HEAD, "年度")
    for row in (
        ("1", ONE, "单位", "2024-03-06", "2024-03-07", "2024"),
        ("1", ONE, "部门", "2024-03-06", "2024-03-07", "2023年"),
    ):
        (remark,) = compared(sheet(head, row), stored(ONE)).remarks
        assert remark.kind is Kind.MISSING and "部门预算" in remark.message.zh


def test_a_sheet_without_a_header_is_said() -> None:
    (remark,) = compared(sheet(("甲", "乙"), ("1", "2")), Stored([])).remarks
    assert remark.kind is Kind.ROW and "--columns" in remark.message.zh
