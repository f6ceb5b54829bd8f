"""A pack comes as one file of text, is looked through before anything changes, and can be taken away again."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from tests.conftest import RULE

from budgetlint.cli import main
from budgetlint.packs.load import PackSource
from budgetlint.packs.manifest import PackError
from budgetlint.run.added import Added, add, added, remove

MANIFEST = (
    'name = "shili"\ntitle = "示例省"\nversion = "2025.1"\nletters = ["ZZ"]\nbuilds-on = ["national"]\n'
)


@pytest.fixture(autouse=True)
def own_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what is added in a folder of the test's."""
    monkeypatch.setenv("BUDGETLINT_PACKS", str(tmp_path / "packs"))
    return tmp_path / "packs"


def _add(file: Path) -> Added:
    from budgetlint.plugins.builtin import register_rule_packs

    return add(file, [PackSource(pack) for pack in register_rule_packs()], {})


def _zip(tmp_path: Path, **more: str) -> Path:
    file = tmp_path / "示例省.zip"
    parts = {"示例省/pack.toml": MANIFEST, "示例省/表.rule": RULE, **more}
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file


def test_its_rules_are_used_and_its_version_and_checksum_shown(
    tmp_path: Path, flawed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _zip(tmp_path)
    assert main(["packs", "add", str(file)]) == 0
    said = capsys.readouterr().out
    assert "2025.1" in said and sha256(file.read_bytes()).hexdigest() in said
    main(["check", str(flawed), "--select", "ZZ"])
    assert "ZZ001" in capsys.readouterr().out
    assert main(["packs"]) == 0 and "shili" in capsys.readouterr().out
    assert main(["packs", "remove", "shili"]) == 0
    assert added() == () and main(["packs", "remove", "shili"]) == 2


def test_a_newer_one_stands_in_the_place_of_the_older(tmp_path: Path) -> None:
    _add(_zip(tmp_path))
    newer = {"示例省/pack.toml": MANIFEST.replace("2025.1", "2025.2"), "示例省/表.rule": RULE}
    assert _add(_zip(tmp_path, **newer)).version == "2025.2"
    assert [one.version for one in added()] == ["2025.2"]


@pytest.mark.parametrize(
    "more",
    [
        {"示例省/code.py": "print(1)"},
        {"another/pack.toml": MANIFEST},
        {"../../outside.rule": RULE},
        {"示例省/坏.rule": "规则 ZZ002 “没有检查”\n结束\n"},
        {"示例省/pack.toml": 'name = "../up"\n'},
        {"示例省/pack.toml": "not toml"},
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    more: dict[str, str], tmp_path: Path, own_packs: Path
) -> None:
    sound = _add(_zip(tmp_path))
    with pytest.raises(PackError) as refused:
        _add(_zip(tmp_path, **more))
    assert refused.value.said.zh and refused.value.said.en
    assert added() == (sound,)
    assert [path.name for path in own_packs.iterdir()] == ["shili"]
    assert not (tmp_path.parent / "outside.rule").exists()


def test_what_is_no_zip_is_said_to_be_none(tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(io.BytesIO(b"nothing of the kind").getvalue())
    with pytest.raises(PackError):
        _add(file)
    assert not remove("x")
