"""Holds published figures against the approved ones (批复): differing ones are found with both figures and their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from budgetlint.bureau.lists.columns import Columns
from budgetlint.bureau.lists.remarks import Compared, Kind, Remark, sorted_remarks
from budgetlint.bureau.lists.sheets import ListCell, ListRow, amount_of_cell, folded, rows_of
from budgetlint.bureau.lists.stored import Stored, StoredDocument, fitting
from budgetlint.document import Amount, Source
from budgetlint.document.amount import MONEY_UNITS, amount_of, parse_number
from budgetlint.results.findings import Severity
from budgetlint.said import Said

_YEAR = re.compile(r"(?:19|20)\d\d")
_TOTALS = ("合计", "总计", "本年支出合计", "支出合计", "支出总计")
_FIGURES = (
    "SELECT document, coalesce(\"table\"::VARCHAR, ''), coalesce(title::VARCHAR, ''), row, "
    "coalesce(code::VARCHAR, ''), coalesce(\"column\"::VARCHAR, ''), printed, value, "
    "coalesce(unit_printed::VARCHAR, ''), page, line, sheet, cell FROM figures "
    "WHERE document IN (SELECT unnest(?)) AND title IS NOT NULL"
)


class _Figure(Struct, frozen=True):
    document: str
    table: str
    title: str
    row: str
    code: str
    column: str
    printed: str
    value: Decimal | None
    unit: str
    page: int | None
    line: int | None
    sheet: str | None
    cell: str | None


class _Asked(Struct, frozen=True):
    """One approved figure: what a row of the list says of one amount."""

    row: ListRow
    column: str
    cell: ListCell
    unit: str | None


def held_against_approved(source: Source, stored: Stored, connection: Any, columns: Columns) -> Compared:
    """Return what holding published figures against approved ones comes to.

    Args:
        source: the list as read: unit, table or code, column and amount; or a column for each amount.
        stored: the documents of the store.
        connection: open on the store.
        columns: what the list's columns may be called.

    Every approved figure counts: it agrees, differs, or could not be compared, and then it says why.
    """
    listed = rows_of(source, columns.approved, ("单位", "金额"))
    wide = not listed.rows
    if wide:
        found = rows_of(source, columns.approved, ("单位",), columns.amounts)
        listed = found if any(row.amounts for row in found.rows) else listed
    remarks: list[Remark] = []
    if not listed.rows:
        remarks.append(_headless(source.path))
    published = _Published(connection)
    asked_of: dict[str, list[_Asked]] = {}
    for row in listed.rows:
        if row.is_total(columns.totals):
            continue
        if not row.text("单位"):
            remarks.append(_unplaced(row, "没有单位名称", "names no unit"))
            continue
        asked_of.setdefault(row.text("单位"), []).extend(_asked(row, wide))
    rows = agreed = undecided = 0
    for name, asked in asked_of.items():
        for one in asked:
            rows += 1
            remark = _held(one, name, stored, published)
            if remark is None:
                agreed += 1
                continue
            undecided += remark.kind is not Kind.DIFFERS
            remarks.append(remark)
    return Compared(source.path, rows, agreed, undecided, sorted_remarks(remarks))


def _asked(row: ListRow, wide: bool) -> Iterator[_Asked]:
    if not wide:
        yield _Asked(row, row.text("列"), row.cells["金额"], row.units.get("金额"))
        return
    for column, cell in row.amounts.items():
        if cell.text:
            yield _Asked(row, column, cell, row.units.get(column))


class _Published:
    """The figures of documents, asked for once a document and found by code."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._figures: dict[str, list[_Figure]] = {}

    def of(self, documents: Sequence[StoredDocument]) -> list[_Figure]:
        """Return the figures of some documents."""
        new = [one.document for one in documents if one.document not in self._figures]
        if new:
            self._figures = {key: [] for key in new}  # lists go unit by unit: one unit is kept at a time
            for row in self._connection.execute(_FIGURES, [new]).fetchall():
                self._figures[row[0]].append(_Figure(*row))
        return [figure for one in documents for figure in self._figures.get(one.document, ())]


def _held(asked: _Asked, name: str, stored: Stored, published: _Published) -> Remark | None:
    """Return what is to be said of one approved figure; None where the published one agrees."""
    amount = amount_of_cell(asked.cell, asked.unit)
    if amount is None:
        why = "金额不是数" if asked.cell.text else "金额是空白"
        return _undecided(asked, name, why, "the amount is no number")
    if amount.unit not in MONEY_UNITS:
        return _undecided(asked, name, "金额没有写明是元还是万元", "nothing says whether it is 元 or 万元")
    row = asked.row
    kind = next((one for one in ("预算", "决算") if one in row.text("公开类型")), "")
    match = _YEAR.search(folded(row.text("年度")))
    documents = fitting(stored.of(name)[0], "", kind, match[0] if match else "")
    if not documents:
        return _undecided(
            asked, name, "结果库里没有这个单位的公开文本", "no document of this unit is in the store"
        )
    figures = _meant(asked, published.of(documents))
    if not figures:
        if not amount.value:
            return None
        return _undecided(
            asked, name, "公开文本里没有找到这个数", "no such figure was found in its documents"
        )
    return _compared(asked, amount, name, figures, {one.document: one for one in documents})


