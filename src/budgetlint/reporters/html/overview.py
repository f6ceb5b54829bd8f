"""The overview of several documents: a table to sort by, with links to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from msgspec import Struct

from budgetlint.reporters.words import Words
from budgetlint.results.findings import Severity
from budgetlint.results.report import DocumentReport, Report


class Line(Struct, frozen=True):
    """A document on the overview: its link, who published it, and its counts; -1 for what was not counted."""

    link: str
    path: str
    unit: str
    kind: str
    year: str
    numbers: tuple[int, ...]
    read: bool = True


def line_of(document: DocumentReport, link: str) -> Line:
    """Return a document's line."""
    known = document.classification
    graves = [finding.severity for finding in document.open_findings]
    covered = document.coverage
    looked = (
        (covered.verified + covered.contradicted) * 100 // covered.numbers
        if covered and covered.numbers
        else -1
    )
    return Line(
        link,
        document.path,
        known.unit or known.department or "",
        known.kind or "",
        str(known.year or ""),
        (
            *(graves.count(one) for one in Severity),
            document.counts.undetermined,
            document.counts.holds,
            looked,
        ),
        document.read and bool(document.counts.decided),
    )


def overview(report: Report, words: Words) -> Iterator[str]:
    """Yield the overview of a report."""
    lines = [line_of(document, f"#d{number}") for number, document in enumerate(report.documents, 1)]
    yield from table_of(lines, words)


def table_of(lines: Iterable[Line], words: Words) -> Iterator[str]:
    """Yield the table of some documents' lines, with the sums under it."""
    lines = list(lines)
    heads = (
        words("文件", "file"),
        words("单位", "unit"),
        words("公开类型", "kind"),
        words("年度", "year"),
        words("错误", "errors"),
        words("疑点", "doubts"),
        words("提醒", "notices"),
        words("无法核对", "not checked"),
        words("通过", "holds"),
        words("核对到的数字 %", "figures checked %"),
    )
    yield f'<section class="overview"><h2>{words("各份文本", "Documents")} {len(lines)}</h2>\n'
    yield '<div class="scroll" tabindex="0"><table class="sortable">\n<thead><tr>'
    yield from (f'<th scope="col">{head}</th>' for head in heads)
    yield "</tr></thead>\n<tbody>\n"
    for line in lines:
        note = "" if line.read else f' <b class="alarm">{words("等于没有核对", "not checked")}</b>'
        yield f'<tr><th scope="row"><a href="{escape(line.link)}">{escape(line.path)}</a>{note}</th>'
        yield from (f"<td>{escape(text)}</td>" for text in (line.unit, line.kind, line.year))
        yield from (f'<td class="n">{number if number >= 0 else "—"}</td>' for number in line.numbers)
        yield "</tr>\n"
    sums = [sum(line.numbers[at] for line in lines) for at in range(5)]
    yield f'</tbody>\n<tfoot><tr><th scope="row">{words("合计", "total")}</th><td></td><td></td><td></td>'
    yield from (f'<td class="n">{number}</td>' for number in sums)
    yield "<td></td></tr></tfoot>\n</table></div></section>\n"
