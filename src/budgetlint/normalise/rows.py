"""Read body lines into rows: code, label, kind, and the tree that codes, numbering and subtotals give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from budgetlint.document import Amount, Cell, Column, GridCell, Role, Row, RowKind
from budgetlint.document.text import bare_label, squeeze
from budgetlint.normalise.cells import amount_in, code_like, subtotal_like, total_like, unit_in
from budgetlint.normalise.grids import Line

_PART = re.compile(r"^[类款项目]$")
_UNIT_CODE = re.compile(r"(?:单位|部门)(?:代码|编码)")
_AMONG = re.compile(r"^其中[:：]?")
_OUTLINE = (
    re.compile(r"^[一二三四五六七八九十]+[、.．]"),
    re.compile(r"^\([一二三四五六七八九十]+\)"),
    re.compile(r"^\d{1,2}[、.．](?!\d)"),
    re.compile(r"^\(\d{1,2}\)"),
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A body line as aligned: its cells by column, and columns whose cells could not be placed for certain."""

    cells: Line
    unsure: frozenset[int] = frozenset()


def read_rows(
    lines: Sequence[Printed], columns: Sequence[Column], unit: str | None, title: str
) -> tuple[Row, ...]:
    """Return the rows of a table, block by block within each line."""
    rows: list[Row] = []
    groups = max((column.group for column in columns), default=0) + 1
    for number, line in enumerate(lines):
        for group in range(groups):
            members = [i for i, column in enumerate(columns) if column.group == group and i < len(line.cells)]
            shown = [i for i in members if columns[i].role is not Role.ORDINAL and line.cells[i].text.strip()]
            if shown or (groups == 1 and any(line.cells[i].text.strip() for i in members)):
                rows.append(_row(number, group, members, line, columns, unit, title))
    return _treed(rows, lines, columns)


def _row(
    number: int,
    group: int,
    members: Sequence[int],
    line: Printed,
    columns: Sequence[Column],
    unit: str | None,
    title: str,
) -> Row:
    code, is_unit = _code(members, line.cells, columns)
    label = _label(members, line.cells, columns)
    place = next((line.cells[i].place for i in members), line.cells[0].place).within(
        table=title, row=label or code
    )
    last = line.cells[members[-1]].place if members else place
    cells = {i: _cell(line, i, columns[i], unit, label, code, title) for i in members}
    return Row(
        number,
        group,
        label,
        (),
        cells,
        code=code,
        kind=_kind(label, is_unit, code, cells, any(columns[i].role is Role.NAME for i in members)),
        place=place.within(end_line=last.end_line, cell=None, grid_column=None),
    )


def _cell(
    line: Printed, index: int, column: Column, unit: str | None, label: str, code: str | None, title: str
) -> Cell:
    source = line.cells[index]
    text = source.text.strip()
    place = source.place.labelled(title, label or code, "/".join(column.path))
    return Cell(
        text, amount_of_cell(text, column, unit, label), place, index not in line.unsure, source.stored
    )


def amount_of_cell(text: str, column: Column, unit: str | None, label: str) -> Amount | None:
    """Return the amount a cell states: in its own unit, else its column's, its label's or its table's."""
    if column.role is Role.AMOUNT:
        return amount_in(text, column.unit or unit_in(label) or unit)
    if column.role is Role.COUNT:
        return amount_in(text, column.unit or unit_in(label) or "个")
    if column.role is Role.PERCENTAGE:
        return amount_in(text, "%")
    if column.role is Role.TEXT:
        amount = amount_in(text, None)
        return amount if amount is not None and amount.unit is not None else None
    return None


