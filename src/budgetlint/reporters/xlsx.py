"""The list of problems (问题清单) as a workbook: one row a finding, to hand out to sections and to be filled in.

Written with XlsxWriter: it alone of the common libraries writes widths, filters, drop-downs and print settings without
reading anything. ``results.checklist`` reads the list back and tells what was mended.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, BinaryIO

from budgetlint.reporters.extra import needed
from budgetlint.reporters.records import Entry, entries
from budgetlint.reporters.words import CLOSING, VERDICTS, Words
from budgetlint.results.checklist import COLUMNS, MARK, Column
from budgetlint.results.findings import Severity
from budgetlint.results.report import Report

_FILLS = {Severity.ERROR: "#FDE7EA", Severity.WARNING: "#FFF3DC", Severity.NOTICE: "#FFFFFF"}
#: Of a line and of the highest row Excel knows, in points.
_LINE, _HIGHEST = 15.0, 409.0


def write(report: Report, stream: BinaryIO, language: str) -> None:
    """Write the workbook: the list, then the documents."""
    words = Words(language)
    rows = list(entries(report, words))
    book = needed("xlsxwriter", "office").Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    finding_sheet(book, rows, words)
    _documents(book, report, words)
    book.close()


def finding_sheet(
    book: Any,
    rows: Sequence[Entry],
    words: Words,
    columns: Sequence[Column] = COLUMNS,
    choices: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Add the list of findings as a sheet.

    Args:
        columns: those of the list, and further ones that people fill in.
        choices: what may stand in a column, by its Chinese head.
    """
    sheet = book.add_worksheet(words("问题清单", "Findings"))
    head = book.add_format(
        {"bold": True, "border": 1, "bg_color": "#E8ECF2", "text_wrap": True, "valign": "vcenter"}
    )
    fills = {
        severity: book.add_format({"border": 1, "text_wrap": True, "valign": "top", "bg_color": colour})
        for severity, colour in _FILLS.items()
    }
    for at, column in enumerate(columns):
        sheet.write_string(0, at, words(column.zh, column.en), head)
        sheet.set_column(at, at, column.wide)
    sheet.set_row(0, _LINE * max(_lines(words(column.zh, column.en), column.wide) for column in columns))
    for number, row in enumerate(rows, 1):
        lines = max(_lines(_text(column, row, number), column.wide) for column in columns)
        sheet.set_row(number, min(_LINE * lines, _HIGHEST))
        for at, column in enumerate(columns):
            sheet.write_string(number, at, _text(column, row, number), fills[row.grave])
    for at, column in enumerate(columns):
        if rows and column.zh in choices:
            listed = {"validate": "list", "source": list(choices[column.zh])}
            sheet.data_validation(1, at, len(rows), at, listed)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    _on_paper(sheet)
    # The mark by which a list is known again, whatever the file is called.
    book.set_custom_property(MARK, "1")


def _text(column: Column, row: Entry, number: int) -> str:
    if column.field == "number":
        return str(number)
    return str(getattr(row, column.field)) if column.field else ""


def _documents(book: Any, report: Report, words: Words) -> None:
    sheet = book.add_worksheet(words("各份文本", "Documents"))
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#E8ECF2"})
    heads = [words("文件", "file"), words("单位", "unit"), words("公开类型", "kind"), words("年度", "year")]
    heads += [words.of(VERDICTS[name]) for name in ("holds", "rounds", "fails", "undetermined", "skipped")]
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, bold)
        sheet.set_column(at, at, 34 if at < 2 else 14)
    for number, document in enumerate(report.documents, 1):
        known, counts = document.classification, document.counts
        named = (document.path, known.unit or known.department or "", known.kind or "", str(known.year or ""))
        for at, text in enumerate(named):
            sheet.write_string(number, at, text)
        several = (counts.holds, counts.rounds, counts.fails, counts.undetermined, counts.skipped)
        for at, count in enumerate(several, len(named)):
            sheet.write_number(number, at, count)
    sheet.write_string(len(report.documents) + 2, 0, words.of(CLOSING))
    _on_paper(sheet)


def _on_paper(sheet: Any) -> None:
    """Print a sheet on landscape A4, one page wide, with its head on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")


def _lines(text: str, wide: int) -> int:
    """Return how many lines a text takes in a column: Chinese characters are two digits wide."""
    widths = (
        sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line)
        for line in text.split("\n")
    )
    return sum(max(1, -(-width // (wide - 1))) for width in widths)
