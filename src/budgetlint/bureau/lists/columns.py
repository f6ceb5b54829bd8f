"""What the columns of the bureau's lists are called: the names that come with the program, and those of a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from budgetlint.config import ConfigError
from budgetlint.disk import read_regular
from budgetlint.said import Said

_OURS = Path(__file__).with_name("columns.yaml")
_MOST = 1 << 20
#: Parts of a file of columns that give a list of names for each of theirs.
_NAMED = ("名单", "批复", "类别")
_PLAIN = ("金额列", "合计行")


class Columns(Struct, frozen=True):
    """Names as people write them.

    Attributes:
        roster, approved: a field (单位, 批复日期 …) → how its column may be headed.
        amounts: columns of amounts in a list that gives each its own.
        levels: 部门 and 单位 → how a roster may say it.
        totals: what stands in the column of units of a row that is none.
        holidays: name → first and last day (MM-DD) it may fall on, and how many days it lasts at most.
    """

    roster: Mapping[str, tuple[str, ...]]
    approved: Mapping[str, tuple[str, ...]]
    amounts: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]
    totals: tuple[str, ...]
    holidays: Mapping[str, tuple[str, str, int]]


def columns_of(file: str | None = None) -> Columns:
    """Return the names of columns, those of a file before ours.

    Raises:
        ConfigError: the file cannot be read or holds something else.
    """
    ours = _ours()
    theirs = _checked(file, _loaded(Path(file), file)) if file else {}
    named = {
        part: {
            field: tuple(dict.fromkeys((*theirs.get(part, {}).get(field, ()), *names)))
            for field, names in ours[part].items()
        }
        for part in _NAMED
    }
    plain = {part: tuple(dict.fromkeys((*theirs.get(part, ()), *ours[part]))) for part in _PLAIN}
    holidays = {name: (str(a), str(b), int(days)) for name, (a, b, days) in ours["假期"].items()}
    return Columns(named["名单"], named["批复"], plain["金额列"], named["类别"], plain["合计行"], holidays)


@lru_cache(maxsize=1)
def _ours() -> dict[str, Any]:
    return _loaded(_OURS, _OURS.name)


def _loaded(path: Path, name: str) -> dict[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        text = read_regular(path, _MOST).decode("utf-8-sig")
        found = YAML(typ="safe", pure=True).load(text)
    except (OSError, ValueError, YAMLError) as error:
        said = str(error).partition("\n")[0]
        raise ConfigError(
            name, Said(f"列名文件读不了：{said}", f"the file of columns cannot be read: {said}")
        ) from error
    return found if isinstance(found, dict) else {}


def _checked(file: str, theirs: dict[str, Any]) -> dict[str, Any]:
    """Return a user's names as tuples; what is not known there is refused by name."""
    ours = _ours()
    made: dict[str, Any] = {}
    for part, said in theirs.items():
        if part not in (*_NAMED, *_PLAIN):
            known = "、".join((*_NAMED, *_PLAIN))
            raise ConfigError(
                file, Said(f"没有“{part}”；可以写：{known}", f"{part!r} is not known; known: {known}")
            )
        if part in _PLAIN:
            made[part] = _names(file, part, said)
            continue
        fields = said if isinstance(said, dict) else {}
        unknown = [field for field in fields if field not in ours[part]]
        if unknown or not fields:
            known = "、".join(ours[part])
            what = f"{part}：{unknown[0] if unknown else ''}"
            raise ConfigError(
                file,
                Said(
                    f"“{what}”不对；“{part}”下可以写：{known}",
                    f"{what!r} is wrong; known below {part}: {known}",
                ),
            )
        made[part] = {field: _names(file, f"{part}/{field}", names) for field, names in fields.items()}
    return made


def _names(file: str, where: str, said: object) -> tuple[str, ...]:
    names = said if isinstance(said, list) else [said]
    if not all(isinstance(name, str) and name for name in names):
        raise ConfigError(file, Said(f"“{where}”应是列名", f"{where!r} must be names of columns"))
    return tuple(names)
