"""The report as one HTML page without scripts or outside resources, to be read, printed and sent on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TextIO

from budgetlint.reporters.words import CLOSING, SEVERITIES, STATES, VERDICTS, Words
from budgetlint.results.findings import Finding, Severity
from budgetlint.results.report import DocumentReport, Report

_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
body{overflow-wrap:anywhere}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #999}
article{border-left:4px solid #888;padding:.2rem .8rem;margin:.8rem 0;background:#8881;overflow-x:auto}
article,tr{break-inside:avoid}
.error{border-color:#b00020}.warning{border-color:#c77700}.notice{border-color:#00639b}.waived{opacity:.6}
table{border-collapse:collapse;margin:.4rem 0}td,th{border:1px solid #8888;padding:.1rem .5rem;text-align:left}
td.n{text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:normal}
small{opacity:.75}.closing{margin-top:2rem;font-weight:bold}
@media print{body{font-size:11px;max-width:none;margin:0}details:not([open]){display:none}}
"""


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write the page."""
    words = Words(language)
    title = words("预决算公开文本核对报告", "Check of budget disclosure documents")
    tongue = "en" if language == "en" else "zh-CN"
    stream.write(f'<!doctype html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">\n')
    stream.write('<meta name="viewport" content="width=device-width">\n')
    stream.write(f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n")
    stream.writelines(f"{line}\n" for line in _index(report, words))
    for number, document in enumerate(report.documents, 1):
        stream.writelines(f"{line}\n" for line in _document(document, number, words))
    if report.problems:
        stream.write(f"<h2>{words('运行中的问题', 'Problems of this run')}</h2>\n<ul>\n")
        for problem in report.problems:
            stream.write(f"<li><b>{escape(problem.path)}</b> <pre>{escape(problem.message)}</pre></li>\n")
        stream.write("</ul>\n")
    if report.passed_over:
        said = words("没有读的文件（不是可读的格式）", "Files not read (of no format that can be read)")
        stream.write(f"<h2>{said}</h2>\n<ul>\n")
        stream.writelines(f"<li>{escape(path)}</li>\n" for path in report.passed_over)
        stream.write("</ul>\n")
    stream.write(f'<p class="closing">{escape(words.of(CLOSING))}</p>\n')
    stream.write(f"<p><small>budgetlint {escape(report.version)}</small></p>\n</body>\n</html>\n")


def _index(report: Report, words: Words) -> Iterator[str]:
    """Say what was found in all, and lead to each of several documents."""
    found = [finding for document in report.documents for finding in document.open_findings]
    yield f"<p><b>{_graves(found, words) or words('没有列出问题', 'nothing to report')}</b></p>"
    if len(report.documents) < 2:
        return
    yield "<nav><ol>"
    for number, document in enumerate(report.documents, 1):
        said = _graves(document.open_findings, words)
        if not document.read:
            said = words("没有读成", "could not be read")
        yield f'<li><a href="#d{number}">{escape(document.path)}</a> {said}</li>'
    yield "</ol></nav>"


def _graves(findings: Sequence[Finding], words: Words) -> str:
    graves = [finding.severity for finding in findings]
    return "，".join(f"{words.of(SEVERITIES[one])} {graves.count(one)}" for one in Severity if one in graves)


def _document(document: DocumentReport, number: int, words: Words) -> Iterator[str]:
    known = document.classification
    facts = (known.kind, known.year, known.region, known.department)
    yield f'<section id="d{number}"><h2>{escape(document.path)}</h2>'
    yield f"<p>{escape('  '.join(str(fact) for fact in facts if fact is not None))}</p>"
    for severity in Severity:
        chosen = [finding for finding in document.findings if finding.severity is severity]
        if chosen:
            yield f"<h3>{words.of(SEVERITIES[severity])} {len(chosen)}</h3>"
            for finding in chosen:
                yield from _finding(finding, words)
    if document.read:
        yield from _counts(document, words)
    yield "</section>"


def _finding(finding: Finding, words: Words) -> Iterator[str]:
    waived = " waived" if finding.waived is not None else ""
    yield f'<article class="{finding.severity.value}{waived}">'
    yield f"<b>{escape(finding.rule)} {escape(finding.name)}</b>"
    path = finding.locations[0].path if finding.locations else ""
    texts = (*finding.texts, *[""] * len(finding.locations))
    for number, (place, text) in enumerate(zip(finding.locations, texts, strict=False)):
        where = words.beside(place, path) if number else words.place(place)
        quote = f" “{escape(text)}”" if text and text not in finding.texts[:number] else ""
        yield f"<br><small>{escape(where)}{quote}</small>"
    yield f"<p>{escape(finding.message)}</p>"
    if finding.operands:
        yield "<table>"
        for operand in finding.operands:
            unit = operand.amount.unit if operand.amount and operand.amount.unit else ""
            printed = operand.printed or words("空白", "blank")
            shown = printed if unit in printed else f"{printed} {unit}"
            yield (
                f'<tr><td>{escape(operand.name)}</td><td class="n">{escape(shown)}</td>'
                f"<td><small>{escape(words.beside(operand.place, path))}</small></td></tr>"
            )
        yield "</table>"
    suggestion = finding.suggestion
    if suggestion is not None and suggestion.proposed not in finding.message:
        change = f"{suggestion.printed} → {suggestion.proposed}（{suggestion.why}）"
        yield f"<p>{words('可能应为：', 'perhaps: ')}{escape(change)}</p>"
    if finding.waived is not None:
        yield f"<p>{words('已豁免', 'waived')}：{escape(str(finding.waived.get('because', '')))}</p>"
    basis = f"{words('依据', 'basis')} {escape('；'.join(finding.basis))}  " if finding.basis else ""
    yield f"<small>{basis}{words('标识', 'id')} {finding.fingerprint}</small>"
    yield "</article>"


def _counts(document: DocumentReport, words: Words) -> Iterator[str]:
    counts = document.counts
    yield "<table><tr>"
    for name in ("holds", "rounds", "fails", "skipped", "undetermined"):
        yield f'<th>{words.of(VERDICTS[name])}</th><td class="n">{getattr(counts, name)}</td>'
    yield "</tr></table>"
    if counts.reasons:
        reasons = "，".join(f"{words.reason(reason)} {number}" for reason, number in counts.reasons.items())
        yield f"<p>{words.of(VERDICTS['undetermined'])}：{escape(reasons)}</p>"
    if not counts.decided:
        said = words("没有一条规则得出结论：这份文本等于没有核对", "no rule reached a verdict")
        yield f"<p><b>{said}</b></p>"
    yield f"<details><summary>{words('表格', 'Tables')} {len(document.tables)}</summary><table>"
    for table in document.tables:
        state = words.of(STATES[table.state])
        title = escape(" ".join(part for part in (table.title, table.key) if part))
        yield f'<tr><td>{title}</td><td>{state}</td><td class="n">{table.rows}</td></tr>'
    yield "</table></details>"
    yield from _coverage(document, words)
    if document.review:
        yield f"<h3>{words('人工复核清单', 'For people to check before publishing')}</h3><ul>"
        yield from (f"<li>{escape(item)}</li>" for item in document.review)
        yield "</ul>"


def _coverage(document: DocumentReport, words: Words) -> Iterator[str]:
    covered = document.coverage
    if covered is None:
        return
    looked = covered.verified + covered.contradicted
    said = words("核对到的数字", "Figures checked")
    yield f"<details><summary>{said} {looked} / {covered.numbers}</summary><table>"
    for of in covered.tables:
        title = escape(of.table or words("正文", "prose"))
        yield f'<tr><td>{title}</td><td class="n">{of.looked_at} / {of.numbers}</td></tr>'
    yield "</table></details>"
