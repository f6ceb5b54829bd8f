"""Tell of a grid whose columns were found by alignment whether what it holds fits them."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from budgetlint.document import GridCell
from budgetlint.document.amount import parse_number

#: Words so far apart stand in two columns.
_APART = re.compile(r"\S {3,}\S")
#: A name with an amount run into it, or an amount with a name.
_RUN_IN = re.compile(
    r"[一-鿿]\d[\d,]*\.\d\d(?!\d|[%％])|^[-−]?\d[\d,]*\.\d\d(?![万亿千百]?元)[一-鿿][一-鿿、]"
)
#: A code alone, and one with words around it.
_CODE = re.compile(r"\d{3,7}")
_FEWEST = 3
#: An amount among words of one cell: 合计 12.50.
_AMOUNT = re.compile(r"[-−]?\d[\d,]*\.\d+")


def ill_fitting(rows: Sequence[Sequence[GridCell]]) -> bool:
    """Tell whether something does not fit: a cell of two, a figure across two columns, one column read as two."""
    cells = [cell for row in rows for cell in row]
    if any(_two(cell.text.strip()) or (cell.column_span > 1 and _is_figure(cell)) for cell in cells):
        return True
    printed = {cell.text.strip() for cell in cells}
    if any(_labels_together(cell.text.split(), printed) for cell in cells):
        return True
    columns = [[row[at] for row in rows if at < len(row)] for at in range(max(map(len, rows), default=0))]
    return any(map(_names_among_codes, columns)) or any(
        _one_column(left, right) for left, right in pairwise(columns)
    )


def _labels_together(words: Sequence[str], printed: Set[str]) -> bool:
    """Tell whether the words of one cell are several that stand in cells of their own elsewhere: a header run together."""
    return len(words) > 1 and len({*words} & printed) > 1


def _names_among_codes(column: Sequence[GridCell]) -> bool:
    """Tell whether a column of codes has one with a name run into it."""
    texts = [cell.text.strip() for cell in column if cell.text.strip()]
    codes = [text for text in texts if _CODE.fullmatch(text)]
    mixed = [text for text in texts if text not in codes and _CODE.search(text)]
    return len(codes) >= _FEWEST and bool(mixed)


def _one_column(left: Sequence[GridCell], right: Sequence[GridCell]) -> bool:
    """Tell whether two columns are one whose figures are not set alike: one has no label, and no row prints both."""
    amounts = [[bool(_AMOUNT.fullmatch(cell.text.strip())) for cell in column] for column in (left, right)]
    if len(left) != len(right) or not all(map(any, amounts)) or any(map(all, zip(*amounts, strict=True))):
        return False
    start = min(ones.index(True) for ones in amounts)
    return any(
        not any(cell.text.strip() or cell.covered for cell in column[:start]) for column in (left, right)
    )


def _is_figure(cell: GridCell) -> bool:
    return parse_number(cell.text.strip()) is not None


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
