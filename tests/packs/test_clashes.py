"""What a pack says that cannot be meant is an error with its place, never silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlint.packs.load import PackSet, PackSource, load_packs
from budgetlint.packs.manifest import RulePack

BASE = {
    "pack.toml": 'name = "grund"\nletters = ["GR"]\n',
    "tables.yaml": "tables:\n  - {id: b.expense, name: 示例支出表, kinds: [预算], aliases: [示例支出情况表]}\n",
}
TOML = 'name = "eigen"\nletters = ["EG"]\nbuilds-on = ["grund"]\n'
RULE = "规则 EG101 “示例”\n级别 错误\n依据 勾稽关系\n检查 表 示例支出表 存在\n"


def loaded(tmp_path: Path, own: dict[str, str]) -> PackSet:
    for name, files in (("grund", BASE), ("eigen", own)):
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / file).write_text(text, "utf-8")
    return load_packs([PackSource(RulePack(tmp_path / name)) for name in ("grund", "eigen")], {})


@pytest.mark.parametrize(
    ("own", "file", "said"),
    [
        ({"tables.yaml": "tables:\n  - {id: e.x, name: 别的表, kinds: [预算书]}\n"}, "tables.yaml", "预算书"),
        (
            {"tables.yaml": "tables:\n  - {id: b.expens, name: 别的表, kinds: [预算]}\n"},
            "tables.yaml",
            "b.expense",
        ),
        (
            {"tables.yaml": "tables:\n  - {id: e.x, name: 别的表, aliases: [示例支出情况表]}\n"},
            "tables.yaml",
            "示例支出表",
        ),
        ({"pack.toml": TOML.replace("grund", "grud"), "a.rule": RULE}, "pack.toml", "grund"),
        ({"pack.toml": TOML + "language = 99\n", "a.rule": RULE}, "pack.toml", "99"),
        ({"pack.toml": TOML + 'budgetlint = ">=99.1"\n', "a.rule": RULE}, "pack.toml", "99.1"),
        ({"pack.toml": TOML + 'budgetlint = "99"\n', "a.rule": RULE}, "pack.toml", ">="),
    ],
)
def test_what_cannot_be_meant_is_an_error(tmp_path: Path, own: dict[str, str], file: str, said: str) -> None:
    packs = loaded(tmp_path, {"pack.toml": TOML, **own})
    (error,) = packs.errors
    assert said in error.message("zh") and error.message("en") != error.message("zh")
    assert Path(error.file).name == file


@pytest.mark.parametrize(
    "own",
    [
        {"tables.yaml": "tables:\n  - {id: b.expense, name: 示例支出表, aliases: [又一种支出表]}\n"},
        {"tables.yaml": "tables:\n  - {id: f.expense, name: 示例支出表, kinds: [决算]}\n"},
        {"pack.toml": TOML + 'language = 1\nbudgetlint = ">=0.1"\n', "a.rule": RULE},
    ],
)
def test_what_can_be_meant_is_taken(tmp_path: Path, own: dict[str, str]) -> None:
    packs = loaded(tmp_path, {"pack.toml": TOML, **own})
    assert packs.errors == () and len(packs.packs) == 2


def test_an_empty_folder_is_no_folder_of_rules(tmp_path: Path) -> None:
    (error,) = load_packs([PackSource(RulePack(tmp_path))], {}).errors
    assert "没有规则" in error.message("zh")


def test_a_pack_without_its_base_is_not_used(tmp_path: Path) -> None:
    packs = loaded(tmp_path, {"pack.toml": TOML.replace("grund", "grud"), "a.rule": RULE})
    assert [pack.manifest.name for pack in packs.packs] == ["grund"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_rules_are_read_in_the_encodings_of_editors(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.rule"
    file.write_bytes(RULE.replace("示例支出表", "“示例支出表”").replace("\n", "\r\n").encode(encoding))
    packs = load_packs([PackSource(RulePack(file))], {})
    assert packs.errors == () and len(packs.rules) == 1
