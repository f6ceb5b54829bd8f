"""Settings that name what nothing knows are said, with what was probably meant, and not used."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlint import check
from budgetlint.cli import main
from budgetlint.config import Settings
from budgetlint.packs.load import LoadedPack, PackSet, PackSource
from budgetlint.packs.manifest import Manifest, RulePack
from budgetlint.results.report import Exit
from budgetlint.run.unknown_settings import known_settings
from budgetlint.vocabulary import Vocabulary

MANIFEST = Manifest("示例", region="示例省", cities=("示例市",), profile="严格")
PACKS = PackSet((LoadedPack(MANIFEST, PackSource(RulePack(Path())), Vocabulary(), ()),))


@pytest.mark.parametrize(
    ("setting", "wrong", "meant"),
    [
        ("kind", "部门予算", "部门预算"),
        ("year", 24, "2024"),
        ("region", "示例", "示例省"),
        ("profiles", ("严恪",), "严格"),
    ],
)
def test_a_value_near_a_known_one_is_not_used(setting: str, wrong: object, meant: str) -> None:
    settings, (problem,) = known_settings(Settings().overridden("命令行", **{setting: wrong}), PACKS)
    assert not getattr(settings, setting)
    assert problem.exit is Exit.USAGE and (meant in problem.message or setting == "year")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("kind", "单位决算"),
        ("year", 1999),
        ("region", "示例省/别的市"),
        ("region", "示例省"),
        ("profiles", ("严格",)),
    ],
)
def test_a_known_value_is_used(setting: str, value: object) -> None:
    given = Settings().overridden("命令行", **{setting: value})
    assert known_settings(given, PACKS) == (given, ())


def test_a_place_that_no_pack_is_for_is_said_and_kept() -> None:
    settings, (problem,) = known_settings(Settings(region="火星"), PACKS)
    assert settings.region == "火星" and problem.exit is Exit.CLEAN


def test_a_misspelt_kind_hides_no_finding(
    flawed: Path, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["check", "--rules", str(rules), str(flawed)]
    assert main([*options, "--kind", "部门予算"]) == 2
    said = capsys.readouterr().out
    assert "部门预算" in said
    sound, wrong = check(flawed), check(flawed, kind="部门予算")
    assert [f.rule for f in sound.documents[0].findings] == [f.rule for f in wrong.documents[0].findings]
