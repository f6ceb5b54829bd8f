"""Checks the words of performance goals against the figures of their sheet: totals, averages, values of indicators."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from budgetlint.checking.check import PythonCheck, check
from budgetlint.checking.engine.printed import amount_in
from budgetlint.document import Amount, Bundle, Cell, Dimension, Table
from budgetlint.document.amount import MONEY_UNITS
from budgetlint.document.text import numbering_of, squeeze
from budgetlint.results.findings import Operand, Outcome, Severity
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

_PROJECT = "项目名称"
_GOALS = ("预期目标", "年度目标", "绩效目标", "总体目标")
_MONEY = r"(\d[\d,]*(?:\.\d+)?)(亿元|万元|千元|元)"
_AVERAGE = re.compile(
    rf"人均(?:标准)?(?:约|为)?{_MONEY}[^。；;]{{0,12}}?(?:共计|合计|总计)(?:约|为)?{_MONEY}"
)
_WHOLE = re.compile(rf"(?:(?:全年|年度)(?:共计|总计|共需|合计)|总计|共需)(?:约|为)?{_MONEY}")
_BUDGETED = ("年初预算数", "全年预算数", "全年执行数", "预算数", "金额")
_ITEMS = re.compile(r"[\n；;。]")
_BOUND = re.compile(r"(>=|<=|[≥≤><])(\d+)[个人名户家场次件项起]")
_SHORTEST_ITEM = 12
_SHORTEST_NAME = 4


def _goals(bundle: Bundle) -> Iterator[tuple[Table, str, Cell]]:
    for table in bundle.document.tables:
        if _PROJECT in table.facts:
            for name in _GOALS:
                if name in table.facts:
                    yield table, name, table.facts[name]


def _money(number: str, unit: str) -> Decimal:
    return Decimal(number.replace(",", "")) * MONEY_UNITS[unit]


@check(
    "BL811",
    Said("绩效目标的人均不大于共计", "what each gets is no more than the total"),
    Severity.WARNING,
    Said(
        "绩效目标写明人均和共计金额的，人均不大于共计（单位写错时常见）",
        "where a goal states an amount a head and in total, the one is no more than the other",
    ),
)
def averages(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """What each gets is not more than what all get."""
    for table, name, cell in _goals(bundle):
        for found in _AVERAGE.finditer(squeeze(cell.text)):
            wrong = _money(found[1], found[2]) > _money(found[3], found[4])
            each, whole = f"{found[1]}{found[2]}", f"{found[3]}{found[4]}"
            message = Said(
                f"{name}写人均 {each}、共计 {whole}，人均大于共计，请核对金额单位",
                f"{name} says {each} a head and {whole} in total: check the units",
            )
            yield _outcome(averages, table, name, cell, found[0], message if wrong else None)


@check(
    "BL812",
    Said("绩效目标的总额与本表资金一致", "a goal's total is the sheet's"),
    Severity.WARNING,
    Said(
        "绩效目标写明全年共计金额的，应与本表的预算数、全年预算数或执行数之一相符",
        "a total that a goal states is one of its sheet's own figures",
    ),
)
def totals_of_goals(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A total that the goal states is one of the sheet's own figures, rounded as the goal prints it."""
    for table, name, cell in _goals(bundle):
        budgeted = list(_budget_of(table))
        for found in _WHOLE.finditer(squeeze(cell.text)) if budgeted else ():
            stated = amount_in(f"{found[1]}{found[2]}")
            if stated is None:
                continue
            holds = any(abs(amount.value - stated.value) <= stated.quantum for amount in budgeted)
            said = "、".join(dict.fromkeys(map(_in_wan, budgeted)))
            message = Said(
                f"{name}写“{found[0]}”，与本表资金（{said}）都不一致，请核对",
                f"{name} says “{found[0]}”, which is none of the sheet's figures ({said})",
            )
            yield _outcome(totals_of_goals, table, name, cell, found[0], None if holds else message)


def _budget_of(table: Table) -> Iterator[Amount]:
    """Yield the money a sheet gives its project."""
    columns = {i for i, column in enumerate(table.columns) if column.name in _BUDGETED}
    for row in table.rows:
        for i in columns & row.cells.keys():
            amount = row.cells[i].amount
            if amount is not None and amount.dimension is Dimension.MONEY and amount.value:
                yield amount


def _in_wan(amount: Amount) -> str:
    return f"{(amount.value / MONEY_UNITS['万元']).normalize():f}万元"


def _indicators(table: Table) -> Iterator[tuple[str, Cell]]:
    """Yield the third-level indicators of a sheet with the cell of their value."""
    value = next((i for i, column in enumerate(table.columns) if column.name == "指标值"), None)
    for row in table.rows:
        if value is not None and value in row.cells and row.cells[value].text.strip():
            yield squeeze(row.label), row.cells[value]


