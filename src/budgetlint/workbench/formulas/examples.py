"""Makes up the examples of a formula: figures for its cells by which it holds, and by which it fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from budgetlint.workbench.formulas.forms import Form
from budgetlint.workbench.formulas.formula import Cell, Field, Formula, Range, Relation, Unreadable
from budgetlint.workbench.formulas.wording import Shape, by_column, shape_of

#: By how much left is more than right where a relation holds, and where it fails.
_APART = {"=": (0, 7), "≠": (7, 0), "≥": (7, -7), "≤": (-7, 7), ">": (7, -7), "<": (-7, 7)}
_OTHER = "其他"

Figures = dict[Cell, Decimal]


def examples_of(formula: Formula, form: str, known: Mapping[str, Form]) -> str:
    """Return two examples as text: one that holds, one that fails.

    Raises:
        Unreadable: no cell can be changed without changing both sides.
    """
    shape = shape_of(formula)
    relations = by_column(formula.relation)
    lines: list[str] = []
    for word, holds in (("通过", True), ("不符", False)):
        figures: Figures = {cell: Decimal(10 * n) for n, cell in enumerate(_fixed(formula), 1)}
        for one in relations:
            _settle(one, figures, _APART[one.relation][0 if holds else 1])
        lines += _lines(word, figures, formula, form, shape, known)
    return "\n".join(lines)


def _fixed(formula: Formula) -> Iterable[Cell]:
    cells: dict[Cell, None] = {}
    for part in (formula.relation, *formula.conditions):
        for relation in by_column(part) if isinstance(part, Relation) else ():
            cells |= dict.fromkeys(term.cell for term in (*relation.left, *relation.right))
    return cells


def _settle(relation: Relation, figures: Figures, apart: int) -> None:
    """Change one figure so that left is more than right by ``apart``."""
    weights: dict[Cell, int] = {}
    for side, sign in ((relation.left, 1), (relation.right, -1)):
        for term in side:
            weights[term.cell] = weights.get(term.cell, 0) + sign * term.sign
    pivot = next((cell for cell, weight in weights.items() if abs(weight) == 1), None)
    if pivot is None:
        raise Unreadable("等式两边是同样的数", "both sides are the same")
    difference = sum(weight * figures[cell] for cell, weight in weights.items())
    figures[pivot] += weights[pivot] * (apart - difference)


def _lines(
    word: str, figures: Figures, formula: Formula, form: str, shape: Shape, known: Mapping[str, Form]
) -> Iterable[str]:
    fields = [one for one in formula.conditions if isinstance(one, Field)]
    if fields and not shape.rows:
        said = [f"{field.name} 是 “{_value(field)}”" for field in fields]
        for cell, figure in figures.items():
            table = f"表 “{cell.form or form}” "
            said.append(f"{table}行次 {cell.row} 栏次 {cell.column} 是 {figure:.2f} 万元")
        yield f"  示例 {word}：{'，'.join(said)}"
        return
    yield f"  示例 {word}："
    for one in dict.fromkeys(("", *(cell.form for cell in figures))):
        own = {cell: figure for cell, figure in figures.items() if cell.form == one}
        if own:
            yield from _table(own, one or form, shape, fields, known.get(one or form))


def _table(
    figures: Figures, form: str, shape: Shape, fields: list[Field], known: Form | None
) -> Iterable[str]:
    """Yield a pipe table that prints some figures under the form's numbers, and names where they are known."""
    columns = sorted({_column(cell) for cell in figures})
    rows = sorted({row for cell in figures for row in _rows(cell, shape)})
    heads = [(known.columns.get(c) if known else None) or f"第{c}栏" for c in columns]
    yield f"    表 “{form}”：万元"
    yield _row(["项目", "行次", *(field.name for field in fields), *heads])
    yield _row(["栏次", "", *("" for _ in fields), *map(str, columns)])
    for row in rows:
        label = (known.rows.get(row) if known else None) or f"第{row}行"
        cells = []
        for column in columns:
            found = [f for c, f in figures.items() if row in _rows(c, shape) and _column(c) == column]
            cells.append(f"{found[0]:.2f}" if found else "")
        yield _row([label, str(row), *(_value(field) for field in fields), *cells])


def _row(cells: list[str]) -> str:
    return f"    | {' | '.join(cells)} |"


def _column(cell: Cell) -> int:
    return cell.column if isinstance(cell.column, int) else 1


def _rows(cell: Cell, shape: Shape) -> tuple[int, ...]:
    if isinstance(cell.row, int):
        return (cell.row,)
    if isinstance(shape.anchor, Range):
        return (shape.anchor.first or 1, shape.anchor.last or 1)
    return (1,)


def _value(field: Field) -> str:
    return field.values[0] if field.equal else _OTHER
