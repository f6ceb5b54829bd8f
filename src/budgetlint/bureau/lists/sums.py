"""Sums of the units against their department (差额表): told as a notice, for what a department adds may have its reasons."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec import Struct

#: Rows that are shown; the whole table is asked with ``budgetlint query``.
MOST = 500
_DIFFERENCES = """
WITH placed AS (
    SELECT document, "table"::VARCHAR AS tab, any_value(title::VARCHAR) AS title, coalesce(code::VARCHAR, '') AS code,
           regexp_extract(row, '[^/]*$') AS item, "column"::VARCHAR AS col, any_value(value) AS value
    FROM figures
    WHERE "table" IS NOT NULL AND value IS NOT NULL AND unit_printed::VARCHAR IN ('元', '百元', '千元', '万元', '亿元')
      AND (code IS NOT NULL OR regexp_extract(row, '[^/]*$') IN ('合计', '总计', '收入总计', '支出总计'))
    GROUP BY document, tab, coalesce(code::VARCHAR, ''), regexp_extract(row, '[^/]*$'), col
    HAVING count(DISTINCT value) = 1
),
whose AS (
    SELECT document, path, department, unit, year, substr(kind::VARCHAR, 1, 2) AS level, substr(kind::VARCHAR, 3) AS sort
    FROM documents WHERE department IS NOT NULL AND year IS NOT NULL AND kind IS NOT NULL AND read
),
departments AS (SELECT * FROM whose WHERE level = '部门'
    QUALIFY count(*) OVER (PARTITION BY department, year, sort) = 1),
units AS (SELECT * FROM whose WHERE level = '单位'
    QUALIFY count(*) OVER (PARTITION BY department, unit, year, sort) = 1),
added AS (
    SELECT department, year, sort, tab, code, item, col, sum(value) AS value, count(*) AS units
    FROM units JOIN placed USING (document) GROUP BY ALL
),
several AS (SELECT department, year, sort, count(*) AS units FROM units GROUP BY ALL)
SELECT departments.department, departments.year, '部门' || departments.sort, placed.title, placed.code, placed.item,
       placed.col, placed.value, coalesce(added.value, 0)::DECIMAL(38, 8), coalesce(added.units, 0), several.units,
       departments.document
FROM departments JOIN several USING (department, year, sort) JOIN placed ON placed.document = departments.document
LEFT JOIN added ON added.department = departments.department AND added.year = departments.year
    AND added.sort = departments.sort AND added.tab = placed.tab AND added.code = placed.code
    AND added.item = placed.item AND added.col = placed.col
WHERE placed.value <> coalesce(added.value, 0)
ORDER BY 1, 2, 3, 4, placed.code, placed.item, placed.col
"""


class Difference(Struct, frozen=True):
    """A figure of a department that its units do not add up to.

    Attributes:
        value, added: of the department and of its units together, in 元.
        units, of: how many of its units in the store print such a figure, and how many there are.
        document: key of the department's document.
    """

    department: str
    year: int
    kind: str
    title: str
    code: str
    item: str
    column: str
    value: Decimal
    added: Decimal
    units: int
    of: int
    document: str

    @property
    def difference(self) -> Decimal:
        """The department's figure less the sum of its units'."""
        return self.value - self.added


def differences(connection: Any) -> tuple[tuple[Difference, ...], int]:
    """Return the table of differences, cut off after ``MOST`` rows, and how many rows it has.

    Only tables that can be told apart are added: one document of a department and of each of its units a year.
    """
    (count,) = connection.execute(f"SELECT count(*) FROM ({_DIFFERENCES})").fetchone()
    rows = connection.execute(f"{_DIFFERENCES} LIMIT {MOST}").fetchall()
    return tuple(Difference(*row) for row in rows), int(count)
