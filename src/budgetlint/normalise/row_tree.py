"""Nest rows: by code prefix, by the outline of labels, by 其中 and indentation, under subtotals and units."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.document import Column, GridCell, Role, Row, RowKind
from budgetlint.document.nesting import parents_by_code
from budgetlint.document.text import bare_label, numbering_depth, squeeze
from budgetlint.normalise.grids import Line
from budgetlint.normalise.row_sums import nest_by_sums

#: So many characters in common are no accident: 公务用车.
_SHARED = 4
_LABELS = (Role.NAME, Role.TEXT, Role.CODE)
_AMONG = re.compile(r"^其中[:：]?")


class Printed(Struct, frozen=True):
    """A body line as aligned: its cells by column, and columns whose cells could not be placed for certain."""

    cells: Line
    unsure: frozenset[int] = frozenset()


def treed(rows: list[Row], lines: Sequence[Printed], columns: Sequence[Column]) -> tuple[Row, ...]:
    """Return the rows with their parents, paths and levels."""
    parents: list[int | None] = [None] * len(rows)
    kinds = [row.kind for row in rows]
    for group in sorted({row.group for row in rows}):
        members = [i for i, row in enumerate(rows) if row.group == group]
        coded = sum(rows[i].code is not None for i in members)
        if coded * 2 >= len(members):
            for index, parent in parents_by_code(rows, members).items():
                parents[index] = parent
        else:
            _by_outline(rows, members, parents, kinds, lines, columns)
        _by_subtotal(rows, members, parents)
        if coded * 2 < len(members):
            nested = [replace(row, kind=kind) for row, kind in zip(rows, kinds, strict=True)]
            nest_by_sums(nested, members, parents, columns)
    blocks = _block_labels(columns)
    traced: dict[int, tuple[tuple[str, ...], int]] = {}
    return tuple(
        replace(row, path=path, level=level, parent=parents[index], kind=kinds[index])
        for index, row in enumerate(rows)
        for path, level in [_trace(index, rows, parents, blocks, traced)]
    )


def _trace(
    index: int,
    rows: Sequence[Row],
    parents: Sequence[int | None],
    blocks: dict[int, str],
    traced: dict[int, tuple[tuple[str, ...], int]],
) -> tuple[tuple[str, ...], int]:
    """Return a row's path and depth; a parent may stand above or below its parts."""
    if index not in traced:
        row, parent = rows[index], parents[index]
        if parent is None:
            head = blocks.get(row.group)
            traced[index] = (((head, row.label) if head else (row.label,)), 0)
        else:
            path, level = _trace(parent, rows, parents, blocks, traced)
            traced[index] = ((*path, row.label), level + 1)
    return traced[index]


def _block_labels(columns: Sequence[Column]) -> dict[int, str]:
    """Return the header that spans each block of a side-by-side table (收入, 支出)."""
    groups: dict[int, list[Column]] = {}
    for column in columns:
        if column.role is not Role.ORDINAL or len(column.path) > 1:
            groups.setdefault(column.group, []).append(column)
    if len(groups) < 2:
        return {}
    heads = {
        group: members[0].path[0]
        for group, members in groups.items()
        if len({column.path[:1] for column in members}) == 1 and len(members[0].path) > 1
    }
    taken: set[str] = set()
    for group, head in heads.items():
        heads[group] = groups[group][0].label if head in taken else head
        taken.add(head)
    return heads


def _by_outline(
    rows: list[Row],
    members: Sequence[int],
    parents: list[int | None],
    kinds: list[RowKind],
    lines: Sequence[Printed],
    columns: Sequence[Column],
) -> None:
    """Nest by 一、 / （一） / 1. / 其中, by indentation after 其中, and by numbering that starts anew."""
    above: dict[int, int] = {}
    bare: dict[str, int] = {}
    listed = any(
        rows[index].kind is RowKind.SUBTOTAL for index in members
    )  # details may repeat under each 小计
    header: int | None = None
    among: tuple[int, int, int | None] | None = None
    step: tuple[int, int] | None = None  # a row of one word: what begins further right stands under it
    for index in members:
        row, words = rows[index], squeeze(rows[index].label)
        depth = numbering_depth(words)
        name, indent = bare_label(words), _indent(lines[row.line], row, columns)
        printed = _words(lines[row.line], row, columns)
        if step is not None and row.kind is RowKind.DATA and depth is None and printed[:1] > [step[1]]:
            parents[index] = step[0]
            continue
        step = (index, printed[0]) if len(printed) == 1 and row.kind is RowKind.DATA else None
        if row.kind is RowKind.AMONG:
            parents[index] = max(above.values(), default=None)
            among = (indent, index, numbering_depth(_AMONG.sub("", words)))
        elif among is not None and (
            depth == among[2]
            if depth is not None
            else indent >= among[0] > 0 or _alike(name, bare_label(rows[among[1]].label))
        ):
            parents[index], kinds[index] = parents[among[1]], RowKind.AMONG
        elif row.kind is not RowKind.DATA:
            above, header, among = {}, None, None
        elif (
            depth is None
            and above
            and indent > _indent(lines[rows[(last := above[max(above)])].line], rows[last], columns) + 1
        ):
            parents[index], among = last, None
        elif depth is None:
            first = bare.get(name)
            heads = [head for head in (header, *above.values()) if head is not None and head != first]
            after = [head for head in heads if first is not None and head > first]
            repeated = first is not None and bool(heads) and not listed
            parents[index] = max(after or heads) if repeated else None
            if not repeated:
                header = index
                above = {-1: index}
            among = None
        else:
            above = {level: row for level, row in above.items() if level < depth}
            if above:
                parents[index] = above[max(above)] if (max(above) >= 0 or name in bare) else None
            above[depth] = index
            among = None
        bare.setdefault(name, index)


def _alike(name: str, other: str) -> bool:
    """Tell whether an unnumbered row goes on with what 其中 began: 公务用车购置费, then 公务用车运行费."""
    return len(name) > _SHARED and name[:_SHARED] == other[:_SHARED]


def _words(line: Printed, row: Row, columns: Sequence[Column]) -> list[int]:
    """Return the columns in which a row prints words."""
    return [i for i in row.cells if columns[i].role in _LABELS and line.cells[i].text.strip()]


def _indent(line: Printed, row: Row, columns: Sequence[Column]) -> int:
    cell: GridCell | None = next(
        (line.cells[i] for i in row.cells if line.cells[i].text.strip() == row.label), None
    )
    text = cell.text if cell is not None else ""
    return len(text) - len(text.lstrip(" \u3000\t"))


def _by_subtotal(rows: list[Row], members: Sequence[int], parents: list[int | None]) -> None:
    """Make 小计 and unit rows the parents of the details that follow (or, where details come first, precede) them."""
    marks = [i for i in members if rows[i].kind is RowKind.SUBTOTAL]
    details = [i for i in members if rows[i].kind in (RowKind.DATA, RowKind.AMONG)]
    if not marks or not details:
        return
    leading = marks[0] < details[0]
    for index in details:
        if parents[index] is None:
            parents[index] = (
                max((mark for mark in marks if mark < index), default=None)
                if leading
                else min((mark for mark in marks if mark > index), default=None)
            )
