"""Nest rows: by code prefix, by the outline of labels, by 其中 and indentation, under subtotals and units."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.document import Column, Role, Row, RowKind
from budgetlint.document.nesting import parents_by_code
from budgetlint.document.text import bare_label, numbering_depth, numbering_of, squeeze
from budgetlint.normalise.tables.grids import Line
from budgetlint.normalise.tables.row_sums import nest_by_sums

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
            listed = any(kinds[i] is RowKind.SUBTOTAL for i in members)
            outline = _Outline(rows=rows, lines=lines, columns=columns, listed=listed)
            for index in members:
                outline.read(index)
                parents[index] = outline.parents[index]
            for index in outline.among_too:
                kinds[index] = RowKind.AMONG
        _by_unit_code(rows, members, parents)
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


class _Among(Struct, frozen=True):
    """A row that 其中 begins: how far right its label stands, and the depth of a number after 其中."""

    index: int
    indent: int
    depth: int | None


class _Outline(Struct, kw_only=True):
    """Nests rows without codes by 一、 / （一） / 1. / 其中, by indentation after 其中, and by numbering that starts anew.

    Attributes:
        listed: there are 小计, under each of which details may repeat.
        parents: what was found: the parent of every row read.
        among_too: rows that go on with what a row of 其中 began.
    """

    rows: Sequence[Row]
    lines: Sequence[Printed]
    columns: Sequence[Column]
    listed: bool
    parents: dict[int, int | None] = field(default_factory=dict)
    among_too: set[int] = field(default_factory=set)
    _above: dict[int, int] = field(
        default_factory=dict
    )  # the last row of each depth, -1 for one without a number
    _first: dict[str, int] = field(default_factory=dict)  # the first row of each name
    _numbers: set[str] = field(default_factory=set)  # numbers printed so far
    _counted_anew: int | None = None  # the row below which they began again
    _header: int | None = None
    _among: _Among | None = None
    _steps: list[tuple[int, int]] = field(
        default_factory=list
    )  # rows, each further right, and where each ends

    def read(self, index: int) -> None:
        """Find the parent of the next row."""
        row, label = self.rows[index], squeeze(self.rows[index].label)
        depth, name = numbering_depth(label), bare_label(label)
        self.parents[index] = None
        if self._is_step(index, depth):
            return
        if row.kind is RowKind.AMONG:
            self.parents[index] = max(self._above.values(), default=None)
            self._among = _Among(index, self._indent(index), numbering_depth(_AMONG.sub("", label)))
        elif self._among is not None and self._goes_on(self._among, index, depth, name):
            self.parents[index] = self.parents[self._among.index]
            self.among_too.add(index)
        else:
            self._among = None
            if row.kind is not RowKind.DATA:
                self._above, self._header = {}, None
            elif depth is None:
                self._read_plain(index, name)
            else:
                self._read_numbered(index, depth, name)
        self._first.setdefault(name, index)

    def _is_step(self, index: int, depth: int | None) -> bool:
        """Put a row whose words begin right of all that a row above prints under it: levels in columns of their own."""
        figures = min(
            (i for i in self.rows[index].cells if self.columns[i].role is Role.AMOUNT), default=None
        )
        printed = [i for i in self._worded(index) if figures is None or i < figures]
        if self.rows[index].kind is not RowKind.DATA or not printed:
            self._steps = []
            return False
        while self._steps and (depth is not None or printed[0] <= self._steps[-1][1]):
            self._steps.pop()
        self.parents[index] = self._steps[-1][0] if self._steps else None
        self._steps.append((index, printed[-1]))
        return len(self._steps) > 1

    def _goes_on(self, among: _Among, index: int, depth: int | None, name: str) -> bool:
        """Tell whether a row goes on with what a row of 其中 began: by its number, as far right, by its name."""
        if self.rows[index].kind is not RowKind.DATA:
            return False  # a 小计 adds up what stands above it
        if depth is not None:
            return depth == among.depth
        return self._indent(index) >= among.indent > 0 or _alike(
            name, bare_label(self.rows[among.index].label)
        )

    def _read_plain(self, index: int, name: str) -> None:
        last = self._above[max(self._above)] if self._above else None
        if last is not None and self._indent(index) > self._indent(last) + 1:
            self.parents[index] = last
            return
        first = self._first.get(name)
        heads = [
            head
            for head in (self._header, *self._above.values())
            if head is not None and bare_label(self.rows[head].label) != name
        ]
        if first is None or not heads or self.listed:
            self._header = index
            self._above = {-1: index}
        else:
            self.parents[index] = max([head for head in heads if head > first] or heads)

    def _read_numbered(self, index: int, depth: int, name: str) -> None:
        self._above = {level: row for level, row in self._above.items() if level < depth}
        number = numbering_of(squeeze(self.rows[index].label))
        if self._above:
            above = max(self._above)
            head = self._above[above]
            # 一、 again below a row without a number (上年结转) counts that row's parts, whatever they are called.
            anew = number in self._numbers or head == self._counted_anew
            if above >= 0 or name in self._first or anew:
                self.parents[index] = head
            if above < 0 and anew:
                self._counted_anew = head
        self._numbers.add(number)
        self._above[depth] = index

    def _worded(self, index: int) -> list[int]:
        """Return the columns in which a row prints words."""
        row = self.rows[index]
        cells = self.lines[row.line].cells
        return [i for i in row.cells if self.columns[i].role in _LABELS and cells[i].text.strip()]

    def _indent(self, index: int) -> int:
        row = self.rows[index]
        cells = self.lines[row.line].cells
        printed = (cells[i].text for i in row.cells if cells[i].text.strip() == row.label)
        text = next(printed, "")
        return len(text) - len(text.lstrip(" \u3000\t"))


def _alike(name: str, other: str) -> bool:
    """Tell whether an unnumbered row goes on with what 其中 began: 公务用车购置费, then 公务用车运行费."""
    return len(name) > _SHARED and name[:_SHARED] == other[:_SHARED]


def _by_unit_code(rows: Sequence[Row], members: Sequence[int], parents: list[int | None]) -> None:
    """Make a unit's row a part of the row above it whose code its own begins with: 122001 stands under 122."""
    units = [i for i in members if rows[i].kind is RowKind.SUBTOTAL and rows[i].code]
    for at, index in enumerate(units):
        if parents[index] is None:
            own = rows[index].code or ""
            above = (
                i for i in reversed(units[:at]) if own.startswith(rows[i].code or own) and own != rows[i].code
            )
            parents[index] = next(above, None)


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
