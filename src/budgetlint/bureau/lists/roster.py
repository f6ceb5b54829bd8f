"""Holds a store against a roster (名单): who has not published, who late, who twice, and under which other name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from budgetlint.bureau.lists.columns import Columns
from budgetlint.bureau.lists.days import Lateness, term_of
from budgetlint.bureau.lists.names import near_names, plain_name
from budgetlint.bureau.lists.remarks import Compared, Kind, Remark, sorted_remarks
from budgetlint.bureau.lists.sheets import ListRow, date_of, folded, rows_of
from budgetlint.bureau.lists.stored import Stored, StoredDocument, fitting
from budgetlint.document import Source
from budgetlint.results.findings import Severity
from budgetlint.said import Said

_YEAR = re.compile(r"(?:19|20)\d\d")
#: Documents that nobody listed are named one by one up to so many.
_NAMED = 200


def held_against_roster(source: Source, stored: Stored, columns: Columns) -> Compared:
    """Return what holding a store against a roster comes to.

    Args:
        source: the roster as read.
        stored: the documents of the store.
        columns: what its columns may be called.
    """
    listed = rows_of(source, columns.roster, ("单位",))
    remarks = [_headless(sheet) for sheet in listed.headless if not listed.rows]
    rows, agreed, undecided = 0, 0, 0
    wanted = [row for row in listed.rows if not row.is_total(columns.totals)]
    names = {plain_name(row.text("单位")) for row in wanted}
    for row in wanted:
        if not row.text("单位"):
            remarks.append(_no_unit(row))
            continue
        rows += 1
        said = list(_remarks_on(row, stored, columns, names))
        remarks += said
        if any(remark.kind is Kind.UNDECIDED for remark in said):
            undecided += 1
        agreed += not said
    remarks += _twice(stored.documents)
    remarks += _unlisted(stored, [row.text("单位") for row in wanted])
    return Compared(source.path, rows, agreed, undecided, sorted_remarks(remarks))


def _remarks_on(row: ListRow, stored: Stored, columns: Columns, names: set[str]) -> Iterator[Remark]:
    name = row.text("单位")
    level, kind, year = _level(row, columns), _kind(row), _year(row)
    found, exact = stored.of(name)
    if not exact and found and plain_name(found[0].unit) in names:
        found = ()  # another row of the roster is that unit
    documents = fitting(found, level, kind, year)
    if not documents:
        yield _missing(row, found, stored, names)
    elif not exact:
        yield Remark(
            Kind.NAME,
            Severity.NOTICE,
            name,
            Said(
                f"名单写“{name}”，公开文本写“{documents[0].unit}”，按同一单位核对",
                f"the roster says “{name}”, the document “{documents[0].unit}”: taken for the same unit",
            ),
            (row.where, documents[0].path),
            documents[0].document,
        )
    yield from _term(row, name, level, columns, documents[0].document if documents else "")


def _missing(row: ListRow, found: Sequence[StoredDocument], stored: Stored, names: set[str]) -> Remark:
    name = row.text("单位")
    if found:
        had = "、".join(dict.fromkeys(f"{one.year or ''}{one.kind or '类型不明的文本'}" for one in found))
        zh, en = f"；库里只有该单位的{had}", f"; the store holds other documents of this unit: {had}"
    else:
        near = near_names(name, (unit for unit in stored.units if plain_name(unit) not in names))
        zh = f"；名称相近的有：{'、'.join(near)}" if near else ""
        en = f"; near names: {', '.join(near)}" if near else ""
    return Remark(
        Kind.MISSING,
        Severity.WARNING,
        name,
        Said(
            f"名单上有“{name}”，结果库里没有找到它公开的文本{zh}",
            f"“{name}” is in the roster, but no document of it is in the store{en}",
        ),
        (row.where,),
    )


def _term(row: ListRow, name: str, level: str, columns: Columns, document: str) -> Iterator[Remark]:
    """Yield what there is to say of the day of publication; the reply of a unit is its department's."""
    asked = [field for field in ("批复日期", "公开日期") if field in row.cells]
    if len(asked) < 2:
        return
    replied, published = (date_of(row.cells[field]) for field in asked)
    places = tuple(row.cells[field].where for field in asked)
    if replied is None or published is None:
        lacking = [
            (field, row.text(field))
            for field, day in zip(asked, (replied, published), strict=True)
            if day is None
        ]
        zh = "、".join(f"{field}“{said}”不是日期" if said else f"没有填写{field}" for field, said in lacking)
        en = ", ".join(f"“{said}” is no date" if said else "a date is not filled in" for _, said in lacking)
        yield Remark(
            Kind.UNDECIDED,
            Severity.NOTICE,
            name,
            Said(f"{zh}，公开是否及时无法核对", f"{en}: whether in time is unknown"),
            places,
        )
        return
    remark = _late(name, level, replied, published, columns)
    if remark is not None:
        severity, message = remark
        yield Remark(Kind.LATE, severity, name, message, places, document)


