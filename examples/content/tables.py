"""The tables of the documents, printed as tab-separated lines."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from examples.content.figures import BASIC, NAMES, UNIT, ZERO, Item


def table(
    title: str, header: Sequence[Sequence[str]], rows: Sequence[Sequence[object]], note: str = ""
) -> str:
    """Return a table as tab-separated lines under its title and unit line."""
    lines = ["\t".join(map(str, line)) for line in (*header, *rows)]
    return (
        "\n".join([title, "", f"部门名称：{UNIT}", "", "单位：万元", "", *lines, *([note] if note else [])])
        + "\n\n"
    )


def tree(items: Sequence[Item]) -> list[tuple[str, str, list[Item]]]:
    """Return 类, 款 and 项 in printed order, each with the items under it."""
    codes = sorted({item.code[:length] for item in items for length in (3, 5, 7)})
    names = NAMES | {item.code: item.name for item in items}
    return [(code, names[code], [item for item in items if item.code.startswith(code)]) for code in codes]


def amounts(items: Sequence[Item]) -> tuple[Decimal, Decimal, Decimal]:
    """Return total, basic and project expenditure of some items."""
    basic = sum((item.basic for item in items), ZERO)
    project = sum((Decimal(item.project) for item in items), ZERO)
    return basic + project, basic, project


def expense_rows(items: Sequence[Item]) -> list[tuple[object, ...]]:
    """Return a 合计 row and the tree of codes with total, basic and project expenditure."""
    return [
        ("", "合计", *amounts(items)),
        *((code, name, *amounts(under)) for code, name, under in tree(items)),
    ]


def class_rows(items: Sequence[Item]) -> list[tuple[str, Decimal]]:
    """Return 一、一般公共服务支出 … with their amounts."""
    numerals = "一二三四五六七八九十"
    classes = [(name, amounts(under)[0]) for code, name, under in tree(items) if len(code) == 3]
    return [
        (f"{numeral}、{name}", amount) for numeral, (name, amount) in zip(numerals, classes, strict=False)
    ]


def two_sided(
    title: str, left: Sequence[tuple[str, object]], right: Sequence[tuple[str, object]], column: str
) -> str:
    """Return a 收入｜支出 table; its last two lines are the sums, which stand side by side."""
    blank = [("", "")] * (len(right) - len(left))
    lines = [*left[:-3], *blank, *left[-3:]]
    rows = [(*income, *expense) for income, expense in zip(lines, right, strict=True)]
    return table(title, [("收入", "", "支出", ""), ("项目", column, "项目", column)], rows)


def fiscal(
    title: str, left: Sequence[tuple[str, object]], right: Sequence[tuple[str, object]], funds: Sequence[str]
) -> str:
    """Return a 收入｜支出 table of fiscal appropriation, its expenditure by fund; all of it is general budget."""
    blank = [("", "")] * (len(right) - len(left))
    lines = [*left[:-3], *blank, *left[-3:]]
    rows = [(*income, name, n, n, ZERO, ZERO) for income, (name, n) in zip(lines, right, strict=True)]
    return table(
        title, [("收入", "", "支出", "", "", "", ""), ("项目", "金额", "项目", "合计", *funds)], rows
    )


def basic_rows(year: str) -> list[tuple[object, ...]]:
    """Return the economic tree of basic expenditure with its total."""
    groups = BASIC[year]
    sums = {head: sum((Decimal(amount) for _, _, amount in parts), ZERO) for head, parts in groups.items()}
    rows: list[tuple[object, ...]] = [("", "合计", sum(sums.values(), ZERO))]
    for (code, name), parts in groups.items():
        rows += [(code, name, sums[code, name]), *parts]
    return rows


def triplets(title: str, year: str) -> str:
    """Return basic expenditure as final accounts print it: wages and allowances beside running costs, sums last."""
    rows = basic_rows(year)[1:]
    running = [row for row in rows if str(row[0]).startswith("302")]
    wages = [row for row in rows if not str(row[0]).startswith("302")]
    sums = [sum((Decimal(row[2]) for row in side if len(row[0]) == 3), ZERO) for side in (wages, running)]
    height = max(len(wages), len(running))
    sides = [[*side, *[("", "", "")] * (height - len(side))] for side in (wages, running)]
    lines = [(*left, *right) for left, right in zip(*sides, strict=True)]
    lines.append(("", "人员经费合计", sums[0], "", "公用经费合计", sums[1]))
    head = ("科目编码", "科目名称", "金额")
    return table(title, [("人员经费", "", "", "公用经费", "", ""), head * 2], lines)


def split_rows(year: str) -> list[tuple[object, ...]]:
    """Return the same with 人员经费 and 公用经费 beside the total."""
    (_, _, total), *rows = basic_rows(year)
    running = next(amount for code, _, amount in rows if code == "302")
    split = [
        (code, name, amount, *((ZERO, amount) if str(code).startswith("302") else (amount, ZERO)))
        for code, name, amount in rows
    ]
    return [("", "合计", total, total - running, running), *split]