@check(
    "BL813",
    Said("绩效目标的比率与指标值一致", "a goal's rate is its indicator's"),
    Severity.WARNING,
    Said(
        "绩效目标按名称写明某项指标的百分比的，应与该指标的指标值相同",
        "a percentage that a goal states of an indicator by its name is the indicator's value",
    ),
)
def values_of_goals(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A percentage that the goal states for an indicator by its name is the indicator's value."""
    for table, name, cell in _goals(bundle):
        text = squeeze(cell.text)
        for indicator, value in _indicators(table):
            if len(indicator) < _SHORTEST_NAME or "%" not in squeeze(value.text):
                continue
            stated = re.search(
                rf"{re.escape(indicator)}(?:达到|达|为|不低于|保持在|>=|[≥>=])*(\d+(?:\.\d+)?)%", text
            )
            meant = re.search(r"(\d+(?:\.\d+)?)%", squeeze(value.text))
            if stated is None or meant is None:
                continue
            wrong = Decimal(stated[1]) != Decimal(meant[1])
            message = Said(
                f"{name}写“{stated[0]}”，指标“{indicator}”的指标值是 {value.text.strip()}，请统一",
                f"{name} says “{stated[0]}”, the value of “{indicator}” is {value.text.strip()}",
            )
            yield _outcome(values_of_goals, table, name, cell, stated[0], message if wrong else None, value)


@check(
    "BL815",
    Said("绩效目标的上下限与指标值一致", "a goal's bound is its indicator's"),
    Severity.NOTICE,
    Said(
        "绩效目标按名称写明某项指标的上下限的，应与该指标的指标值相同（大于 2 个即不少于 3 个）",
        "a bound that a goal states of an indicator by its name is the indicator's (more than 2 is at least 3)",
    ),
)
def bounds_of_goals(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A bound that the goal sets for an indicator by its name is the indicator's own: more than 2 is at least 3."""
    for table, name, cell in _goals(bundle):
        text = squeeze(cell.text)
        for indicator, value in _indicators(table):
            meant = _BOUND.fullmatch(squeeze(value.text))
            stated = re.search(rf"{re.escape(indicator)}{_BOUND.pattern}", text) if meant else None
            if meant is None or stated is None or len(indicator) < _SHORTEST_NAME:
                continue
            wrong = _at_least(stated) != _at_least(meant)
            message = Said(
                f"{name}写“{stated[0]}”，指标值是 {value.text.strip()}，请统一",
                f"{name} says “{stated[0]}”, the indicator's value is {value.text.strip()}",
            )
            yield _outcome(bounds_of_goals, table, name, cell, stated[0], message if wrong else None, value)


def _at_least(bound: re.Match[str]) -> tuple[str, int]:
    sign, number = bound[1].replace(">=", "≥").replace("<=", "≤"), int(bound[2])
    return {">": ("≥", number + 1), "<": ("≤", number - 1)}.get(sign, (sign, number))


@check(
    "BL814",
    Said("绩效目标没有复制残留", "no goal was copied from another project"),
    Severity.NOTICE,
    Said(
        "两个项目的绩效目标只有一条逐字相同而其余不同的，提示核对",
        "where just one item of two projects' goals reads the same, it is pointed out",
    ),
)
def copied_goals(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """No two projects alone share one goal word for word while their other goals differ: one was copied."""
    goals = list(_goals(bundle))
    lists = {number: _items(cell.text) for number, (_, _, cell) in enumerate(goals)}
    owners: dict[str, list[int]] = defaultdict(list)
    for number, items in lists.items():
        for item in dict.fromkeys(items):
            owners[item].append(number)
    for number, items in lists.items():
        table, name, cell = goals[number]
        for item in items:
            first = owners[item][0]
            other = goals[first][0].facts[_PROJECT].text
            copied = (
                owners[item] == [first, number]
                and first < number
                and len(items) > 1
                and len(set(items) & set(lists[first])) == 1
                and squeeze(other) != squeeze(table.facts[_PROJECT].text)
            )
            message = Said(
                f"{name}“{item}”与项目“{squeeze(other)}”的逐字相同，其余各条不同，请核对是否复制残留",
                f"{name} “{item}” reads as that of the project “{squeeze(other)}”, the others do not: copied?",
            )
            if copied:
                yield _outcome(copied_goals, table, name, cell, item, message, goals[first][2])
            else:
                yield _outcome(copied_goals, table, name, cell, item, None)


def _items(text: str) -> list[str]:
    parts = (squeeze(part) for part in _ITEMS.split(text))
    bare = (part[len(numbering_of(part)) :] for part in parts)
    return [part for part in bare if len(part) >= _SHORTEST_ITEM]


def _outcome(
    check: PythonCheck,
    table: Table,
    name: str,
    cell: Cell,
    said: str,
    message: Said | None,
    *more: Cell,
) -> Outcome:
    places = tuple(c.place.within(table=table.title, row=name) for c in (cell, *more))
    return check.judged(
        f"{table.id}|{table.key}|{name}|{said}",
        message,
        *places,
        operands=(Operand(name, said, place=places[0], fact=f"{table.key}|{name}|{said}"),),
    )


GOALS_CHECKS = (
    averages,
    totals_of_goals,
    values_of_goals,
    copied_goals,
    bounds_of_goals,
)
