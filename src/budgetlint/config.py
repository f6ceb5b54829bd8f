"""Settings of a run: read from budgetlint.toml, overridden by the command line; each knows where it came from."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.disk import read_regular
from budgetlint.said import Said, SaidError

FILE_NAME = "budgetlint.toml"
DEFAULT = "默认"
FAIL_ON = ("error", "warning", "notice", "undetermined")


class ConfigError(SaidError):
    """The configuration says what no setting can mean; ``file`` is where."""

    def __init__(self, file: str, said: Said) -> None:
        super().__init__(file, said)
        self.file = file


class Settings(Struct, frozen=True):
    """All settings of a check.

    Attributes:
        select, ignore: rule ids (CN201), their families (CN2) or their letters (CN).
        profiles: 检查方案 to use beside the rules that belong to none.
        region, kind, year: said by the user, laid over the classification.
        reader: name of the reader to use whatever the content looks like.
        rules: further folders of rules; rule_texts: rules given as a sentence.
        previous: earlier documents of the unit; previous_store: a store that earlier documents are found in by their units.
        fail_on: severities that end in exit code 1 (the lowest counts), and ``undetermined``.
        lang: of messages, ``zh`` or ``en``.
        waivers: the waivers file; without being said, waivers.yaml, which need not exist.
        allow_broken_plugins: broken plugins do not lead to exit code 3.
        uncovered: list the figures that no check looked at.
        convert: old formats (doc, wps) are converted by LibreOffice.
        jobs: how many processes read and check at once; 0 means as many as there are processors.
        draw: keep the whole document as drawn in its report, for the reporters that show it.
        figures: keep every printed figure in the report, for a store.
        without: names of plugins that are left out.
        exclude: patterns of files that are passed over.
        read_seconds, read_megabytes: what reading one file may take of time and memory.
        check_seconds: what structuring and naming one document may take of wall time, and so may checking it.
        origins: setting → where its value came from (a file, an option, 默认).
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    region: str | None = None
    kind: str | None = None
    year: int | None = None
    reader: str | None = None
    rules: tuple[str, ...] = ()
    rule_texts: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    previous_store: str | None = None
    fail_on: tuple[str, ...] = ("error",)
    lang: str = "zh"
    waivers: str = "waivers.yaml"
    allow_broken_plugins: bool = False
    uncovered: bool = False
    convert: bool = False
    jobs: int = 1
    draw: bool = False
    figures: bool = False
    without: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    read_seconds: int = 60
    read_megabytes: int = 1_500
    check_seconds: int = 300
    origins: Mapping[str, str] = field(default_factory=dict)

    def origin(self, name: str) -> str:
        """Return where a setting's value came from."""
        return self.origins.get(name, DEFAULT)

    def overridden(self, origin: str, **values: Any) -> Settings:
        """Return the settings with further values laid over them; None means that nothing was said.

        Raises:
            ConfigError: a number is beyond what it may be.
        """
        said = {name: value for name, value in values.items() if value is not None}
        for name in _BOUNDS.keys() & said.keys():
            least, most = _BOUNDS[name]
            if not least <= said[name] <= most:
                key = _key(name)
                zh, en = f"{key} 应在 {least} 到 {most} 之间", f"{key} must be from {least} to {most}"
                raise ConfigError(origin, Said(f"{zh}：{said[name]}", f"{en}: {said[name]}"))
        return replace(self, **said, origins={**self.origins, **dict.fromkeys(said, origin)})


def _key(name: str) -> str:
    """Return how a file writes a setting."""
    return name.replace("_", "-")


#: What belongs to one run only: no file may hold it.
_OF_ONE_RUN = frozenset({"origins", "rule_texts", "previous", "previous_store", "draw", "figures"})
#: Settings a file may hold, by the key it uses for them.
_KEYS = {_key(name): name for name in Settings.__struct_fields__ if name not in _OF_ONE_RUN}
_LISTS = frozenset({"select", "ignore", "profiles", "rules", "fail_on", "without", "exclude"})
_PATHS = frozenset({"rules", "waivers"})
_NUMBERS = frozenset({"year", "jobs", "read_seconds", "read_megabytes", "check_seconds"})
#: The least and the most a number may be.
_BOUNDS = {
    "jobs": (0, 1_024),
    "read_seconds": (1, 86_400),
    "read_megabytes": (64, 1_000_000),
    "check_seconds": (1, 86_400),
}
_WORDS: dict[str, tuple[str, ...]] = {"fail_on": FAIL_ON, "lang": ("zh", "en")}


def find_file(start: Path, name: str = FILE_NAME) -> Path | None:
    """Return the nearest file of a name (budgetlint.toml) in a folder or those above it."""
    return next((path for folder in (start, *start.parents) if (path := folder / name).is_file()), None)


def read_settings(file: Path | None) -> Settings:
    """Read a configuration file, or return the defaults where there is none.

    Paths in the file are relative to its folder.

    Raises:
        ConfigError: the file is missing, is no TOML, or holds an unknown key or a value of the wrong kind.
    """
    if file is None:
        return Settings()
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        data = tomllib.loads(read_regular(file).decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(str(file), Said("配置文件无法读取", "the configuration cannot be read")) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(file), Said(f"不是有效的 TOML：{error}", f"not valid TOML: {error}")) from error
    values = {}
    for key, value in data.items():
        if key not in _KEYS:
            known = "、".join(_KEYS)
            raise ConfigError(
                str(file), Said(f"未知的设置 {key}；可用：{known}", f"unknown setting {key}; known: {known}")
            )
        values[_KEYS[key]] = _value(file, _KEYS[key], value)
    return Settings().overridden(str(file), **values)


def _value(file: Path, name: str, value: Any) -> Any:
    default, key = getattr(Settings(), name), _key(name)
    if name in _LISTS:
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ConfigError(str(file), Said(f"{key} 应为字符串列表", f"{key} must be a list of strings"))
        items = tuple(_checked_word(file, name, item) for item in value)
        return tuple(str(file.parent / item) for item in items) if name in _PATHS else items
    expected = int if name in _NUMBERS else bool if isinstance(default, bool) else str
    if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
        kinds = {
            int: ("整数", "an integer"),
            bool: ("true 或 false", "true or false"),
            str: ("字符串", "a string"),
        }
        zh, en = kinds[expected]
        raise ConfigError(str(file), Said(f"{key} 应为{zh}", f"{key} must be {en}"))
    value = _checked_word(file, name, value)
    return str(file.parent / value) if name in _PATHS else value


def _checked_word(file: Path, name: str, value: Any) -> Any:
    words = _WORDS.get(name)
    if words is not None and value not in words:
        listed = "、".join(words)
        key = _key(name)
        raise ConfigError(
            str(file), Said(f"{key} 只能是 {listed}", f"{key} must be one of {', '.join(words)}")
        )
    return value
