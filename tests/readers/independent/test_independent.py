"""What we read is what readers read that know nothing of us: the same figures and the same text, differences explained.

The table of differences stands in docs/各格式.md; each of its rows is a function here that takes it out before comparing.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from tests.readers.independent import writers

from budgetlint.document import GridBlock, Source
from budgetlint.readers.bundled import DOCX, PDF, XLS, XLSX

EXAMPLES = Path(__file__).parents[3] / "examples"
#: Printed figures: page numbers and years have no decimals.
FIGURE = re.compile(r"-?\d[\d,]*\.\d+%?")
Office = Callable[[bytes, str, str], bytes]


def examples(format: str) -> list[Path]:
    return sorted((EXAMPLES / format).iterdir())


def ours(source: Source) -> str:
    """All text we read, each cell and line by itself."""
    parts: list[str] = []
    for block in source.blocks:
        if isinstance(block, GridBlock):
            parts += [cell.text for row in block.rows for cell in row]
        else:
            parts.append(block.text)
    return "\n".join(parts)


def figures(text: str) -> Counter[str]:
    return Counter(FIGURE.findall(text))


def letters(text: str) -> Counter[str]:
    """The characters of a text, spaces aside: where lines break and cells end is nobody's text."""
    return Counter(char for char in text if not char.isspace())


# --- Word: python-docx


def by_python_docx(data: bytes) -> str:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(data))
    parts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        seen: set[object] = set()
        for row in table.rows:
            for cell in row.cells:
                # python-docx gives a merged cell once for each position it covers.
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    parts.append(cell.text)
    return "\n".join(parts)


@pytest.mark.parametrize("path", examples("docx"), ids=lambda path: path.stem)
def test_example_of_word(path: Path) -> None:
    data = path.read_bytes()
    mine, theirs = ours(DOCX.read("文.docx", data)), by_python_docx(data)
    assert letters(mine) == letters(theirs) and figures(mine) == figures(theirs)


@pytest.mark.parametrize(
    "write", [writers.python_docx, pytest.param(writers.docx_of_npm, marks=pytest.mark.npm)]
)
def test_word_files_of_other_programs(write: Callable[[], bytes]) -> None:
    data = write()
    source = DOCX.read("文.docx", data)
    mine, theirs = ours(source), by_python_docx(data)
    assert letters(mine) == letters(theirs) and figures(mine) == figures(theirs)
    (grid,) = [block for block in source.blocks if isinstance(block, GridBlock)]
    assert [[cell.text for cell in row] for row in grid.rows] == writers.lines() and not source.notices


@pytest.mark.office
def test_word_files_as_libreoffice_writes_and_shows_them(office: Office) -> None:
    data = office(office(writers.python_docx(), "docx", "odt"), "odt", "docx")
    source = DOCX.read("文.docx", data)
    assert letters(ours(source)) == letters(by_python_docx(data)) and not source.notices
    text = office(data, "docx", "txt").decode("utf-8-sig")
    assert letters(ours(source)) == letters(text)


# --- workbooks: openpyxl and xlrd for what is stored, LibreOffice for what is shown


def stored_by_us(source: Source) -> dict[tuple[str, str], str]:
    """What we say each cell stores: the number where it is one, else its text."""
    found: dict[tuple[str, str], str] = {}
    for block in source.blocks:
        if isinstance(block, GridBlock):
            for cell in (cell for row in block.rows for cell in row if cell.text):
                number = format(Decimal(cell.stored).normalize(), "f") if cell.stored else cell.text.strip()
                found[str(cell.place.sheet), str(cell.place.cell)] = number
    return found


