"""What a rule pack is: a folder, and the pack.toml in it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from msgspec import Struct

from budgetlint.resources import version
from budgetlint.said import Said, SaidError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: The version of the rule language, which grows by words that older versions do not read.
LANGUAGE = 1
#: What a single file of rules may be.
RULE_FILES = (".rule", ".xlsx")
_AT_LEAST = re.compile(r">=\s*(\d+(?:\.\d+)*)")
_LETTERS = re.compile(r"[A-Z]{2,4}")
_KEYS = frozenset(
    {
        "name",
        "title",
        "description",
        "letters",
        "region",
        "kinds",
        "profile",
        "builds-on",
        "cities",
        "language",
        "budgetlint",
        "version",
    }
)


class PackError(SaidError):
    """Something in a pack's files is wrong.

    Attributes:
        file: the file it is in; line its 1-based line, 0 where it is about the file as a whole.
    """

    def __init__(self, file: str, line: int, said: Said) -> None:
        super().__init__(file, line, said)
        self.file = file
        self.line = line

    @property
    def place(self) -> str:
        """``file:line`` or ``file``."""
        return f"{self.file}:{self.line}" if self.line else self.file


class RulePack(Struct, frozen=True):
    """What ``register_rule_packs`` returns: the folder that holds a pack.toml, ``*.rule`` files and vocabulary.

    A user's own pack may be a single rule file instead.
    """

    folder: Path


class Manifest(Struct, frozen=True):
    """A pack.toml.

    Attributes:
        name: short name (``national``); title what people call it (全国预算).
        letters: the capitals its rule ids begin with; empty for an ad-hoc folder, which may use free ones.
        region: province, or province/city, it is for; None for the whole nation.
        kinds: 公开类型 its rules are for where a rule says nothing itself; empty for all.
        profile: the 检查方案 it belongs to; packs with one are only used when it is asked for.
        builds_on: names of packs whose vocabulary its rules use.
        version: what a pack that is handed on as one file calls itself (2025.1).
        cities: names of the cities of its province, by which documents are recognised as the province's.

    ``language`` and ``budgetlint`` (``">=0.2"``) say the oldest versions that will do; newer ones are refused.
    """

    name: str
    title: str = ""
    letters: tuple[str, ...] = ()
    region: str | None = None
    kinds: tuple[str, ...] = ()
    profile: str | None = None
    builds_on: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    description: str = ""
    version: str = ""


def read_manifest(pack: RulePack) -> Manifest:
    """Read a pack's pack.toml; a folder without one, or a rule file, is an ad-hoc pack named after itself.

    Raises:
        PackError: the folder is missing, or pack.toml is not TOML, lacks a name, or says what no pack can say.
    """
    file = pack.folder / "pack.toml"
    if pack.folder.is_file() and pack.folder.suffix.lower() in RULE_FILES:
        return Manifest(name=pack.folder.stem)
    if pack.folder.is_file():
        raise PackError(
            str(pack.folder),
            0,
            Said("不是规则文件（.rule、.xlsx）或规则文件夹", "no rule file (.rule, .xlsx) and no folder"),
        )
    if not pack.folder.is_dir():
        raise PackError(str(pack.folder), 0, Said("规则文件夹或文件不存在", "no such rule folder or file"))
    if not file.is_file():
        return Manifest(name=pack.folder.name)
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(
            str(file), 0, Said(f"不是有效的 TOML：{error}", f"not valid TOML: {error}")
        ) from error
    _refuse_newer(file, data)
    unknown = sorted(set(data) - _KEYS)
    if unknown:
        names = "、".join(unknown)
        raise PackError(str(file), 0, Said(f"未知的键：{names}", f"unknown keys: {', '.join(unknown)}"))
    manifest = Manifest(
        name=_text(file, data, "name") or "",
        title=_text(file, data, "title") or "",
        letters=_texts(file, data, "letters"),
        region=_text(file, data, "region"),
        kinds=_texts(file, data, "kinds"),
        profile=_text(file, data, "profile"),
        builds_on=_texts(file, data, "builds-on"),
        cities=_texts(file, data, "cities"),
        description=_text(file, data, "description") or "",
        version=_text(file, data, "version") or "",
    )
    if not manifest.name:
        raise PackError(str(file), 0, Said("缺少 name", "name is missing"))
    for letters in manifest.letters:
        if not _LETTERS.fullmatch(letters):
            raise PackError(
                str(file),
                0,
                Said(f"letters 应为二至四个大写字母：{letters}", f"letters must be 2–4 capitals: {letters}"),
            )
    return manifest


def _refuse_newer(file: Path, data: dict[str, Any]) -> None:
    """Refuse a pack that says it needs a newer rule language or a newer budgetlint than this one."""
    language, needed = data.get("language", LANGUAGE), data.get("budgetlint", "")
    if not isinstance(language, int) or isinstance(language, bool) or language < 1:
        raise PackError(
            str(file), 0, Said("language 应为规则语言的版本，如 1", "language must be a number such as 1")
        )
    if language > LANGUAGE:
        raise PackError(
            str(file),
            0,
            Said(
                f"本规则包需要规则语言 {language}，现在的 budgetlint {version()} 只认到 {LANGUAGE}，不予采用；请升级 budgetlint",
                f"this pack needs rule language {language}; budgetlint {version()} knows {LANGUAGE}: upgrade budgetlint",
            ),
        )
    found = _AT_LEAST.fullmatch(needed) if isinstance(needed, str) else None
    if needed and found is None:
        raise PackError(
            str(file),
            0,
            Said("budgetlint 应写成 “>=0.2”", 'budgetlint must be written ">=0.2": the oldest that will do'),
        )
    if found and _numbers(found[1]) > _numbers(version()):
        raise PackError(
            str(file),
            0,
            Said(
                f"本规则包需要 budgetlint {found[1]} 以上，现在是 {version()}，不予采用；请升级 budgetlint",
                f"this pack needs budgetlint {found[1]} or later; this is {version()}: upgrade budgetlint",
            ),
        )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def _text(file: Path, data: dict[str, Any], key: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise PackError(str(file), 0, Said(f"{key} 应为字符串", f"{key} must be a string"))
    return value or None


def _texts(file: Path, data: dict[str, Any], key: str) -> tuple[str, ...]:
    value = data.get(key, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
        raise PackError(str(file), 0, Said(f"{key} 应为字符串列表", f"{key} must be a list of strings"))
    return tuple(values)
