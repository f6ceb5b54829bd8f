"""One small document as eight programs write it: each returns the bytes of a file, or skips with what it lacks."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

TITLE = "示例市示例区某局2024年部门预算"
PROSE = "2024年收入总计1,234.50万元，其中：一般公共预算1,034.50万元，政府性基金预算200.00万元。"
HEAD = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
ROWS: tuple[tuple[str, str, float, float, float], ...] = (
    ("201", "一般公共服务支出", 1034.5, 800.0, 234.5),
    ("221", "住房保障支出", 200.0, 200.0, 0.0),
    ("", "合计", 1234.5, 1000.0, 234.5),
)


def shown(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:,.2f}"


def lines() -> list[list[str]]:
    return [list(HEAD), *([shown(value) for value in row] for row in ROWS)]


def python_docx() -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading(TITLE, 1)
    document.add_paragraph(PROSE)
    table = document.add_table(rows=len(lines()), cols=len(HEAD), style="Table Grid")
    for row, cells in zip(table.rows, lines(), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return _saved(document)


def openpyxl() -> bytes:
    library = pytest.importorskip("openpyxl")
    book = library.Workbook()
    sheet = book.active
    sheet.append([TITLE])
    sheet.append([])
    for row in (HEAD, *ROWS):
        sheet.append(list(row))
    for row in sheet.iter_rows(min_row=4, min_col=3):
        for cell in row:
            cell.number_format = "#,##0.00"
    return _saved(book)


def xlsxwriter() -> bytes:
    library = pytest.importorskip("xlsxwriter")
    stream = io.BytesIO()
    book = library.Workbook(stream, {"in_memory": True})
    sheet, money = book.add_worksheet(), book.add_format({"num_format": "#,##0.00"})
    sheet.write(0, 0, TITLE)
    sheet.write_row(2, 0, HEAD)
    for at, row in enumerate(ROWS, 3):
        for column, value in enumerate(row):
            sheet.write(at, column, value, money if column > 1 else None)
    book.close()
    return stream.getvalue()


def reportlab() -> bytes:
    """Return a pdf whose Chinese font is one every reader of pdf must know."""
    pytest.importorskip("reportlab")
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("正文", fontName="STSong-Light", fontSize=10, leading=16, wordWrap="CJK")
    look = [("FONT", (0, 0), (-1, -1), "STSong-Light", 9), ("GRID", (0, 0), (-1, -1), 0.5, "black")]
    stream = io.BytesIO()
    made = [Paragraph(TITLE, style), Paragraph(PROSE, style), Table(lines(), style=TableStyle(look))]
    SimpleDocTemplate(stream, pagesize=A4).build(made)
    return stream.getvalue()


def with_pikepdf() -> bytes:
    from tests.readers.pages.made_pages import page_with, pikepdf, ruled, saved
    from tests.readers.pages.made_pages import shown as printed

    xs = [50.0, 110, 250, 340, 430, 520]
    ys = [600.0 + 20 * at for at in range(len(lines()) + 1)]
    content = printed(TITLE, 150, 760) + printed(PROSE, 50, 730, 9) + ruled(xs, ys)
    for at, row in enumerate(lines()):
        for x, text in zip(xs, row, strict=False):
            content += printed(text, x + 4, ys[-2 - at] + 5) if text else ""
    document = pikepdf.new()
    page_with(document, content)
    return saved(document)


_DOCX = """
const d = require('docx'); const {title, prose, lines} = JSON.parse(process.argv[1]);
const cell = text => new d.TableCell({children: [new d.Paragraph(text)]});
const table = new d.Table({rows: lines.map(row => new d.TableRow({children: row.map(cell)}))});
const heading = new d.Paragraph({text: title, heading: d.HeadingLevel.HEADING_1});
const doc = new d.Document({sections: [{children: [heading, new d.Paragraph(prose), table]}]});
d.Packer.toBuffer(doc).then(data => process.stdout.write(data.toString('base64')));
"""
_EXCELJS = """
const Excel = require('exceljs'); const {title, head, rows} = JSON.parse(process.argv[1]);
const book = new Excel.Workbook(); const sheet = book.addWorksheet('支出总表');
sheet.addRow([title]); sheet.addRow([]); sheet.addRow(head); rows.forEach(row => sheet.addRow(row));
for (const at of [3, 4, 5]) sheet.getColumn(at).numFmt = '#,##0.00';
book.xlsx.writeBuffer().then(data => process.stdout.write(Buffer.from(data).toString('base64')));
"""


def docx_of_npm() -> bytes:
    return _by_node("docx", _DOCX, {"title": TITLE, "prose": PROSE, "lines": lines()})


def exceljs() -> bytes:
    return _by_node("exceljs", _EXCELJS, {"title": TITLE, "head": HEAD, "rows": ROWS})


def _by_node(package: str, script: str, said: dict[str, Any]) -> bytes:
    """Run a script with a package of npm, which is found through ``NODE_PATH``."""
    import base64

    node = shutil.which("node")
    folders = [Path(one) / package for one in os.environ.get("NODE_PATH", "").split(os.pathsep) if one]
    if node is None or not any(folder.is_dir() for folder in folders):
        pytest.skip(f"npm install {package}, and name its node_modules in NODE_PATH")
    done = subprocess.run([node, "-e", script, json.dumps(said)], capture_output=True, timeout=60, check=True)
    return base64.b64decode(done.stdout)


def _saved(thing: Any) -> bytes:
    stream = io.BytesIO()
    thing.save(stream)
    return stream.getvalue()
