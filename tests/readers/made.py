"""One made document of 示例市示例区, written in every format: what the readers' tests read back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class TableSpec:
    """A table: cells are (text, row span, column span); None stands where a merged cell covers."""

    rows: Sequence[Sequence[tuple[str, int, int] | None]]


Item = str | TableSpec


def cells(*rows: Sequence[str]) -> TableSpec:
    return TableSpec([[(text, 1, 1) for text in row] for row in rows])


DOCUMENT: tuple[Item, ...] = (
    "示例市示例区某局2024年部门预算",
    "第一部分 部门概况",
    "一、主要职责",
    "贯彻执行示例区有关规定，承办区政府交办的其他事项。",
    "第二部分 部门预算表",
    "部门收支总表",
    "单位：万元",
    TableSpec(
        [
            [("收入", 1, 2), None, ("支出", 1, 2), None],
            [("项目", 1, 1), ("预算数", 1, 1), ("项目", 1, 1), ("预算数", 1, 1)],
            [
                ("一、一般公共预算拨款收入", 1, 1),
                ("1,234.50", 1, 1),
                ("一、一般公共服务支出", 1, 1),
                ("1,034.50", 1, 1),
            ],
            [("二、政府性基金预算拨款收入", 1, 1), ("", 1, 1), ("二、住房保障支出", 1, 1), ("200.00", 1, 1)],
            [("收入总计", 1, 1), ("1,234.50", 1, 1), ("支出总计", 1, 1), ("1,234.50", 1, 1)],
        ]
    ),
    "部门支出总表",
    "单位：万元",
    TableSpec(
        [
            [("科目编码", 2, 1), ("科目名称", 2, 1), ("合计", 2, 1), ("其中", 1, 2), None],
            [None, None, None, ("基本支出", 1, 1), ("项目支出", 1, 1)],
            [(text, 1, 1) for text in ("", "合计", "1,234.50", "1,000.00", "234.50")],
            [(text, 1, 1) for text in ("201", "一般公共服务支出", "1,034.50", "800.00", "234.50")],
            [(text, 1, 1) for text in ("221", "住房保障支出", "200.00", "200.00", "0.00")],
        ]
    ),
    "注：本表按功能分类填列。",
    "第三部分 情况说明",
    "2024年收入总计1234.50万元，支出总计1234.50万元，其中：基本支出1000.00万元，项目支出234.50万元。",
)

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def as_html(document: Sequence[Item]) -> bytes:
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>"]
    for item in document:
        if isinstance(item, str):
            parts.append(f"<p>{escape(item)}</p>")
            continue
        parts.append("<table border='1' style='border-collapse:collapse'>")
        for row in item.rows:
            spans = (
                f"<td rowspan={cell[1]} colspan={cell[2]}>{escape(cell[0])}</td>"
                for cell in row
                if cell is not None
            )
            parts.append(f"<tr>{''.join(spans)}</tr>")
        parts.append("</table>")
    return "".join([*parts, "</body></html>"]).encode()


def as_text(document: Sequence[Item]) -> bytes:
    """Lines, and table rows with tabs: a merged cell leaves its other positions blank."""
    lines: list[str] = []
    for item in document:
        if isinstance(item, str):
            lines += [item, ""]
            continue
        lines += ["\t".join(cell[0] if cell is not None else "" for cell in row) for row in item.rows]
        lines.append("")
    return "\n".join(lines).encode()


def as_docx(document: Sequence[Item]) -> bytes:
    body = "".join(_word_paragraph(item) if isinstance(item, str) else _word_table(item) for item in document)
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{relations}">'
            f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        }
    )


def package(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _word_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:p>"


def _word_table(table: TableSpec) -> str:
    open_merges: dict[int, tuple[int, int]] = {}
    rows = []
    for row in table.rows:
        written, column = [], 0
        while column < len(row):
            cell = row[column]
            if cell is None:
                left, span = open_merges[column]
                written.append(_word_cell("", span, "continue"))
                open_merges[column] = (left - 1, span)
                column += span
                continue
            text, height, width = cell
            if height > 1:
                open_merges[column] = (height - 1, width)
            written.append(_word_cell(text, width, "restart" if height > 1 else None))
            column += width
        rows.append(f"<w:tr>{''.join(written)}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def _word_cell(text: str, span: int, merge: str | None) -> str:
    merged = f"<w:vMerge w:val='{merge}'/>" if merge else ""
    return f"<w:tc><w:tcPr><w:gridSpan w:val='{span}'/>{merged}</w:tcPr>{_word_paragraph(text)}</w:tc>"


def as_xlsx(document: Sequence[Item]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    at = 1
    for item in document:
        if isinstance(item, str):
            sheet.cell(at, 1, item)
            at += 1
            continue
        for number, row in enumerate(item.rows):
            for column, cell in enumerate(row, 1):
                if cell is None:
                    continue
                text, height, width = cell
                amount = text.replace(",", "")
                if "." in amount and amount.replace(".", "").isdigit():
                    sheet.cell(at + number, column, float(amount)).number_format = "#,##0.00"
                elif text:
                    sheet.cell(at + number, column, text)
                if height > 1 or width > 1:
                    sheet.merge_cells(
                        start_row=at + number,
                        start_column=column,
                        end_row=at + number + height - 1,
                        end_column=column + width - 1,
                    )
        at += len(item.rows) + 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
