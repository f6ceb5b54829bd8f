"""Checks of what stands around the figures of a table: notes of empty tables, unit lines, rows above a code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from budgetlint.checking.check import PythonCheck, check
from budgetlint.checking.checks.passages import prose_of
from budgetlint.document import Bundle, Place, Role, Row, RowKind, Table, TableState
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import Basis
from budgetlint.results.findings import Outcome, Severity
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

_DISCLOSURE = (Basis("《地方预决算公开操作规程》（财预〔2016〕143号）"),)
_CLASSIFICATION = (Basis("《政府收支分类科目》（财政部制定，文本年度）"),)
_CODE = re.compile(r"[23]\d\d(?:\d\d){0,2}")
_EMPTY_HERE = re.compile(r"空表列示|(?:本|此|该)表(?:为空|无数据|没有数据)|故(?:本|此)表无数据")
_NONE = re.compile(r"无|没有|未安排|未发生|不涉及|空表|为零|(?<![\d.,])0(?:\.0+)?(?:万元|元|(?![\d.%]))")
_MONEY = re.compile(r"\d(?:万|亿)?元")
#: Columns of a list of the tables; what says in them that a table is none of the empty ones.
_LISTED, _EMPTY_MARKS = "报表名称", ("是否空表", "空表理由")
_IS_NOT = re.compile(r"否|不是|非空表?|[-—–/×]+")
#: So large a share of codes with their parent rows makes a table one that lists all levels.
_MOSTLY = 0.8
#: So many rows a message names.
_NAMED = 3


@check(
    "BL431",
    Said("空表有说明", "empty tables are explained"),
    Severity.WARNING,
    Said(
        "没有数据的规范表列空表，并在表下或正文说明没有数据",
        "a required table without data is printed empty, and a note or prose says that there is none",
    ),
    basis=_DISCLOSURE,
)
def explained_empties(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A table without a figure bears a note, or prose says of its subject that there is none."""
    subjects = vocabulary.lists.get("空表事项", ())
    prose = [p.squeezed for p in prose_of(bundle.document)]
    said = [text for text in prose if _NONE.search(text)]
    # Of a file of tables alone the notes may stand in the file of the prose.
    severity = Severity.WARNING if any(_MONEY.search(text) for text in prose) else Severity.NOTICE
    empty = _listed_as_empty(bundle.document.tables)
    for table in bundle.document.tables:
        if table.id is None or table.state not in (TableState.EMPTY_WITH_NOTE, TableState.EMPTY_WITHOUT_NOTE):
            continue
        if _prints_zeros(table):
            continue
        name, title = squeeze(table.name or table.title), squeeze(table.title)
        about = [subject for subject in subjects if subject in name]
        explained = (
            table.state is TableState.EMPTY_WITH_NOTE
            or any(subject in text for subject in about for text in said)
            or any(listed.endswith(title) or title.endswith(listed) for listed in empty)
        )
        message = Said(
            f"“{table.title}”没有数据，也没有空表说明，请在表下或正文说明",
            f"“{table.title}” has no data and no note that says so",
        )
        outcome = _outcome(explained_empties, table, "", None if explained else message)
        yield replace(outcome, severity=severity)


def _listed_as_empty(tables: Sequence[Table]) -> set[str]:
    """Return the titles that a list of the tables says are published empty: a mark, or a reason, in the row."""
    listed: set[str] = set()
    for table in tables:
        at = {column.name: number for number, column in enumerate(table.columns)}
        marks = [number for name, number in at.items() if name in _EMPTY_MARKS]
        for row in table.rows if _LISTED in at else ():
            said = [squeeze(cell.text) for number in marks if (cell := row.cells.get(number))]
            title = row.cells.get(at[_LISTED])
            if title is not None and any(text and not _IS_NOT.fullmatch(text) for text in said):
                listed.add(squeeze(title.text))
    return listed - {""}


def _prints_zeros(table: Table) -> bool:
    """Tell whether a table prints its zeros: it says itself that there is nothing."""
    return any(
        cell.amount is not None
        for row in table.rows
        if row.kind is not RowKind.HEADER
        for column, cell in row.cells.items()
        if table.columns[column].role is Role.AMOUNT
    )


