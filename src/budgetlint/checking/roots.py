"""What the total row of a table adds up: the rows of its block that are a part of no other row."""

from __future__ import annotations

from budgetlint.checking.index import TableIndex
from budgetlint.document import RowKind
from budgetlint.vocabulary import Vocabulary

#: Digits of a 类, 款, 项 code.
CODE_LENGTHS = (3, 5, 7)


def roots_of(table: TableIndex, group: int, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return what a table's 合计 row adds up: the rows of its block that are a part of no other row.

    Roots of different kinds (unit rows beside class rows, classes beside their items) may overlap: then nothing is
    added up. Nor is it where totals follow one another (本年收入合计, 总计): the last does not add up all rows by itself.
    """
    rows, printing = table.table.rows, set(table.printing)
    if sum(row.kind is RowKind.TOTAL and row.group == group for row in rows) > 1:
        return ()
    roots = tuple(
        i
        for i in table.children.get(None, ())
        if rows[i].group == group and rows[i].kind in (RowKind.DATA, RowKind.SUBTOTAL) and i in printing
        if i != table.head
    )
    alike = {
        (
            rows[i].kind,
            rows[i].code is None,
            _scheme(rows[i].code or ""),
            rows[i].code is None and _names_class(rows[i].label, vocabulary),
        )
        for i in roots
    }
    return roots if len(alike) == 1 else ()


def _scheme(code: str) -> int:
    """Return what tells codes of one scheme from others: 类, 款 and 项 are one, others go by their length."""
    return 0 if len(code) in CODE_LENGTHS else len(code)


def _names_class(label: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a label is the name of a class (类) of some code list."""
    entries = (vocabulary.code_named(label, codes) for codes in vocabulary.codes)
    return any(entry is not None and len(entry.code) == CODE_LENGTHS[0] for entry in entries)
