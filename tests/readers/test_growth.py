"""Readers take time in proportion to what they read: no loop over all cells for each cell."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from tests.readers.made import Item, as_docx, as_html, as_text, as_xlsx, cells

from budgetlint.document import Source
from budgetlint.readers import docx, html, text, xlsx

#: Eight times the rows may take ten times the time; the rest is for what else the machine does meanwhile.
TIMES, MOST = 8, 20


def document(rows: int) -> list[Item]:
    figures = [(f"2{row:04d}", "示例支出", f"{row}.00", "0.00") for row in range(rows)]
    return ["示例表", cells(("编码", "名称", "合计", "备注"), *figures)]


def seconds(read: Callable[[str, bytes], Source], data: bytes) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        read("文", data)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize(
    ("read", "write"),
    [(text.read, as_text), (docx.read, as_docx), (xlsx.read, as_xlsx), (html.read, as_html)],
    ids=["text", "docx", "xlsx", "html"],
)
def test_time_grows_with_the_cells(
    read: Callable[[str, bytes], Source], write: Callable[[list[Item]], bytes]
) -> None:
    small, large = (seconds(read, write(document(rows))) for rows in (150, 150 * TIMES))
    assert large < MOST * small + 0.02
