"""Packs are read whole, all errors at once; compiled packs are kept as plain data; rules are chosen by what applies."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from budgetlint.document import Classification, Document
from budgetlint.packs import PackError, RulePack
from budgetlint.packs.cache import Kept, keep, recall
from budgetlint.packs.load import PackSet, PackSource, covers, load_packs
from budgetlint.packs.manifest import read_manifest
from budgetlint.packs.select import Choice, select_rules
from budgetlint.resources import cache_folder

RULE = """规则 {id} “{name}”
  级别 提醒
  依据 勾稽关系
  {more}
  检查 有 章节 “示例”
结束
"""


def _pack(folder: Path, name: str, letters: str = "", *rules: str, **keys: object) -> PackSource:
    folder = folder / name
    folder.mkdir()
    lines = [f'name = "{name}"', f"letters = {[letters] if letters else []}"]
    lines += [
        f"{key.replace('_', '-')} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items()
    ]
    (folder / "pack.toml").write_text("\n".join(lines), encoding="utf-8")
    (folder / "all.rule").write_text("\n".join(rules), encoding="utf-8")
    return PackSource(RulePack(folder), f"dist-{name}", "1")


def _rule(id: str, more: str = "") -> str:
    return RULE.format(id=id, name=f"规则{id}", more=more)


def _messages(packs: PackSet) -> str:
    return "\n".join(error.message("en") for error in packs.errors)


def test_every_error_of_every_file_is_told_and_sound_rules_work(tmp_path: Path) -> None:
    one = _pack(tmp_path, "one", "AA", _rule("AA001"), "规则 AA002 乱写\n结束\n")
    two = _pack(tmp_path, "two", "BB", "规则 BB001 又乱写\n结束\n", _rule("BB002"))
    packs = load_packs([one, two], {})
    assert [rule.id for rule in packs.rules] == ["AA001", "BB002"]
    assert {Path(error.file).parent.name for error in packs.errors} == {"one", "two"}


def test_one_set_of_letters_belongs_to_one_distribution(tmp_path: Path) -> None:
    packs = load_packs([_pack(tmp_path, "one", "AA"), _pack(tmp_path, "two", "AA")], {})
    assert "AA" in _messages(packs)


def test_a_rule_bears_its_packs_letters(tmp_path: Path) -> None:
    packs = load_packs([_pack(tmp_path, "one", "AA", _rule("BB001"))], {})
    assert not packs.rules and "BB001" in _messages(packs)


def test_an_id_is_used_once(tmp_path: Path) -> None:
    packs = load_packs([_pack(tmp_path, "one", "AA", _rule("AA001"), _rule("AA001"))], {})
    assert len(packs.rules) == 1 and "AA001" in _messages(packs)


@pytest.mark.parametrize(
    "text",
    [
        "name = ",
        'title = "x"',
        'name = "x"\nletters = ["a1"]',
        'name = "x"\nunknown = 1',
        'name = "x"\nkinds = 3',
    ],
)
def test_a_wrong_manifest_is_an_error_with_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "pack.toml").write_text(text)
    with pytest.raises(PackError) as error:
        read_manifest(RulePack(tmp_path))
    assert error.value.file.endswith("pack.toml")


def test_a_folder_without_a_manifest_is_named_after_itself(tmp_path: Path) -> None:
    assert read_manifest(RulePack(tmp_path)).name == tmp_path.name


@pytest.mark.parametrize(
    ("wider", "region", "expected"),
    [
        (None, None, True),
        (None, "甲省", True),
        ("甲省", "甲省/乙市", True),
        ("甲省/乙市", "甲省", False),
        ("甲省", None, False),
        ("甲省", "甲省城", False),
    ],
)
def test_regions_contain_one_another(wider: str | None, region: str | None, expected: bool) -> None:
    assert covers(wider, region) is expected


def _chosen(packs: PackSet, choice: Choice | None = None, **known: object) -> list[str]:
    document = Document("x", classification=Classification(**known))
    return [rule.id for rule in select_rules(packs, document, choice or Choice())]


def test_rules_are_selected_by_what_they_apply_to(tmp_path: Path) -> None:
    packs = load_packs(
        [
            _pack(
                tmp_path,
                "nation",
                "AA",
                _rule("AA001"),
                _rule("AA002", "适用于 公开类型 预算"),
                _rule("AA003", "适用于 年度 2021 至 2023"),
                _rule("AA004", "适用于 检查方案 advice"),
            ),
            _pack(tmp_path, "province", "BB", _rule("BB001", "替代 AA001"), region="甲省"),
            _pack(tmp_path, "advice", "CC", _rule("CC001"), profile="advice"),
        ],
        {},
    )
    assert not packs.errors
    assert _chosen(packs, kind="部门预算", year=2024) == ["AA001", "AA002"]
    assert _chosen(packs, kind="单位决算", year=2022) == ["AA001", "AA003"]
    assert _chosen(packs, year=2024, region="甲省/乙市") == ["BB001"]
    assert _chosen(packs, Choice(profiles=("advice",))) == ["AA001", "AA004", "CC001"]
    assert _chosen(packs, Choice(select=("AA",), ignore=("AA001",)), kind="部门预算") == ["AA002"]
    assert _chosen(packs, Choice(select=("AA00",)), kind="部门预算", year=2024) == ["AA001", "AA002"]
    assert _chosen(packs, Choice(select=("A",))) == []
    assert Choice(select=("AA", "QQ", "AA009")).unknown(["AA001"]) == ("QQ", "AA009")


def test_vocabularies_are_laid_over_one_another_nation_first(tmp_path: Path) -> None:
    nation, province = _pack(tmp_path, "nation", "AA"), _pack(tmp_path, "province", "BB", region="甲省")
    (nation.pack.folder / "vocabulary.yaml").write_text("lists: {示例: [一]}\n", encoding="utf-8")
    (province.pack.folder / "vocabulary.yaml").write_text("lists: {示例二: [二]}\n", encoding="utf-8")
    packs = load_packs([province, nation], {})
    assert set(packs.vocabulary_for(None).lists) == {"示例"}
    assert set(packs.vocabulary_for("甲省/乙市").lists) == {"示例", "示例二"}


def test_a_broken_vocabulary_costs_its_pack_only(tmp_path: Path) -> None:
    one, two = _pack(tmp_path, "one", "AA", _rule("AA001")), _pack(tmp_path, "two", "BB", _rule("BB001"))
    (one.pack.folder / "vocabulary.yaml").write_text("lists: [", encoding="utf-8")
    packs = load_packs([one, two], {})
    assert [rule.id for rule in packs.rules] == ["BB001"]
    assert packs.errors


def test_compiled_packs_are_plain_json_that_only_the_user_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGETLINT_CACHE", str(tmp_path / "cache"))
    source = _pack(tmp_path, "one", "AA", _rule("AA001"))
    first = load_packs([source], {})
    (kept,) = cache_folder().glob("*.json")
    assert json.loads(kept.read_text(encoding="utf-8").partition("\n")[2])["rules"]
    if os.name == "posix":
        assert stat.S_IMODE(cache_folder().stat().st_mode) == 0o700
    assert load_packs([source], {}).rules == first.rules


def test_a_change_of_any_source_makes_the_cache_useless(tmp_path: Path) -> None:
    nation = _pack(tmp_path, "nation", "AA", _rule("AA001"))
    province = _pack(tmp_path, "province", "BB", _rule("BB001"), builds_on=["nation"])
    keys = [pack.key for pack in load_packs([nation, province], {}).packs]
    (nation.pack.folder / "all.rule").write_text(_rule("AA002"), encoding="utf-8")
    packs = load_packs([nation, province], {})
    assert [rule.id for rule in packs.rules] == ["AA002", "BB001"]
    assert all(before != pack.key for before, pack in zip(keys, packs.packs, strict=True))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"rules": [{"is": "Nonsense"}], "vocabulary": {}}'])
def test_a_damaged_cache_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setenv("BUDGETLINT_CACHE", str(tmp_path / "cache"))
    source = _pack(tmp_path, "one", "AA", _rule("AA001"))
    load_packs([source], {})
    for kept in cache_folder().glob("*.json"):
        kept.write_text(content)
    assert [rule.id for rule in load_packs([source], {}).rules] == ["AA001"]


def test_a_hit_imports_neither_lark_nor_yaml(clean: Path, tmp_path: Path) -> None:
    own = tmp_path / "packs"
    own.mkdir()
    _pack(own, "one", "", RULE.format(id="ZZ001", name="示例", more=""))
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from budgetlint.packs import RulePack\nfrom budgetlint.packs.load import PackSource, load_packs\n"
        f"packs = load_packs([PackSource(RulePack(Path({str(own / 'one')!r})))], {{}})\n"
        "print([rule.id for rule in packs.rules], sorted({'lark', 'ruamel'} & set(sys.modules)))"
    )
    run = [sys.executable, "-c", code]
    subprocess.run(run, check=True, capture_output=True)
    assert subprocess.run(run, check=True, capture_output=True, text=True).stdout.strip() == "['ZZ001'] []"


def test_a_pack_builds_on_packs_that_there_are(tmp_path: Path) -> None:
    found = _messages(load_packs([_pack(tmp_path, "a", "AA", builds_on=["nationl"])], {}))
    assert "nationl" in found


def test_a_rule_replaces_one_that_there_is(tmp_path: Path) -> None:
    packs = [
        _pack(tmp_path, "a", "AA", _rule("AA001")),
        _pack(tmp_path, "b", "BB", _rule("BB001", "替代 AA002")),
    ]
    assert "AA002" in _messages(load_packs(packs, {}))


def test_one_changed_letter_makes_a_cache_useless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETLINT_CACHE", str(tmp_path / "cache"))

    class Held(Kept, frozen=True):
        word: str

    keep(Held("stamp", "通过"))
    assert recall("stamp", Held) == Held("stamp", "通过")
    (file,) = cache_folder().glob("*.json")
    file.write_bytes(file.read_bytes().replace("通过".encode(), "不符".encode()))
    assert recall("stamp", Held) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_in_place_of_the_cache_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGETLINT_CACHE", str(tmp_path / "cache"))
    keep(Kept("stamp"))
    (file,) = cache_folder().glob("*.json")
    file.unlink()
    os.mkfifo(file)
    assert recall("stamp", Kept) is None
