"""A column split by alignment is one again; two columns of one head that print side by side stay two."""

from __future__ import annotations

from budgetlint.document import GridCell
from budgetlint.normalise.tables.grids import Line
from budgetlint.normalise.tables.halved import halves, joined

PATHS = (("科目名称",), ("基本支出", "合计"), ("基本支出", "合计"), ("基本支出", "公用经费"))


def lines(*rows: str) -> list[Line]:
    return [tuple(map(GridCell, row.split("|"))) for row in rows]


def test_halves_are_put_together() -> None:
    rows = lines("合计|12.00||3.00", "甲||5.00|1.00", "乙||7.00|2.00")
    seconds = halves(PATHS, rows)
    assert seconds == [2]
    assert ["|".join(cell.text for cell in joined(row, seconds)) for row in rows] == [
        "合计|12.00|3.00",
        "甲|5.00|1.00",
        "乙|7.00|2.00",
    ]


def test_what_prints_side_by_side_or_has_another_head_or_nothing_is_no_half() -> None:
    assert halves(PATHS, lines("合计|12.00||3.00", "甲|5.00|5.00|1.00")) == []
    assert halves(PATHS, lines("合计|12.00||3.00", "甲|5.00||1.00")) == []
    assert halves((("名称",), ("甲",), ("乙",), ()), lines("合计|12.00||", "甲||5.00|")) == []
