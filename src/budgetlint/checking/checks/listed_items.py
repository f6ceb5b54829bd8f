"""Checks of names prose lists beside amounts: items of the basic expenditure, classes by their former names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from budgetlint.checking.case import case_of
from budgetlint.checking.check import check
from budgetlint.checking.checks.passages import NOTE, prose_of
from budgetlint.document import Bundle, Place, Role, Row, RowKind, Table
from budgetlint.document.text import bare_label, squeeze
from budgetlint.results.findings import Outcome, Severity
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

_BASIC = "基本支出"
#: 人员经费…万元，主要包括：甲、乙、丙； the items up to the end of the sentence.
_LIST = re.compile(r"(人员经费|公用经费)[^。；;]{0,30}?元[^。；;]{0,10}?(?:包括|用于)[:：]?([^。；;]{4,400})")
_OPEN = re.compile(r"等(?:支出|费用|方面|项目|其他[^、]*)?$")
#: What makes up each of the two, by the first digits of the economic code.
_CODES = {"人员经费": ("301", "303"), "公用经费": ("302", "310", "399")}
_FUNCTIONAL = "功能分类科目"
_CLASSES = range(201, 240)


@check(
    "BL512",
    Said("列举的经济科目与基本支出表一致", "items listed in prose are those with amounts in the table"),
    Severity.NOTICE,
    Said(
        "人员经费、公用经费“主要包括”所列的科目在基本支出表里有数，表里有数的科目都列到（以“等”结尾的不查漏列）",
        "the items that make up 人员经费 and 公用经费 in prose have amounts in the table, and those with amounts are listed",
    ),
)
def listed_items(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """An item listed without an amount in the table, or with an amount there and not listed; one outcome a list."""
    table = next((t for t in bundle.document.tables if _BASIC in (t.name or "") and _amounts(t)), None)
    if table is None:
        return
    amounts = _amounts(table)
    for passage in prose_of(bundle.document):
        for match in _LIST.finditer(passage.squeezed):
            named = {_called(item): bare_label(item) for item in re.split(r"[、,，]", match[2])}
            of_kind = {name: item for name, item in amounts.items() if item.code.startswith(_CODES[match[1]])}
            if len(named.keys() & of_kind.keys()) * 2 < len(named):
                continue  # the list is of something else
            idle = [said for name, said in named.items() if name in of_kind and not of_kind[name].amount]
            closed = not _OPEN.search(match[2])
            left = [
                item.label for name, item in of_kind.items() if item.amount and closed and name not in named
            ]
            parts = [
                *([f"列举的{'、'.join(idle)}在表里没有数"] if idle else []),
                *([f"表里有数的{'、'.join(left)}没有列举"] if left else []),
            ]
            english = [
                *([f"{', '.join(idle)} listed without an amount in the table"] if idle else []),
                *([f"{', '.join(left)} with an amount in the table, not listed"] if left else []),
            ]
            message = Said(
                f"{match[1]}：{'；'.join(parts)}，请核对“{table.title}”",
                f"{match[1]}: {'; '.join(english)} (“{table.title}”)",
            )
            yield listed_items.judged(match[1], message if parts else None, passage.place)


class _Item(NamedTuple):
    code: str
    label: str
    amount: Decimal


def _amounts(table: Table) -> dict[str, _Item]:
    """Return the 款 of economic classes by name, a blank as zero."""
    found: dict[str, _Item] = {}
    for row in table.rows:
        if row.code and len(row.code) == 5 and row.kind is not RowKind.HEADER:
            name, item = _called(row.label), _Item(row.code, bare_label(row.label), _amount(table, row))
            found[name] = max(found.get(name, item), item, key=lambda one: one.amount)
    return found


def _called(label: str) -> str:
    """Return an item's name without the 支出 that prose and tables may each add or leave out."""
    return bare_label(label).removesuffix("支出")


def _amount(table: Table, row: Row) -> Decimal:
    values = (
        cell.amount.value
        for i, cell in row.cells.items()
        if cell.amount is not None and table.columns[i].role is Role.AMOUNT
    )
    return max(values, default=Decimal(0))


@check(
    "BL429",
    Said("同一科目全文用一个名称", "one class has one name throughout"),
    Severity.WARNING,
    Said(
        "类级科目在正文和各表里用同一个名称，不新旧并用",
        "a class of functions is called by one name in prose and tables, not by its present and a former one",
    ),
)
def one_name_throughout(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """医疗卫生与计划生育支出 in prose and the table of totals, 卫生健康支出 in the table of items; one outcome a class."""
    passages = [p for p in case_of(bundle).passages if p.kind != NOTE]
    for code in map(str, _CLASSES):
        names = sorted(
            {squeeze(entry.name) for entry in vocabulary.code_entries(code, _FUNCTIONAL)},
            key=len,
            reverse=True,
        )
        used: dict[str, list[Place]] = {}
        for name in names if len(names) > 1 else ():
            at = [p.place for p in passages if name in p.squeezed and (p.table is None or p.table.id)]
            if at and not any(name in other for other in used):
                used[name] = at
        tables = {name: {p.table for p in at} for name, at in used.items()}
        if not used:
            continue
        several = len(used) > 1 and not _side_by_side(tables)
        said = "、".join(f"“{name}”" for name in used)
        message = Said(
            f"科目 {code} 在文本里有 {len(used)} 个名称：{said}，请按现行科目统一",
            f"class {code} goes by {len(used)} names: {said}",
        )
        yield one_name_throughout.judged(
            code, message if several else None, *(places[0] for places in used.values())
        )


def _side_by_side(tables: dict[str, set[str | None]]) -> bool:
    """Tell whether all names stand in one table: that is another check's (BL426)."""
    shared = set.intersection(*tables.values())
    return any(title for title in shared)


@check(
    "BL426",
    Said("新旧科目名称不并列", "no class under an old and a new name"),
    Severity.WARNING,
    Said(
        "同一张表中，同一类级科目不以新旧两个名称各列一行",
        "one table does not list a class under its old and its new name",
    ),
)
def old_and_new_names(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One class of functions stands in one block once: beside its present name its old name is left over."""
    for table in bundle.document.tables:
        seen: dict[tuple[int, str], tuple[str, Place]] = {}
        for row in table.rows:
            code = row.code
            if code is None or not row.code_inferred or len(code) != 3 or row.kind is RowKind.AMONG:
                continue
            name, place = bare_label(row.label), row.place.within(table=table.title, row=row.label)
            before = seen.setdefault((row.group, code), (name, place))
            twice = before[0] != name
            message = Said(
                f"“{row.label}”与“{before[0]}”是同一科目（{code}）新旧两个名称，同一张表中并列，请按现行科目列示",
                f"“{row.label}” and “{before[0]}” are the old and the new name of one class ({code})",
            )
            instance = f"{table.id}|{row.group}|{code}|{name}"
            yield old_and_new_names.judged(instance, message if twice else None, place, before[1])


LISTED_CHECKS = (listed_items, one_name_throughout, old_and_new_names)
