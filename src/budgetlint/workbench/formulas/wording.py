"""Says a formula as a sentence of the rule language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.workbench.formulas.forms import Form
from budgetlint.workbench.formulas.formula import (
    Cell,
    Field,
    Formula,
    Range,
    Relation,
    Side,
    Term,
    Unreadable,
)

_RELATIONS = {"=": "等于", "≠": "不等于", "≥": "不小于", "≤": "不超过", ">": "大于", "<": "小于"}
#: So many columns one formula may range over.
_MOST_COLUMNS = 60


class Shape(Struct, frozen=True):
    """What instances a formula has: one a form, or one a row, with or without one an amount column.

    ``anchor`` is the row (or the range of rows) at which each column is looked at; None: every row.
    """

    rows: bool = False
    columns: bool = False
    anchor: int | Range | None = None


def plain(formula: Formula, form: str) -> Formula:
    """Return a formula whose cells name no form where it is their own, nor 各 where nothing else is said.

    Raises:
        Unreadable: a form is named that is not told, or 至 may mean a sum.
    """

    def cell(one: Cell) -> Cell:
        other = one.form.replace("–", "-").replace("—", "-")
        if other and other[0].isdigit():
            other = ("财决" if form.startswith("财决") else "") + other
        every = Range()
        return Cell(
            None if one.row == every else one.row,
            None if one.column == every else one.column,
            "" if other == form else other,
        )

    def relation(one: Relation) -> Relation:
        left, right = (
            tuple(replace(term, cell=cell(term.cell)) for term in side) for side in (one.left, one.right)
        )
        ranged = [any(_ranged(term.cell) for term in side) for side in (left, right)]
        if one.relation == "=" and left and right and ranged[0] != ranged[1]:
            raise Unreadable(
                "分不清“至”是各行各栏还是它们的和", "至 may mean each row or column, or their sum"
            )
        return Relation(left, one.relation, right)

    conditions = tuple(one if isinstance(one, Field) else relation(one) for one in formula.conditions)
    return Formula(relation(formula.relation), conditions)


def _ranged(cell: Cell) -> bool:
    return isinstance(cell.row, Range) or isinstance(cell.column, Range)


def cells_of(formula: Formula) -> Iterable[Cell]:
    """Yield every cell of a formula in printed order."""
    for part in (formula.relation, *formula.conditions):
        if isinstance(part, Relation):
            yield from (term.cell for term in (*part.left, *part.right))


def shape_of(formula: Formula) -> Shape:
    """Return what a formula ranges over.

    Raises:
        Unreadable: some of its cells name a row or a column, others do not.
    """
    cells = [*cells_of(formula)]
    if not cells:
        raise Unreadable("没有行次或栏次", "it names no row or column")
    ranges = {cell.row for cell in cells if isinstance(cell.row, Range)}
    if len(ranges) > 1:
        raise Unreadable("有几个不同的范围", "it ranges over different rows")
    whole = {cell.row is None for cell in cells}, {cell.column is None for cell in cells}
    if len(whole[0]) > 1 or len(whole[1]) > 1 or whole == ({True}, {True}):
        raise Unreadable(
            "有的数写了行次、栏次，有的没有写", "some figures name their row or column, others do not"
        )
    if any(cell.form for cell in cells) and (ranges or whole != ({False}, {False})):
        raise Unreadable(
            "表间公式没有同时写明行次和栏次", "a formula across forms does not name both row and column"
        )
    anchor: int | Range | None = next(iter(ranges), None)
    if whole[1] == {True}:
        first = cells[0].row
        return Shape(True, True, anchor or (first if isinstance(first, int) else None))
    return Shape(bool(ranges) or whole[0] == {True}, False, anchor)


class Writer:
    """Writes sentences about one form, by names where ``known`` tells all of them, by printed numbers otherwise."""

    def __init__(self, form: str, known: Mapping[str, Form]) -> None:
        self._form = form
        self._known = known

    def sentence(self, formula: Formula) -> str:
        """Return the check of a formula that :func:`plain` gave.

        Raises:
            Unreadable: it ranges over what the language cannot say.
        """
        shape, named = shape_of(formula), self._names_all(formula)
        table = f"“{self._form}”"
        quantifier = f"对 每张表 {table}" + " 的 每一行" * shape.rows + " 的 每一金额列" * shape.columns
        where = self._where(formula, shape, named, table)
        conditions = [self._condition(one, shape, named) for one in formula.conditions]
        others = dict.fromkeys(cell.form for cell in cells_of(formula) if cell.form)
        conditions = [*(f"有 表 “{other}”" for other in others), *conditions]
        said = f"{quantifier}，当 {where} 时" if where else quantifier
        before = f"如果 {' 且 '.join(conditions)} 那么 " if conditions else ""
        return f"{said}，{before}检查 {self._relations(formula.relation, shape, named)}"

    def _names_all(self, formula: Formula) -> bool:
        for cell in cells_of(formula):
            form = self._known.get(cell.form or self._form)
            if form is None or isinstance(cell.row, Range) or isinstance(cell.column, Range):
                return False
            if not form.names(cell.row, cell.column):
                return False
        return True

    def _where(self, formula: Formula, shape: Shape, named: bool, table: str) -> str:
        parts = []
        if isinstance(shape.anchor, int):
            row = self._known[self._form].rows[shape.anchor] if named else ""
            parts.append(f"列 科目名称 相同于 “{row}”" if named else f"数值（列 行次） 等于 {shape.anchor}")
        elif isinstance(shape.anchor, Range):
            parts += [
                f"数值（列 行次） 不小于 {shape.anchor.first}",
                f"数值（列 行次） 不超过 {shape.anchor.last}",
            ]
        if shape.rows and not shape.columns:
            columns = dict.fromkeys(self._column(one.cell, named) for one in _columns_apart(formula.relation))
            there = [*(f"有 {column}" for column in columns), f"没有 表 {table} {next(iter(columns))}"]
            parts.append(f"（{' 或 '.join(there)}）")
        return " 且 ".join(parts)

    def _condition(self, condition: Relation | Field, shape: Shape, named: bool) -> str:
        if isinstance(condition, Relation):
            return self._relation(condition, shape, named, "")
        tests = [f"{condition.name} 相同于 “{value}”" for value in condition.values]
        said = f"（{' 或 '.join(tests)}）" if len(tests) > 1 else tests[0]
        return said if condition.equal else f"非 {said}"

    def _relations(self, relation: Relation, shape: Shape, named: bool) -> str:
        return " 且 ".join(self._relation(one, shape, named, "应") for one in by_column(relation))

    def _relation(self, relation: Relation, shape: Shape, named: bool, should: str) -> str:
        left, right = (self._side(side, shape, named) for side in (relation.left, relation.right))
        return f"{left} {should}{_RELATIONS[relation.relation]} {right}"

    def _side(self, side: Side, shape: Shape, named: bool) -> str:
        if not side:
            return "0"
        said = "0 减 " if side[0].sign < 0 else ""
        for at, term in enumerate(side):
            if at:
                said += " 加 " if term.sign > 0 else " 减 "
            said += self._cell(term.cell, shape, named)
        return said

    def _cell(self, cell: Cell, shape: Shape, named: bool) -> str:
        if shape.columns:
            here = cell.row == shape.anchor
            return "本列" if here else f"{self._row(cell, named)} 本列"
        column = self._column(cell, named)
        if shape.rows and not isinstance(cell.row, int):
            return column
        other = f"表 “{cell.form}” " if cell.form else ""
        return f"{other}{self._row(cell, named)} {column}"

    def _row(self, cell: Cell, named: bool) -> str:
        assert isinstance(cell.row, int)
        return f"行 “{self._known[cell.form or self._form].rows[cell.row]}”" if named else f"行次 {cell.row}"

    def _column(self, cell: Cell, named: bool) -> str:
        assert isinstance(cell.column, int)
        form = cell.form or self._form
        return f"列 “{self._known[form].columns[cell.column]}”" if named else f"栏次 {cell.column}"


def by_column(relation: Relation) -> list[Relation]:
    """Return the relation for each column that its ranges of columns name; itself where there are none.

    Raises:
        Unreadable: it ranges over different columns, or over too many.
    """
    ranges = {
        term.cell.column for term in (*relation.left, *relation.right) if isinstance(term.cell.column, Range)
    }
    if not ranges:
        return [relation]
    first, last = next((one.first or 0, one.last or 0) for one in ranges)
    if len(ranges) > 1 or not 0 < first <= last <= first + _MOST_COLUMNS:
        raise Unreadable("栏次的范围不清楚", "it ranges over columns in a way that is not clear")
    return [
        Relation(
            tuple(_at_column(term, column) for term in relation.left),
            relation.relation,
            tuple(_at_column(term, column) for term in relation.right),
        )
        for column in range(first, last + 1)
    ]


def _at_column(term: Term, column: int) -> Term:
    ranged = isinstance(term.cell.column, Range)
    return replace(term, cell=replace(term.cell, column=column)) if ranged else term


def _columns_apart(relation: Relation) -> Iterable[Term]:
    for one in by_column(relation):
        yield from (*one.left, *one.right)
