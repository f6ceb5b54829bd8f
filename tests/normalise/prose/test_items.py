"""Heads of items that name a class, a section and an item of expenditure in the ways offices print them."""

from __future__ import annotations

import pytest

from budgetlint.normalise.prose.items import class_path

PATHS = {
    "教育支出（类）普通教育（款）小学教育（项）：预算数为5万元": ("教育支出", "普通教育", "小学教育"),
    "教育支出（205）普通教育（02）小学教育（02）：预算数为5万元": ("教育支出", "普通教育", "小学教育"),
    "小学教育（2050202）5万元": ("小学教育",),
    "教育（类）支出5万元": ("教育支出",),
    "小学教育（项）支出5万元": ("小学教育",),
}


@pytest.mark.parametrize(("text", "steps"), PATHS.items())
def test_paths(text: str, steps: tuple[str, ...]) -> None:
    found = class_path(text)
    assert found is not None and found[0] == steps


def test_a_bracketed_count_is_no_code() -> None:
    assert class_path("购置设备（12）台") is None
