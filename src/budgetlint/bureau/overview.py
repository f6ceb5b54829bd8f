"""What a reviewer sees first of a store: who has which problems, what is commonest, what could not be checked at all.

Counts are sums of whole numbers, asked in SQL; what could not be checked is ranked apart from what has problems, for
silence is no pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from budgetlint.bureau.lists.holding import Held

#: Documents to open first, kinds of problems, and documents that could not be checked, that are listed one by one.
FIRST, COMMONEST, UNCHECKABLE = 10, 20, 200
#: The coverage of a document falls into one of so many tenths; what has no figure stands apart.
TENTHS = 10


class Sums(Struct, frozen=True):
    """Counts of some documents.

    ``unread`` could not be read, ``unchecked`` were read but no rule reached a verdict; ``numbers`` are the printed
    figures, ``looked`` those some check looked at.
    """

    documents: int = 0
    errors: int = 0
    warnings: int = 0
    notices: int = 0
    undetermined: int = 0
    numbers: int = 0
    looked: int = 0
    unread: int = 0
    unchecked: int = 0


class Group(Struct, frozen=True):
    """Documents that share a department and unit, a region, or a kind; ``names`` are what they share."""

    names: tuple[str, ...]
    sums: Sums


class DocumentLine(Struct, frozen=True):
    """One document of a list."""

    document: str
    path: str
    unit: str
    kind: str
    year: int | None
    sums: Sums


class RuleLine(Struct, frozen=True):
    """One kind of problem: how often and in how many documents, and one example."""

    rule: str
    name: str
    severity: str
    findings: int
    documents: int
    message: str
    unit: str
    document: str


class Overview(Struct, frozen=True):
    """The overview of a store.

    ``histogram`` counts documents by the tenth their coverage falls into, its last entry those without figures; ``held``
    is what holding the store against the bureau's lists came to.
    """

    whole: Sums
    units: tuple[Group, ...]
    regions: tuple[Group, ...]
    kinds: tuple[Group, ...]
    first: tuple[DocumentLine, ...]
    uncheckable: tuple[DocumentLine, ...]
    rules: tuple[RuleLine, ...]
    histogram: tuple[int, ...]
    held: Held = Held()


_SUMS = (
    "count(*)::INTEGER, coalesce(sum(errors), 0)::BIGINT, coalesce(sum(warnings), 0)::BIGINT, "
    "coalesce(sum(notices), 0)::BIGINT, coalesce(sum(undetermined), 0)::BIGINT, coalesce(sum(numbers), 0)::BIGINT, "
    "coalesce(sum(verified + contradicted), 0)::BIGINT, count(*) FILTER (NOT read), "
    "count(*) FILTER (read AND decided = 0)"
)
_WORST = "2 DESC, 3 DESC, 5 DESC, 1"
#: The columns of a document's line.
LINE = (
    "document, path, coalesce(unit, ''), coalesce(kind::VARCHAR, ''), year, 1, errors, warnings, notices, undetermined, "
    "numbers, verified + contradicted, (NOT read)::INTEGER, (read AND decided = 0)::INTEGER"
)
_UNCHECKED = "NOT read OR decided = 0"


def overview_of(connection: Any, held: Held = Held()) -> Overview:  # noqa: B008 - frozen
    """Return the overview of the store a DuckDB connection is open on (see :func:`budgetlint.bureau.query.connected`).

    Args:
        held: what holding it against lists came to.
    """
    # Asked many times: the view picks the last check of every path, which is done once here.
    connection.execute("CREATE TABLE IF NOT EXISTS listed AS SELECT * FROM documents")
    (whole,) = connection.execute(f"SELECT {_SUMS} FROM listed").fetchall()
    return Overview(
        Sums(*whole),
        _groups(connection, "coalesce(department, unit, '')", "coalesce(unit, '')"),
        _groups(connection, "coalesce(region::VARCHAR, '')"),
        _groups(connection, "coalesce(kind::VARCHAR, '')", "coalesce(year::VARCHAR, '')"),
        _lines(connection, f"NOT ({_UNCHECKED}) AND errors + warnings > 0", FIRST),
        _lines(connection, _UNCHECKED, UNCHECKABLE),
        _rules(connection),
        _histogram(connection),
        held,
    )


def _groups(connection: Any, *names: str) -> tuple[Group, ...]:
    shared = ", ".join(names)
    at = len(names)
    order = f"{at + 2} DESC, {at + 3} DESC, {at + 5} DESC, {shared}"
    rows = connection.execute(
        f"SELECT {shared}, {_SUMS} FROM listed GROUP BY {shared} ORDER BY {order}"
    ).fetchall()
    return tuple(Group(row[:at], Sums(*row[at:])) for row in rows)


def _lines(connection: Any, where: str, most: int) -> tuple[DocumentLine, ...]:
    rows = connection.execute(
        f"SELECT {LINE} FROM listed WHERE {where} "
        f"ORDER BY errors DESC, warnings DESC, undetermined DESC, path LIMIT {most}"
    ).fetchall()
    return tuple(line_of(row) for row in rows)


def line_of(row: Sequence[Any]) -> DocumentLine:
    """Return a document's line from the columns of ``LINE``."""
    document, path, unit, kind, year, *sums = row
    return DocumentLine(document, path, unit, kind, year, Sums(*sums))


def _rules(connection: Any) -> tuple[RuleLine, ...]:
    rows = connection.execute(
        "SELECT rule::VARCHAR, any_value(name::VARCHAR), severity::VARCHAR, count(*)::INTEGER, "
        "count(DISTINCT found.document)::INTEGER, first(message ORDER BY found.document), "
        "first(coalesce(unit, path) ORDER BY found.document), min(found.document) "
        "FROM findings AS found JOIN listed USING (batch, document) WHERE NOT found.waived AND verdict <> 'undetermined' "
        "GROUP BY rule::VARCHAR, severity::VARCHAR "
        "ORDER BY CASE severity::VARCHAR WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, 5 DESC, 1 "
        f"LIMIT {COMMONEST}"
    ).fetchall()
    return tuple(RuleLine(*row) for row in rows)


def _histogram(connection: Any) -> tuple[int, ...]:
    rows = connection.execute(
        f"SELECT CASE WHEN numbers = 0 THEN {TENTHS} "
        f"ELSE least((verified + contradicted) * {TENTHS} // numbers, {TENTHS - 1}) END AS tenth, count(*) "
        "FROM listed GROUP BY tenth"
    ).fetchall()
    counted = dict(rows)
    return tuple(int(counted.get(tenth, 0)) for tenth in range(TENTHS + 1))
