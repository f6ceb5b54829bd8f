"""The generated document that the readers' benchmarks read, in every format, and how they take time."""

from __future__ import annotations

import gc
import io
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.readers.made import Item, TableSpec, as_docx, as_html

from budgetlint.document import GridBlock, Source
from budgetlint.readers.pages import pdf
from budgetlint.readers.sheets import xlsx
from budgetlint.readers.web import html
from budgetlint.readers.word import docx

READERS: dict[str, Callable[[str, bytes], Source]] = {
    "docx": docx.read,
    "xlsx": xlsx.read,
    "html": html.read,
    "pdf": pdf.read,
}
#: A sample lasts at least this long, in seconds of processor time; the best of a few is taken.
SAMPLE, SAMPLES = 0.2, 5
HEADER = ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "备注"]
NAMES = [
    "一般公共服务支出",
    "机关事业单位基本养老保险缴费支出（含职业年金缴费支出与其他社会保险缴费支出）",
    "住房公积金",
    "教育支出",
]


def generated(factor: int) -> list[Item]:
    """A document of 14 tables, some 630 rows and 3,800 cells, times a factor; some names wrap."""
    chance = random.Random(7)
    document: list[Item] = ["示例市示例区某局2024年部门预算"]
    for table in range(14):
        document += [f"第{table + 1}张示例支出表", "单位：万元"]
        rows = [[(text, 1, 1) for text in HEADER]]
        for row in range(45 * factor):
            basic, project = chance.randrange(10**6), chance.randrange(10**6)
            figures = [f"{cents / 100:,.2f}" for cents in (basic + project, basic, project)]
            line = [f"2{table:02d}{row:04d}", chance.choice(NAMES), *figures, "示例"]
            rows.append([(text, 1, 1) for text in line])
        document.append(TableSpec(rows))
    return document


def files(document: list[Item]) -> dict[str, bytes]:
    """The document in every format that can be made here: a workbook as LibreOffice saves it, a pdf as it prints it."""
    page = as_html(document)
    made = {"docx": as_docx(document), "xlsx": as_workbook(document), "html": page}
    if shutil.which("soffice"):
        made["xlsx"] = converted(made["xlsx"], "xlsx", "ods", "xlsx")
        made["pdf"] = converted(page, "html", "odt", "pdf")
    return made


def as_workbook(document: list[Item]) -> bytes:
    """A workbook as offices make them: a sheet a table, its title merged, borders, fonts and number formats."""
    import openpyxl
    from openpyxl.styles import Border, Font, Side

    side, small = Side(style="thin"), Font(name="宋体", size=10)
    border = Border(side, side, side, side)
    book = openpyxl.Workbook()
    book.remove(book.active)
    above: list[str] = []
    for item in document:
        if isinstance(item, str):
            above.append(item)
            continue
        sheet = book.create_sheet(f"表{len(book.worksheets) + 1}")
        for number, line in enumerate(above, 1):
            sheet.cell(number, 1, line).font = Font(name="宋体", size=16, bold=True)
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(HEADER))
        for number, row in enumerate(item.rows, len(above) + 1):
            for column, (text, *_) in enumerate(filter(None, row), 1):
                cell = sheet.cell(number, column, text)
                cell.border, cell.font = border, small
                if 3 <= column <= 5 and number > len(above) + 1:
                    cell.value, cell.number_format = float(text.replace(",", "")), "#,##0.00"
        above = []
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def converted(data: bytes, suffix: str, *wanted: str) -> bytes:
    """Convert with LibreOffice, one format after another."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        current = folder / f"d.{suffix}"
        current.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        for format in wanted:
            target = folder / format
            command = [
                "soffice",
                profile,
                "--headless",
                "--convert-to",
                format,
                "--outdir",
                str(target),
                str(current),
            ]
            subprocess.run(command, capture_output=True, check=True, timeout=600)
            current = target / f"d.{format}"
        return current.read_bytes()


def seconds_of(read: Callable[[], object], collecting: bool = False) -> float:
    """Processor seconds of one call: the best of some samples.

    Our readers run without the garbage collector, as they do in the process that reads a file; other programs with
    it (``collecting``), as in any program that calls them.
    """
    read()
    times = []
    for _ in range(SAMPLES):
        gc.collect()
        if not collecting:
            gc.disable()
        count, start = 0, time.process_time()
        while (elapsed := time.process_time() - start) < SAMPLE:
            read()
            count += 1
        times.append(elapsed / count)
        gc.enable()
    return min(times)


def right_cells(source: Source, document: list[Item]) -> tuple[int, int]:
    """How many of the document's cells were read as written, and how many there are."""
    wanted = [
        [cell[0] for cell in row if cell]
        for item in document
        if isinstance(item, TableSpec)
        for row in item.rows
    ]
    got = [
        [cell.text for cell in row]
        for block in source.blocks
        if isinstance(block, GridBlock)
        for row in block.rows
    ]
    right = sum(one == two for a, b in zip(wanted, got, strict=False) for one, two in zip(a, b, strict=False))
    return right, sum(map(len, wanted))
