"""``budgetlint compare``: what two versions of a document print differently, as rules see them."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Iterator

from budgetlint.config import Settings
from budgetlint.document import Document, ReadError, Table
from budgetlint.document.text import squeeze
from budgetlint.results.report import Exit
from budgetlint.results.unread import unread_finding
from budgetlint.results.wording import about
from budgetlint.run.opening import open_session


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Print changed cells, lost and new tables and rows, and changed paragraphs; exit 1 where anything differs."""
    session = open_session(settings)
    try:
        old, new = session.read(options.old), session.read(options.new)
    except ReadError as error:
        sys.stderr.write(
            f"{about(error.path, unread_finding(error, settings.lang).message, settings.lang)}\n"
        )
        return Exit.UNREAD
    differences = [*_tables(old, new), *_prose(old, new)]
    sys.stdout.writelines(f"{difference}\n" for difference in differences)
    sys.stdout.write(
        f"{len(differences)} 处不同\n" if settings.lang == "zh" else f"{len(differences)} differences\n"
    )
    return Exit.FINDINGS if differences else Exit.CLEAN


def _tables(old: Document, new: Document) -> Iterator[str]:
    before, after = _named(old), _named(new)
    for name in before.keys() - after.keys():
        yield f"- 表 {name}"
    for name in after.keys() - before.keys():
        yield f"+ 表 {name}"
    for name, table in before.items():
        if name in after:
            yield from _cells(name, table, after[name])


def _named(document: Document) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for table in document.tables:
        name = " ".join(part for part in (table.name or squeeze(table.title), table.key) if part)
        number = sum(known.partition(" #")[0] == name for known in tables)
        tables[f"{name} #{number + 1}" if number else name] = table
    return tables


def _cells(name: str, old: Table, new: Table) -> Iterator[str]:
    before, after = _printed(old), _printed(new)
    for where in dict.fromkeys((*before, *after)):
        was, now = before.get(where, ""), after.get(where, "")
        if squeeze(was) != squeeze(now):
            yield f"~ {name} {where}：{was or '（无）'} → {now or '（无）'}"


def _printed(table: Table) -> dict[str, str]:
    cells: dict[str, str] = {}
    for row in table.rows:
        for index, cell in row.cells.items():
            label = " / ".join(part for part in (row.code or "", "/".join(row.path)) if part)
            where = f"{squeeze(label)} · {squeeze('/'.join(table.columns[index].path))}"
            number = 2
            while where in cells:
                where, number = f"{where.partition(' #')[0]} #{number}", number + 1
            cells[where] = cell.text
    return cells


def _prose(old: Document, new: Document) -> Iterator[str]:
    before, after = _lines(old), _lines(new)
    for line in difflib.unified_diff(before, after, lineterm="", n=0):
        if line[:1] in "+-" and not line.startswith(("+++", "---")):
            yield f"{line[0]} {line[1:]}"


def _lines(document: Document) -> list[str]:
    own = [paragraph.text for paragraph in document.root.paragraphs]
    return own + [p.text for section in document.sections() for p in section.paragraphs]
