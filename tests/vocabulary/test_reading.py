"""The words a document is read by come from files, and one pack's are laid over another's."""

import re
from pathlib import Path

import pytest

from budgetlint.vocabulary import ReadingWords, Vocabulary, VocabularyError, alternation, load_folder


def test_groups_are_named_by_their_headings(tmp_path: Path) -> None:
    (tmp_path / "reading.yaml").write_text("列:\n  金额: [支出, 收入]\n单位: [元]\n", encoding="utf-8")
    words = load_folder(tmp_path).words
    assert words.group("列/金额") == ("支出", "收入")
    assert words.group("单位") == ("元",)
    assert words.group("没有这一组") == ()


def test_a_pack_adds_to_the_groups_of_the_one_before() -> None:
    nation = Vocabulary(reading={"列/金额": ("支出",), "单位": ("元",)})
    place = Vocabulary(reading={"列/金额": ("运转经费", "支出")})
    assert nation.merged(place).words.group("列/金额") == ("支出", "运转经费")
    assert nation.merged(place).words.group("单位") == ("元",)


def test_the_longer_of_two_words_is_matched() -> None:
    words = ReadingWords({"甲": ("人",), "乙": ("人次", "(人)")})
    assert [match.group() for match in re.finditer(words.any_of("甲", "乙"), "3人次2人(人)")] == [
        "人次",
        "人",
        "(人)",
    ]


def test_no_words_match_nothing() -> None:
    assert re.search(alternation([]), "") is None
    assert re.search(ReadingWords().any_of("没有"), "任何文字") is None


def test_what_is_no_list_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "reading.yaml").write_text("列:\n  金额: 支出\n", encoding="utf-8")
    with pytest.raises(VocabularyError) as told:
        load_folder(tmp_path)
    assert told.value.line == 2
