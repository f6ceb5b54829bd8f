"""The record of a check (核对记录) as a Word file: what was checked with what, what was found, what people checked, who signed.

Written with python-docx: the record has no template of its own yet; docxtpl, which fills an office's own template,
builds on the same library, so both can stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from budgetlint.reporters.extra import needed
from budgetlint.reporters.records import Entry, entry
from budgetlint.reporters.words import CLOSING, VERDICTS, Words
from budgetlint.results.report import DocumentReport, Report

_VERDICTS = ("holds", "rounds", "fails", "undetermined", "skipped")
_MOST_FIGURES = 20


def write(
    report: Report,
    stream: BinaryIO,
    language: str,
    on: date | None = None,
    hashes: dict[str, str] | None = None,
) -> None:
    """Write the record.

    Args:
        on: the day of the check; today where it is not said.
        hashes: SHA-256 of files by path, for files that are not where their path says (uploads).
    """
    words = Words(language)
    word = needed("docx", "office").Document()
    paper(word, words)
    word.add_heading(words("预决算公开文本核对记录", "Record of a check of budget disclosure documents"), 0)
    fact_table(
        word,
        [
            (words("核对日期", "date"), (on or date.today()).isoformat()),
            (words("工具", "tool"), f"budgetlint {report.version}"),
            (
                words("规则包", "rule packs"),
                "\n".join(
                    f"{pack.title} {pack.version}（{words(f'{pack.rules} 条', f'{pack.rules} rules')}）"
                    for pack in report.packs
                ),
            ),
        ],
    )
    for document in report.documents:
        _document(word, document, hashes or {}, words)
    for problem in report.problems:
        word.add_paragraph(f"{problem.path}：{problem.message}")
    word.add_paragraph(words.of(CLOSING))
    names = words("核对人", "checked by"), words("复核人", "reviewed by"), words("负责人", "approved by")
    signatures(word, words, names)
    word.save(stream)


def paper(word: Any, words: Words) -> None:
    """Set A4, margins, and a Chinese font that Windows and WPS have."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = word.styles[name]
        style.font.name = "宋体"
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    word.styles["Normal"].font.size = Pt(10.5)
    _page_numbers(section.footer.paragraphs[0])


def _page_numbers(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = 1
    for field in ("PAGE", None, "NUMPAGES"):
        if field is None:
            paragraph.add_run(" / ")
            continue
        simple = OxmlElement("w:fldSimple")
        simple.set(qn("w:instr"), field)
        paragraph._p.append(simple)


def _document(word: Any, document: DocumentReport, hashes: dict[str, str], words: Words) -> None:
    known = document.classification
    word.add_heading(printable(document.title or document.path), 1)
    facts = [
        (words("单位", "unit"), known.unit or known.department or words("未能识别", "not recognised")),
        (words("公开类型、年度", "kind, year"), f"{known.kind or '—'}  {known.year or '—'}"),
        (
            words("地区", "region"),
            words.region(known),
        ),
    ]
    for file in document.files or (document.path,):
        facts.append((words("文件", "file"), f"{file}\nSHA-256 {hashes.get(file) or _hash(file, words)}"))
    counts = document.counts
    facts.append(
        (
            words("核对结果", "verdicts"),
            "  ".join(f"{words.of(VERDICTS[name])} {getattr(counts, name)}" for name in _VERDICTS),
        )
    )
    if counts.reasons:
        why = words("，", ", ").join(f"{words.reason(one)} {many}" for one, many in counts.reasons.items())
        facts.append((words("无法核对的原因", "why not checked"), why))
    if not counts.decided:
        said = words("没有一条规则得出结论：等于没有核对", "no rule reached a verdict: not checked")
        facts.append((words("注意", "note"), said))
    fact_table(word, facts)
    word.add_heading(words("问题", "Findings"), 2)
    rows = [entry(document, finding, words) for finding in document.findings]
    if rows:
        finding_table(word, rows, words)
    else:
        word.add_paragraph(words("没有列出问题。", "None listed."))
    if document.review:
        word.add_heading(words("人工复核清单", "To be checked by people"), 2)
        for item in document.review:
            word.add_paragraph(f"□ {printable(item)}")


def finding_table(word: Any, rows: list[Entry], words: Words) -> None:
    """Add a table of findings, its head repeated on every page."""
    heads = (
        words("序号", "no."),
        words("级别", "severity"),
        words("位置", "where"),
        words("问题", "finding"),
        words("处理", "done"),
    )
    table = word.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    _repeat(table.rows[0])
    for number, row in enumerate(rows, 1):
        said = f"{row.rule} {row.name}\n{row.message}"
        if row.unsaid:
            more = len(row.unsaid) - _MOST_FIGURES
            rest = words(f"；…… 另有 {more} 个", f"; … {more} more") if more > 0 else ""
            figures = words("；", "; ").join(row.unsaid[:_MOST_FIGURES]) + rest
            said += words(f"\n还核对了：{figures}", f"\nalso read: {figures}")
        said += words(f"\n建议：{row.proposal}", f"\nperhaps: {row.proposal}") if row.proposal else ""
        done = "" if row.state in ("待处理", "open") else row.state
        where = "\n".join(part for part in (row.where, row.at) if part)
        cells = table.add_row().cells
        for cell, text in zip(cells, (str(number), row.severity, where, said, done), strict=True):
            cell.text = printable(text)
    _widths(table, (11, 15, 42, 76, 22))


def fact_table(word: Any, facts: list[tuple[str, str]]) -> None:
    """Add a table of names and what they are."""
    table = word.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for label, text in facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, printable(text)
    _widths(table, (36, 130))


def _widths(table: Any, millimetres: tuple[int, ...]) -> None:
    """Set the widths of every cell: Word goes by the cells, LibreOffice by the columns."""
    from docx.shared import Mm

    for at, wide in enumerate(millimetres):
        table.columns[at].width = Mm(wide)
        for cell in table.columns[at].cells:
            cell.width = Mm(wide)


def _repeat(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def signatures(word: Any, words: Words, names: Sequence[str]) -> None:
    """Add a line for each who signs."""
    word.add_paragraph("")
    for who in names:
        word.add_paragraph(f"{who}：________________    {words('日期', 'date')}：____________")


def _hash(file: str, words: Words) -> str:
    try:
        return sha256(Path(file).read_bytes()).hexdigest()
    except OSError:
        return words("（在压缩包内）", "(inside an archive)")


def printable(text: str) -> str:
    """Leave out control characters, which XML cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\n\t")
