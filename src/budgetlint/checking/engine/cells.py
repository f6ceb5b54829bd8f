"""Reads cells of tables as facts, and says what a reference to one is called."""

from __future__ import annotations

from decimal import Decimal

from budgetlint.checking.engine.columns import CODE_COLUMN, NAME_COLUMN, column_of
from budgetlint.checking.engine.context import Context
from budgetlint.checking.engine.facts import HUNDRED, ZERO, Fact
from budgetlint.checking.index import TableIndex
from budgetlint.document import Dimension
from budgetlint.document.keys import CellKey
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import Ref, RowChoice


def name_of(ref: Ref, row: str | None = None, column: str | None = None) -> str:
    """Return how people would call what a reference means, for operands and holes.

    ``row`` and ``column`` are what 对应行, 下级科目 and 本列 turned out to be.
    """
    parts = []
    if ref.section is not None:
        label = ref.section.label
        parts.append(label.text if label else f"第{ref.section.number}节" if ref.section.number else "")
    if ref.table is not None and ref.table.label is not None:
        parts.append(ref.table.label.text)
    if ref.row is not None:
        parts.append(
            row
            if row is not None
            else ref.row.label.called("行次")
            if ref.row.label
            else {"same": "对应行", "children": "下级科目"}[ref.row.choice.value]
        )
    if ref.column is not None:
        parts.append(ref.column.label.called("栏次") if ref.column.label else column or "本列")
    if ref.item is not None:
        parts.append(ref.item.text)
    if ref.total:
        parts.append("合计")
    return " ".join(filter(None, parts)) or "段落"


def read_cell(ref: Ref, table: TableIndex, row: int, context: Context) -> Fact:
    """Return the cell a reference means in a row."""
    key = id(ref), table.table.rows[row].group
    if key in table.meant:
        _, known, name = table.meant[key]
        return cell_fact(table, row, known, name)
    column = column_meant(ref, table, row, context)
    if isinstance(column, str):
        return _label_fact(table, row, column)
    label = ref.column.label if ref.column is not None else None
    name = _cell_name(ref, table, row, column)
    if label is not None and (ref.row is None or ref.row.choice is RowChoice.NAMED):
        table.meant[key] = ref, column, name
    return cell_fact(table, row, column, name)


def column_meant(ref: Ref, table: TableIndex, row: int, context: Context) -> int | str:
    """Return the column a reference means in a row's block; what a row prints in whatever columns goes by its name."""
    label = ref.column.label if ref.column is not None else None
    if (
        label is not None
        and not label.printed
        and (text := squeeze(label.text)) in (CODE_COLUMN, NAME_COLUMN)
    ):
        return text
    if ref.column is None and ref.item is None and ref.row is not None and _is_text_row(table):
        return NAME_COLUMN
    return column_of(ref.column, ref.item, table, row, context)


def _cell_name(ref: Ref, table: TableIndex, row: int, column: int) -> str:
    """Call a cell by the rule's words; 对应行, 下级科目 and 本列 by what they turned out to be."""
    called_row = called_column = None
    if ref.row is not None and ref.row.choice is not RowChoice.NAMED:
        called_row = table.table.rows[row].label or table.table.rows[row].code or ""
    if ref.column is not None and ref.column.label is None:
        printed = table.table.columns[column]
        called_column = printed.name or "/".join(printed.path[-2:])
    return name_of(ref, called_row, called_column)


def _is_text_row(table: TableIndex) -> bool:
    return not any(c.role.value in ("amount", "count", "percentage") for c in table.table.columns)


def _label_fact(table: TableIndex, row: int, name: str) -> Fact:
    at = table.table.rows[row]
    text = (at.code or "") if name == CODE_COLUMN else at.label
    place = at.place.labelled(table.table.title, at.label, name)
    return Fact(
        name, CellKey(table.identity, row, name), text, place=place, table=table.identity, blank=not text
    )


def cell_fact(table: TableIndex, row: int, column: int, name: str) -> Fact:
    """Return one cell as a fact; a position the line does not print is a blank cell."""
    key = (row, column, name)
    if key not in table.cells_read:
        table.cells_read[key] = _read(table, row, column, name)
    fact: Fact = table.cells_read[key]
    return fact


def _read(table: TableIndex, row: int, column: int, name: str) -> Fact:
    cell = table.table.rows[row].cells.get(column)
    identity = CellKey(table.identity, row, column)
    place = table.place(row, column)
    if cell is None:
        return Fact(name, identity, "", place=place, table=table.identity, blank=True)
    amount = cell.amount
    if amount is None:
        return Fact(
            name, identity, cell.text, place=place, table=table.identity, blank=cell.blank, sure=cell.sure
        )
    value, quantum = arithmetic_of(table, row, column)
    return Fact(
        name,
        identity,
        cell.text,
        amount,
        value,
        quantum,
        amount.dimension,
        place,
        table.identity,
        sure=cell.sure,
        called=_printed_code(table, row),
    )


def arithmetic_of(table: TableIndex, row: int, column: int) -> tuple[Decimal, Decimal]:
    """Return the value of a cell that prints a figure, and its printed step, as arithmetic has them."""
    amount = table.table.rows[row].cells[column].amount
    assert amount is not None
    value, quantum = amount.value, table.quantum(row, column)
    if amount.dimension is Dimension.PERCENT:
        return value / HUNDRED, quantum / HUNDRED
    if amount.dimension is Dimension.COUNT and value == value.to_integral_value():
        return value, ZERO
    return value, quantum


def _printed_code(table: TableIndex, row: int) -> str:
    at = table.table.rows[row]
    return at.code if at.code and not at.code_inferred else ""
