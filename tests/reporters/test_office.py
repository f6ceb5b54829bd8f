"""The list of problems comes back with what became of each; the record says what was checked with what."""

from __future__ import annotations

import io
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from budgetlint import Report, check
from budgetlint.document import ReadError
from budgetlint.reporters.words import CLOSING
from budgetlint.results.checklist import COLUMNS, Progress, progress, read_list

pytestmark = pytest.mark.usefixtures("no_bundled_rules")


def _list(report: Report, language: str = "zh") -> bytes:
    pytest.importorskip("xlsxwriter", reason="needs the extra office")
    from budgetlint.reporters import xlsx

    stream = io.BytesIO()
    xlsx.write(report, stream, language)
    return stream.getvalue()


def _record(report: Report, language: str = "zh", **more) -> str:
    docx = pytest.importorskip("docx", reason="needs the extra office")
    from budgetlint.reporters import docx as reporter

    stream = io.BytesIO()
    reporter.write(report, stream, language, **more)
    word = docx.Document(io.BytesIO(stream.getvalue()))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_has_a_row_a_finding_and_is_read_back(language: str, flawed: Path, rules: Path) -> None:
    report = check(flawed, rules=(str(rules),), lang=language)
    handed = read_list("清单.xlsx", _list(report, language))
    findings = report.documents[0].findings
    assert [row.fingerprint for row in handed] == [finding.fingerprint for finding in findings]
    assert [row.message for row in handed] == [finding.message for finding in findings]


def test_a_second_run_tells_what_was_mended_kept_and_new(flawed: Path, clean: Path, rules: Path) -> None:
    before = check(flawed, rules=(str(rules),)).documents[0].findings
    after = check(clean, rules=(str(rules),)).documents[0].findings
    handed = read_list("清单.xlsx", _list(check(flawed, rules=(str(rules),))))
    states, gone = progress(handed, after)
    (mended,) = [finding for finding in before if finding.rule == "ZZ001"]
    assert states[mended.fingerprint] is Progress.MENDED and mended.fingerprint in {
        row.fingerprint for row in gone
    }
    assert {states[finding.fingerprint] for finding in after} <= {Progress.KEPT, Progress.NEW}
    states, _ = progress((), before)
    assert set(states.values()) == {Progress.NEW}


def test_a_list_saved_again_with_its_columns_moved_is_read(flawed: Path, rules: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(_list(check(flawed, rules=(str(rules),)))))
    sheet = book.worksheets[0]
    done = [column.zh for column in COLUMNS].index("处理情况") + 1
    sheet.cell(2, done).value = "已改正"
    sheet.insert_rows(1)
    sheet.insert_cols(1)
    stream = io.BytesIO()
    book.save(stream)
    assert read_list("清单.xlsx", stream.getvalue())[0].done == "已改正"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook"])
def test_what_is_no_list_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(ReadError):
        read_list("x.xlsx", content)


def test_text_of_a_document_never_becomes_a_formula(tmp_path: Path, rules: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    file = tmp_path / "=1+1.txt"
    file.write_text("今天天气很好。\n", encoding="utf-8")
    book = openpyxl.load_workbook(io.BytesIO(_list(check(file, rules=(str(rules),)))))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_record_says_what_was_checked_found_and_left_to_people(flawed: Path, rules: Path) -> None:
    report = check(flawed, rules=(str(rules),))
    said = _record(report, on=date(2024, 3, 1))
    document = report.documents[0]
    for expected in (
        "2024-03-01",
        sha256(flawed.read_bytes()).hexdigest(),
        report.version,
        str(flawed),
        "核对人",
        CLOSING["zh"],
        *(finding.message for finding in document.findings),
        *(f"□ {item}" for item in document.review),
    ):
        assert expected in said


def test_the_record_of_an_unchecked_document_is_no_pass(tmp_path: Path, rules: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("今天天气很好。\n", encoding="utf-8")
    assert "等于没有核对" in _record(check(file, rules=(str(rules),)))
