"""Fold the header rows of a grid into one path a column, whatever they merge, repeat or leave out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from budgetlint.document.text import squeeze
from budgetlint.normalise.printed.cells import (
    CODE_PARTS,
    code_like,
    figure,
    firm_figure,
    number_printed,
    numbered,
    ordinal_head,
    ordinal_row,
    subtotal_like,
    total_like,
)
from budgetlint.normalise.tables.grids import Line, texts
from budgetlint.normalise.tables.header_spans import TOTALS, widened

#: How labels of columns of codes and their names end.
_OF_CODES = ("编码", "代码", "科目名称")


def header_depth(lines: Sequence[Line]) -> int:
    """Return how many lines at the top are header lines (栏次 included)."""
    ordinals = next((i for i, line in enumerate(lines[:8]) if ordinal_row([c.text for c in line])), None)
    if ordinals and not any(_figures(line) for line in lines[:ordinals]):
        return ordinals + 1
    depth = 0
    while depth < min(len(lines), 8) and not _is_body(lines, depth):
        depth += 1
    # Where no line is told from a header, the list is one of words.
    return depth if depth < len(lines) and _is_body(lines, depth) else _covering(lines)


def _figures(line: Line) -> int:
    return sum(firm_figure(cell.text) for cell in line)


def _is_body(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    printed = texts(line)
    if not printed:
        return index > 0
    if any(firm_figure(text) for text in printed):
        return True
    first = printed[0]
    if code_like(first) or numbered(first):
        return True
    if index and any(figure(text) for text in printed[1:]):
        return True
    if index and len(printed) == 1 and total_like(first):
        return True
    if index and squeeze(first).isdigit() and any(ordinal_head(text) for text in texts(lines[0])[:1]):
        return True
    total_first = index and total_like(first) and len(printed) <= 2 and not subtotal_like(first)
    return bool(total_first) and len(texts(lines[0])) > 2 and _label_column(lines, index)


def _label_column(lines: Sequence[Line], index: int) -> bool:
    """True where the first printed cell of a line stands under a header that names items."""
    column = next(i for i, cell in enumerate(lines[index]) if cell.text.strip())
    above = [squeeze(line[column].text) for line in lines[:index] if column < len(line)]
    return any("项目" in words or "名称" in words or "科目" in words or "单位" in words for words in above)


def _covering(lines: Sequence[Line]) -> int:
    """Return the least number of lines that name every column; for tables of words without a figure."""
    width = max(len(line) for line in lines)
    named: set[int] = set()
    for depth, line in enumerate(lines[:4], 1):
        named |= {i for i, cell in enumerate(line) if cell.text.strip() or cell.covered}
        if len(named) == width or len(line) < width or not any(cell.text.strip() for cell in line):
            tallest = max(at + cell.row_span for at, above in enumerate(lines[:depth]) for cell in above)
            return max(depth, tallest) if len(line) == width else min(depth + 1, len(lines))
    return 1


def parted(lines: Sequence[Line]) -> list[Line]:
    """Part a line that prints the lowest header labels and the first row of the body side by side: 类 款 项 合计 9.00."""
    for at, line in enumerate(lines[:8]):
        cut = next((i for i, cell in enumerate(line) if total_like(cell.text)), 0)
        before = [squeeze(cell.text) for cell in line[:cut] if cell.text.strip()]
        heads = before and all(word in CODE_PARTS or word.endswith(_OF_CODES) for word in before)
        if at and heads and any(firm_figure(cell.text) for cell in line[cut + 1 :]):
            header = tuple(cell if i < cut else cell._replace(text="") for i, cell in enumerate(line))
            body = tuple(cell._replace(text="") if i < cut else cell for i, cell in enumerate(line))
            return [*lines[:at], header, body, *lines[at + 1 :]]
    return list(lines)


def fold(lines: Sequence[Line], width: int, spans_known: bool) -> tuple[tuple[str, ...], ...]:
    """Return the path of each of ``width`` columns from the header lines (栏次 lines are ignored)."""
    rows = [named for line in lines if texts(named := _without_ordinals(line))]
    if spans_known:
        labels = [_filled(rows, index, width) for index in range(len(rows))]
    else:
        printed = [[cell.text.strip() for cell in line] for line in rows]
        labels = _spread(widened(printed, width), width)
    return tuple(_path([row[column] for row in labels]) for column in range(width))


def column_numbers(lines: Sequence[Line], width: int, spans_known: bool) -> tuple[int | None, ...]:
    """Return what the 栏次 line of a header prints for each of ``width`` columns.

    A shorter line without known spans does not tell which column a number stands under, nor does one that repeats a
    number: then no column has one.
    """
    line = next((line for line in lines if ordinal_row([cell.text for cell in line])), ())
    if len(line) != width and not (spans_known and line):
        return (None,) * width
    numbers = [number_printed(cell.text) for cell in line][:width]
    printed = [number for number in numbers if number is not None]
    if len(set(printed)) != len(printed):
        return (None,) * width
    return (*numbers, *(None,) * (width - len(numbers)))


def _without_ordinals(line: Line) -> Line:
    """Return a 栏次 line with nothing but the 类 款 项 it may print; any other line as it is."""
    if not ordinal_row([cell.text for cell in line]):
        return line
    return tuple(cell if squeeze(cell.text) in CODE_PARTS else cell._replace(text="") for cell in line)


def _path(steps: Sequence[str]) -> tuple[str, ...]:
    path: list[str] = []
    for step in steps:
        words = squeeze(step)
        if words and (not path or path[-1] != words):
            path.append(words)
    # The 合计 of the first body line, printed beside the lowest header line, is no column under 科目编码 or 科目名称.
    if len(path) > 1 and path[-1] in TOTALS and path[-2].endswith(("编码", "名称")):
        path.pop()
    return tuple(path)


def _filled(rows: Sequence[Line], index: int, width: int) -> list[str]:
    """Write the text of every merged cell of known span over all its columns."""
    labels = [""] * width
    for row_index, row in enumerate(rows[: index + 1]):
        for column, cell in enumerate(row[:width]):
            if not cell.covered and row_index + max(cell.row_span, 1) > index:
                for covered in range(column, min(column + max(cell.column_span, 1), width)):
                    labels[covered] = cell.text.strip()
    return labels


# -- headers without known spans -----------------------------------------------------------------------------------


def _spread(rows: list[list[str]], width: int) -> list[list[str]]:
    """Let merged labels cover the blanks to their right that have something below them."""
    rows = _under_merged([list(row) for row in rows], width)
    for index in range(len(rows) - 1):
        _snap(rows, index, width)
    starts = [[0] * width]
    for index in range(len(rows)):
        if index:
            _unshift(rows, index, starts[-1], width)
        row = rows[index]
        parents = starts[-1]
        begins = list(range(width))
        for column in range(1, width):
            if row[column] or parents[column] != parents[column - 1]:
                continue
            left = begins[column - 1]
            if row[left] and (_named_below(rows, index, column) or not _named(rows, column)):
                begins[column] = left
        starts.append(begins)
        rows[index] = [row[begins[column]] for column in range(width)]
    return rows


def _under_merged(rows: list[list[str]], width: int) -> list[list[str]]:
    """Put the labels of the lowest row back under the merged labels where it moved to the left as a whole.

    No label can stand under one that heads a single column, nor under a 小计; where some do, and as many labels are printed from there
    on as the merged labels of the row above have columns, they belong there.
    """
    if len(rows) < 3:
        return rows
    *above, over, low = rows
    single = [c for c in range(width - 1) if above[0][c] and above[0][c + 1] and not over[c]]
    summed = [c for c in range(width) if squeeze(over[c]) in TOTALS]
    astray = sorted(c for c in {*single, *summed} if low[c] and not any(row[c] for row in above[1:]))
    if not astray:
        return rows
    labels = [low[c] for c in range(astray[0], width) if low[c]]
    heads = [c for c in range(width) if over[c]] + [width]
    slots = [c for start, end in pairwise(heads) if end > start + 1 for c in range(start, end)]
    if len(slots) != len(labels) or slots[0] <= astray[0]:
        return rows
    moved = [label if c < astray[0] else "" for c, label in enumerate(low)]
    for column, label in zip(slots, labels, strict=True):
        moved[column] = label
    return [*above, over, moved]


def _named_below(rows: list[list[str]], index: int, column: int) -> bool:
    return any(row[column] for row in rows[index + 1 :])


def _named(rows: list[list[str]], column: int) -> bool:
    return any(row[column] for row in rows)


def _snap(rows: list[list[str]], index: int, width: int) -> None:
    """Move a parent label that starts inside the last child of its left neighbour to its own first child."""
    if index + 2 > len(rows) - 1:
        return
    row, below, deep = rows[index], rows[index + 1], rows[index + 2]
    for column in range(1, width):
        if not row[column] or below[column] or not deep[column] or not below[column - 1]:
            continue
        target = next((c for c in range(column + 1, width) if below[c] or row[c]), None)
        if target is not None and below[target] and not row[target] and squeeze(below[target]) in TOTALS:
            row[column], row[target] = "", row[column]


def _unshift(rows: list[list[str]], index: int, parents: list[int], width: int) -> None:
    """Put back a header row that was pushed to the left: its labels belong under the merged parents."""
    row = rows[index]
    printed = [column for column in range(width) if row[column]]
    merged = [
        column
        for column in range(width)
        if any(
            other != column and parents[other] == parents[column]
            for other in (column - 1, column + 1)
            if 0 <= other < width
        )
    ]
    if index == 1 and parents == [0] * width:
        return
    astray = [column for column in printed if column not in merged]
    if (
        astray
        and len(printed) == len(merged)
        and index == len(rows) - 1
        and printed == list(range(len(printed)))
    ):
        labels = [row[column] for column in printed]
        rows[index] = [""] * width
        for column, label in zip(merged, labels, strict=True):
            rows[index][column] = label