def _late(
    name: str, level: str, replied: date, published: date, columns: Columns
) -> tuple[Severity, Said] | None:
    who = "主管部门批复" if level == "单位" else "财政部门批复" if level == "部门" else "批复"
    if published < replied:
        zh = f"公开日期 {published} 早于{who}日期 {replied}，请核实两个日期"
        return Severity.NOTICE, Said(
            zh, f"published on {published}, before the reply of {replied}: check both dates"
        )
    term = term_of(replied, published, columns.holidays)
    if term.lateness is Lateness.IN_TIME:
        return None
    late = (published - term.last).days
    zh = f"{who}日期 {replied}，第二十日为 {term.last}，公开日期 {published}，晚 {late} 天（预算法第十四条）"
    en = f"reply of {replied}, twentieth day {term.last}, published on {published}: {late} days late (Budget Law art. 14)"
    if term.lateness is Lateness.LATE:
        return Severity.WARNING, Said(zh, en)
    rest = f"可能在{term.rest}假期内" if term.rest else "是休息日"
    rest_en = "may lie in a public holiday" if term.rest else "is a rest day"
    return Severity.NOTICE, Said(
        f"{zh}；最后一天{rest}，请核实", f"{en}; the last day {rest_en}: to be checked"
    )


def _twice(documents: Sequence[StoredDocument]) -> Iterator[Remark]:
    alike: dict[tuple[str, str, int], list[StoredDocument]] = {}
    for document in documents:
        if document.unit and document.kind and document.year:
            alike.setdefault((document.unit, document.kind, document.year), []).append(document)
    for (unit, kind, year), group in alike.items():
        if len(group) < 2:
            continue
        same = len({document.content for document in group}) == 1
        zh = f"{year}年{kind}有 {len(group)} 份，" + (
            "内容完全相同" if same else "内容不同，请核实以哪一份为准"
        )
        en = f"{len(group)} documents of {year} {kind}, " + ("all the same" if same else "which differ")
        severity = Severity.NOTICE if same else Severity.WARNING
        paths = tuple(document.path for document in group)
        yield Remark(Kind.TWICE, severity, unit, Said(zh, en), paths, group[0].document)


def _unlisted(stored: Stored, names: Sequence[str]) -> Iterator[Remark]:
    known = {plain_name(name) for name in names}
    reached = {one.unit for name in names for one in stored.of(name)[0]}
    left = [unit for unit in stored.units if plain_name(unit) not in known and unit not in reached]
    for unit in left[:_NAMED]:
        near = near_names(unit, names)
        zh = f"公开文本的单位“{unit}”不在名单上" + (f"；名称相近的有：{'、'.join(near)}" if near else "")
        en = f"“{unit}” is not in the roster" + (f"; near names: {', '.join(near)}" if near else "")
        first = stored.of(unit)[0][0]
        yield Remark(Kind.UNLISTED, Severity.NOTICE, unit, Said(zh, en), (first.path,), first.document)
    if len(left) > _NAMED:
        more = len(left) - _NAMED
        zh = f"另有 {more} 个单位的公开文本不在名单上，没有逐一列出"
        yield Remark(Kind.UNLISTED, Severity.NOTICE, "", Said(zh, f"{more} more units are not in the roster"))


def _level(row: ListRow, columns: Columns) -> str:
    said = folded(row.text("类别"))
    return next((level for level, names in columns.levels.items() if said in map(folded, names)), "")


def _kind(row: ListRow) -> str:
    said = row.text("公开类型")
    return next((kind for kind in ("预算", "决算") if kind in said), "")


def _year(row: ListRow) -> str:
    match = _YEAR.search(folded(row.text("年度")))
    return match[0] if match else ""


def _no_unit(row: ListRow) -> Remark:
    said = "；".join(row.said)
    return Remark(
        Kind.ROW,
        Severity.NOTICE,
        "",
        Said(f"这一行没有单位名称：{said}", f"this row names no unit: {said}"),
        (row.where,),
    )


def _headless(sheet: str) -> Remark:
    zh = f"“{sheet}”里没有找到表头（要有“单位名称”一列；列名不同时用 --columns 写明）"
    en = f"no header was found in {sheet!r} (a column of units is needed; name yours with --columns)"
    return Remark(Kind.ROW, Severity.WARNING, "", Said(zh, en), (sheet,))
