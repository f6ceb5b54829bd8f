"""Measure how reading a pdf grows with its pages: a hundred pages of tables, at most 1.2 times a hundred times one page.

Run: ``uv run python benchmarks/read_pages.py [--pages 100]``. Every page holds a ruled table of its own.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from examples.formats import pdf
from examples.formats.items import Cell, Table
from read_document import READERS, seconds_of

#: So many rows fill a page.
ROWS = 28
BAR = 1.2


def tables(pages: int) -> list[Table]:
    """Return a table a page."""
    head = tuple(Cell(text) for text in ("科目编码", "科目名称", "合计", "基本支出", "项目支出"))
    return [
        Table(
            (f"支出表{page}", "部门：某局", "单位：万元"),
            (
                head,
                *(tuple(map(Cell, ("201", f"支出{at}", "120.00", "100.00", "20.00"))) for at in range(ROWS)),
            ),
        )
        for page in range(pages)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    wanted = parser.parse_args().pages
    one, many = pdf.write(tables(1)), pdf.write(tables(wanted))
    read = READERS["pdf"]
    pages = [max(block.place.page or 0 for block in read("文", data).blocks) for data in (one, many)]
    single = seconds_of(lambda: read("文", one)) / pages[0]
    whole = seconds_of(lambda: read("文", many))
    print(f"one page {single * 1000:.1f} ms, {pages[1]} pages {whole * 1000:.0f} ms")
    print(f"{whole / (single * pages[1]):.2f} times pages times one page (bar {BAR})")


if __name__ == "__main__":
    main()
