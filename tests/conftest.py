"""What all tests share: a cache folder of their own, and a small document with its rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No law is a matter of speed: a busy machine must not fail a test.
settings.register_profile("budgetlint", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("budgetlint")

CLEAN = """\
2024年示例市示例区某局部门预算公开

第一部分 部门概况

一、主要职责

负责示例工作。

第二部分 2024年部门预算情况说明

一、收支总体情况说明

2024年收入总计120.00万元，支出总计120.00万元。

第三部分 部门预算表

部门支出总表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t120.00\t100.00\t20.00
201\t一般公共服务支出\t120.00\t100.00\t20.00
20101\t人大事务\t120.00\t100.00\t20.00
2010101\t行政运行\t100.00\t100.00\t
2010102\t一般行政管理事务\t20.00\t\t20.00
"""

RULE = """\
规则 ZZ001 “合计等于基本支出加项目支出”
  级别 错误
  依据 勾稽关系
  对 表 部门支出总表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出
  示例 通过：列 合计 是 12.00 万元，列 基本支出 是 10.00 万元，列 项目支出 是 2.00 万元
  示例 不符：列 合计 是 13.00 万元，列 基本支出 是 10.00 万元，列 项目支出 是 2.00 万元
结束
"""


#: Fixtures that reach beyond the repository, and the mark of the tests that use them.
_REACHING = {"corpus_pdf": "corpus", "office": "office", "bucket": "cluster"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests whose fixtures need what is not everywhere."""
    for item in items:
        for name in _REACHING.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(_REACHING[name])


@pytest.fixture(autouse=True, scope="session")
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep compiled packs in a folder that lives as long as the tests."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUDGETLINT_CACHE", str(folder))
        patch.setenv("BUDGETLINT_PACKS", str(folder / "packs"))
        yield folder


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """Return a document on which the rule below holds."""
    file = tmp_path / "clean.txt"
    file.write_text(CLEAN, encoding="utf-8")
    return file


@pytest.fixture
def flawed(tmp_path: Path) -> Path:
    """Return the same document with one row whose parts do not add up."""
    file = tmp_path / "flawed.txt"
    file.write_text(CLEAN.replace("行政管理事务\t20.00", "行政管理事务\t21.00"), encoding="utf-8")
    return file


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Return a folder with one rule and no pack.toml."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "own.rule").write_text(RULE, encoding="utf-8")
    return folder


@pytest.fixture
def no_bundled_rules(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Leave of the bundled packs only their names and vocabularies, so that a test sees its own rules alone."""
    from budgetlint.plugins import builtin
    from budgetlint.resources import rules_folder

    folder = tmp_path_factory.mktemp("packs")
    for manifest in rules_folder().glob("*/pack.toml"):
        pack = folder / manifest.parent.name
        pack.mkdir()
        for file in manifest.parent.iterdir():
            if file.suffix in {".toml", ".yaml"}:
                (pack / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(builtin, "rules_folder", lambda: folder)
    monkeypatch.setattr("budgetlint.plugins.manager.find_plugins", lambda group: ())
    return folder