def _code(members: Sequence[int], cells: Line, columns: Sequence[Column]) -> tuple[str | None, bool]:
    """Return a row's joined code and whether it is a unit's."""
    values = [i for i in members if columns[i].role in (Role.AMOUNT, Role.COUNT, Role.PERCENTAGE)]
    fields = [i for i in members if columns[i].role is Role.CODE and (not values or i < values[0])]
    unit_fields = [i for i in fields if _UNIT_CODE.search("".join(columns[i].path))]
    parts: list[int] = []
    for index in fields:
        if index in unit_fields:
            continue
        if parts and not (
            _PART.match(columns[index].label) and columns[index].path[:-1] == columns[parts[0]].path[:-1]
        ):
            break
        parts.append(index)
    code = _joined([squeeze(cells[i].text) for i in parts])
    if code:
        return code, False
    unit_code = next((words for i in unit_fields if code_like(words := squeeze(cells[i].text))), None)
    if unit_code is None:
        names = [i for i in members if columns[i].role in (Role.NAME, Role.TEXT)]
        printed = [squeeze(cells[i].text) for i in names if cells[i].text.strip()]
        if len(printed) == 2 and re.fullmatch(r"\d{3,12}", printed[0]):
            unit_code = printed[0]
    return unit_code, unit_code is not None


def _joined(parts: Sequence[str]) -> str | None:
    code = ""
    for part in parts:
        if not re.fullmatch(r"[A-Za-z\d]+", part):
            continue
        if code and part.startswith(code):
            code = part
        else:
            code += part.zfill(2) if code and part.isdigit() else part
    return code or None


def _label(members: Sequence[int], cells: Line, columns: Sequence[Column]) -> str:
    """Return a row's own label: its name column's text, else its first words that are not a figure."""
    for roles in ((Role.NAME,), (Role.TEXT,), (Role.CODE,), (Role.ORDINAL,)):
        for index in members:
            words = cells[index].text.strip()
            if columns[index].role in roles and words and not re.fullmatch(r"[\d.,]+", squeeze(words)):
                return words
    return ""


def _kind(label: str, is_unit: bool, code: str | None, cells: dict[int, Cell], named: bool) -> RowKind:
    words = squeeze(label)
    if not words and code is None and named and any(cell.amount is not None for cell in cells.values()):
        return RowKind.TOTAL
    if _AMONG.match(words):
        return RowKind.AMONG
    if subtotal_like(words) or is_unit:
        return RowKind.SUBTOTAL
    return RowKind.TOTAL if total_like(bare_label(words)) and not _depth(words) else RowKind.DATA


# -- the tree --------------------------------------------------------------------------------------------------


def _treed(rows: list[Row], lines: Sequence[Printed], columns: Sequence[Column]) -> tuple[Row, ...]:
    parents: list[int | None] = [None] * len(rows)
    kinds = [row.kind for row in rows]
    for group in sorted({row.group for row in rows}):
        members = [i for i, row in enumerate(rows) if row.group == group]
        coded = sum(rows[i].code is not None for i in members)
        if coded * 2 >= len(members):
            _by_code(rows, members, parents)
        else:
            _by_outline(rows, members, parents, kinds, lines, columns)
        _by_subtotal(rows, members, parents)
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


def _by_code(rows: list[Row], members: Sequence[int], parents: list[int | None]) -> None:
    seen: dict[tuple[bool, str], int] = {}
    for index in members:
        code, unit = rows[index].code, rows[index].kind is RowKind.SUBTOTAL
        if code is None:
            continue
        parents[index] = next(
            (
                seen[unit, code[:length]]
                for length in range(len(code) - 1, 1, -1)
                if (unit, code[:length]) in seen
            ),
            None,
        )
        seen[unit, code] = index


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
    for index in members:
        row, words = rows[index], squeeze(rows[index].label)
        depth = _depth(words)
        name, indent = bare_label(words), _indent(lines[row.line], row, columns)
        if row.kind is RowKind.AMONG:
            parents[index] = max(above.values(), default=None)
            among = (indent, index, _depth(_AMONG.sub("", words)))
        elif among is not None and (depth == among[2] if depth is not None else indent >= among[0] > 0):
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
            repeated = name in bare and header is not None and not listed
            parents[index] = header if repeated else None
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


def _depth(words: str) -> int | None:
    return next((level for level, pattern in enumerate(_OUTLINE) if pattern.match(words)), None)


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
