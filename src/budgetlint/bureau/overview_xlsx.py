"""The overview as a workbook: units, kinds of problems, and documents that could not be checked, a sheet each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from budgetlint.bureau.lists.shown import (
    heads_of_differences,
    heads_of_remarks,
    row_of_difference,
    row_of_remark,
)
from budgetlint.bureau.overview import Group, Overview, Sums
from budgetlint.reporters.extra import needed
from budgetlint.reporters.words import SEVERITIES, Words
from budgetlint.results.findings import Severity


def write_book(overview: Overview, stream: BinaryIO, language: str) -> None:
    """Write the workbook."""
    words = Words(language)
    book = needed("xlsxwriter", "office").Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    counts = [
        words("文本", "documents"),
        words("错误", "errors"),
        words("疑点", "doubts"),
        words("提醒", "notices"),
        words("无法核对", "undecided"),
        words("数字", "figures"),
        words("核对到", "figures checked"),
        words("没有读成", "unread"),
        words("没有核对到", "unchecked"),
    ]
    named: list[tuple[str, list[str], Sequence[Group]]] = [
        (words("单位", "Units"), [words("部门", "department"), words("单位", "unit")], overview.units),
        (words("地区", "Regions"), [words("地区", "region")], overview.regions),
        (words("公开类型", "Kinds"), [words("公开类型", "kind"), words("年度", "year")], overview.kinds),
    ]
    for title, heads, groups in named:
        rows = [[*group.names, *_numbers(group.sums)] for group in groups]
        _sheet(book, title, [*heads, *counts], rows)
    _sheet(
        book,
        words("常见问题", "Problems"),
        [
            words("规则", "rule"),
            words("名称", "name"),
            words("级别", "severity"),
            words("问题", "findings"),
            words("文本", "documents"),
            words("一例", "an example"),
            words("单位", "unit"),
        ],
        [
            [
                rule.rule,
                rule.name,
                words.of(SEVERITIES[Severity(rule.severity)]),
                rule.findings,
                rule.documents,
                rule.message,
                rule.unit,
            ]
            for rule in overview.rules
        ],
    )
    _sheet(
        book,
        words("等于没有核对", "Not checked"),
        [words("文件", "file"), words("单位", "unit"), words("没有读成", "unread")],
        [[line.path, line.unit, line.sums.unread] for line in overview.uncheckable],
    )
    held = overview.held
    if held.compared:
        remarks: list[list[Any]] = [
            [compared.file, *row_of_remark(remark, words)]
            for compared in held.compared
            for remark in compared.remarks
        ]
        heads = [words("名单", "list"), *heads_of_remarks(words)]
        _sheet(book, words("对照名单和批复", "Lists"), heads, remarks)
    if held.differences is not None:
        table: list[list[Any]] = [[*row_of_difference(one)] for one in held.differences]
        _sheet(book, words("差额表", "Differences"), heads_of_differences(words), table)
    book.close()


def _numbers(sums: Sums) -> list[int]:
    return [getattr(sums, name) for name in Sums.__struct_fields__]


def _sheet(book: Any, title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True, "bg_color": "#E8ECF2", "border": 1})
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, bold)
        wide = max([len(head) * 2, *(len(str(row[at])) * 2 for row in rows[:200])], default=8)
        sheet.set_column(at, at, min(max(wide + 2, 8), 60))
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, (int, Decimal)):
                sheet.write_number(number, at, value)
            else:
                sheet.write_string(number, at, str(value))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
