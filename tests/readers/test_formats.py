"""One document reads the same from every format: its paragraphs, its tables and their merged cells."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.readers.made import DOCUMENT, TableSpec, as_docx, as_html, as_xlsx

from budgetlint.document import GridBlock, Source
from budgetlint.readers import office
from budgetlint.readers.pages import pdf
from budgetlint.readers.reader import Reader
from budgetlint.readers.sheets import xls, xlsx
from budgetlint.readers.sheets.biff import facts_of
from budgetlint.readers.text import plain as text
from budgetlint.readers.web import html
from budgetlint.readers.word import docx

READERS = (text.READER, docx.READER, xlsx.READER, xls.READER, pdf.READER, html.READER, office.READER)


def outline(source: Source) -> list[object]:
    """What stands in a source: paragraphs as text, tables as cells with their spans."""
    shown: list[object] = []
    for block in source.blocks:
        if isinstance(block, GridBlock):
            shown.append(
                [
                    [None if c.covered else (c.text, c.row_span, c.column_span) for c in row]
                    for row in block.rows
                ]
            )
        else:
            shown.append(block.text)
    return shown


def expected() -> list[object]:
    return [[list(row) for row in item.rows] if isinstance(item, TableSpec) else item for item in DOCUMENT]


def test_docx_reads_as_written() -> None:
    assert outline(docx.READER.read("文.docx", as_docx(DOCUMENT))) == expected()


def test_html_reads_as_written() -> None:
    assert outline(html.READER.read("文.html", as_html(DOCUMENT))) == expected()


def test_xlsx_reads_as_written() -> None:
    assert outline(xlsx.READER.read("文.xlsx", as_xlsx(DOCUMENT))) == expected()


def test_xls_reads_as_written(office: Callable[[bytes, str, str], bytes]) -> None:
    old = office(as_xlsx(DOCUMENT), "xlsx", "xls")
    assert outline(xls.READER.read("文.xls", old)) == expected()
    whole = facts_of(old)
    for cut in range(0, len(old), 997):
        # A damaged file says nothing, or what is read before the damage; it never raises.
        assert facts_of(old[:cut]).keys() <= whole.keys()


def test_pdf_reads_as_written(office: Callable[[bytes, str, str], bytes]) -> None:
    made = office(office(as_html(DOCUMENT), "html", "odt"), "odt", "pdf")
    assert outline(pdf.READER.read("文.pdf", made)) == expected()


def test_pdf_printed_by_a_browser_reads_as_written(tmp_path: Path) -> None:
    """Browsers embed fonts whose boxes hug the ink: 一 must stay on its line."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium not installed")
    (tmp_path / "d.html").write_bytes(as_html(DOCUMENT))
    target = tmp_path / "d.pdf"
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={tmp_path}",
    ]
    command = [program, *options, f"--print-to-pdf={target}", (tmp_path / "d.html").as_uri()]
    subprocess.run(command, capture_output=True, timeout=60, check=False)
    if not target.is_file():
        pytest.skip("chromium does not run here")
    assert outline(pdf.READER.read("文.pdf", target.read_bytes())) == expected()


def test_docx_saved_by_an_office_reads_as_written(office: Callable[[bytes, str, str], bytes]) -> None:
    made = office(office(as_html(DOCUMENT), "html", "odt"), "odt", "docx")
    assert outline(docx.READER.read("文.docx", made)) == expected()


def picked(data: bytes) -> str:
    return max(READERS, key=lambda reader: reader.sniff(data)).name


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (as_docx(DOCUMENT), "docx"),
        (as_xlsx(DOCUMENT), "xlsx"),
        (as_html(DOCUMENT), "html"),
        (b"<table><tr><td>1</td></tr></table>", "html"),
        ("示例区".encode("gb18030"), "text"),
        (b"{\\rtf1 x}", "doc"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\n%PDF-1.7\n", "pdf"),
    ],
)
def test_content_decides_whatever_the_suffix(data: bytes, name: str) -> None:
    assert picked(data) == name
    assert sum(reader.sniff(data) == max(r.sniff(data) for r in READERS) for reader in READERS) == 1


def test_places_point_into_the_original() -> None:
    def first(reader: Reader, data: bytes) -> GridBlock:
        return next(b for b in reader.read("文", data).blocks if isinstance(b, GridBlock))

    sheet = first(xlsx.READER, as_xlsx(DOCUMENT)).rows[2][1].place
    assert (sheet.sheet, sheet.cell) == ("Sheet", "B10")
    word = first(docx.READER, as_docx(DOCUMENT)).rows[2][1].place
    assert (word.paragraph, word.grid_row, word.grid_column) == (7, 2, 1)
