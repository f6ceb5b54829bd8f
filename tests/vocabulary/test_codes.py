"""Row labels name codes with and without 支出, under old names and in another order of words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from budgetlint.vocabulary import CodeEntry, Vocabulary

LIST = "功能分类科目"
CODES = Path(__file__).parents[2] / "rules" / "national" / "codes"


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("八、社会保障和就业支出", "208"),
        ("八、社会保障和就业", "208"),
        ("（十二）城乡社区事务", "212"),
        ("十三、农林水事务支出", "213"),
        ("七、文化体育旅游与传媒支出", "207"),
        ("十、医疗卫生与计划生育支出", "210"),
        ("十五、资源勘探信息等支出", "215"),
        ("行政运行", None),
        ("本年支出合计", None),
        ("支出", None),
    ],
)
def test_labels_of_classes(bundled: Vocabulary, label: str, code: str | None) -> None:
    entry = bundled.code_named(label, LIST, 2024)
    assert (entry.code if entry else None) == code


def test_the_official_name_follows_the_year(bundled: Vocabulary) -> None:
    assert bundled.official_name("210", 2017) == "医疗卫生与计划生育支出"
    assert bundled.official_name("210", 2024) == "卫生健康支出"
    assert bundled.official_name("30101") == "基本工资"
    assert bundled.official_name("99999") is None


def test_two_codes_of_one_name_are_no_answer() -> None:
    codes = {"表": (CodeEntry("20101", "甲事务", "款"), CodeEntry("20201", "甲事务", "款"))}
    assert Vocabulary(codes=codes).code_named("甲事务", "表") is None


@pytest.mark.parametrize("file", sorted(CODES.glob("*.csv")), ids=lambda file: file.stem)
def test_code_lists_are_well_formed(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert {row["confidence"] for row in rows} <= {"certain", "high", "medium", "low", "seen"}
    assert len({tuple(row.values()) for row in rows}) == len(rows)
