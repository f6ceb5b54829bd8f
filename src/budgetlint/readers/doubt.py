"""Tell of a grid whose columns were found by alignment whether what it holds fits them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetlint.document import GridCell
from budgetlint.document.amount import parse_number

#: Words so far apart stand in two columns.
_APART = re.compile(r"\S {3,}\S")
#: A name with an amount run into it.
_RUN_IN = re.compile(r"[一-鿿]\d[\d,]*\.\d\d(?!\d|[%％])")
#: An amount among words of one cell: 合计 12.50.
_AMOUNT = re.compile(r"[-−]?\d[\d,]*\.\d+")


def ill_fitting(rows: Sequence[Sequence[GridCell]]) -> bool:
    """Tell whether some cell holds what stands in two columns or two rows, or a figure lies across two columns."""
    return any(
        _two(cell.text.strip()) or (cell.column_span > 1 and parse_number(cell.text.strip()) is not None)
        for row in rows
        for cell in row
    )


def headless(rows: Sequence[Sequence[GridCell]]) -> bool:
    """Tell whether a grid begins with a row of amounts: its header, or the rows before these, went elsewhere."""
    return bool(rows) and any(_AMOUNT.fullmatch(cell.text.strip()) for cell in rows[0])


def _two(text: str) -> bool:
    """Tell whether the text of one cell is that of two: two figures, words far apart, an amount beside words."""
    words = text.split()
    if len(words) < 2:
        return bool(_RUN_IN.search(text))
    figures = sum(parse_number(word) is not None for word in words)
    return (
        figures > 1 or bool(_APART.search(text) or _RUN_IN.search(text)) or any(map(_AMOUNT.fullmatch, words))
    )
