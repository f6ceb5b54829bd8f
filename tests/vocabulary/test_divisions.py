"""A place is told by its full name near the beginning of an office's name, or by its code."""

from __future__ import annotations

import pytest

from budgetlint.vocabulary import CodeEntry, Vocabulary
from budgetlint.vocabulary.divisions import Divisions

MADE = Divisions.of(
    CodeEntry(code, name, until=until)
    for code, name, until in (
        ("980000", "示例省", None),
        ("980100", "示例市", None),
        ("980102", "城关区", None),
        ("980200", "范例市", None),
        ("980202", "城关区", None),
        ("980300", "旧名市", 2018),
        ("989001", "直管市", None),
        ("110000", "样板市", None),
        ("110105", "向阳区", None),
    )
)


@pytest.mark.parametrize(
    ("name", "regions"),
    [
        ("示例市教育局", ["示例省/示例市"]),
        ("中共示例市委办公室", ["示例省/示例市"]),
        ("示例省人民政府办公厅", ["示例省"]),
        ("示例省范例市城关区民政局", ["示例省/范例市"]),
        ("示例市城关区民政局", ["示例省/示例市"]),
        ("城关区民政局", ["示例省/示例市", "示例省/范例市"]),
        ("样板市向阳区司法局", ["样板市/向阳区"]),
        ("向阳区司法局", ["样板市/向阳区"]),
        ("样板市财政局", ["样板市"]),
        ("直管市水利局", ["示例省/直管市"]),
        ("旧名市统计局", ["示例省/旧名市"]),
        ("某某局负责示例市以外的全部有关工作", ["示例省/示例市"]),
        ("某某局", []),
        ("负责统筹协调全部有关方面工作的部门示例市", []),
    ],
)
def test_regions_of_names(name: str, regions: list[str]) -> None:
    assert MADE.regions_named(name) == regions


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("980000", "示例省"),
        ("980100", "示例省/示例市"),
        ("980102", "示例省/示例市"),
        ("980199", "示例省/示例市"),
        ("989001", "示例省/直管市"),
        ("110105", "样板市/向阳区"),
        ("110000", "样板市"),
        ("770000", None),
        ("98", None),
    ],
)
def test_regions_of_codes(code: str, region: str | None) -> None:
    assert MADE.region_of_code(code) == region


def test_of_places_of_one_name_the_text_tells() -> None:
    regions = MADE.regions_named("城关区民政局")
    assert MADE.mentioned(regions, "本部门位于范例市城关区。") == ["示例省/范例市"]
    assert MADE.mentioned(regions, "没有提到。") == []


def test_the_bundled_list_holds_every_province_and_places_of_former_names(bundled: Vocabulary) -> None:
    divisions = bundled.divisions
    assert len({entry.code[:2] for entry in bundled.regions}) == 34
    assert divisions.regions_named("莱芜市财政局") and divisions.regions_named("即墨市教育局")
    assert divisions.region_of_code("410305") == "河南省/洛阳市"
    assert divisions.regions_named("济源市民政局") == ["河南省/济源市"]
    assert divisions.regions_named("雄安新区管理委员会") == ["河北省/雄安新区"]
