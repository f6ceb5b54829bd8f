"""``budgetlint new``: start a rule pack, a reader or a rule from a skeleton that already works."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from budgetlint.config import ConfigError, Settings
from budgetlint.results.report import Exit
from budgetlint.said import Said

_RULE = """规则 ZZ001 “部门支出总表：合计等于基本支出加项目支出”
  级别 提醒
  依据 勾稽关系
  适用于 公开类型 预算
  对 表 部门支出总表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出
  示例 通过：列 合计 是 120.00 万元，列 基本支出 是 100.00 万元，列 项目支出 是 20.00 万元
  示例 不符：列 合计 是 130.00 万元，列 基本支出 是 100.00 万元，列 项目支出 是 20.00 万元
结束
"""
_PROJECT = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "budgetlint-{name}"
version = "0.1.0"
requires-python = ">=3.10"
dependencies = ["budgetlint"]

[project.entry-points.budgetlint]
{module} = "budgetlint_{module}"

[tool.hatch.build.targets.wheel]
packages = ["src/budgetlint_{module}"]
"""
_MANIFEST = """name = "{name}"
title = "{name}"
letters = ["ZZ"]
region = ""
kinds = ["预算", "决算"]
builds-on = ["national", "final-accounts"]
cities = []
"""
_TABLES = """# 本地的表：id 用规范表的编号（budgetlint names 列出全部），aliases 是本地印的名称。

tables:
  - id: b.expense
    name: 部门支出总表
    kinds: [预算]
    aliases: [示例地支出一览表]
"""
_README = """# budgetlint-{name}

budgetlint 的规则包，全部内容在 `src/budgetlint_{module}/pack`：

- `pack.toml`：规则编号的字母、地区、公开类型。
- `tables.yaml`：本地表名对应的规范表；`budgetlint names` 列出规范表和编号。
- `first.rule`：规则和示例。

改好后运行：

    budgetlint validate src/budgetlint_{module}/pack
    budgetlint test src/budgetlint_{module}/pack
    pytest
"""
_TEST = '''"""The pack is sound, and the examples of its rules come out as they say."""

from pathlib import Path

import pytest

from budgetlint.cli import main

PACK = Path(__file__).parents[1] / "src" / "budgetlint_{module}" / "pack"


@pytest.mark.parametrize("command", ["validate", "test"])
def test_the_pack_is_sound(command):
    assert main([command, str(PACK)]) == 0
'''
_PACK_MODULE = '''"""The {name} rule pack of budgetlint: everything it knows stands as text in the folder pack."""

from pathlib import Path

from budgetlint import RulePack, hookimpl


@hookimpl
def register_rule_packs():
    """Return the pack."""
    return [RulePack(Path(__file__).parent / "pack")]
'''
_READER_MODULE = '''"""The {name} reader of budgetlint."""

from budgetlint import ParagraphBlock, Place, Reader, Source, hookimpl


def sniff(content: bytes) -> float:
    """Return how sure it is that the content is of this format, from 0 to 1."""
    return 1.0 if content.startswith(b"{name}") else 0.0


def read(path: str, content: bytes) -> Source:
    """Return the blocks of a file with their places."""
    lines = content.decode("utf-8").splitlines()[1:]
    blocks = (ParagraphBlock(line, Place(path, number)) for number, line in enumerate(lines, 2) if line.strip())
    return Source(path, "{name}", tuple(blocks))


@hookimpl
def register_readers():
    """Return the reader."""
    return [Reader("{name}", (".{name}",), sniff, read)]
'''


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Write the skeleton into ``options.folder``; nothing that exists is overwritten."""
    name = options.name
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise ConfigError(
            "NAME",
            Said(
                f"“{name}”不能作文件名：用小写字母、数字和连字符；规则的中文名称写在文件里",
                f"{name!r}: a name has lower-case letters, digits and hyphens; what a rule is called stands in its file",
            ),
        )
    rule = _RULE.replace("ZZ001", _free_id(Path(options.folder)))
    for path, text in _files(options.what, name, rule).items():
        file = Path(options.folder) / path
        if file.exists():
            raise ConfigError(str(file), Said("已经存在，没有覆盖", "exists already and was not overwritten"))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{file}\n")
    return Exit.CLEAN


def _free_id(folder: Path) -> str:
    """Return the first id that no rule file of a folder uses."""
    used = {
        id
        for file in folder.glob("*.rule")
        for id in re.findall(r"\bZZ[0-9]{3}\b", file.read_text(encoding="utf-8", errors="replace"))
    }
    return next(id for number in range(1, 1000) if (id := f"ZZ{number:03}") not in used or number == 999)


def _files(what: str, name: str, rule: str) -> dict[str, str]:
    if what == "rule":
        return {f"{name}.rule": rule}
    module = name.replace("-", "_")
    root, package = f"budgetlint-{name}", f"budgetlint-{name}/src/budgetlint_{module}"
    files = {f"{root}/pyproject.toml": _PROJECT.format(name=name, module=module)}
    if what == "reader":
        return files | {f"{package}/__init__.py": _READER_MODULE.format(name=name)}
    return files | {
        f"{package}/__init__.py": _PACK_MODULE.format(name=name),
        f"{package}/pack/pack.toml": _MANIFEST.format(name=name),
        f"{package}/pack/tables.yaml": _TABLES,
        f"{package}/pack/first.rule": rule,
        f"{root}/tests/test_pack.py": _TEST.format(module=module),
        f"{root}/README.md": _README.format(name=name, module=module),
    }
