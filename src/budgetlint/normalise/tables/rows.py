"""Read body lines into rows: code, label, kind and amounts; the tree over them is another module's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from budgetlint.document import Amount, Cell, Column, Role, Row, RowKind
from budgetlint.document.text import bare_label, numbering_depth, squeeze
from budgetlint.normalise.printed.cells import (
    amount_in,
    code_like,
    number_printed,
    row_number_head,
    subtotal_like,
    total_like,
    unit_in,
)
from budgetlint.normalise.tables.grids import Line
from budgetlint.normalise.tables.row_tree import Printed, treed

_PART = re.compile(r"^[类款项目]$")
_UNIT_CODE = re.compile(r"(?:单位|部门)(?:代码|编码)")
#: A code of 类, 款 or 项 (or of the economic classes) before the name it stands for.
_LABEL_CODE = re.compile(r"[\[(【〔]?(\d{3}(?:\d{2}){0,2})(?!\d)[\])】〕]?[-—_.、]?(?=[^\W\d])")
#: So many labels with a code are no accident.
_FEWEST_CODED = 3
_AMONG = re.compile(r"^其中[:：]?")


def read_rows(
    lines: Sequence[Printed], columns: Sequence[Column], unit: str | None, title: str
) -> tuple[Row, ...]:
    """Return the rows of a table, block by block within each line."""
    rows: list[Row] = []
    groups = max((column.group for column in columns), default=0) + 1
    lines = [_footed(line, columns, groups) for line in lines]
    inside = _codes_in_labels(lines, columns, groups)
    for number, line in enumerate(lines):
        for group in range(groups):
            members = [i for i, column in enumerate(columns) if column.group == group and i < len(line.cells)]
            shown = [i for i in members if columns[i].role is not Role.ORDINAL and line.cells[i].text.strip()]
            if shown or (groups == 1 and any(line.cells[i].text.strip() for i in members)):
                rows.append(_row(number, group, members, line, columns, unit, title, group in inside))
    return treed(_with_codes_above(rows, columns), lines, columns)


def _with_codes_above(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """Complete the codes of rows that print only their own part of it: 205, then 02 under 款, then 01 under 项."""
    parts = [i for i, column in enumerate(columns) if column.role is Role.CODE and _PART.match(column.label)]
    if [columns[i].label for i in parts] != list("类款项"):
        return list(rows)
    completed: list[Row] = []
    above = ""
    for row in rows:
        texts = [squeeze(row.cells[i].text) if i in row.cells else "" for i in parts]
        first = next((at for at, text in enumerate(texts) if text), 0)
        own = "".join(texts[first:])
        length = 1 + 2 * first
        if first and len(above) >= length and re.fullmatch(r"\d\d(?:\d\d)?", own):
            row = replace(row, code=above[:length] + own, code_inferred=True)
        above = row.code or above
        completed.append(row)
    return completed


def _codes_in_labels(lines: Sequence[Printed], columns: Sequence[Column], groups: int) -> frozenset[int]:
    """Return the blocks whose labels begin with the code of the row: [2010301]行政运行, 20805 行政事业单位养老支出."""
    found: set[int] = set()
    for group in range(groups):
        members = [i for i, column in enumerate(columns) if column.group == group]
        if any(columns[i].role is Role.CODE for i in members):
            continue
        labels = [
            label
            for line in lines
            if (label := _label([i for i in members if i < len(line.cells)], line.cells, columns))
        ]
        codes = [match.group() for label in labels if (match := _LABEL_CODE.match(squeeze(label)))]
        bracketed = any(code[0] in "[【〔" for code in codes)
        if (bracketed or len(codes) >= _FEWEST_CODED) and len(codes) * 2 >= len(labels):
            found.add(group)
    return frozenset(found)


def _footed(line: Printed, columns: Sequence[Column], groups: int) -> Printed:
    """Bring a total's figure home that a footer prints blocks further right: 公用经费合计 spans two blocks and a half."""
    cells = list(line.cells)
    home: int | None = None
    for group in range(groups):
        members = [i for i, column in enumerate(columns[: len(cells)]) if column.group == group]
        figures = [i for i in members if columns[i].role is Role.AMOUNT and cells[i].text.strip()]
        amounts = [i for i in members if columns[i].role is Role.AMOUNT]
        if words := _label(members, line.cells, columns):
            wanting = total_like(squeeze(words)) and not figures and len(amounts) == 1
            home = amounts[0] if wanting else None
        elif home is not None and len(figures) == 1:
            cells[home], cells[figures[0]] = cells[figures[0]], cells[home]
            home = None
    return Printed(tuple(cells), line.unsure)


def _row(
    number: int,
    group: int,
    members: Sequence[int],
    line: Printed,
    columns: Sequence[Column],
    unit: str | None,
    title: str,
    coded: bool,
) -> Row:
    code, is_unit = _code(members, line.cells, columns)
    label = _label(members, line.cells, columns)
    if coded and (match := _LABEL_CODE.match(squeeze(label))):
        code, label, is_unit = match[1], squeeze(label)[match.end() :], False
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
        number=_number(members, line.cells, columns),
    )


def _number(members: Sequence[int], cells: Line, columns: Sequence[Column]) -> int | None:
    """Return what a row prints as its 行次; a list's 序号 is none."""
    numbers = (number_printed(cells[i].text) for i in members if row_number_head(columns[i].label))
    return next((number for number in numbers if number is not None), None)


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
        if parts and not _continues(columns, parts, index):
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


def _continues(columns: Sequence[Column], parts: Sequence[int], index: int) -> bool:
    """Tell whether a column holds the next part of a code: 款 after 类, under one heading or beside it."""
    if not _PART.match(columns[index].label):
        return False
    order = f"{columns[parts[-1]].label}{columns[index].label}"
    beside = index == parts[-1] + 1 and order in ("类款", "款项")
    return beside or columns[index].path[:-1] == columns[parts[0]].path[:-1]


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
    return RowKind.TOTAL if total_like(bare_label(words)) and not numbering_depth(words) else RowKind.DATA
