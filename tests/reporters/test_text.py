"""The report for people names the place and the figures, and never reads as a permission to publish."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from budgetlint import Report, check
from budgetlint.reporters import html, text
from budgetlint.reporters.words import CLOSING, SEVERITIES
from budgetlint.results.findings import Reason, Severity
from budgetlint.results.wording import REASONS

pytestmark = pytest.mark.usefixtures("no_bundled_rules")


def _written(reporter, report: Report, language: str = "zh") -> str:
    stream = io.StringIO()
    reporter.write(report, stream, language)
    return stream.getvalue()


@pytest.mark.parametrize("reporter", [text, html])
def test_a_finding_shows_place_figures_and_basis(reporter, flawed: Path, rules: Path) -> None:
    said = _written(reporter, check(flawed, rules=(str(rules),), select=("ZZ",)))
    for expected in ("ZZ001", "21.00", "勾稽关系", "部门支出总表", f"{flawed}:"):
        assert expected in said


@pytest.mark.parametrize("reporter", [text, html])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_report_ends_with_what_it_is_not(reporter, language: str, clean: Path, rules: Path) -> None:
    for report in (Report("1"), check(clean, rules=(str(rules),))):
        assert CLOSING[language] in _written(reporter, report, language)


def test_a_document_that_was_not_checked_says_so(tmp_path: Path, rules: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("今天天气很好。\n", encoding="utf-8")
    said = _written(text, check(file, rules=(str(rules),), select=("ZZ",)))
    assert "这份文本等于没有核对" in said


def test_what_a_document_prints_cannot_break_the_page(tmp_path: Path) -> None:
    file = tmp_path / "<script>x.txt"
    file.write_text("2024年<script>alert(1)</script>部门预算\n", encoding="utf-8")
    said = _written(html, check(file, draw=True))
    assert "<script>alert" not in said and "<script>x" not in said
    assert "&lt;script&gt;x.txt" in said


def test_there_are_words_for_everything() -> None:
    assert set(REASONS) == set(Reason)
    assert set(SEVERITIES) == set(Severity)


def test_many_documents_are_listed_once_more_and_none_unchecked_looks_sound(
    clean: Path, flawed: Path, rules: Path, tmp_path: Path
) -> None:
    letter, empty = tmp_path / "letter.txt", tmp_path / "empty.txt"
    letter.write_text("今天天气很好。\n", encoding="utf-8")
    empty.write_bytes(b"")
    said = _written(text, check([clean, flawed, letter, empty], rules=(str(rules),), select=("ZZ",)), "en")
    listed = said[said.index("\ndocuments\n") :].splitlines()
    lines = {
        path: next(line for line in listed if str(path) in line) for path in (clean, flawed, letter, empty)
    }
    assert "5 hold" in lines[clean] and "1" in lines[flawed]
    assert "not checked" in lines[letter] and "could not be read" in lines[empty]
