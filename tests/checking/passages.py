"""Small documents of words for the tests of Python checks."""

from __future__ import annotations

from budgetlint.checking.check import PythonCheck
from budgetlint.document import (
    Bundle,
    Cell,
    Classification,
    Column,
    ContentsItem,
    Document,
    Paragraph,
    Role,
    Row,
    Section,
    Table,
)
from budgetlint.document.amount import amount_of, parse_number
from budgetlint.results.findings import Outcome, Verdict
from budgetlint.said import said
from budgetlint.vocabulary import Vocabulary

DEPARTMENT = "示例市示例区农业农村局"


def document(
    *paragraphs: str,
    sections: tuple[Section, ...] = (),
    tables: tuple[Table, ...] = (),
    contents: tuple[ContentsItem, ...] = (),
    kind: str = "部门预算",
) -> Document:
    """Return a document of the made-up 示例区 with paragraphs before its sections."""
    root = Section("", "", 0, paragraphs=tuple(Paragraph(text) for text in paragraphs), sections=sections)
    known = Classification(kind, 2024, None, DEPARTMENT)
    return Document("示例.txt", "text", "2024年部门预算", known, contents, root, tables)


def table(columns: dict[str, Role], *rows: tuple[str, ...], title: str = "示例表", **more: object) -> Table:
    """Return a table; columns are their own canonical names, the first one is the row's label."""
    heads = tuple(Column((name,), name, role) for name, role in columns.items())
    lines = tuple(
        Row(n, 0, cells[0], (cells[0],), {i: _cell(text, heads[i].role) for i, text in enumerate(cells)})
        for n, cells in enumerate(rows)
    )
    return Table(title, columns=heads, rows=lines, lines=len(lines), **more)


def _cell(text: str, role: Role) -> Cell:
    number = parse_number(text) if role in (Role.AMOUNT, Role.COUNT) else None
    return Cell(text, amount_of(*number, "万元") if number else None)


def outcomes(check: PythonCheck, document: Document, vocabulary: Vocabulary | None = None) -> list[Outcome]:
    """Run a check."""
    return list(check.run(Bundle(document), vocabulary or Vocabulary()))


def failures(check: PythonCheck, document: Document, vocabulary: Vocabulary | None = None) -> list[str]:
    """Return the messages of what fails; each is said in two languages, the English one in English."""
    failed = [
        said(o.message or "") for o in outcomes(check, document, vocabulary) if o.verdict is Verdict.FAILS
    ]
    assert all(message.zh != message.en for message in failed)
    return [message.zh for message in failed]


def named(checks: tuple[PythonCheck, ...], id: str) -> PythonCheck:
    """Return the check of an id."""
    return next(check for check in checks if check.id == id)