def _meant(asked: _Asked, figures: Sequence[_Figure]) -> list[_Figure]:
    """Return the published figures an approved one may mean."""
    row = asked.row
    table, code, item = folded(row.text("表")), folded(row.text("编码")), folded(row.text("项目"))
    found = [
        one
        for one in figures
        if not table or table in (one.table, folded(one.title)) or table in folded(one.title)
    ]
    if code:
        found = [one for one in found if one.code == code]
    elif item:
        found = [one for one in found if _last(one.row) == item or folded(one.row) == item]
    else:
        found = [one for one in found if _last(one.row) in _TOTALS]
    if asked.column:
        wanted = folded(asked.column)
        exact = [one for one in found if folded(one.column) == wanted]
        found = exact or [one for one in found if wanted == _last(one.column)]
    return found


def _last(label: str) -> str:
    return folded(label.rpartition("/")[2])


def _compared(
    asked: _Asked,
    amount: Amount,
    name: str,
    figures: Sequence[_Figure],
    documents: dict[str, StoredDocument],
) -> Remark | None:
    known = [(one, value) for one in figures if (value := _amount(one)) is not None]
    if not known:
        return _undecided(asked, name, "公开的数没有写明是元还是万元", "the published figure states no unit")
    off = [one for one, value in known if not _agrees(amount, value)]
    if not off:
        return None
    if len(off) < len(known) and not asked.row.text("表"):
        return None  # the code stands in several tables: that the approved figure stands in one of them is all it says
    distinct = {value.value for _, value in known}
    if len(distinct) > 1 and not asked.row.text("表"):
        several = "、".join(dict.fromkeys(f"{one.title}“{one.printed}”" for one, _ in known))
        return _undecided(
            asked,
            name,
            f"批复 {asked.cell.text}{asked.unit or ''} 与公开文本中几处都不同，不知指哪一张表：{several}；请在批复表里加“表”一列",
            f"approved {asked.cell.text}; the documents have several such figures: {several}; name the table",
        )
    first = off[0]
    subject = _subject(asked)
    zh = (
        f"{subject}：批复 {asked.cell.text}{_unit(asked.cell, asked.unit)}，"
        f"公开 {first.printed}{first.unit}（{first.title}）"
    )
    en = f"{subject}: approved {asked.cell.text} {asked.unit}, published {first.printed} {first.unit} ({first.title})"
    document = documents[first.document]
    return Remark(
        Kind.DIFFERS,
        Severity.ERROR,
        name,
        Said(zh, en),
        (asked.cell.where, _where(first, document)),
        first.document,
    )


def _unit(cell: ListCell, unit: str | None) -> str:
    return "" if any(said in cell.text for said in MONEY_UNITS) else unit or ""


def _amount(figure: _Figure) -> Amount | None:
    """Return a published amount with the precision it is printed in."""
    number = parse_number(figure.printed)
    if number is None or figure.value is None or figure.unit not in MONEY_UNITS:
        return None
    return amount_of(*number, figure.unit)


def _agrees(approved: Amount, published: Amount) -> bool:
    """Tell whether two amounts are the same as far as the coarser of them is printed."""
    # 120 in a list is 120.00: noughts are not typed there.
    typed = min(approved.quantum, approved.factor / 100)
    return abs(approved.value - published.value) * 2 <= max(typed, published.quantum)


def _subject(asked: _Asked) -> str:
    row = asked.row
    said = (row.text("表"), row.text("编码"), row.text("项目"), asked.column)
    return " ".join(part for part in said if part) or "合计"


def _where(figure: _Figure, document: StoredDocument) -> str:
    place = [document.path]
    if figure.sheet or figure.cell:
        place += [part for part in (figure.sheet, figure.cell) if part]
    elif figure.page:
        place.append(f"第 {figure.page} 页")
    elif figure.line:
        place.append(f"第 {figure.line} 行")
    place.append(f"{figure.title} {_last(figure.row)} {figure.column}".strip())
    return " ".join(place)


def _undecided(asked: _Asked, name: str, zh: str, en: str) -> Remark:
    subject = _subject(asked)
    return Remark(
        Kind.UNDECIDED,
        Severity.NOTICE,
        name,
        Said(f"{subject}：{zh}，无法核对", f"{subject}: {en}; not compared"),
        (asked.cell.where or asked.row.where,),
    )


def _unplaced(row: ListRow, zh: str, en: str) -> Remark:
    said = "；".join(row.said)
    return Remark(
        Kind.ROW, Severity.NOTICE, "", Said(f"这一行{zh}：{said}", f"this row {en}: {said}"), (row.where,)
    )


def _headless(path: str) -> Remark:
    zh = "没有找到表头（要有“单位名称”和“金额”，或单位名称和分列的金额；列名不同时用 --columns 写明）"
    en = "no header was found: columns of units and amounts are needed (name yours with --columns)"
    return Remark(Kind.ROW, Severity.WARNING, "", Said(zh, en), (path,))