@check(
    "BL432",
    Said("声明空表的没有数据", "tables called empty are empty"),
    Severity.WARNING,
    Said(
        "注明“本表无数据”“空表列示”的表没有非零金额",
        "a table whose note calls it empty prints no amount but zero",
    ),
)
def declared_empty(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A table whose note calls it empty prints no figure but zero."""
    for table in bundle.document.tables:
        note = next((n for n in table.notes if _EMPTY_HERE.search(squeeze(n.text))), None)
        if note is None:
            continue
        figure = next(
            (
                cell
                for row in table.rows
                if row.kind is not RowKind.HEADER
                for i, cell in row.cells.items()
                if table.columns[i].role is Role.AMOUNT and cell.amount is not None and cell.amount.value
            ),
            None,
        )
        if figure is None:
            yield _outcome(declared_empty, table, "", None)
            continue
        message = Said(
            f"“{table.title}”的注写明没有数据，表中却有数（{figure.text}），请核对",
            f"the note of “{table.title}” says that there is no data, yet it prints {figure.text}",
        )
        yield _outcome(declared_empty, table, "", message, figure.place)


@check(
    "BL433",
    Said("金额表写明单位", "tables of amounts say their unit"),
    Severity.NOTICE,
    Said(
        "规范的金额表写明金额单位",
        "a required table of amounts says its unit",
    ),
)
def stated_units(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A known table of amounts says its unit: in a line of its own, in a header or in its cells."""
    for table in bundle.document.tables:
        amounts = [column for column in table.columns if column.role is Role.AMOUNT]
        if table.id is None or not amounts or table.state is not TableState.FULL:
            continue
        said = (
            table.unit
            or any(column.unit for column in amounts)
            or any(cell.amount and cell.amount.unit for row in table.rows for cell in row.cells.values())
        )
        message = Said(
            f"“{table.title}”没有写明金额单位，请补写“单位：万元”",
            f"“{table.title}” does not say the unit of its amounts",
        )
        yield _outcome(stated_units, table, "", None if said else message)


@check(
    "BL434",
    Said("下级科目列有上级科目", "codes stand under their parents"),
    Severity.WARNING,
    Said(
        "逐级列示的表中，款级科目有类级行，项级科目有款级行",
        "in a table that lists every level, a 款 has its 类's row and a 项 its 款's",
    ),
    basis=_CLASSIFICATION,
)
def parents(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """In a table that lists every level, a 款 stands under its 类 and a 项 under its 款."""
    for table in bundle.document.tables:
        rows = [row for row in table.rows if row.code and not row.code_inferred and _CODE.fullmatch(row.code)]
        codes = {row.code for row in rows}
        below = [row for row in rows if row.code and len(row.code) > 3]
        orphans = [row for row in below if (row.code or "")[:-2] not in codes]
        if not below or len(orphans) > len(below) * (1 - _MOSTLY):
            continue
        missing: dict[str, list[Row]] = defaultdict(list)
        for row in below:
            missing[(row.code or "")[:-2]].append(row)
        for parent, parts in missing.items():
            named = "、".join(f"{row.code} {row.label}" for row in parts[:_NAMED])
            more = len(parts) > _NAMED
            message = Said(
                f"没有列出科目 {parent}，其下却有 {named}{'等' if more else ''}，请核对编码或补列上级科目",
                f"{parent} is not listed, though below it stand {named}{' and others' if more else ''}",
            )
            places = (row.place for row in parts)
            yield _outcome(parents, table, parent, None if parent in codes else message, *places)


def _outcome(check: PythonCheck, table: Table, which: str, message: Said | None, *places: Place) -> Outcome:
    at = tuple(place.within(table=table.title) for place in places) or (
        table.place.within(table=table.title),
    )
    instance = f"{table.id or squeeze(table.title)}|{table.key}|{which}"
    return check.judged(instance, message, *at)


TABLE_STATE_CHECKS = (
    explained_empties,
    declared_empty,
    stated_units,
    parents,
)
