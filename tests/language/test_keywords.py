"""The words of the language do not get in the way of names."""

from __future__ import annotations

from budgetlint.language.grammar import name_pattern
from budgetlint.language.keywords import keywords

FREE = [
    "其中",
    "和",
    "等",
    "无",
    "项",
    "类",
    "款",
    "有效",
    "小计",
    "总计",
    "因公出国（境）费",
    "3个月",
    "收入/合计",
    "行次",
    "栏次",
    "行次号",
    "行次31表",
]


def test_frequent_labels_are_names() -> None:
    assert [name for name in FREE if not name_pattern().fullmatch(name)] == []


def test_every_form_is_reserved() -> None:
    words = [word for word in keywords().words.values() if not word.unit and not word.numbered]
    assert [form for word in words for form in word.zh if name_pattern().fullmatch(form)] == []


def test_a_word_before_numbers_is_reserved_only_there() -> None:
    before = [word.zh[0] for word in keywords().words.values() if word.numbered]
    assert before == ["行次", "栏次"]
    assert not any(name_pattern().match(f"{word}{gap}31") for word in before for gap in ("", " ", "　"))


def test_bare_particles_are_no_names() -> None:
    assert not any(
        name_pattern().fullmatch(word) for word in ("不", "应", "须", "应当", "应等于", "2080101", "5万元")
    )


def test_every_word_has_a_meaning_and_a_form() -> None:
    for word in keywords().words.values():
        assert word.forms and word.meaning_zh and word.meaning_en
