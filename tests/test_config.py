"""Settings come from budgetlint.toml and the command line, and each knows where from."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlint.config import FILE_NAME, ConfigError, Settings, find_file, read_settings


def _file(tmp_path: Path, text: str) -> Path:
    file = tmp_path / FILE_NAME
    file.write_text(text, encoding="utf-8")
    return file


def test_every_value_knows_where_it_came_from(tmp_path: Path) -> None:
    file = _file(tmp_path, 'select = ["CN"]\nlang = "en"\n')
    settings = read_settings(file).overridden("command line", lang="zh", year=None)
    assert (settings.select, settings.lang, settings.year) == (("CN",), "zh", None)
    assert settings.origin("select") == str(file)
    assert settings.origin("lang") == "command line"
    assert settings.origin("year") == Settings().origin("year")


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    settings = read_settings(_file(tmp_path, 'rules = ["own"]\nwaivers = "w.yaml"\n'))
    assert settings.rules == (str(tmp_path / "own"),)
    assert settings.waivers == str(tmp_path / "w.yaml")


def test_the_nearest_file_above_is_found(tmp_path: Path) -> None:
    file = _file(tmp_path, "")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_file(inner) == file


@pytest.mark.parametrize(
    "text",
    [
        "selekt = []",
        "select = 3",
        'lang = "fr"',
        'fail-on = ["never"]',
        "year = true",
        "convert = 1",
        "x = [",
    ],
)
def test_what_no_setting_can_mean_is_an_error_that_names_the_file(tmp_path: Path, text: str) -> None:
    file = _file(tmp_path, text)
    with pytest.raises(ConfigError) as error:
        read_settings(file)
    assert error.value.file == str(file)
    assert error.value.message("zh") != error.value.message("en")


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        read_settings(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("read_seconds", -5),
        ("read_seconds", 0),
        ("check_seconds", 10**9),
        ("read_megabytes", 1),
        ("jobs", -1),
    ],
)
def test_numbers_have_bounds_wherever_they_are_said(tmp_path: Path, name: str, value: int) -> None:
    file = tmp_path / "budgetlint.toml"
    file.write_text(f"{name.replace('_', '-')} = {value}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_settings(file)
    assert caught.value.file == str(file) and str(value) in caught.value.said.en
    with pytest.raises(ConfigError):
        Settings().overridden("命令行", **{name: value})


def test_a_byte_order_mark_before_the_settings_is_no_setting(tmp_path: Path) -> None:
    file = tmp_path / "budgetlint.toml"
    file.write_bytes(b"\xef\xbb\xbfjobs = 2\n")
    assert read_settings(file).jobs == 2
