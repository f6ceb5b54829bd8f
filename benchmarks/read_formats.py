"""Time our readers against python-docx, openpyxl and pdfplumber on one generated document, every cell checked.

Run: ``uv run --with python-docx --with pdfplumber python benchmarks/read_formats.py [--factor 8]``
(the pdf is made by LibreOffice; what is not installed is left out). Ratios count, not times.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.readers.made import Item, TableSpec, as_docx, as_html, as_xlsx

from budgetlint.document import GridBlock, Source
from budgetlint.readers import docx, html, pdf, xlsx

#: A sample lasts at least this long, in seconds; the best of a few is taken.
SAMPLE, SAMPLES = 0.2, 3


def generated(factor: int) -> list[Item]:
    """A document of 14 tables, some 630 rows and 3,600 data cells, times a factor; some names wrap."""
    chance = random.Random(7)
    document: list[Item] = ["示例市示例区某局2024年部门预算"]
    header = ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "备注"]
    names = [
        "一般公共服务支出",
        "机关事业单位基本养老保险缴费支出（含职业年金缴费支出与其他社会保险缴费支出）",
        "住房公积金",
        "教育支出",
    ]
    for table in range(14):
        document += [f"第{table + 1}张示例支出表", "单位：万元"]
        rows = [[(text, 1, 1) for text in header]]
        for row in range(45 * factor):
            basic, project = chance.randrange(10**6), chance.randrange(10**6)
            figures = [f"{cents / 100:,.2f}" for cents in (basic + project, basic, project)]
            line = [f"2{table:02d}{row:04d}", chance.choice(names), *figures, "示例"]
            rows.append([(text, 1, 1) for text in line])
        document.append(TableSpec(rows))
    return document


def best(read: Callable[[], object]) -> float:
    """Seconds of one call: the best of some samples."""
    read()
    times = []
    for _ in range(SAMPLES):
        count, start = 0, time.perf_counter()
        while (elapsed := time.perf_counter() - start) < SAMPLE:
            read()
            count += 1
        times.append(elapsed / count)
    return min(times)


def right_cells(source: Source, document: list[Item]) -> str:
    """How many of the document's cells were read as written."""
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
    return f"{right}/{sum(map(len, wanted))} cells"


def to_pdf(page: bytes) -> bytes | None:
    """Print an HTML page with LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "d.html").write_bytes(page)
        for source, wanted in (("d.html", "odt"), ("d.odt", "pdf")):
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            command = [
                program,
                profile,
                "--headless",
                "--convert-to",
                wanted,
                "--outdir",
                name,
                str(folder / source),
            ]
            subprocess.run(command, capture_output=True, check=True, timeout=600)
        return (folder / "d.pdf").read_bytes()


def oracle(format: str, data: bytes) -> Callable[[], object] | None:
    """What others take to read every cell; None where their package is not installed."""
    try:
        if format == "docx":
            import docx as python_docx

            return lambda: [
                [cell.text for cell in row.cells]
                for t in python_docx.Document(io.BytesIO(data)).tables
                for row in t.rows
            ]
        if format == "xlsx":
            import openpyxl

            return lambda: [
                list(row)
                for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True)
                for row in sheet.iter_rows(values_only=True)
            ]
        if format == "pdf":
            import pdfplumber

            def pages() -> object:
                with pdfplumber.open(io.BytesIO(data)) as document:
                    return [(page.extract_tables(), page.extract_text()) for page in document.pages]

            return pages
    except ImportError:
        pass
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--factor", type=int, default=1, help="so many times the rows")
    factor = parser.parse_args().factor
    document = generated(factor)
    page = as_html(document)
    files = {"docx": as_docx(document), "xlsx": as_xlsx(document), "html": page, "pdf": to_pdf(page)}
    readers = {"docx": docx.read, "xlsx": xlsx.read, "html": html.read, "pdf": pdf.read}
    for format, data in files.items():
        if data is None:
            continue
        source = readers[format]("文", data)
        ours = best(lambda format=format, data=data: readers[format]("文", data))  # type: ignore[misc]
        other = oracle(format, data)
        theirs = (
            f", theirs {(seconds := best(other)) * 1000:.0f} ms, ratio {seconds / ours:.1f}" if other else ""
        )
        print(f"{format}: {right_cells(source, document)}, ours {ours * 1000:.0f} ms{theirs}", flush=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
