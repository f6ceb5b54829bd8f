"""Units as people work on them: their documents and their findings, read from a store one unit after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct

from budgetlint.bureau.overview import LINE, DocumentLine, line_of
from budgetlint.document import Place
from budgetlint.reporters.records import Entry
from budgetlint.reporters.words import SEVERITIES, Words
from budgetlint.results.findings import Severity
from budgetlint.results.wording import labels, position

_FINDINGS = (
    "SELECT found.document, listed.path, coalesce(listed.unit, listed.department, ''), severity::VARCHAR, "
    "rule::VARCHAR, coalesce(name::VARCHAR, ''), coalesce(message, ''), printed, proposed, coalesce(found.basis, ''), "
    'found.waived, fingerprint, page, line, sheet, cell, "table", row, "column", section '
    "FROM findings AS found JOIN documents AS listed USING (batch, document) "
    "WHERE found.document IN (SELECT unnest(?)) ORDER BY listed.path, "
    "CASE severity::VARCHAR WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, page, line, sheet, cell, rule"
)


class UnitCase(Struct, frozen=True):
    """A unit with its documents and all their findings, waived ones as such."""

    department: str
    unit: str
    documents: tuple[DocumentLine, ...]
    entries: tuple[Entry, ...]


def unit_cases(connection: Any, words: Words, units: Sequence[str] = ()) -> Iterator[UnitCase]:
    """Yield the units of a store in the order of their departments and names.

    Args:
        connection: open on the store.
        units: names of units, where not all are wanted.
    """
    which = "WHERE coalesce(unit, '') IN (SELECT unnest(?))" if units else ""
    found = connection.execute(
        f"SELECT coalesce(department, unit, ''), coalesce(unit, ''), {LINE} FROM documents {which} "
        "ORDER BY 1, 2, year, kind, path",
        [list(units)] if units else [],
    ).fetchall()
    for (department, unit), rows in groupby(found, key=lambda row: row[:2]):
        documents = tuple(line_of(row[2:]) for row in rows)
        entries = entries_of(connection, [line.document for line in documents], words)
        yield UnitCase(department, unit, documents, tuple(entries))


def entries_of(connection: Any, documents: Sequence[str], words: Words) -> list[Entry]:
    """Return the findings of some documents as rows of a list, gravest first within a document."""
    return [_entry(row, words) for row in connection.execute(_FINDINGS, [list(documents)]).fetchall()]


def _entry(row: Sequence[Any], words: Words) -> Entry:
    _, path, unit, severity, rule, name, message, printed, proposed, basis, waived, fingerprint, *where = row
    page, line, sheet, cell, table, label, column, section = where
    place = Place(
        path,
        line=line,
        page=page,
        sheet=sheet,
        cell=cell,
        table=table,
        row=label,
        column=column,
        section=section,
    )
    grave = Severity(severity)
    return Entry(
        path,
        unit,
        words.of(SEVERITIES[grave]).partition("（")[0].partition(" (")[0],
        rule,
        name,
        labels(place),
        position(place, words.language),
        message,
        f"{printed} → {proposed}" if proposed else "",
        basis,
        words("已豁免", "waived") if waived else words("待处理", "open"),
        fingerprint or "",
        grave,
    )