def plain(value: object) -> str:
    """A value of a library as a number or a text, as :func:`stored_by_us` writes it."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return format(Decimal(repr(value)).normalize(), "f")
    return str(value).strip()


def by_openpyxl(data: bytes) -> dict[tuple[str, str], str]:
    library = pytest.importorskip("openpyxl")
    book = library.load_workbook(io.BytesIO(data), data_only=True)
    cells = ((sheet.title, cell) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return {
        (title, cell.coordinate): plain(cell.value) for title, cell in cells if cell.value not in (None, "")
    }


def in_tables(
    theirs: dict[tuple[str, str], str], mine: dict[tuple[str, str], str]
) -> dict[tuple[str, str], str]:
    """Their cells without those that are lines of text to us: titles and notes beside the tables."""
    return {at: value for at, value in theirs.items() if at in mine}


@pytest.mark.parametrize("path", examples("xlsx"), ids=lambda path: path.stem)
def test_example_of_excel(path: Path) -> None:
    data = path.read_bytes()
    source = XLSX.read("表.xlsx", data)
    mine, theirs = stored_by_us(source), by_openpyxl(data)
    assert in_tables(theirs, mine) == mine
    lost = {at: value for at, value in theirs.items() if at not in mine}
    assert all(value in ours(source) for value in lost.values())


@pytest.mark.parametrize(
    "write", [writers.openpyxl, writers.xlsxwriter, pytest.param(writers.exceljs, marks=pytest.mark.npm)]
)
def test_workbooks_of_other_programs(write: Callable[[], bytes]) -> None:
    data = write()
    source = XLSX.read("表.xlsx", data)
    mine = stored_by_us(source)
    assert in_tables(by_openpyxl(data), mine) == mine
    (grid,) = [block for block in source.blocks if isinstance(block, GridBlock)]
    assert [[cell.text for cell in row] for row in grid.rows] == writers.lines() and not source.notices


@pytest.mark.office
@pytest.mark.parametrize("wanted", ["xlsx", "xls"])
def test_workbooks_as_libreoffice_writes_and_shows_them(office: Office, wanted: str) -> None:
    data = office(office(writers.openpyxl(), "xlsx", "ods"), "ods", wanted)
    source = (XLSX if wanted == "xlsx" else XLS).read(f"表.{wanted}", data)
    assert not source.notices
    page = office(data, wanted, "html").decode("utf-8")
    shown = unescape(re.sub(r"<[^>]*>", " ", page[page.index("<table") :]))
    assert letters(ours(source)) == letters(shown) and figures(ours(source)) == figures(shown)
    if wanted == "xls":
        xlrd = pytest.importorskip("xlrd")
        sheet = xlrd.open_workbook(file_contents=data).sheet_by_index(0)
        theirs = Counter(plain(cell.value) for row in sheet.get_rows() for cell in row if cell.value != "")
        mine = Counter(stored_by_us(source).values())
        assert mine <= theirs and set(theirs - mine) == {writers.TITLE}


# --- pages: pdfplumber and poppler


def by_pdfplumber(data: bytes) -> str:
    library = pytest.importorskip("pdfplumber")
    with library.open(io.BytesIO(data)) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def by_poppler(data: bytes, folder: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler) not installed")
    (folder / "a.pdf").write_bytes(data)
    done = subprocess.run([program, "-layout", "a.pdf", "-"], cwd=folder, capture_output=True, check=True)
    text = done.stdout.decode("utf-8", "replace")
    if not re.search("[\u4e00-\u9fff]", text):
        pytest.skip("pdftotext knows no Chinese without poppler-data")
    return text


def agree(data: bytes, theirs: str) -> None:
    """Hold that we read their figures and no other text than theirs; what pages repeat is theirs alone."""
    mine = ours(PDF.read("页.pdf", data))
    assert not letters(mine) - letters(theirs)
    whole, broken = figures(mine) - figures(theirs), figures(theirs) - figures(mine)
    for figure in whole:  # a line ends within it: to them it is two
        assert re.search(r"\n?".join(map(re.escape, figure)), theirs), figure
    assert all(any(figure.startswith(part) for figure in whole) for part in broken), broken


@pytest.mark.parametrize("path", examples("pdf"), ids=lambda path: path.stem)
def test_example_of_pdf(path: Path, tmp_path: Path) -> None:
    agree(path.read_bytes(), by_poppler(path.read_bytes(), tmp_path))


def test_one_example_by_pdfplumber() -> None:
    data = examples("pdf")[0].read_bytes()
    agree(data, by_pdfplumber(data))


@pytest.mark.parametrize("write", [writers.reportlab, writers.with_pikepdf])
@pytest.mark.parametrize("other", ["poppler", "pdfplumber"])
def test_pages_of_other_programs(write: Callable[[], bytes], other: str, tmp_path: Path) -> None:
    data = write()
    agree(data, by_poppler(data, tmp_path) if other == "poppler" else by_pdfplumber(data))
    source = PDF.read("页.pdf", data)
    (grid,) = [block for block in source.blocks if isinstance(block, GridBlock)]
    assert [[cell.text for cell in row] for row in grid.rows] == writers.lines() and not source.notices


@pytest.mark.office
@pytest.mark.parametrize("write", [writers.python_docx, writers.openpyxl])
def test_pages_as_libreoffice_prints_them(office: Office, write: Callable[[], bytes], tmp_path: Path) -> None:
    data = office(write(), "docx" if write is writers.python_docx else "xlsx", "pdf")
    agree(data, by_poppler(data, tmp_path))
    assert not PDF.read("页.pdf", data).notices
