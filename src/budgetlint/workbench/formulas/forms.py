"""Which row and column a 行次 or 栏次 is, where a file prints the form itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from budgetlint.document import Table
from budgetlint.document.text import bare_label, squeeze
from budgetlint.workbench.formulas.sources import form_number


class Form(Struct, frozen=True):
    """What the rows and columns of a form are called, by number; what shares its name tells nothing and is left out.

    A column needs a name of its own only in its block (the side of a table with two sides), and is found from a row of
    that block: ``blocks`` holds the blocks of rows and of columns. ``whole`` are the columns alone of their name.
    """

    rows: Mapping[int, str]
    columns: Mapping[int, str]
    blocks: tuple[Mapping[int, int], Mapping[int, int]]
    whole: frozenset[int]

    def names(self, row: int | None, column: int | None) -> bool:
        """Tell whether a cell (a row, a column) is found by names."""
        if row is not None and row not in self.rows:
            return False
        if column is None:
            return True
        if row is None:
            return column in self.whole
        return column in self.columns and self.blocks[0][row] == self.blocks[1][column]


def forms_of(tables: Iterable[Table]) -> dict[str, Form]:
    """Return the forms among some tables by their numbers (财决01表)."""
    return {form_number(table.number): _form(table) for table in tables if table.number}


def _form(table: Table) -> Form:
    rows = [(r.number, r.group, squeeze(r.label), bare_label(r.label)) for r in table.rows if r.number]
    columns = [
        (c.number, c.group, "/".join(map(squeeze, c.path)), squeeze(c.label))
        for c in table.columns
        if c.number and not any("/" in step for step in c.path)
    ]
    everywhere = Counter(squeeze(c.label) for c in table.columns)
    beside = Counter((c.group, squeeze(c.label)) for c in table.columns)
    labels = Counter(bare_label(row.label) for row in table.rows)
    return Form(
        {number: name for number, _, name, bare in rows if labels[bare] == 1 and _sayable(name, "")},
        {number: n for number, block, n, last in columns if beside[block, last] == 1 and _sayable(n)},
        ({number: block for number, block, *_ in rows}, {number: block for number, block, *_ in columns}),
        frozenset(number for number, _, n, last in columns if everywhere[last] == 1 and _sayable(n)),
    )


def _sayable(name: str, steps: str = "/") -> bool:
    """Tell whether a printed name can stand between quotation marks; ``steps`` is what may part its steps."""
    return bool(name) and not set(name) & (set('“”"\\/') - set(steps))
