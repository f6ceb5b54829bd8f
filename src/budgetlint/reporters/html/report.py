"""The whole report as a page's body: an overview of several documents, then each with its findings and itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from budgetlint.reporters.html.coverage import coverage_of, summary
from budgetlint.reporters.html.document import data_of, document_of
from budgetlint.reporters.html.findings import Actions, findings_of, no_actions
from budgetlint.reporters.html.overview import overview
from budgetlint.reporters.html.pictures import pictures_in
from budgetlint.reporters.words import CLOSING, SEVERITIES, VERDICTS, Words
from budgetlint.results.drawing import Drawing
from budgetlint.results.findings import Severity
from budgetlint.results.report import DocumentReport, Report

#: What a host page puts after a document's head (downloads, other pages), by the document's number.
Head = Callable[[int], str]


def title_of(report: Report, words: Words) -> str:
    """Return the page's title."""
    said = words("预决算公开文本核对报告", "Check of budget disclosure documents")
    only = report.documents[0] if len(report.documents) == 1 else None
    return f"{only.title or only.path} - {said}" if only else said


def body(
    report: Report, words: Words, actions: Actions = no_actions, head: Head = lambda number: ""
) -> Iterator[str]:
    """Yield the page's body.

    Args:
        actions: what stands under each finding, as markup.
        head: what stands under each document's heading, as markup.
    """
    first = "#d1" if report.documents else "#end"
    yield f'<a class="skip" href="{first}">{words("跳到核对结果", "to the results")}</a>\n'
    title = words("预决算公开文本核对报告", "Check of budget disclosure documents")
    yield f"<header><h1>{title}</h1>\n"
    yield _keys(words)
    yield "</header>\n<main>\n"
    yield from _problems(report, words)
    if len(report.documents) > 1:
        yield from overview(report, words)
    for number, document in enumerate(report.documents, 1):
        yield from _document(document, number, words, actions, head(number))
    yield "</main>\n"
    yield from _end(report, words)


def _keys(words: Words) -> str:
    """Say what the signs and keys mean."""
    signs = (
        ("v", words("核对一致", "verified")),
        ("x", words("有矛盾", "contradicted")),
        ("q", words("存疑或无法核对", "in doubt")),
        ("u", words("没有规则核对到", "looked at by no rule")),
    )
    shown = "".join(f'<li><span class="f {sign}">12.30</span> {said}</li>' for sign, said in signs)
    keys = words(
        "按键：<kbd>n</kbd> 下一个问题，<kbd>p</kbd> 上一个，<kbd>/</kbd> 查找，<kbd>Esc</kbd> 收起；点任何数字看哪些核对用到了它。",
        "Keys: <kbd>n</kbd> next finding, <kbd>p</kbd> previous, <kbd>/</kbd> search, <kbd>Esc</kbd> close; "
        "click a figure for the checks that read it.",
    )
    return f'<ul class="legend">{shown}</ul>\n<p class="scripted keys">{keys}</p>\n'


def _problems(report: Report, words: Words) -> Iterator[str]:
    if not report.problems:
        return
    yield f'<section class="problems"><h2>{words("运行中的问题", "Problems of this run")}</h2>\n<ul>\n'
    for problem in report.problems:
        yield f"<li><b>{escape(problem.path)}</b> <pre>{escape(problem.message)}</pre></li>\n"
    yield "</ul></section>\n"


def _document(
    document: DocumentReport, number: int, words: Words, actions: Actions, head: str
) -> Iterator[str]:
    known = document.classification
    facts = [
        known.kind or words("公开类型未能识别", "kind not recognised"),
        words(f"{known.year}年度", f"year {known.year}") if known.year else words("年度不明", "year unknown"),
        words.region(known),
        known.unit or known.department or "",
    ]
    files = "".join(f"<br>＋ {escape(file)}" for file in document.files[1:])
    yield f'<section class="document" id="d{number}" data-document="{number}">\n<h2>{escape(document.title or document.path)}</h2>\n'
    yield f'<p class="file">{escape(document.path)}{files}</p>\n'
    if document.read:
        yield f"<p>{escape('  ·  '.join(part for part in facts if part))}</p>\n"
        yield from _counts(document, words)
    if document.drawing is not None:
        said = summary(document.drawing, words)
        yield f'<p>{said}（<a href="#d{number}coverage">{words("各表", "by table")}</a>）{_to_pictures(document.drawing, number, words)}</p>\n'
    yield head
    yield '<div class="sides">\n'
    yield from findings_of(document, number, words, actions)
    if document.drawing is not None:
        yield from document_of(document, number, words)
    yield "</div>\n"
    if document.drawing is not None:
        yield from pictures_in(document.drawing, number, words)
    yield from coverage_of(document, number, words)
    yield from _review(document, words)
    yield "</section>\n"
    if document.drawing is not None:
        yield data_of(document.drawing, number, words)


def _to_pictures(drawing: Drawing, number: int, words: Words) -> str:
    if drawing.pictures is None:
        return ""
    return f' <a href="#d{number}pictures">{words("收支图", "pictures")}</a>'


def _counts(document: DocumentReport, words: Words) -> Iterator[str]:
    counts = document.counts
    open_ones = [finding.severity for finding in document.open_findings]
    found = "".join(
        f'<span class="tag {one.value}">{words.of(SEVERITIES[one])} {open_ones.count(one)}</span> '
        for one in Severity
    )
    yield f'<p class="found">{found}</p>\n<p>'
    yield "  ·  ".join(
        f"{words.of(VERDICTS[name])} {getattr(counts, name)}"
        for name in ("holds", "rounds", "fails", "skipped", "undetermined")
    )
    if counts.reasons:
        reasons = words("，", ", ").join(
            f"{words.reason(why)} {many}" for why, many in counts.reasons.items()
        )
        yield escape(words(f"（{reasons}）", f" ({reasons})"))
    yield "</p>\n"
    if not counts.decided:
        said = words(
            "没有一条规则得出结论：这份文本等于没有核对", "no rule reached a verdict: this was not checked"
        )
        yield f'<p class="alarm"><b>{said}</b></p>\n'
    if document.uncompared:
        left = words(
            f"没有给出上年或年初的文本，{document.uncompared} 项对照没有做",
            f"no earlier document was given: {document.uncompared} comparisons left out",
        )
        yield f"<p>{left}</p>\n"


def _review(document: DocumentReport, words: Words) -> Iterator[str]:
    if document.review:
        said = words("人工复核清单（机器不能判断，公开前逐项核实）", "For people to check before publishing")
        yield f'<section class="review"><h3>{said}</h3>\n<ul>'
        yield from (f"<li>{escape(item)}</li>\n" for item in document.review)
        yield "</ul></section>\n"


def _end(report: Report, words: Words) -> Iterator[str]:
    yield '<footer id="end">\n'
    if report.passed_over:
        said = words("没有读的文件（不是可读的格式）", "Files not read (of no format that can be read)")
        yield f"<h2>{said}</h2>\n<ul>\n"
        yield from (f"<li>{escape(path)}</li>\n" for path in report.passed_over)
        yield "</ul>\n"
    yield f'<p class="closing">{escape(words.of(CLOSING))}</p>\n'
    packs = words("、", ", ").join(f"{pack.title} {pack.version}".strip() for pack in report.packs)
    yield f"<p><small>budgetlint {escape(report.version)}  ·  {escape(packs)}</small></p>\n</footer>\n"
