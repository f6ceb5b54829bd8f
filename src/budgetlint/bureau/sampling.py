"""Samples of documents for people to review, and what their judgements say of false alarms.

The same store and seed always give the same sample: documents are ranked by a hash of seed and key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from msgspec import Struct

from budgetlint.bureau.cases import entries_of
from budgetlint.document import ReadError
from budgetlint.reporters.extra import needed
from budgetlint.reporters.records import Entry
from budgetlint.reporters.words import Words
from budgetlint.reporters.xlsx import finding_sheet
from budgetlint.results.checklist import COLUMNS, Column, sheets_of

#: What a sample may be spread over: how people say it, and the column of documents it is.
GROUPS = {
    "部门": "department",
    "地区": "region",
    "公开类型": "kind",
    "格式": "format",
    "department": "department",
    "region": "region",
    "kind": "kind",
    "format": "format",
}
TRUE, FALSE, OPEN = "属实", "误报", "说不准"
_JUDGEMENT = Column("判断", "judgement", None, 10)
_NOTE = Column("判断的理由", "why", None, 24)
#: Of a normal distribution, for 95 %.
_Z = Decimal("1.959964")


class Share(Struct, frozen=True):
    """False alarms among judged findings, with the bounds of Wilson's 95 % interval (from 0 to 1)."""

    severity: str
    rule: str
    false: int
    judged: int
    open: int
    low: Decimal
    high: Decimal


def sampled(documents: Iterable[tuple[str, str]], number: int, seed: int) -> list[str]:
    """Return the keys of a sample spread over groups as they are spread over all.

    Args:
        documents: key and group of each.
        number: how many are wanted; all of them where there are no more.
        seed: another one gives another sample.

    Every group has its share, the parts of documents going to those that lack most; within one a hash decides.
    """
    groups: dict[str, list[str]] = {}
    for key, group in documents:
        groups.setdefault(group, []).append(key)
    total = sum(map(len, groups.values()))
    number = min(number, total)
    if not number:
        return []
    shares = {group: divmod(len(keys) * number, total) for group, keys in groups.items()}
    lacking = sorted(groups, key=lambda group: (-shares[group][1], _rank(seed, group)))
    left = number - sum(whole for whole, _ in shares.values())
    more = set(lacking[:left])
    chosen = []
    for group, keys in sorted(groups.items()):
        wanted = shares[group][0] + (group in more)
        chosen += sorted(keys, key=lambda key: _rank(seed, key))[:wanted]
    return sorted(chosen)


def _rank(seed: int, key: str) -> str:
    return hashlib.sha256(f"{seed}\0{key}".encode()).hexdigest()


def documents_by(connection: Any, group: str) -> list[tuple[str, str]]:
    """Return the documents of a store that were read, with what a sample may be spread over ("" for all alike)."""
    column = f"coalesce({GROUPS[group]}::VARCHAR, '')" if group else "''"
    rows = connection.execute(
        f"SELECT document, {column} FROM documents WHERE read ORDER BY document"
    ).fetchall()
    return [(key, said) for key, said in rows]


def write_sample(connection: Any, keys: Sequence[str], stream: BinaryIO, words: Words) -> int:
    """Write the workbook for reviewers, and return how many findings it asks about.

    Waived findings are not asked about: they were judged before.
    """
    listed = entries_of(connection, keys, words)
    entries = [entry for entry in listed if entry.state != words("已豁免", "waived")]
    book = needed("xlsxwriter", "office").Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    *before, last = (column for column in COLUMNS if column.field)
    finding_sheet(book, entries, words, (*before, _JUDGEMENT, _NOTE, last), {"判断": (TRUE, FALSE, OPEN)})
    _documents(book, connection, keys, entries, words)
    book.close()
    return len(entries)


def _documents(
    book: Any, connection: Any, keys: Sequence[str], entries: Sequence[Entry], words: Words
) -> None:
    sheet = book.add_worksheet(words("抽到的文本", "Documents"))
    heads = (
        words("文件", "file"),
        words("单位", "unit"),
        words("问题", "findings"),
        words("漏掉的问题（人工填）", "missed (filled in by people)"),
    )
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, book.add_format({"bold": True, "border": 1}))
        sheet.set_column(at, at, (44, 30, 8, 40)[at])
    counted: dict[str, int] = {}
    for entry in entries:
        counted[entry.document] = counted.get(entry.document, 0) + 1
    found = connection.execute(
        "SELECT path, coalesce(unit, '') FROM documents WHERE document IN (SELECT unnest(?)) ORDER BY path",
        [list(keys)],
    ).fetchall()
    for number, (path, unit) in enumerate(found, 1):
        sheet.write_string(number, 0, path)
        sheet.write_string(number, 1, unit)
        sheet.write_number(number, 2, counted.get(path, 0))


def judged(path: str, content: bytes) -> tuple[tuple[str, str, str], ...]:
    """Return severity, rule and judgement of every row of a workbook that came back.

    Raises:
        ReadError: BL904 where it is no such workbook, or a judgement is none of the three.
    """
    for rows in sheets_of(path, content):
        for at, row in enumerate(rows):
            heads = {str(cell).strip(): place for place, cell in enumerate(row)}
            places = [heads.get(zh, heads.get(en)) for zh, en in _READ_BACK]
            if None not in places:
                return tuple(_judgements(path, rows[at + 1 :], at + 2, [place or 0 for place in places]))
    raise ReadError("BL904", path, cause="没有“判断”一列 / no column of judgements")


_READ_BACK = (("级别", "severity"), ("规则", "rule"), ("判断", "judgement"))
_SAID = {TRUE: TRUE, FALSE: FALSE, OPEN: OPEN, "": OPEN}


def _judgements(
    path: str, rows: Iterable[Sequence[object]], first: int, places: Sequence[int]
) -> Iterable[tuple[str, str, str]]:
    for number, row in enumerate(rows, first):
        severity, rule, said = (str(row[at]).strip() if at < len(row) else "" for at in places)
        if not rule:
            continue
        if said not in _SAID:
            known = "、".join((TRUE, FALSE, OPEN))
            raise ReadError("BL904", path, cause=f"第 {number} 行的判断“{said}”不是 {known} 之一")
        yield severity, rule, _SAID[said]


def shares_of(judgements: Iterable[tuple[str, str, str]]) -> tuple[Share, ...]:
    """Return the share of false alarms: of all, of each severity, and of each rule with any judged."""
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for severity, rule, said in judgements:
        for key in (("", ""), (severity, ""), (severity, rule)):
            of_key = counted.setdefault(key, dict.fromkeys((TRUE, FALSE, OPEN), 0))
            of_key[said] += 1
    return tuple(_share(key, of_key) for key, of_key in sorted(counted.items()))


def _share(key: tuple[str, str], counted: Mapping[str, int]) -> Share:
    number = counted[TRUE] + counted[FALSE]
    low, high = wilson(counted[FALSE], number)
    return Share(*key, counted[FALSE], number, counted[OPEN], low, high)


def wilson(hits: int, number: int) -> tuple[Decimal, Decimal]:
    """Return the bounds of Wilson's 95 % interval of ``hits`` out of ``number``; all there is where nothing was judged."""
    if not number:
        return Decimal(0), Decimal(1)
    n, p, square = Decimal(number), Decimal(hits) / number, _Z * _Z
    middle = p + square / (2 * n)
    spread = _Z * ((p * (1 - p) + square / (4 * n)) / n).sqrt()
    below = 1 + square / n
    return max(Decimal(0), (middle - spread) / below), min(Decimal(1), (middle + spread) / below)
