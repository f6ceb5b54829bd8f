"""Draws a table: its head with merged cells, the blocks that stand side by side, the parts of a form one below another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from budgetlint.checking.checks.sensitive import mask
from budgetlint.checking.judging.masking import masked_under
from budgetlint.document import Column, Role, Row, RowKind, Table
from budgetlint.document.text import squeeze
from budgetlint.results.drawing import Band, DrawnCell, DrawnRow

#: The number of a figure by its row and column in the table, None for what is no figure.
Numbered = Callable[[int, int], "int | None"]
_LABEL = -1


def bands_of(table: Table, numbered: Numbered) -> tuple[tuple[Band, ...], dict[int, int]]:
    """Return a table's bands, and for every row of the table the number of the line it is drawn on."""
    lines: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(table.rows):
        lines[row.line].append(number)
    bands = []
    drawn: dict[int, int] = {}
    at = 0
    for columns, members in _cut(table, lines):
        for line in members:
            drawn.update(dict.fromkeys(lines[line], at))
            at += 1
        bands.append(_band(table, columns, [lines[line] for line in members], numbered))
    if not bands and table.columns:
        order = list(range(len(table.columns)))
        bands.append(Band(_head(table.columns, order), (), len(order)))
    return tuple(bands), drawn


def _cut(table: Table, lines: dict[int, list[int]]) -> Iterable[tuple[list[int], list[int]]]:
    """Cut a table into bands: a line that lacks columns of those above it and has others begins a new one."""
    found: list[tuple[set[int], list[int]]] = []
    for line, rows in sorted(lines.items()):
        has = {column for row in rows for column in table.rows[row].cells}
        if found and (has <= found[-1][0] or has >= found[-1][0]):
            found[-1][0].update(has)
            found[-1][1].append(line)
        else:
            found.append((has, [line]))
    whole = len(found) == 1
    for columns, members in found:
        order = list(range(len(table.columns))) if whole else _printed_order(table, columns, members, lines)
        if _labels_apart(table, [row for line in members for row in lines[line]]):
            order.insert(0, _LABEL)
        yield order, members


def _printed_order(
    table: Table, columns: set[int], members: Sequence[int], lines: dict[int, list[int]]
) -> list[int]:
    """Sort the columns of a form's part as they are printed, where the format says so."""
    stand: dict[int, list[int]] = {column: [] for column in columns}
    for line in members:
        for number in lines[line]:
            for column, cell in table.rows[number].cells.items():
                if cell.place.grid_column is not None:
                    stand[column].append(cell.place.grid_column)
    if not all(stand.values()):
        return sorted(columns)
    return sorted(columns, key=lambda column: (sum(stand[column]) / len(stand[column]), column))


def _labels_apart(table: Table, rows: Sequence[int]) -> bool:
    """Tell whether rows have labels that stand in none of their columns."""
    return any(
        row.label
        and squeeze(row.label)
        not in {squeeze(cell.text) for column, cell in row.cells.items() if _words(table.columns[column])}
        for row in (table.rows[number] for number in rows)
    ) and not any(table.columns[column].role is Role.NAME for row in rows for column in table.rows[row].cells)


def _words(column: Column) -> bool:
    return column.role in (Role.NAME, Role.TEXT, Role.CODE)


def _band(table: Table, order: list[int], lines: Sequence[Sequence[int]], numbered: Numbered) -> Band:
    rows = tuple(
        _row(table, order, [(number, table.rows[number]) for number in line], numbered) for line in lines
    )
    return Band(_head(table.columns, order), rows, len(order))


def _row(table: Table, order: list[int], rows: Sequence[tuple[int, Row]], numbered: Numbered) -> DrawnRow:
    cells = {column: (number, cell) for number, row in rows for column, cell in row.cells.items()}
    drawn = []
    for column in order:
        if column == _LABEL:
            drawn.append(DrawnCell(mask(rows[0][1].label), "name"))
        elif column in cells:
            number, cell = cells[column]
            head = table.columns[column]
            text = masked_under(cell.text, "".join(head.path), table.rows[number].label)
            drawn.append(DrawnCell(text, head.role.value, figure=numbered(number, column)))
        else:
            drawn.append(DrawnCell(""))
    kinds = {row.kind for _, row in rows}
    return DrawnRow(
        tuple(drawn), rows[0][1].level, RowKind.TOTAL in kinds and kinds <= {RowKind.TOTAL, RowKind.SUBTOTAL}
    )


def _head(columns: Sequence[Column], order: Sequence[int]) -> tuple[tuple[DrawnCell, ...], ...]:
    """Return the printed head: a step that neighbours share spans them, the last step of a short path reaches down."""
    paths = [columns[column].path if column != _LABEL else ("",) for column in order]
    deep = max((len(path) for path in paths), default=0)
    lines = []
    for level in range(deep):
        line = []
        at = 0
        while at < len(order):
            path = paths[at]
            if level >= max(len(path), 1):
                at += 1
                continue
            last = level == len(path) - 1 or not path
            end = at + 1
            while not last and end < len(order) and _same_step(columns, order, paths, at, end, level):
                end += 1
            text = path[level] if path else ""
            line.append(DrawnCell(mask(text), "head", end - at, deep - level if last else 1))
            at = end
        lines.append(tuple(line))
    return tuple(lines)


def _same_step(
    columns: Sequence[Column],
    order: Sequence[int],
    paths: Sequence[tuple[str, ...]],
    one: int,
    other: int,
    level: int,
) -> bool:
    if _LABEL in (order[one], order[other]) or columns[order[one]].group != columns[order[other]].group:
        return False
    mine, its = paths[one], paths[other]
    return len(its) > level + 1 and mine[: level + 1] == its[: level + 1]
