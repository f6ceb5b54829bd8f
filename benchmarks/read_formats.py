"""Time our readers against python-docx, openpyxl and pdfplumber on one generated document, every cell checked.

Run: ``uv run --with python-docx --with pdfplumber python benchmarks/read_formats.py [--factor 8]``
(the pdf is made by LibreOffice; what is not installed is left out). Ours read to blocks with places, a workbook's
figures as its formats print them; theirs read the text of every cell, openpyxl the stored value of every cell in its
ordinary mode. Ratios of processor time count, not times.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable

from read_document import READERS, files, generated, right_cells, seconds_of

#: How many times as fast as the other library a reader is to be; docx is to be no slower than it was.
BARS = {"docx": 4, "xlsx": 5, "pdf": 13}


def oracle(format: str, data: bytes) -> tuple[str, Callable[[], object]] | None:
    """What others take to read every cell; None where their package is not installed."""
    try:
        if format == "docx":
            import docx

            return "python-docx", lambda: [
                [cell.text for cell in row.cells]
                for table in docx.Document(io.BytesIO(data)).tables
                for row in table.rows
            ]
        if format == "xlsx":
            import openpyxl

            return "openpyxl", lambda: [
                list(row)
                for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True)
                for row in sheet.iter_rows(values_only=True)
            ]
        if format == "pdf":
            import pdfplumber

            def pages() -> object:
                with pdfplumber.open(io.BytesIO(data)) as document:
                    return [(page.extract_tables(), page.extract_text()) for page in document.pages]

            return "pdfplumber", pages
    except ImportError:
        pass
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--factor", type=int, default=1, help="so many times the rows")
    document = generated(parser.parse_args().factor)
    print(f"{'format':<8}{'cells right':>16}{'ours':>10}{'theirs':>10}{'ratio':>8}{'bar':>6}")
    for format, data in files(document).items():
        read = READERS[format]
        right, of = right_cells(read("文", data), document)
        ours = seconds_of(lambda read=read, data=data: read("文", data))  # type: ignore[misc]
        line = f"{format:<8}{f'{right}/{of}':>16}{ours * 1000:>7.1f} ms"
        other = oracle(format, data)
        if other is not None:
            theirs = seconds_of(other[1], collecting=True)
            line += f"{theirs * 1000:>7.0f} ms{theirs / ours:>7.1f}x{BARS[format]:>5}x  {other[0]}"
        print(line, flush=True)


if __name__ == "__main__":
    main()
